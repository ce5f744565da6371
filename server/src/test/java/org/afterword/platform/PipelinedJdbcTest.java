package org.afterword.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.PreparedStatementCallback;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

class PipelinedJdbcTest {
    static final TenantId TENANT = TenantId.DEFAULT;
    static final String PUT = "INSERT INTO event_cursor (tenant_id, consumer, xid, number) VALUES (?, ?, '0', ?)";
    static final String NUMBER = "SELECT number FROM event_cursor WHERE tenant_id = ? AND consumer = ?";
    static final ResultSetExtractor<List<Long>> NUMBERS = rs -> {
        var numbers = new ArrayList<Long>();
        while (rs.next()) {
            numbers.add(rs.getLong(1));
        }
        return numbers;
    };

    @RegisterExtension
    final PostgresDatabase db = PostgresDatabase.migrated();

    final List<String> sent = new ArrayList<>();
    final PipelinedJdbc jdbc = new PipelinedJdbc(db.dataSource()) {
        @Override
        public <T extends @Nullable Object> T execute(String sql, PreparedStatementCallback<T> action) {
            sent.add(sql);
            return super.execute(sql, action);
        }
    };
    final DataSourceTransactionManager transactions = new DataSourceTransactionManager(db.dataSource());
    final Tenancy tenancy = new Tenancy(jdbc, transactions);

    @Test
    void whatIsWrittenLaterGoesAheadOfTheNextQueryInTheSameMessage() {
        List<Long> seen = tenancy.in(TENANT, () -> {
            put("one", 1);
            put("two", 2);
            return number("two");
        });

        assertThat(seen).containsExactly(2L);
        assertThat(sent).hasSize(1);
        assertThat(sent.getFirst()).matches("(?s).*set_config.*INSERT.*INSERT.*SELECT number.*");
    }

    @Test
    void whatStillWaitsIsSentTogetherWithTheCommit() {
        tenancy.run(TENANT, () -> put("one", 1));

        assertThat(sent).hasSize(1);
        assertThat(sent.getFirst()).endsWith(";COMMIT");
        assertThat(tenancy.in(TENANT, () -> number("one"))).containsExactly(1L);
    }

    @Test
    void manyStatementsAreSentInOrderInMessagesThatAreNotTooLong() {
        int many = 3 * PipelinedJdbc.LONGEST - 2; // so that the commit comes alone
        tenancy.run(TENANT, () -> {
            put("one", 0);
            for (int i = 1; i <= many; i++) {
                jdbc.later(
                        "UPDATE event_cursor SET number = number + 1 WHERE tenant_id = ? AND consumer = 'one' AND number = ?",
                        TENANT.value(),
                        i - 1);
            }
        });

        assertThat(tenancy.in(TENANT, () -> number("one"))).containsExactly((long) many);
        assertThat(sent).hasSize(5);
    }

    @Test
    void aTransactionThatAsksNothingSendsNothing() {
        tenancy.run(TENANT, () -> {});

        assertThat(sent).isEmpty();
    }

    @Test
    void answersAreGotTogetherAndInOrder() {
        tenancy.run(TENANT, () -> {
            put("one", 1);
            Supplier<List<Long>> before = jdbc.ask(NUMBER, NUMBERS, TENANT.value(), "two");
            put("two", 2);
            Supplier<List<Long>> after = jdbc.ask(NUMBER, NUMBERS, TENANT.value(), "two");

            assertThat(after.get()).containsExactly(2L);
            assertThat(before.get()).isEmpty();
        });
    }

    @Test
    void everyOtherWayToTheDatabaseFindsWhatWasWritten() {
        tenancy.run(TENANT, () -> {
            put("one", 1);
            assertThat(jdbc.queryForObject("SELECT count(*) FROM event_cursor", Long.class))
                    .isEqualTo(1);
            put("two", 2);
            assertThat(jdbc.queryForList("SELECT number FROM event_cursor ORDER BY number", Long.class))
                    .containsExactly(1L, 2L);
            put("three", 3);
            assertThat(jdbc.update("UPDATE event_cursor SET number = number + 10 WHERE tenant_id = ?", TENANT.value()))
                    .isEqualTo(3);
            put("four", 4);
            assertThat(jdbc.update("UPDATE event_cursor SET number = number + 10"))
                    .isEqualTo(4);
            put("five", 5);
            assertThat(jdbc.batchUpdate(PUT, List.<Object[]>of(new Object[] {TENANT.value(), "six", 6})))
                    .containsExactly(1);
            assertThat(number("five")).containsExactly(5L);
            put("seven", 7);
            Integer all = jdbc.execute((java.sql.Connection connection) -> {
                try (ResultSet rows = connection.createStatement().executeQuery("SELECT count(*) FROM event_cursor")) {
                    rows.next();
                    return rows.getInt(1);
                }
            });
            assertThat(all).isEqualTo(7);
        });
    }

    @Test
    void everyWayToTheDatabaseIsTheTenants() {
        String mine = "SELECT current_setting('afterword.tenant', true)";
        tenancy.run(
                TENANT,
                () -> assertThat(jdbc.queryForObject(mine, String.class)).isEqualTo(TENANT.value()));
        tenancy.run(TENANT, () -> assertThat(jdbc.queryForMap(mine)).containsValue(TENANT.value()));
        tenancy.run(
                TENANT,
                () -> assertThat(JdbcClient.create(jdbc)
                                .sql(mine)
                                .query(String.class)
                                .single())
                        .isEqualTo(TENANT.value()));
        tenancy.run(TENANT, () -> put("one", 1));
        tenancy.run(
                TENANT,
                () -> assertThat(JdbcClient.create(jdbc)
                                .sql("UPDATE event_cursor SET number = :number")
                                .param("number", 2)
                                .update())
                        .isEqualTo(1));
        tenancy.run(
                TENANT,
                () -> assertThat(jdbc.batchUpdate("UPDATE event_cursor SET number = 3", "DELETE FROM event_cursor"))
                        .containsExactly(1, 1));
        tenancy.run(
                TENANT,
                () -> assertThat(jdbc.batchUpdate(PUT, List.<Object[]>of(new Object[] {TENANT.value(), "two", 2})))
                        .containsExactly(1));
        tenancy.run(
                TENANT,
                () -> assertThat(jdbc.update("DELETE FROM event_cursor")).isEqualTo(1));
    }

    @Test
    void aFailureOfWhatWaitedShowsWhereItIsSentAndUndoesAll() {
        assertThatThrownBy(() -> tenancy.run(TENANT, () -> {
                    put("one", 1);
                    put("one", 2);
                }))
                .isInstanceOf(DataIntegrityViolationException.class);

        assertThat(tenancy.in(TENANT, () -> number("one"))).isEmpty();
    }

    @Test
    void oneRowIsHeldToItsWord() {
        String move = "UPDATE event_cursor SET number = ? WHERE tenant_id = ? AND consumer = ?";
        tenancy.run(TENANT, () -> put("one", 1));

        tenancy.run(
                TENANT,
                () -> jdbc.oneRowLater(move, () -> new IllegalStateException("gone"), 2, TENANT.value(), "one"));
        assertThatThrownBy(() -> tenancy.run(
                        TENANT,
                        () -> jdbc.oneRowLater(
                                move, () -> new IllegalStateException("gone"), 3, TENANT.value(), "nobody")))
                .hasMessage("gone");
        assertThat(tenancy.in(TENANT, () -> number("one"))).containsExactly(2L);
    }

    @Test
    void whatIsRefusedIsNotCommittedHoweverOftenItComes() {
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> tenancy.run(TENANT, () -> {
                        put("one", 1);
                        jdbc.oneRowLater(
                                "UPDATE event_cursor SET number = 2 WHERE consumer = ?",
                                () -> new IllegalStateException("gone"),
                                "nobody");
                    }))
                    .hasMessage("gone");
        }

        assertThat(tenancy.in(TENANT, () -> number("one"))).isEmpty();
    }

    @Test
    void nothingThatFailedIsLeftForTheNextTransactionOfTheThread() {
        assertThatThrownBy(() -> tenancy.run(TENANT, () -> {
                    put("one", 1);
                    throw new IllegalStateException("changed my mind");
                }))
                .hasMessage("changed my mind");

        assertThat(tenancy.in(TENANT, () -> number("one"))).isEmpty();
    }

    @Test
    void aTransactionWithinKeepsToItself() {
        var inner = new TransactionTemplate(transactions);
        inner.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);

        tenancy.run(TENANT, () -> {
            put("one", 1);
            Map<String, Object> tenant = inner.execute(
                    status -> jdbc.queryForMap("SELECT current_setting('afterword.tenant', true) AS tenant"));
            assertThat(tenant.get("tenant")).isIn(null, "");
        });

        assertThat(tenancy.in(TENANT, () -> number("one"))).containsExactly(1L);
    }

    @Test
    void anAnswerThatIsTakenAfterTheTransactionCameWithItsCommit() {
        tenancy.run(TENANT, () -> put("one", 1));

        Supplier<List<Long>> asked = tenancy.in(TENANT, () -> jdbc.ask(NUMBER, NUMBERS, TENANT.value(), "one"));

        sent.clear();
        assertThat(asked.get()).containsExactly(1L);
        assertThat(sent).isEmpty();
    }

    @Test
    void whatWaitsForTheCommitAndFailsIsUndoneAndTheConnectionStaysSound() {
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> tenancy.run(TENANT, () -> {
                        put("one", 1);
                        put("one", 1);
                    }))
                    .isInstanceOf(DataIntegrityViolationException.class);
        }

        tenancy.run(TENANT, () -> put("one", 1));
        assertThat(tenancy.in(TENANT, () -> number("one"))).containsExactly(1L);
    }

    @Test
    void outsideOfATransactionNothingWaits() {
        assertThat(jdbc.ask("SELECT 1 WHERE ?", NUMBERS, true).get()).containsExactly(1L);
        assertThat(sent).hasSize(1);
    }

    @Test
    void anAnswerIsNotToBeHadFromATransactionThatIsOver() {
        var kept = new ArrayList<Supplier<List<Long>>>();
        assertThatThrownBy(() -> tenancy.run(TENANT, () -> {
                    kept.add(jdbc.ask(NUMBER, NUMBERS, TENANT.value(), "one"));
                    throw new IllegalStateException("changed my mind");
                }))
                .hasMessage("changed my mind");

        assertThatThrownBy(() -> kept.getFirst().get()).hasMessageContaining("was rolled back");
    }

    private void put(String consumer, long number) {
        jdbc.later(PUT, TENANT.value(), consumer, number);
    }

    private List<Long> number(String consumer) {
        return jdbc.query(NUMBER, NUMBERS, TENANT.value(), consumer);
    }
}
