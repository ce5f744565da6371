/**
 * Agents, their capacity, the legs they are on, and the gate that decides who may be offered work.
 *
 * <p>Start at {@link Agent}, which answers what an agent shows, carries and may be offered, and at {@link Desk}, which loads
 * and stores it. Legs are derived from the set of facts ({@link LegHistory}), never from the order of arrival. Only
 * {@link Agent#release} frees a leg's units. Announces {@code agent.state-changed} and {@code routing.reserved}. Uses
 * {@code conversation} and {@code catalog}; owns the tables {@code agent}, {@code agent_fact}, {@code leg}, {@code leg_fact} and
 * {@code reservation}.
 */
@NullMarked
package org.afterword.desk;

import org.jspecify.annotations.NullMarked;
