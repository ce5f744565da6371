package org.afterword.console.internal;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where one value of the record comes from and what it rests on.
 *
 * @param sign       null while the value is empty and nothing was drafted
 * @param confidence of the machine, 0 to 1; null where a person decided
 */
public record Mark(@Nullable Sign sign, @Nullable Double confidence, List<Evidence> evidence) {
    public static final Mark NONE = new Mark(null, null, List.of());

    /** A place that a claim rests on. */
    public sealed interface Evidence {
        /** Characters {@code from} to {@code to} (exclusive) of a turn. */
        record Words(int turn, int from, int to) implements Evidence {}

        record Action(String id) implements Evidence {}

        /** Characters {@code from} to {@code to} (exclusive) of the keywords in the record of a wrap-up. */
        record Note(String wrapUp, int from, int to) implements Evidence {}
    }

    public Mark {
        evidence = List.copyOf(evidence);
    }

    /** The places as {@code evidence.js} reads them: {@code t12:3-40} for words, {@code a} and the id for an action, {@code n} and that of the wrap-up for keywords. */
    public String places() {
        return evidence.stream()
                .map(place -> switch (place) {
                    case Evidence.Words words -> "t" + words.turn() + ":" + words.from() + "-" + words.to();
                    case Evidence.Action action -> "a" + action.id();
                    case Evidence.Note note -> "n" + note.wrapUp() + ":" + note.from() + "-" + note.to();
                })
                .collect(Collectors.joining(" "));
    }
}
