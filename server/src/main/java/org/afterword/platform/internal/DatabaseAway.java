package org.afterword.platform.internal;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.transaction.CannotCreateTransactionException;

/** Failures which say that the database is away or out of connections, and nothing about what was asked of it. */
final class DatabaseAway {
    private DatabaseAway() {}

    static boolean is(Throwable failure) {
        return failure instanceof CannotCreateTransactionException
                || failure instanceof TransientDataAccessResourceException
                || failure instanceof DataAccessResourceFailureException;
    }

    /** Kind and words of it and of what is at its bottom, for one line of the log: where it was thrown says nothing. */
    static String describe(Throwable failure) {
        Throwable bottom = failure;
        while (bottom.getCause() != null && bottom.getCause() != bottom) {
            bottom = bottom.getCause();
        }
        return bottom == failure
                ? failure.toString()
                : "%s: %s".formatted(failure.getClass().getSimpleName(), bottom);
    }
}
