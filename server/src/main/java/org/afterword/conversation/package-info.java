/**
 * Interactions with their words, desktop actions and recordings; redacted on the way in.
 *
 * <p>Start at {@code Conversations} for what was said and known, and at {@link ContactEvent} for what comes in. Hands each
 * stored batch up to {@link LiveCore} in its transaction. Uses {@code governance} for redaction; owns the tables
 * {@code inbound_event}, {@code rejected_event}, {@code interaction}, {@code turn}, {@code desktop_action} and
 * {@code recording}.
 */
@NullMarked
package org.afterword.conversation;

import org.jspecify.annotations.NullMarked;
