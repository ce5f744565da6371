package org.afterword.governance.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.afterword.governance.internal.Talk.Placed;

/** What the rules found in a talk: where it stands and what stands there instead. */
public final class Findings {
    private record Span(int start, int end, String mask) {}

    private final Map<Integer, List<Span>> spans = new HashMap<>();
    private final Set<Placed> covered = new HashSet<>();

    /** Masks the groups, and what stands between them, in each utterance that they touch. */
    public void mask(List<Placed> groups, String mask) {
        int from = 0;
        for (int i = 1; i <= groups.size(); i++) {
            if (i == groups.size()
                    || groups.get(i).utterance() != groups.get(from).utterance()) {
                spans.computeIfAbsent(groups.get(from).utterance(), u -> new ArrayList<>())
                        .add(new Span(
                                groups.get(from).group().start(),
                                groups.get(i - 1).group().end(),
                                mask));
                from = i;
            }
        }
        covered.addAll(groups);
    }

    public boolean covers(Placed group) {
        return covered.contains(group);
    }

    public boolean isEmpty() {
        return covered.isEmpty();
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
