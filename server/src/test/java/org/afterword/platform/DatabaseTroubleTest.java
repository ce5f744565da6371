package org.afterword.platform;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.transaction.TransactionSystemException;

class DatabaseTroubleTest {
    @Test
    void aConnectionThatThePoolFindsClosedIsTheDatabaseBeingAway() {
        var closed = new UncategorizedSQLException("query", "SELECT 1", new SQLException("Connection is closed"));

        assertThat(DatabaseTrouble.isAway(closed)).isTrue();
        assertThat(DatabaseTrouble.isAway(new ServletException(closed))).isTrue();
    }

    @Test
    void aCommitThatWasNotAnsweredIsTheDatabaseBeingAway() {
        assertThat(DatabaseTrouble.isAway(new TransactionSystemException("commit failed")))
                .isTrue();
        assertThat(DatabaseTrouble.isAway(new SQLException("cut off", "08006"))).isTrue();
        assertThat(DatabaseTrouble.isAway(new SQLException("stopped by the administrator", "57P01")))
                .isTrue();
        assertThat(DatabaseTrouble.isAway(new SQLException("no room", "53100"))).isTrue();
        assertThat(DatabaseTrouble.isAway(new SQLException("idle in a transaction", "25P03")))
                .isTrue();
    }

    @Test
    void whatCannotBeStoredIsNot() {
        var twice = new SQLException("duplicate key", "23505");

        assertThat(DatabaseTrouble.isAway(new DataIntegrityViolationException("insert", twice)))
                .isFalse();
        assertThat(DatabaseTrouble.isAway(new IllegalStateException("a broken invariant")))
                .isFalse();
    }
}
