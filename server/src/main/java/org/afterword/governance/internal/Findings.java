package org.afterword.governance.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.afterword.governance.internal.Talk.Placed;
import org.jspecify.annotations.Nullable;

/** What the rules found in a talk: where it stands and what stands there instead. */
public final class Findings {
    private record Span(int start, int end, String mask) {}

    /** Digits that were masked, and where they begin. */
    record Number(String digits, int utterance, String mask) {}

    private final Map<Integer, List<Span>> spans = new HashMap<>();

    /** Of the spans in each utterance; none of them begins within another. */
    private final Map<Integer, NavigableMap<Integer, Integer>> endByStart = new HashMap<>();

    private final List<Number> numbers = new ArrayList<>();
    private final Set<Placed> covered = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Masks the groups, and what stands between them, in each utterance that they touch. */
    public void mask(List<Placed> groups, String mask) {
        int from = 0;
        for (int i = 1; i <= groups.size(); i++) {
            if (i == groups.size()
                    || groups.get(i).utterance() != groups.get(from).utterance()) {
                mask(
                        groups.get(from).utterance(),
                        groups.get(from).group().start(),
                        groups.get(i - 1).group().end(),
                        mask);
                from = i;
            }
        }
        covered.addAll(groups);
        if (!mask.equals(RedactionRule.UNDECIDED)) {
            numbers.add(new Number(Answers.written(groups), groups.getFirst().utterance(), mask));
        }
    }

    /** Masks a piece of an utterance, with whatever digits are in it. */
    void mask(int utterance, int start, int end, String mask) {
        spans.computeIfAbsent(utterance, u -> new ArrayList<>()).add(new Span(start, end, mask));
        if (!covers(utterance, start)) {
            endByStart.computeIfAbsent(utterance, u -> new TreeMap<>()).put(start, end);
        }
    }

    public boolean covers(Placed group) {
        return !isEmpty()
                && (covered.contains(group)
                        || covers(group.utterance(), group.group().start()));
    }

    boolean covers(int utterance, int place) {
        NavigableMap<Integer, Integer> ends = endByStart.get(utterance);
        Map.Entry<Integer, Integer> before = ends == null ? null : ends.floorEntry(place);
        return before != null && place < before.getValue();
    }

    /** What stands for this place of an utterance; null if it is not masked. */
    @Nullable
    String maskAt(int utterance, int place) {
        for (Span span : spans.getOrDefault(utterance, List.of())) {
            if (span.start <= place && place < span.end) {
                return span.mask;
            }
        }
        return null;
    }

    /** The groups that no rule has masked yet and that are no amounts. */
    List<Placed> uncovered(List<Placed> groups) {
        List<Placed> left = new ArrayList<>(groups.size());
        for (Placed group : groups) {
            if (!covers(group) && !group.group().amount()) {
                left.add(group);
            }
        }
        return left;
    }

    /** Those of them that stand side by side, apart from the others. */
    List<List<Placed>> uncoveredParts(List<Placed> groups) {
        List<List<Placed>> parts = new ArrayList<>();
        List<Placed> part = new ArrayList<>();
        for (Placed group : groups) {
            if (!covers(group) && !group.group().amount()) {
                part.add(group);
            } else if (!part.isEmpty()) {
                parts.add(part);
                part = new ArrayList<>();
            }
        }
        if (!part.isEmpty()) {
            parts.add(part);
        }
        return parts;
    }

    /** The numbers that were found, in the order of their finding; without what is undecided. */
    List<Number> numbers() {
        return numbers;
    }

    public boolean isEmpty() {
        return spans.isEmpty();
    }

    /** The text of an utterance with every finding masked; of findings that overlap, the earlier one names both. */
    public String masked(int utterance, String text) {
        List<Span> found = spans.get(utterance);
        if (found == null) {
            return text;
        }
        found.sort(Comparator.comparingInt(Span::start).thenComparing(Span::end, Comparator.reverseOrder()));
        var result = new StringBuilder(text.length());
        int from = 0;
        for (Span span : found) {
            if (span.start >= from) {
                result.append(text, from, span.start).append(span.mask);
            }
            from = Math.max(from, span.end);
        }
        return result.append(text, from, text.length()).toString();
    }
}
