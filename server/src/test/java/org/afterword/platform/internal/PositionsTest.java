package org.afterword.platform.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.afterword.platform.DomainEvent;
import org.afterword.platform.EventConsumer;
import org.afterword.platform.EventLog;
import org.afterword.platform.EventPosition;
import org.afterword.platform.PipelinedJdbc;
import org.afterword.platform.PostgresDatabase;
import org.afterword.platform.Rush;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** Rows that were moved here from a cluster with greater transaction ids: without an offset they would lie in the future. */
class PositionsTest {
    private static final TenantId TENANT = TenantId.DEFAULT;

    @RegisterExtension
    final PostgresDatabase db = PostgresDatabase.migrated();

    final JdbcTemplate owner = new JdbcTemplate(db.ownerDataSource());
    final PipelinedJdbc jdbc = new PipelinedJdbc(db.dataSource());
    final Tenancy tenancy = new Tenancy(jdbc, new DataSourceTransactionManager(db.dataSource()));
    final EventLog eventLog = new EventLog(tenancy, jdbc);
    final Reader reader = new Reader();
    final EventPump pump = new EventPump(
            tenancy, eventLog, jdbc, () -> List.of(TENANT), List.of(reader), new Rush(InstantSource.system()));
    long offset;

    @BeforeEach
    void aTenant() {
        offset = offset();
        owner.update("INSERT INTO tenant VALUES (?, 'T', NULL, 'UTC', now())", TENANT.value());
    }

    @AfterEach
    void backToWhereItWas() {
        owner.update("UPDATE position_offset SET transactions = ?", offset);
    }

    @Test
    void aLogThatWasMovedHereGoesOnExactlyOnceAndInOrder() {
        append("a");
        append("b");
        pump.feed(TENANT, reader);
        append("c");
        moveToAnotherCluster();
        assertThat(pump.feed(TENANT, reader)).isFalse();
        assertThat(reader.read).containsExactly("a", "b");

        Positions.settle(db.ownerLogin());
        append("d");

        pump.feed(TENANT, reader);
        assertThat(reader.read).containsExactly("a", "b", "c", "d");
        List<String> sequences = tenancy.in(TENANT, () -> eventLog.readAfter(EventPosition.START, 10)).get().stream()
                .map(event -> event.position().sortable())
                .toList();
        assertThat(sequences).hasSize(4).isSorted().doesNotHaveDuplicates();
        assertThat(tenancy.in(TENANT, eventLog::head).sortable()).isGreaterThanOrEqualTo(sequences.getLast());
    }

    @Test
    void aStartWhereNothingWasMovedChangesNothing() {
        append("a");
        Positions.settle(db.ownerLogin());
        append("b");
        Positions.settle(db.ownerLogin());

        assertThat(offset()).isEqualTo(offset);
    }

    @Test
    void aCursorThatWasMovedHereCountsToo() {
        owner.update(
                "INSERT INTO event_cursor VALUES (?, 'moved', ?::text::xid8, 1)",
                TENANT.value(),
                Long.toString(offset + (1L << 50)));

        Positions.settle(db.ownerLogin());

        assertThat(offset()).isGreaterThan(offset + (1L << 50));
    }

    @Test
    void whatWasGivenAfterTheCopyIsNotGivenAgain() {
        append("a");
        owner.execute("SELECT afterword_settle_positions(true)");

        assertThat(offset()).isGreaterThanOrEqualTo(offset + (1L << 40));
    }

    @Test
    void theProgramsRoleCannotMoveTheOffset() {
        assertThat(jdbc.queryForObject(
                        "SELECT has_table_privilege('position_offset', 'UPDATE') OR has_function_privilege('afterword_settle_positions(boolean)', 'EXECUTE')",
                        Boolean.class))
                .isFalse();
    }

    /** As if this cluster had counted far less: its ids, with the offset, lie below those of the rows. */
    private void moveToAnotherCluster() {
        owner.update("UPDATE position_offset SET transactions = 0");
    }

    private long offset() {
        Long added = owner.queryForObject("SELECT transactions FROM position_offset", Long.class);
        return added == null ? -1 : added;
    }

    private void append(String subject) {
        tenancy.run(
                TENANT,
                () -> eventLog.append(new EventLog.NewEvent(Instant.EPOCH, "test.happened", subject, null, Map.of())));
    }

    private static final class Reader implements EventConsumer {
        final List<String> read = new ArrayList<>();

        @Override
        public String consumerName() {
            return "positions-reader";
        }

        @Override
        public void consume(TenantId tenant, List<DomainEvent> events) {
            events.forEach(event -> read.add(event.subject()));
        }
    }
}
