package org.afterword.conversation.internal;

import java.sql.SQLException;
import java.util.Set;
import org.afterword.platform.DatabaseTrouble;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What it means that a batch could not be stored, by the SQLSTATE at the bottom of the failure. */
enum StorageTrouble {
    /** Another transaction was in the way: the same again may well succeed. */
    COLLISION,
    /** The database is away, full, or read-only for now: nothing can be stored. */
    AWAY,
    /** Something in the batch cannot be stored or applied. */
    CONTENT;

    private static final Set<String> COLLISIONS = Set.of("40001", "40P01", "55P03");

    static StorageTrouble of(RuntimeException failure) {
        SQLException sql = sqlException(failure);
        String state = sql == null ? null : sql.getSQLState();
        if (state != null && COLLISIONS.contains(state)) {
            return COLLISION;
        }
        return DatabaseTrouble.isAway(failure) ? AWAY : CONTENT;
    }

    /** What may be shown and logged: without the values that PostgreSQL adds in its details. */
    static String describe(RuntimeException failure) {
        SQLException sql = sqlException(failure);
        if (sql instanceof PSQLException postgres && postgres.getServerErrorMessage() instanceof ServerErrorMessage m) {
            return "it cannot be stored: %s (SQLSTATE %s)".formatted(m.getMessage(), sql.getSQLState());
        }
        return sql != null
                ? "it cannot be stored: SQLSTATE " + sql.getSQLState()
                : "it cannot be applied: %s: %s".formatted(failure.getClass().getSimpleName(), failure.getMessage());
    }

    /** Whether the database refused; its messages may hold values. */
    static boolean isSql(RuntimeException failure) {
        return sqlException(failure) != null;
    }

    private static @Nullable SQLException sqlException(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }
}
