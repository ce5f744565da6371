package org.afterword.drafting.internal.prose;

import java.time.Duration;

/** What calls took. */
record Spent(long inputTokens, long outputTokens, Duration time) {
    static final Spent NOTHING = new Spent(0, 0, Duration.ZERO);

    long tokens() {
        return inputTokens + outputTokens;
    }

    Spent plus(Spent other) {
        return new Spent(inputTokens + other.inputTokens, outputTokens + other.outputTokens, time.plus(other.time));
    }

    Spent minus(Spent other) {
        return new Spent(inputTokens - other.inputTokens, outputTokens - other.outputTokens, time.minus(other.time));
    }
}
