package org.afterword.platform.internal;

import java.time.Duration;
import java.time.Instant;

/** The time that all nodes of a database keep: that of its clock, but for steps of it that nobody lived through. */
interface TimeLine {
    /**
     * @param time  of the line
     * @param ahead of the database's clock; negative = behind it
     * @param lead  what is added to times that are told by clocks outside
     * @param turns how often somebody has set the line
     */
    record Reading(Instant time, Duration ahead, Duration lead, long turns) {}

    Reading read();

    /**
     * The database's clock has stepped, so the line goes on without it; not if somebody set the line since {@code turns}.
     *
     * @param now what the line shows then, by who asks: where it would not, the clock has stepped once more, and nothing is done
     */
    void leaveOut(Duration step, Instant now, long turns);

    /**
     * Brings the line a little nearer to the database's clock, or as far as nothing falls due by it.
     *
     * @param now what the line shows, by who asks: where it does not, the clock has stepped since, and nothing is done
     */
    void approach(Instant now);
}
