package org.afterword.wrapup.internal;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.afterword.wrapup.WrapUpPolicy;

/** A policy as the API shows it: durations as numbers with their unit in the name. */
final class PolicyView {
    private PolicyView() {}

    /** @param filled JSON pointers to the parts that a person had filled in when the window opened */
    static Map<String, Object> of(WrapUpPolicy policy, Collection<String> filled) {
        var view = new LinkedHashMap<String, Object>();
        view.put("rule", policy.rule());
        view.put("version", policy.version());
        view.put("surge", policy.surge());
        view.put("mode", policy.mode());
        if (policy.hasDeadline()) {
            put(view, "windowSeconds", policy.window(filled));
            view.put("partSeconds", policy.budget(filled));
        }
        put(view, "targetSeconds", policy.target());
        put(view, "warningSeconds", policy.warning());
        put(view, "graceSeconds", policy.grace());
        put(view, "typingGraceSeconds", policy.typingGrace());
        policy.noResponse().ifPresent(after -> put(view, "noResponseSeconds", after));
        view.put("atDeadline", policy.atDeadline());
        put(view, "deferDueSeconds", policy.deferDue());
        view.put("deferrable", policy.deferrable());
        if (policy.settings().deferrableParts() != null) {
            view.put("deferrableParts", policy.settings().deferrableParts());
        }
        view.put("extensions", policy.extensions());
        view.put("requiredParts", policy.requiredParts());
        view.put("requiredWhen", policy.requiredWhen());
        view.put("holdShare", policy.holdShare());
        put(view, "shortContactSeconds", policy.shortContact());
        if (policy.recovery().seconds() > 0) {
            view.put("recovery", policy.recovery());
        }
        if (policy.occupancyGuard().restSeconds() > 0) {
            view.put("occupancyGuard", policy.occupancyGuard());
        }
        view.put("unsupported", policy.settings().unsupported());
        if (policy.unattended().allowsAnything()) {
            view.put("unattended", policy.unattended());
        }
        return view;
    }

    private static void put(Map<String, Object> view, String name, Duration duration) {
        view.put(name, duration.toSeconds());
    }
}
