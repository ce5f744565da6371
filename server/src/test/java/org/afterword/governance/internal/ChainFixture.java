package org.afterword.governance.internal;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.afterword.governance.ChainHead;
import org.afterword.governance.Trail;
import org.afterword.governance.TrailProof;
import org.afterword.governance.TrailReport;
import org.afterword.platform.Await;
import org.afterword.platform.PipelinedJdbc;
import org.afterword.platform.PostgresDatabase;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.afterword.platform.TestClock;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** A trail with its chain on a real database, and a hand on it that may do everything: the tables' owner. */
final class ChainFixture {
    static final TenantId NORTH = new TenantId("north");

    final TestClock clock = TestClock.at("2026-03-02T09:00:00Z");
    final PipelinedJdbc jdbc;
    final JdbcTemplate owner;
    final Tenancy tenancy;
    final Trail trail;
    final ChainRepository chain;
    final Chainer chainer;
    final TrailProof proof;

    ChainFixture(PostgresDatabase database) {
        jdbc = new PipelinedJdbc(database.dataSource());
        owner = new JdbcTemplate(database.ownerDataSource());
        tenancy = new Tenancy(jdbc, new JdbcTransactionManager(database.dataSource()));
        trail = new Trail(new TrailRepository(jdbc), tenancy, clock);
        chain = new ChainRepository(jdbc);
        chainer = anotherChainer();
        proof = new TrailProof(chain, tenancy, trail);
    }

    Chainer anotherChainer() {
        return new Chainer(chain, tenancy, () -> List.of(NORTH));
    }

    /** Records {@code thing:1}, {@code thing:2} and so on, every second one with details, each a second after the one before. */
    void record(int entries) {
        for (int i = 1; i <= entries; i++) {
            String subject = "thing:" + i;
            Map<String, String> details = i % 2 == 0 ? Map.of("reason", "because of " + i) : Map.of();
            tenancy.run(NORTH, () -> trail.record("user:ann", "thing.done", subject, details));
            clock.advance(Duration.ofSeconds(1));
        }
    }

    /** Links until this many are; an entry can wait for an older transaction for a moment. */
    void linkUntil(long linked) throws Exception {
        Await.until(() -> {
            chainer.chain(NORTH);
            return links() == linked;
        });
    }

    long links() {
        Long rows =
                owner.queryForObject("SELECT count(*) FROM audit_link WHERE tenant_id = ?", Long.class, NORTH.value());
        return rows == null ? -1 : rows;
    }

    TrailReport verify() {
        return verify(null);
    }

    TrailReport verify(@Nullable ChainHead noted) {
        return proof.verify(NORTH, noted, proved -> {});
    }
}
