package org.afterword.drafting.internal;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.afterword.catalog.FormField;
import org.afterword.drafting.internal.Candidate.Source;
import org.afterword.drafting.internal.Spans.Span;
import org.afterword.drafting.internal.Talk.Move;
import org.afterword.drafting.internal.language.Token;
import org.afterword.drafting.internal.learning.FieldTagger;
import org.afterword.drafting.internal.learning.TaggedLine;
import org.afterword.drafting.internal.learning.TaggedLine.Value;
import org.jspecify.annotations.Nullable;

/** What a learned tagger reads in what the customer said, and what a confirmed record teaches it. */
final class TaggedFields {
    private final Talk talk;
    private final LocalDate today;
    private final List<FormField> form;
    private final @Nullable String topic;
    private final List<Candidate> byRules;

    /**
     * @param today   the day of the contact
     * @param topic   the disposition of the contact, as far as it is known
     * @param byRules what the built-in rules make of the talk
     */
    TaggedFields(Talk talk, LocalDate today, List<FormField> form, @Nullable String topic, List<Candidate> byRules) {
        this.talk = talk;
        this.today = today;
        this.form = form;
        this.topic = topic;
        this.byRules = byRules;
    }

    /** The values that the tagger finds; their fit is how sure it is. */
    List<Candidate> found(FieldTagger tagger) {
        var found = new ArrayList<Candidate>();
        int[] place = {0};
        read((line, words) -> {
            List<Value> values = tagger.tag(words);
            place[0]++;
            for (Value value : values) {
                field(value.field()).ifPresent(field -> {
                    var span = new Span(line, value.from(), value.to());
                    FieldValues.canonical(field, span.text(), today)
                            .ifPresent(text -> found.add(new Candidate(
                                    field.name(),
                                    text,
                                    place[0],
                                    Source.LEARNED,
                                    value.confidence(),
                                    List.of(span.quote()))));
                });
            }
            return values;
        });
        return found;
    }

    private Optional<FormField> field(String name) {
        return form.stream().filter(field -> field.name().equals(name)).findFirst();
    }

    /**
     * The lines with the values of a confirmed record marked where they were said.
     *
     * @param record field → its values, or the forms of its value, as the record has them
     */
    List<TaggedLine> lesson(Map<String, List<String>> record) {
        List<Wanted> wanted = form.stream()
                .flatMap(field ->
                        record.getOrDefault(field.name(), List.of()).stream().map(value -> new Wanted(field, value)))
                .sorted(Comparator.comparingInt((Wanted one) -> one.words().size())
                        .reversed())
                .toList();
        var lines = new ArrayList<TaggedLine>();
        read((line, words) -> {
            var taken = new BitSet();
            List<Value> values = wanted.stream()
                    .flatMap(one -> one.in(line, taken))
                    .sorted(Comparator.comparingInt(Value::from))
                    .toList();
            lines.add(new TaggedLine(words, values));
            return values;
        });
        return lines;
    }

    /** A value that should be found. */
    private record Wanted(FormField field, String value, List<String> words) {
        Wanted(FormField field, String value) {
            this(field, value, Token.allIn(value).stream().map(Token::lower).toList());
        }

        /** Its places in the line where nothing else was found; takes them. */
        Stream<Value> in(Line line, BitSet taken) {
            List<String> said = line.tokens().stream().map(Token::lower).toList();
            var found = new ArrayList<Value>();
            for (int from = 0; !words.isEmpty() && from + words.size() <= said.size(); from++) {
                if (said.subList(from, from + words.size()).equals(words)) {
                    take(from, from + words.size(), taken, found);
                }
            }
            line.mentions().stream()
                    .filter(mention -> FieldValues.same(field, mention.value(), value))
                    .map(mention -> Spans.at(line, mention.from(), mention.to()))
                    .forEach(span -> take(span.from(), span.to(), taken, found));
            return found.stream();
        }

        private void take(int from, int to, BitSet taken, List<Value> found) {
            int next = taken.nextSetBit(from);
            if (next < 0 || next >= to) {
                taken.set(from, to);
                found.add(new Value(field.name(), from, to, 1));
            }
        }
    }

    /** Every line of the customer's in order; {@code reading} tells which values are in it. */
    private void read(BiFunction<Line, int[][], List<Value>> reading) {
        var looked = new WordsLookedAt(topic, byRules);
        Map<Line, Line> after = nextOfCustomer();
        List<Line> asked = List.of();
        for (Move move : talk.moves()) {
            if (move.byAgent()) {
                asked = move.lines();
                continue;
            }
            for (Line line : move.lines()) {
                if (!line.tokens().isEmpty()) {
                    List<Value> values = reading.apply(line, looked.of(line, after.get(line), asked));
                    looked.gave(values.stream().map(Value::field).toList());
                }
            }
        }
    }

    private Map<Line, Line> nextOfCustomer() {
        var after = new IdentityHashMap<Line, Line>();
        Line before = null;
        for (Line line : talk.customerLines()) {
            if (!line.tokens().isEmpty()) {
                if (before != null) {
                    after.put(before, line);
                }
                before = line;
            }
        }
        return after;
    }
}
