package org.afterword.drafting.internal;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which call type each line is about: the one its sentence speaks of, else the one that was spoken of last. */
final class Topics {
    private final Map<Line, String> topics = new IdentityHashMap<>();

    /** @param reasons codes that the contact has; only their call types are topics */
    Topics(Situation situation, Ranking ranking, Set<String> reasons) {
        var spoken = new HashMap<Line, String>();
        for (Gist.Point point : situation.gist().points()) {
            ranking.themeOf(point, reasons).ifPresent(theme -> spoken.put(point.line(), theme));
        }
        String current = situation.talk().lines().stream()
                .map(spoken::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(situation.input().contact().callType());
        for (Line line : situation.talk().lines()) {
            current = spoken.getOrDefault(line, current);
            topics.put(line, current);
        }
    }

    boolean is(Line line, @Nullable String callType) {
        return Objects.equals(topics.get(line), callType);
    }
}
