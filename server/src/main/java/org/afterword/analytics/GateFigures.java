package org.afterword.analytics;

import org.jspecify.annotations.Nullable;

/**
 * How tight the gate was.
 *
 * @param leaks    offers and connects that came while wrap-ups left too few units
 * @param contacts legs that ended
 */
public record GateFigures(long leaks, long contacts) {
    /** Null where there were no contacts. */
    public @Nullable Double leaksPer10000() {
        return contacts == 0 ? null : 10_000.0 * leaks / contacts;
    }
}
