/**
 * Confirmed records into other systems: signed webhooks and a JSON Lines file, through an outbox that retries.
 *
 * <p>Start at {@link Deliveries}. Hears of wrap-ups by the event log alone. Nothing that holds a record is queued unless a
 * person, or a policy that somebody wrote, approved it; the delivery keeps who. Uses {@code platform}, {@code identity} and
 * {@code governance}; owns the tables {@code connector}, {@code delivery} and {@code delivery_attempt}.
 */
@NullMarked
package org.afterword.delivery;

import org.jspecify.annotations.NullMarked;
