package org.afterword.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import tools.jackson.databind.JsonNode;

class DueWorkTest {
    private static final TenantId TENANT = TenantId.DEFAULT;
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final Duration LEASE = Duration.ofMinutes(1);

    @RegisterExtension
    final PostgresDatabase db = PostgresDatabase.migrated();

    final PipelinedJdbc jdbc = new PipelinedJdbc(db.dataSource());
    final Tenancy tenancy = new Tenancy(jdbc, new DataSourceTransactionManager(db.dataSource()));
    final DueWork dueWork = new DueWork(tenancy, jdbc, InstantSource.system());

    @Test
    void theNextIsWhatIsDueFirstOrWhoseLeaseEndsFirst() {
        assertThat(dueWork.nextDue("test")).isEmpty();
        schedule("a", NOON);
        schedule("b", NOON.plusSeconds(90));
        assertThat(dueWork.nextDue("test")).contains(NOON);

        List<DueWork.Item> claimed = dueWork.claim("test", NOON, LEASE, 10);
        assertThat(dueWork.nextDue("test")).contains(NOON.plus(LEASE));

        dueWork.later(claimed.getFirst(), NOON.plusSeconds(120));
        assertThat(dueWork.nextDue("test")).contains(NOON.plusSeconds(90));
    }

    @Test
    void theNextIsFoundWithoutReadingAllThatWaits() {
        jdbc.update("""
                INSERT INTO due_work (tenant_id, kind, id, due_at)
                SELECT 'default', 'test', 'w' || n, ?::timestamptz + n * interval '1 s' FROM generate_series(1, 20000) AS n
                """, NOON.toString());
        dueWork.claim("test", NOON.plusSeconds(10), LEASE, 10);
        new JdbcTemplate(db.ownerDataSource()).execute("ANALYZE due_work");

        String plan =
                jdbc.queryForObject("EXPLAIN (ANALYZE, FORMAT JSON) " + DueWork.NEXT, String.class, "test", "test");

        assertThat(nodes(Json.read(String.valueOf(plan)).path(0).path("Plan")))
                .isNotEmpty()
                .allSatisfy(node -> assertThat(node.path("Actual Rows").asDouble()
                                + node.path("Rows Removed by Filter").asDouble(0))
                        .isLessThan(100));
    }

    /** Two workers at the same thing: planned anew while one is at it, done by the other, and planned once more. */
    @Test
    void aLateWorkerRemovesNothingThatWasPlannedMeanwhile() {
        schedule("a", NOON);
        DueWork.Item late = dueWork.claim("test", NOON, LEASE, 1).getFirst();
        schedule("a", NOON);
        DueWork.Item quick = dueWork.claim("test", NOON, LEASE, 1).getFirst();
        tenancy.run(TENANT, () -> dueWork.done(quick));
        schedule("a", NOON);

        tenancy.run(TENANT, () -> dueWork.done(late));

        assertThat(dueWork.claim("test", NOON, LEASE, 1)).hasSize(1);
    }

    @Test
    void whoIsLateDoesNotTakeAwayWhatSomebodyElseIsAtNow() {
        schedule("a", NOON);
        DueWork.Item late = dueWork.claim("test", NOON, LEASE, 1).getFirst();
        dueWork.claim("test", NOON.plus(LEASE), LEASE, 1);

        dueWork.later(late, NOON);

        assertThat(dueWork.claim("test", NOON.plus(LEASE), LEASE, 1)).isEmpty();
    }

    @Test
    void whatNobodyIsAtAnyMoreCanBeClaimedAtOnce() {
        schedule("a", NOON);
        dueWork.claim("test", NOON, LEASE, 1);
        assertThat(dueWork.claim("test", NOON, LEASE, 1)).isEmpty();

        dueWork.freeAll();

        assertThat(dueWork.claim("test", NOON, LEASE, 1)).hasSize(1);
    }

    private void schedule(String id, Instant due) {
        tenancy.run(TENANT, () -> dueWork.schedule("test", id, due));
    }

    private static List<JsonNode> nodes(JsonNode plan) {
        return Stream.concat(Stream.of(plan), plan.path("Plans").valueStream().flatMap(child -> nodes(child).stream()))
                .toList();
    }
}
