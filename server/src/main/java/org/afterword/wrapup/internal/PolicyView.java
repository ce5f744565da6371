package org.afterword.wrapup.internal;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.afterword.wrapup.WrapUpPolicy;
import org.jspecify.annotations.Nullable;

/** A policy as the API shows it: durations as numbers with their unit in the name. */
final class PolicyView {
    private PolicyView() {}

    static Map<String, Object> of(WrapUpPolicy policy) {
        var view = new LinkedHashMap<String, Object>();
        view.put("rule", policy.rule());
        view.put("version", policy.version());
        view.put("mode", policy.mode());
        put(view, "windowSeconds", policy.window());
        put(view, "targetSeconds", policy.target());
        put(view, "warningSeconds", policy.warning());
        put(view, "graceSeconds", policy.grace());
        view.put("atDeadline", policy.atDeadline());
        put(view, "deferDueSeconds", policy.deferDue());
        view.put("deferrable", policy.deferrable());
        view.put("extensions", policy.extensions());
        view.put("requiredParts", policy.requiredParts());
        view.put("holdShare", policy.holdShare());
        return view;
    }

    private static void put(Map<String, Object> view, String name, @Nullable Duration duration) {
        if (duration != null) {
            view.put(name, duration.toSeconds());
        }
    }
}
