/**
 * After-call work on one leg, from the end of the call to the completed record.
 *
 * <p>Start at {@code WrapUps}, the front door, and at {@code internal.AfterCallRules}, which decides everything that happens
 * to a wrap-up from its arguments alone. Applies what {@code conversation} stores ({@code internal.LiveDesk}). Announces
 * {@code wrapup.*} and {@code gate.*} events in the log. Uses {@code desk}, {@code conversation}, {@code catalog}, {@code governance} and
 * {@code identity}; owns the tables {@code wrap_up}, {@code wrap_up_record}, {@code wrap_up_revision} and
 * {@code sealed_field}.
 */
@NullMarked
package org.afterword.wrapup;

import org.jspecify.annotations.NullMarked;
