package org.afterword.platform;

import java.time.Duration;

/**
 * How far the program's time is ahead of clocks outside, since the database's was set back. What others tell of, they tell by
 * theirs. Zero as a rule.
 */
@FunctionalInterface
public interface ClockLead {
    ClockLead NONE = () -> Duration.ZERO;

    Duration get();
}
