package org.afterword.demo.internal;

import java.util.List;
import java.util.Map;

/**
 * What a perfect record of one conversation holds. Simulated agents go by it and tests compare with it; no event carries it.
 *
 * @param callType   of the main reason: the one that something was done about, else the first
 * @param reasons    in order of first mention
 * @param resolution {@code resolved}, or {@code unresolved} where what was wanted could not be done
 * @param fields     the fields of the call types' forms, each with the forms (at least one) in which its last value occurred
 */
public record Truth(
        String id,
        String callType,
        List<String> reasons,
        String disposition,
        String resolution,
        Map<String, List<String>> fields) {
    public Truth {
        reasons = List.copyOf(reasons);
    }
}
