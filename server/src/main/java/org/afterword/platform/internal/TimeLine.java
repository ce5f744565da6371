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

    /** The database's clock has stepped, so the line goes on without it; not if somebody set the line since {@code turns}. */
    void leaveOut(Duration step, long turns);

    /** Brings the line a little nearer to the database's clock, or as far as nothing falls due by it. */
    void approach();
}
