package org.afterword.drafting;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.RecordPart;
import org.afterword.platform.ProblemException.Fault;
import org.jspecify.annotations.Nullable;

/**
 * How an administrator brings drafts to people.
 *
 * @param shadowUntil drafts are made until then, and nobody sees them; null = no such time
 * @param holdout     share of contacts, 0 to {@value #MOST_HELD_OUT}, whose draft nobody sees, drawn by lot
 * @param most        part → the most it may do, whatever it earns; parts that are not there may fill what a person confirms
 * @param queues      queue → the same for its contacts, before {@code most}
 */
public record Rollout(
        @Nullable Instant shadowUntil,
        double holdout,
        Map<String, Grade> most,
        Map<String, Map<String, Grade>> queues) {
    /** Drafts are shown of every contact. */
    public static final Rollout NONE = new Rollout(null, 0, Map.of(), Map.of());

    public static final double MOST_HELD_OUT = 0.5;
    private static final Duration LONGEST_SHADOW = Duration.ofDays(120);

    /** What drafts say anything of. */
    public static final List<RecordPart> PARTS = List.of(
            RecordPart.SUMMARY,
            RecordPart.ISSUE,
            RecordPart.REASONS,
            RecordPart.ACTIONS,
            RecordPart.RESOLUTION,
            RecordPart.RESOLUTION_TEXT,
            RecordPart.NEXT_STEPS,
            RecordPart.DISPOSITION,
            RecordPart.TAGS,
            RecordPart.FIELDS,
            RecordPart.CHECKLIST,
            RecordPart.SENTIMENT,
            RecordPart.FOLLOW_UPS);

    /** What nothing on the panel shows by itself is filled in or off: nobody takes it over, and nobody judges it. */
    private static final Set<String> NOT_SHOWN = Set.of("issue", "resolutionText", "actions", "nextSteps", "sentiment");

    public Rollout {
        most = Map.copyOf(most);
        var copies = new TreeMap<String, Map<String, Grade>>();
        queues.forEach((queue, parts) -> copies.put(queue, Map.copyOf(parts)));
        queues = Map.copyOf(copies);
    }

    /** Everything that cannot be taken, by JSON pointer. */
    public List<Fault> faults(Catalog catalog, Instant now) {
        var faults = new ArrayList<Fault>();
        if (!(holdout >= 0 && holdout <= MOST_HELD_OUT)) {
            faults.add(new Fault(
                    "#/holdout", "is %s; it is a share of contacts, from 0 to %s".formatted(holdout, MOST_HELD_OUT)));
        }
        if (shadowUntil != null && shadowUntil.isAfter(now.plus(LONGEST_SHADOW))) {
            faults.add(new Fault("#/shadowUntil", "is more than %d days ahead".formatted(LONGEST_SHADOW.toDays())));
        }
        requireParts("#/most", most, faults);
        new TreeMap<>(queues).forEach((queue, parts) -> {
            if (catalog.findQueue(queue).isEmpty()) {
                faults.add(new Fault("#/queues/" + queue, "is no queue of the catalog"));
            }
            requireParts("#/queues/" + queue, parts, faults);
        });
        return faults;
    }

    /** What the most of a part can be. */
    public static List<Grade> grades(String part) {
        return Arrays.stream(Grade.values())
                .filter(grade -> grade == Grade.OFF || grade == Grade.PREFILL || !NOT_SHOWN.contains(part))
                .toList();
    }

    /** Whether people look at it, so that it can earn that nobody does. */
    public static boolean canBeUnattended(String part) {
        return grades(part).contains(Grade.FILL_AUDITED);
    }

    private static void requireParts(String at, Map<String, Grade> parts, List<Fault> faults) {
        new TreeMap<>(parts).forEach((part, grade) -> {
            if (!grades(part).contains(grade)) {
                faults.add(new Fault(at + "/" + part, "is %s; it can be OFF or PREFILL".formatted(grade)));
            }
        });
        for (String part : new TreeMap<>(parts).keySet()) {
            if (PARTS.stream().noneMatch(known -> known.member().equals(part))) {
                faults.add(new Fault(
                        at + "/" + part,
                        "is no part that is drafted; there are "
                                + String.join(
                                        ", ",
                                        PARTS.stream().map(RecordPart::member).toList())));
            }
        }
    }

    public boolean isShadow(Instant now) {
        return shadowUntil != null && now.isBefore(shadowUntil);
    }

    public Grade most(String queue, String part) {
        Grade all = most.getOrDefault(part, Grade.PREFILL);
        return queues.getOrDefault(queue, Map.of()).getOrDefault(part, all);
    }
}
