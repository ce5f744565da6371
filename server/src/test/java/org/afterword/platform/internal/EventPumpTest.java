package org.afterword.platform.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.afterword.platform.DomainEvent;
import org.afterword.platform.EventConsumer;
import org.afterword.platform.EventLog;
import org.afterword.platform.PostgresDatabase;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

class EventPumpTest {
    private static final TenantId TENANT = TenantId.DEFAULT;

    @RegisterExtension
    final PostgresDatabase db = PostgresDatabase.migrated();

    final AtomicBoolean databaseAway = new AtomicBoolean();
    final JdbcTemplate jdbc = new JdbcTemplate(db.dataSource()) {
        @Override
        public int update(String sql, @Nullable Object @Nullable ... args) {
            if (databaseAway.get()) {
                throw new TransientDataAccessResourceException("away");
            }
            return super.update(sql, args);
        }
    };
    final Tenancy tenancy = new Tenancy(jdbc, new DataSourceTransactionManager(db.dataSource()));
    final EventLog eventLog = new EventLog(tenancy, jdbc);
    final Reader reader = new Reader();
    final EventPump pump = pump();

    @Test
    void aConsumerThatFirstCameWhileTheDatabaseWasAwayIsFedOnceItIsBack() {
        append("a");
        databaseAway.set(true);
        assertThatThrownBy(() -> pump.feed(TENANT, reader)).isInstanceOf(TransientDataAccessResourceException.class);
        databaseAway.set(false);

        pump.feed(TENANT, reader);

        assertThat(reader.read).containsExactly("a");
    }

    private EventPump pump() {
        return new EventPump(tenancy, eventLog, jdbc, () -> List.of(TENANT), List.of(reader));
    }

    private void append(String subject) {
        tenancy.run(
                TENANT,
                () -> eventLog.append(new EventLog.NewEvent(Instant.EPOCH, "test.happened", subject, null, Map.of())));
    }

    /** Notes what it is fed. */
    private static class Reader implements EventConsumer {
        final List<String> read = new ArrayList<>();

        @Override
        public String consumerName() {
            return "reader";
        }

        @Override
        public void consume(TenantId tenant, List<DomainEvent> events) {
            events.forEach(event -> read.add(event.subject()));
        }
    }
}
