/**
 * The ground the modules stand on; knows no business.
 *
 * <p>Start at {@link Tenancy} (every transaction belongs to one tenant), {@link EventLog} (what happened, read by cursor),
 * {@link DueWork} (what has to be done when), {@link ProblemType} (how the product says no) and {@link PostgresServer} (the
 * database that comes along). Owns the tables {@code domain_event}, {@code event_cursor}, {@code due_work},
 * {@code partitioned_table}, {@code position_offset} and {@code time_line}.
 */
@NullMarked
package org.afterword.platform;

import org.jspecify.annotations.NullMarked;
