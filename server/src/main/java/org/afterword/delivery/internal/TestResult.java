package org.afterword.delivery.internal;

import org.jspecify.annotations.Nullable;

/** @param reason what went wrong; null if nothing did */
record TestResult(boolean works, String outcome, @Nullable String reason) {
    static TestResult of(Outcome outcome) {
        return new TestResult(outcome instanceof Outcome.Delivered, outcome.code(), outcome.problem());
    }
}
