package org.afterword.wrapup.internal;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.afterword.wrapup.WrapUp;
import org.afterword.wrapup.WrapUpId;
import org.afterword.wrapup.WrapUpState.Cause;
import org.afterword.wrapup.WrapUpState.Deferred;

/** When records that are owed, by agents or by the back office, are overdue; from the arguments alone. */
final class DebtRules {
    /** What is announced, as {@code wrapup.debt-overdue}. */
    static final String OVERDUE = "debt-overdue";

    private DebtRules() {}

    /** When it is to be announced that a record is overdue; empty where nothing is owed, and once it was announced. */
    static Optional<Instant> dueAt(WrapUp wrapUp) {
        return wrapUp.state() instanceof Deferred owed
                        && owed.cause() != Cause.UNASKED
                        && !told(owed.dueAt()).equals(wrapUp.dueTold())
                ? Optional.of(owed.dueAt())
                : Optional.empty();
    }

    /** Its due time has passed. Nothing happens if it was paid or put off meanwhile. */
    static Situation overdue(Situation situation, WrapUpId id, Instant now) {
        WrapUp wrapUp = situation.get(id);
        return dueAt(wrapUp)
                .filter(due -> !now.isBefore(due))
                .map(due -> situation.with(wrapUp.withDueTold(told(due)), OVERDUE))
                .orElse(situation);
    }

    /** As it is kept: JSON knows milliseconds. */
    private static Instant told(Instant due) {
        return due.truncatedTo(ChronoUnit.MILLIS);
    }
}
