package org.afterword.platform;

import java.sql.SQLException;
import java.util.Set;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/** What it means that a statement or a transaction failed, by the SQLSTATE at the bottom of the failure. */
public final class DatabaseTrouble {
    private static final Set<String> AWAY_CLASSES = Set.of("08", "53", "57", "58");
    private static final Set<String> UNSTORABLE = Set.of("22021", "22P05");
    private static final String READ_ONLY = "25006";

    /** We were silent for too long within a transaction, which the database then ended: our machine stood still. */
    private static final String SILENT_TOO_LONG = "25P03";

    private DatabaseTrouble() {}

    /**
     * Whether the database is away, full, or read-only for now, so that the same can succeed later. What was to be committed when
     * the connection broke may have been, or not.
     */
    public static boolean isAway(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CannotCreateTransactionException
                    || cause instanceof TransactionSystemException
                    || cause instanceof DataAccessResourceFailureException
                    || cause instanceof SQLException sql && isAway(sql)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a text holds what no text of the database can: a NUL, or half a character. */
    public static boolean isUnstorableText(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && UNSTORABLE.contains(String.valueOf(sql.getSQLState()))) {
                return true;
            }
        }
        return false;
    }

    /** Kind and words of it and of what is at its bottom, for one line of the log: where it was thrown says nothing. */
    public static String describe(Throwable failure) {
        Throwable bottom = failure;
        while (bottom.getCause() != null && bottom.getCause() != bottom) {
            bottom = bottom.getCause();
        }
        return bottom == failure
                ? failure.toString()
                : "%s: %s".formatted(failure.getClass().getSimpleName(), bottom);
    }

    /** The pool and the driver give no state where they find a connection closed; the database always gives one. */
    private static boolean isAway(SQLException failure) {
        String state = failure.getSQLState();
        return state == null
                || state.equals(READ_ONLY)
                || state.equals(SILENT_TOO_LONG)
                || state.length() >= 2 && AWAY_CLASSES.contains(state.substring(0, 2));
    }
}
