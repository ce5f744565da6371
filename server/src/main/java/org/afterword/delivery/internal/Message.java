package org.afterword.delivery.internal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt brings to the other side.
 *
 * @param id         of the delivery, the same over all attempts
 * @param eventAt    when the event happened
 * @param body       a structured CloudEvent
 * @param triedSince since when the other side may have it already; null at the first attempt
 */
record Message(
        String id, Instant eventAt, String body, @Nullable Instant triedSince) {}
