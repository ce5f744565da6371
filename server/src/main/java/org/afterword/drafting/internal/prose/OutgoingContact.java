package org.afterword.drafting.internal.prose;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.afterword.drafting.DraftInput;
import org.afterword.drafting.DraftInput.DesktopAction;
import org.afterword.drafting.DraftInput.Speaker;
import org.afterword.drafting.DraftInput.Turn;
import org.afterword.drafting.Evidence;
import org.afterword.drafting.internal.language.Sentence;
import org.afterword.platform.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * All of a contact that leaves for a language model: its redacted words sentence by sentence and its desktop actions, each with a number by which
 * the model says what it goes by. So nothing that comes back has to repeat what was said to rest on it.
 */
final class OutgoingContact {
    /** About 15,000 tokens: calls of an hour and a half. Of longer ones the middle stays here. */
    private static final int LONGEST = 60_000;

    /** Of one value of an action. */
    private static final int LONGEST_VALUE = 200;

    /** @param by null for what the agent did in another system */
    private record Line(int number, @Nullable Speaker by, Evidence evidence, ObjectNode leaving) {}

    private final List<Line> lines;
    private final Pseudonyms pseudonyms;

    private OutgoingContact(List<Line> lines, Pseudonyms pseudonyms) {
        this.lines = lines;
        this.pseudonyms = pseudonyms;
    }

    static OutgoingContact of(DraftInput input, boolean namesMayLeave) {
        Pseudonyms pseudonyms = namesMayLeave
                ? Pseudonyms.none(input.referenceDate())
                : Pseudonyms.in(
                        input.turns().stream().map(Turn::text).toList(),
                        input.actions().stream()
                                .flatMap(OutgoingContact::values)
                                .toList(),
                        input.contact().customerName(),
                        input.referenceDate());
        var lines = new ArrayList<Line>();
        for (Turn turn : input.turns()) {
            if (turn.speaker() != Speaker.SYSTEM) {
                for (Sentence sentence : Sentence.allIn(turn.text())) {
                    int number = lines.size() + 1;
                    lines.add(new Line(
                            number,
                            turn.speaker(),
                            new Evidence.Quote(
                                    turn.number(),
                                    sentence.from(),
                                    sentence.from() + sentence.text().length(),
                                    sentence.text()),
                            Json.object()
                                    .put("n", number)
                                    .put("by", turn.speaker() == Speaker.AGENT ? "agent" : "customer")
                                    .put("said", pseudonyms.hide(sentence.text()))));
                }
            }
        }
        for (DesktopAction action : input.actions()) {
            int number = lines.size() + 1;
            ObjectNode leaving =
                    Json.object().put("n", number).put("by", "agent").put("did", action.name());
            put(leaving, "with", action.parameters(), pseudonyms);
            put(leaving, "result", action.result(), pseudonyms);
            lines.add(new Line(number, null, new Evidence.Action(action.id()), leaving));
        }
        var whole = new OutgoingContact(List.copyOf(lines), pseudonyms);
        return whole.length() > LONGEST ? whole.cutTo(LONGEST) : whole;
    }

    private static Stream<String> values(DesktopAction action) {
        return Stream.of(action.parameters(), action.result())
                .map(Map::values)
                .flatMap(Collection::stream)
                .map(OutgoingContact::bounded);
    }

    private static void put(ObjectNode line, String member, Map<String, String> values, Pseudonyms pseudonyms) {
        if (!values.isEmpty()) {
            ObjectNode leaving = line.putObject(member);
            values.forEach((name, value) -> leaving.put(name, pseudonyms.hide(bounded(value))));
        }
    }

    private static String bounded(String value) {
        return value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE) : value;
    }

    private int length() {
        return lines.stream().mapToInt(OutgoingContact::length).sum();
    }

    private static int length(Line line) {
        return line.leaving.toString().length();
    }

    /** With half as many words. */
    OutgoingContact shortened() {
        return cutTo(length() / 2);
    }

    /** Beginning and end: there is said what it is about, and what became of it. */
    private OutgoingContact cutTo(int most) {
        var kept = new LinkedHashMap<Integer, Line>();
        int room = most / 3;
        for (Line line : lines) {
            room -= length(line);
            if (room < 0) {
                break;
            }
            kept.put(line.number, line);
        }
        room = most - most / 3;
        for (Line line : lines.reversed()) {
            room -= length(line);
            if (room < 0) {
                break;
            }
            kept.put(line.number, line);
        }
        return new OutgoingContact(
                lines.stream().filter(line -> kept.containsKey(line.number)).toList(), pseudonyms);
    }

    /** What leaves, as a JSON array. */
    ArrayNode leaving() {
        ArrayNode all = Json.mapper().createArrayNode();
        lines.forEach(line -> all.add(line.leaving));
        return all;
    }

    boolean has(int number) {
        return lines.stream().anyMatch(line -> line.number == number);
    }

    /** What these lines are, each once. */
    List<Evidence> evidence(Collection<Integer> numbers) {
        return lines.stream()
                .filter(line -> numbers.contains(line.number))
                .map(Line::evidence)
                .toList();
    }

    /** As {@link #evidence}, of what the agent said or did alone. */
    List<Evidence> evidenceOfAgent(Collection<Integer> numbers) {
        return lines.stream()
                .filter(line -> numbers.contains(line.number) && line.by != Speaker.CUSTOMER)
                .map(Line::evidence)
                .toList();
    }

    /** The text of the model with what its stand-ins stand for; empty where it has one that was never sent. */
    Optional<String> restored(String text) {
        return pseudonyms.restore(text);
    }
}
