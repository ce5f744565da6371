package org.afterword.platform.internal;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** The line as it lies in the database, for all of its nodes. */
final class SharedTimeLine implements TimeLine {
    private static final String READ = """
            SELECT clock_timestamp() + ahead_millis * interval '1 millisecond' AS time, ahead_millis, leads, turns FROM time_line
            """;

    /** Less than ten minutes keep events within the bound of what is late; and then it matters more to keep them in their order. */
    private static final String LEAVE_OUT = """
            UPDATE time_line
               SET ahead_millis = ahead_millis - ?,
                   leads = ahead_millis - ? > 600000 OR leads AND ahead_millis - ? > 0,
                   turns = turns + 1,
                   approached_at = clock_timestamp()
             WHERE turns = ?
               AND abs(extract(epoch FROM clock_timestamp() + (ahead_millis - ?) * interval '1 millisecond' - ?::timestamptz)) <= 2
            """;

    /**
     * Every ten seconds by 20 ms, so that a window of a quarter of an hour is off by 1.8 s; by a second while nothing is planned within
     * its time. What is behind goes there at once when nothing falls due by that. What is planned for later than any window is waited for
     * by nobody.
     */
    private static final String APPROACH = """
            UPDATE time_line
               SET ahead_millis = CASE WHEN nobody_waits AND ahead_millis < 0 THEN 0
                                       WHEN ahead_millis < 0 THEN least(0, ahead_millis + 20)
                                       WHEN nobody_waits THEN greatest(0, ahead_millis - 1000)
                                       ELSE greatest(0, ahead_millis - 20) END,
                   leads = leads AND ahead_millis > CASE WHEN nobody_waits THEN 1000 ELSE 20 END,
                   turns = turns + CASE WHEN nobody_waits AND ahead_millis < -2000 THEN 1 ELSE 0 END,
                   approached_at = clock_timestamp()
              FROM (SELECT NOT EXISTS (SELECT FROM due_work, time_line AS t
                                        WHERE due_at <= clock_timestamp() + greatest(0, t.ahead_millis) * interval '1 millisecond'
                                                        + CASE WHEN t.ahead_millis > 0 THEN interval '2 hours' ELSE interval '0' END
                                          AND due_at < planned_at + interval '2 hours') AS nobody_waits) AS now
             WHERE ahead_millis <> 0
               AND abs(extract(epoch FROM clock_timestamp() - approached_at)) >= 9
               AND abs(extract(epoch FROM clock_timestamp() + ahead_millis * interval '1 millisecond' - ?::timestamptz)) <= 2
            """;

    private final JdbcTemplate jdbc;

    SharedTimeLine(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Reading read() {
        List<Reading> readings = jdbc.query(
                READ,
                (rs, n) -> new Reading(
                        rs.getObject("time", Timestamp.class).toInstant(),
                        Duration.ofMillis(rs.getLong("ahead_millis")),
                        Duration.ofMillis(rs.getBoolean("leads") ? rs.getLong("ahead_millis") : 0),
                        rs.getLong("turns")));
        if (readings.isEmpty()) {
            throw new IllegalStateException("the database did not tell the time");
        }
        return readings.getFirst();
    }

    @Override
    public void leaveOut(Duration step, Instant now, long turns) {
        long millis = step.toMillis();
        jdbc.update(LEAVE_OUT, millis, millis, millis, turns, millis, now.toString());
    }

    @Override
    public void approach(Instant now) {
        jdbc.update(APPROACH, now.toString());
    }
}
