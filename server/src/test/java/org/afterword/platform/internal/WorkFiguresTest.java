package org.afterword.platform.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.afterword.platform.DueWork;
import org.afterword.platform.DueWorkHandler;
import org.afterword.platform.PipelinedJdbc;
import org.afterword.platform.PostgresDatabase;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.afterword.platform.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

class WorkFiguresTest {
    private static final String KIND = "unhandled";

    @RegisterExtension
    final PostgresDatabase db = PostgresDatabase.migrated();

    /** Far ahead of when the database says that things were planned. */
    final TestClock clock = TestClock.at("2126-03-02T09:00:00Z");

    final PipelinedJdbc jdbc = new PipelinedJdbc(db.dataSource());
    final Tenancy tenancy = new Tenancy(jdbc, new DataSourceTransactionManager(db.dataSource()));
    final DueWork dueWork = new DueWork(tenancy, jdbc, clock);
    final WorkFigures figures = new WorkFigures(jdbc, tenancy, List::of, List.of(new Nobody()), clock);
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @BeforeEach
    void look() {
        Metrics.addRegistry(registry);
    }

    @AfterEach
    void goHome() {
        figures.forget();
        Metrics.removeRegistry(registry);
    }

    @Test
    void whatIsDueAndNotBegunWaitsForAsLongAsItIsLate() {
        tenancy.run(
                TenantId.DEFAULT,
                () -> dueWork.schedule(
                        KIND,
                        Map.of(
                                "old", clock.instant(),
                                "new", clock.instant().plusSeconds(85),
                                "later", clock.instant().plusSeconds(95))));
        clock.advance(Duration.ofSeconds(90));

        figures.sample();

        assertThat(gauge("afterword.due.work.waiting")).isEqualTo(2);
        assertThat(gauge("afterword.due.work.oldest.seconds")).isEqualTo(90, within(0.001));
    }

    @Test
    void whatSomebodyWorksOnDoesNotWait() {
        tenancy.run(TenantId.DEFAULT, () -> dueWork.schedule(KIND, "a", clock.instant()));
        dueWork.claim(KIND, clock.instant(), Duration.ofMinutes(1), 10);

        figures.sample();

        assertThat(gauge("afterword.due.work.waiting")).isZero();
    }

    @Test
    void whatIsWantedFirstIsAsLateAsItWaitsAndNotAsItWasPlanned() {
        jdbc.update(
                "INSERT INTO due_work (tenant_id, kind, id, due_at, planned_at) VALUES ('default', ?, 'a', ?::timestamptz, ?::timestamptz)",
                KIND,
                clock.instant().minus(Duration.ofHours(1)).toString(),
                clock.instant().minusSeconds(2).toString());

        figures.sample();

        assertThat(gauge("afterword.due.work.oldest.seconds")).isEqualTo(2, within(0.001));
        assertThat(dueWork.claim(KIND, clock.instant(), Duration.ofMinutes(1), 10))
                .singleElement()
                .extracting(item -> item.lateness(clock.instant()))
                .isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void whatCannotBeLookedUpIsNotShown() {
        figures.sample();
        figures.forget();

        assertThat(registry.find("afterword.due.work.waiting").tag("kind", KIND).gauge())
                .isNull();
    }

    private double gauge(String name) {
        return registry.get(name).tag("kind", KIND).gauge().value();
    }

    private static final class Nobody implements DueWorkHandler {
        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public int batchSize() {
            return 1;
        }

        @Override
        public void handle(TenantId tenant, List<DueWork.Item> items) {}
    }
}
