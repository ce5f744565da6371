package org.afterword.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.afterword.governance.internal.TrailRepository;
import org.afterword.platform.PipelinedJdbc;
import org.afterword.platform.PostgresDatabase;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.afterword.platform.TestClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.support.JdbcTransactionManager;

class TrailTest {
    private static final TenantId NORTH = new TenantId("north");

    private static final String ROWS_READ = """
            SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::bigint FROM pg_stat_xact_user_tables WHERE relname LIKE 'audit_entry%'
            """;

    @RegisterExtension
    final PostgresDatabase database = PostgresDatabase.migrated();

    final TestClock clock = TestClock.at("2026-03-02T09:00:00Z");
    final PipelinedJdbc jdbc = new PipelinedJdbc(database.dataSource());
    final Tenancy tenancy = new Tenancy(jdbc, new JdbcTransactionManager(database.dataSource()));
    final Trail trail = new Trail(new TrailRepository(jdbc), tenancy, clock);

    @Test
    void entriesComeNewestFirstPageByPage() {
        for (String subject : List.of("a", "b", "c", "d", "e")) {
            record("thing.done", subject, Map.of());
        }

        TrailPage first = list(TrailQuery.ALL, 2);
        TrailPage second = list(new TrailQuery(null, null, null, null, null, first.next()), 2);
        TrailPage third = list(new TrailQuery(null, null, null, null, null, second.next()), 2);

        assertThat(subjects(first)).containsExactly("e", "d");
        assertThat(subjects(second)).containsExactly("c", "b");
        assertThat(subjects(third)).containsExactly("a");
        assertThat(third.next()).isNull();
    }

    @Test
    void entriesAreFoundByTimeActorKindAndSubject() {
        record("thing.done", "a", Map.of());
        clock.advance(Duration.ofHours(1));
        record("thing.undone", "b", Map.of("reason", "mistake"));
        Instant between = Instant.parse("2026-03-02T09:30:00Z");

        assertThat(subjects(list(new TrailQuery(between, null, null, null, null, null), 9)))
                .containsExactly("b");
        assertThat(subjects(list(new TrailQuery(null, between, null, null, null, null), 9)))
                .containsExactly("a");
        assertThat(subjects(list(new TrailQuery(null, null, "user:ann", null, null, null), 9)))
                .hasSize(2);
        assertThat(subjects(list(new TrailQuery(null, null, "user:bob", null, null, null), 9)))
                .isEmpty();
        assertThat(subjects(list(new TrailQuery(null, null, null, "thing.undone", null, null), 9)))
                .containsExactly("b");
        assertThat(subjects(list(new TrailQuery(null, null, null, null, "a", null), 9)))
                .containsExactly("a");
    }

    @Test
    void detailsAreKeptWhereThereAreAny() {
        record("thing.done", "a", Map.of());
        record("thing.done", "b", Map.of("reason", "mistake"));

        List<TrailEntry> entries = list(TrailQuery.ALL, 9).items();

        assertThat(entries.get(0).details()).hasToString("{\"reason\":\"mistake\"}");
        assertThat(entries.get(1).details()).isNull();
    }

    @Test
    void anEntryVanishesWithTheTransactionThatFailed() {
        assertThatThrownBy(() -> tenancy.run(NORTH, () -> {
                    trail.record("user:ann", "thing.done", "a", Map.of());
                    throw new IllegalStateException("the work failed after all");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(list(TrailQuery.ALL, 9).items()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE audit_entry SET actor = 'user:bob'",
                "DELETE FROM audit_entry",
                "TRUNCATE audit_entry",
                "UPDATE audit_content SET content = '{}'",
                "DELETE FROM audit_content",
                "DELETE FROM audit_entry_rest",
                "DELETE FROM audit_content_rest"
            })
    void theProgramItselfCannotChangeOrRemoveAnEntry(String attempt) {
        record("thing.done", "a", Map.of("reason", "mistake"));

        assertThatThrownBy(() -> tenancy.run(NORTH, () -> jdbc.update(attempt)))
                .isInstanceOf(DataAccessException.class)
                .hasStackTraceContaining("permission denied");
    }

    /** Even by a plan that was made when there was nothing. */
    @Test
    void aReadIsLookedUpWithoutReadingAllThatWasRecorded() {
        var repository = new TrailRepository(jdbc);
        tenancy.run(NORTH, () -> {
            for (int i = 0; i < 12; i++) {
                repository.insertReads(NORTH, clock.instant(), Trail.ONE_READ, reads(1));
            }
            repository.insertReads(NORTH, clock.instant(), Trail.ONE_READ, reads(3000));
            long before = rowsRead();

            repository.insertReads(NORTH, clock.instant(), Trail.ONE_READ, reads(20));

            assertThat(rowsRead() - before).isBetween(20L, 100L);
        });
    }

    /** By the running transaction. */
    private long rowsRead() {
        return jdbc.query(ROWS_READ, (rs, n) -> rs.getLong(1)).getFirst();
    }

    private static List<Trail.Read> reads(int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> new Trail.Read("user:ann", "record.read", "interaction:c" + n))
                .toList();
    }

    private void record(String kind, String subject, Map<String, ?> details) {
        tenancy.run(NORTH, () -> trail.record("user:ann", kind, subject, details));
    }

    private TrailPage list(TrailQuery query, int limit) {
        return tenancy.in(NORTH, () -> trail.list(query, limit));
    }

    private static List<String> subjects(TrailPage page) {
        return page.items().stream().map(TrailEntry::subject).toList();
    }
}
