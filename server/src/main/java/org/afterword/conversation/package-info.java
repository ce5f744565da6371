/**
 * Interactions with their words, desktop actions and recordings; redacted on the way in.
 *
 * <p>Start at {@link Conversations} for what was said and known, at {@link EventIntake} for the way in, and at
 * {@link ContactEvent} for what comes; {@link Recordings} opens audio files. Hands each stored batch up to {@link LiveCore} in its transaction; says by due work of
 * the kind {@link Conversations#DRAFT_WORK} what wants a draft. Uses {@code governance} for redaction; owns the tables
 * {@code event_key}, {@code inbound_event}, {@code rejected_event}, {@code interaction}, {@code contact_by_hand}, {@code turn},
 * {@code desktop_action} and {@code recording}.
 */
@NullMarked
package org.afterword.conversation;

import org.jspecify.annotations.NullMarked;
