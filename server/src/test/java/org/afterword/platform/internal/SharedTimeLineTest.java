package org.afterword.platform.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.afterword.platform.PostgresDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.JdbcTemplate;

class SharedTimeLineTest {
    @RegisterExtension
    static final PostgresDatabase db = PostgresDatabase.migrated();

    private static final long HOUR = Duration.ofHours(1).toMillis();

    private final SharedTimeLine line = new SharedTimeLine(new JdbcTemplate(db.dataSource()));
    private final JdbcTemplate owner = new JdbcTemplate(db.ownerDataSource());

    @AfterEach
    void theLineIsTheDatabasesClockAgain() {
        is(0);
    }

    @Test
    void theLineIsTheDatabasesClockUnlessAStepWasLeftOut() {
        TimeLine.Reading before = line.read();
        Instant lived = before.time().minus(Duration.ofHours(1));
        line.leaveOut(Duration.ofHours(1), lived, before.turns());
        line.leaveOut(Duration.ofHours(1), lived, before.turns());

        TimeLine.Reading after = line.read();
        assertThat(after.ahead()).isEqualTo(Duration.ofHours(-1));
        assertThat(after.turns()).isEqualTo(before.turns() + 1);
        assertThat(after.time()).isBetween(before.time().minus(Duration.ofHours(1)), before.time());
    }

    @Test
    void whatIsFarAheadLeadsUntilItHasComeBack() {
        step(Duration.ofMinutes(-9));
        assertThat(line.read().lead()).isZero();
        step(Duration.ofMinutes(-2));
        assertThat(line.read().lead()).isEqualTo(Duration.ofMinutes(11));
        step(Duration.ofMinutes(6));
        assertThat(line.read().lead()).isEqualTo(Duration.ofMinutes(5));
        step(Duration.ofMinutes(5));
        assertThat(line.read().lead()).isZero();
        step(Duration.ofMinutes(-1));
        assertThat(line.read().lead()).isZero();
    }

    private void step(Duration step) {
        TimeLine.Reading now = line.read();
        line.leaveOut(step, now.time().minus(step), now.turns());
    }

    @Test
    void whileSomebodyWaitsTheLineApproachesByTwentyMillisecondsInTenSeconds() {
        is(-HOUR);
        waitsUntil(Duration.ofMinutes(-30));
        approach();
        assertThat(ahead()).isEqualTo(-HOUR + 20);
        line.approach(line.read().time());
        assertThat(ahead()).as("at once again").isEqualTo(-HOUR + 20);

        is(HOUR);
        waitsUntil(Duration.ofMinutes(61));
        approach();
        assertThat(ahead()).isEqualTo(HOUR - 20);
    }

    @Test
    void whereNothingFallsDueByItTheLineIsTheClockAgainAtOnce() {
        is(-HOUR);
        waitsUntil(Duration.ofMinutes(1));
        long turns = line.read().turns();
        approach();

        assertThat(ahead()).isZero();
        assertThat(line.read().turns()).isEqualTo(turns + 1);
    }

    @Test
    void aClockThatSteppedOnceMoreIsNeitherApproachedNorLeftOut() {
        is(-HOUR);
        TimeLine.Reading now = line.read();
        Instant lived = now.time().plusSeconds(900);
        owner.update("UPDATE time_line SET approached_at = approached_at - interval '10 seconds'");

        line.approach(lived);
        line.leaveOut(Duration.ofMinutes(10), lived, now.turns());

        assertThat(ahead()).isEqualTo(-HOUR);
        assertThat(line.read().turns()).isEqualTo(now.turns());
    }

    @Test
    void whileNobodyWaitsTheLineLetsTheClockComeNearer() {
        is(HOUR);
        approach();
        assertThat(ahead()).isEqualTo(HOUR - 1000);
    }

    @Test
    void whatIsPlannedForAnotherDayIsWaitedForByNobody() {
        is(-HOUR);
        owner.update("""
                INSERT INTO due_work (tenant_id, kind, id, due_at, planned_at)
                VALUES ('default', 'test', 'a', now(), now() - interval '1 day')
                """);
        approach();

        assertThat(ahead()).isZero();
    }

    private void approach() {
        owner.update("UPDATE time_line SET approached_at = approached_at - interval '10 seconds'");
        line.approach(line.read().time());
    }

    private void is(long aheadMillis) {
        owner.update("UPDATE time_line SET ahead_millis = ?, leads = false, approached_at = now()", aheadMillis);
    }

    private long ahead() {
        return line.read().ahead().toMillis();
    }

    /** Planned just before that. */
    private void waitsUntil(Duration fromNow) {
        owner.update(
                "INSERT INTO due_work (tenant_id, kind, id, due_at, planned_at) VALUES ('default', 'test', ?, ?::timestamptz, ?::timestamptz)",
                fromNow.toString(),
                Instant.now().plus(fromNow).toString(),
                Instant.now().plus(fromNow).minusSeconds(60).toString());
    }
}
