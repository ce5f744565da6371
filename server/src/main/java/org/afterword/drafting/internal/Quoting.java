package org.afterword.drafting.internal;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.afterword.drafting.Claim;
import org.afterword.drafting.internal.language.Mentions;
import org.afterword.drafting.internal.language.Stems;

/**
 * Says in the speaker's own words what no pattern retells: what the customer came with, and what the agent answered. A quotation
 * stands in good grammar whatever was said, and holds by itself.
 */
final class Quoting {
    /** Those that say who speaks. */
    static final int SPEAKER_WORDS = 2;

    private static final double CONFIDENCE = 0.7;

    /** What a turn says beyond this many words of its own makes it no clearer, and what comes later counts less. */
    private static final int ENOUGH = 8;

    private static final double LATER = 2;

    /** An answer is as good as it is full; one that says what to do is better. Chosen on the training part of TweetSumm. */
    private static final int FULL = 20;

    private static final double INSTRUCTS = 4;
    private static final double LAST = 2;

    private static final Pattern INSTRUCTION = Pattern.compile(
            "(?i)\\b(?:please|try|dm|call|contact|check|visit|send|follow|email|message|reach|go to|click|log in|open)\\b");

    private static final Pattern MASK = Pattern.compile("\\[[^\\]]*]");

    private Quoting() {}

    /** The lines of the turn with which the customer said what it is about; none where nothing was said. */
    static List<Line> opening(Talk talk) {
        List<List<Line>> turns = turns(talk.customerLines());
        return turns.stream()
                .max(Comparator.comparingDouble(turn -> Math.min(ENOUGH, content(turn)) - LATER * turns.indexOf(turn)))
                .orElse(List.of());
    }

    /** What the customer came with, in at most {@code words} words of their own. */
    static Optional<Claim<String>> ofCustomer(Talk talk, int words) {
        return best(opening(talk), line -> Math.min(FULL, content(List.of(line))))
                .map(line -> quoted("Customer", line, words));
    }

    /** What the agent answered, in at most {@code words} words of their own. */
    static Optional<Claim<String>> ofAgent(Talk talk, int words) {
        List<List<Line>> turns = turns(talk.agentLines());
        return turns.stream()
                .max(Comparator.comparingDouble(
                        turn -> worth(turn) + LAST * turns.indexOf(turn) / Math.max(1, turns.size())))
                .flatMap(turn -> best(turn, line -> worth(List.of(line))))
                .map(line -> quoted("Agent", line, words));
    }

    private static double worth(List<Line> lines) {
        boolean instructs =
                lines.stream().anyMatch(line -> INSTRUCTION.matcher(line.text()).find());
        return Math.min(FULL, content(lines)) + (instructs ? INSTRUCTS : 0);
    }

    private static List<List<Line>> turns(List<Line> lines) {
        Map<Integer, List<Line>> byTurn = new LinkedHashMap<>();
        lines.stream()
                .filter(Line::hasContent)
                .forEach(line -> byTurn.computeIfAbsent(line.turn().number(), _ -> new ArrayList<>())
                        .add(line));
        return List.copyOf(byTurn.values());
    }

    private static int content(List<Line> lines) {
        return (int) lines.stream()
                .flatMap(line -> Stems.of(line.tokens()).stream())
                .distinct()
                .count();
    }

    private static Optional<Line> best(List<Line> lines, ToDoubleFunction<Line> worth) {
        // max answers the last of equals; the first is wanted
        return lines.reversed().stream().max(Comparator.comparingDouble(worth));
    }

    private static Claim<String> quoted(String speaker, Line line, int words) {
        String said = line.text().strip().replaceAll("\\s+", " ");
        String verb = line.sentence().isQuestion() ? " asked: “" : " said: “";
        return Claim.of(
                Promises.place(line),
                speaker + verb + (Phrases.count(said) <= words ? said : cut(said, words)) + "”",
                CONFIDENCE,
                List.of(line.quote()));
    }

    /** Ends where a phrase ends, else after so many words, but within no value; it shows that more was said. */
    private static String cut(String said, int words) {
        return Phrases.shorten(said, words)
                        .filter(phrase -> Phrases.count(phrase) > words / 2)
                        .orElseGet(() -> firstWords(said, words))
                + " …";
    }

    private static String firstWords(String said, int words) {
        String first = String.join(" ", List.of(said.split(" ")).subList(0, words));
        int end = Stream.concat(
                        Mentions.in(said, LocalDate.EPOCH).stream().map(value -> new int[] {value.from(), value.to()}),
                        MASK.matcher(said).results().map(mask -> new int[] {mask.start(), mask.end()}))
                .filter(value -> value[0] < first.length() && first.length() < value[1])
                .mapToInt(value -> value[0])
                .min()
                .orElse(first.length());
        return first.substring(0, end).strip();
    }
}
