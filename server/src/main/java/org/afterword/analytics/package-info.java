/**
 * Figures: how long after-call work takes, where, and what it costs.
 *
 * <p>Start at {@link Reports}. Hears of wrap-ups and agents by the event log alone and keeps facts of its own, so that a
 * report never slows the floor. Uses {@code platform} and {@code identity}; owns the tables {@code wrap_up_fact},
 * {@code contact_count}, {@code agent_state_interval}, {@code gate_leak}, {@code rest_fact} and {@code draft_arm}.
 */
@NullMarked
package org.afterword.analytics;

import org.jspecify.annotations.NullMarked;
