package org.afterword.drafting.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.afterword.catalog.FormField;
import org.afterword.catalog.FormField.Type;
import org.afterword.drafting.internal.Candidate.Source;
import org.afterword.drafting.internal.Spans.Span;
import org.afterword.drafting.internal.Talk.Move;
import org.afterword.drafting.internal.language.Mention;
import org.afterword.drafting.internal.language.Stems;
import org.afterword.drafting.internal.language.Token;
import org.jspecify.annotations.Nullable;

/**
 * Field values that were said: by the customer on their own, as the answer to a question, or by the agent where the customer
 * agreed. Which field a value belongs to is told by its type, the question before it, the words around it, and the
 * {@link Role} that prepositions give it. A value that fits no field well enough fits none.
 */
final class SpokenFields {
    private static final int NEAR = 5;
    private static final int OFFERS_BACK = 3;
    private static final int SHORT_ANSWER_WORDS = 8;

    /* Weights of what speaks for a field; a value needs ENOUGH of it. */
    private static final double BY_QUESTION = 0.5;
    private static final double BY_KIND_OF_QUESTION = 0.4;
    private static final double BY_WORDS_NEAR = 0.5;
    private static final double BY_ROLE = 0.6;
    private static final double BY_BEING_THE_ONLY_ONE = 0.35;
    private static final double AGAINST_WANTED_ROLE = 0.2;
    private static final double ENOUGH = 0.34;

    private static final Set<String> IN_A_PLACE = Set.of("in", "near", "around", "at", "within");
    private static final Set<String> BEFORE_PLACES =
            Set.of("in", "near", "around", "to", "from", "towards", "toward", "for", "leaving", "visit", "within");

    /** Stems that make a name one of a place. */
    private static final Set<String> PLACE_NAMES =
            Stems.of("location venue station airport terminal theater place site");

    /** What can be chosen from an offer; the rest of it (prices, addresses, ratings) is information about a thing. */
    private static final Set<Type> OFFERED = Set.of(Type.NAME, Type.TIME, Type.DATE, Type.CHOICE);

    private final Talk talk;
    private final FormWords form;
    private final Predicate<Line> onTopic;
    private final List<Candidate> candidates = new ArrayList<>();

    /** @param onTopic which lines speak of what the form is for */
    SpokenFields(Talk talk, FormWords form, Predicate<Line> onTopic) {
        this.talk = talk;
        this.form = form;
        this.onTopic = onTopic;
    }

    List<Candidate> candidates() {
        int place = 0;
        for (Move move : talk.moves()) {
            if (move.byAgent()) {
                place += move.lines().size();
                continue;
            }
            List<Line> question = questionsBefore(move);
            for (Line line : move.lines()) {
                place++;
                if (onTopic.test(line)) {
                    readCustomer(line, question, place);
                    yesOrNoBy(line, question, place);
                }
            }
            if (agrees(move)) {
                readAgreed(move, place);
            }
        }
        return List.copyOf(candidates);
    }

    private List<Line> questionsBefore(Move move) {
        if (move.index() == 0) {
            return List.of();
        }
        return talk.moves().get(move.index() - 1).lines().stream()
                .filter(line -> line.sentence().isQuestion() && !line.has(Cue.ANYTHING_ELSE))
                .toList();
    }

    private static boolean agrees(Move move) {
        return move.has(Cue.YES) && !move.has(Cue.NO) && !move.has(Cue.OTHER);
    }

    /** What the agent had just read back, and what was offered last before the customer agreed. */
    private void readAgreed(Move agreement, int place) {
        int back = 0;
        for (int i = agreement.index() - 1; i >= 0 && back < OFFERS_BACK; i--) {
            Move move = talk.moves().get(i);
            if (move.byAgent()) {
                for (Line line : move.lines()) {
                    if (!onTopic.test(line)) {
                        continue;
                    }
                    if (back == 0 && line.has(Cue.READ_BACK)) {
                        readTyped(line, form.fields(), List.of(), place, Source.CONFIRMED);
                    } else if (line.has(Cue.OFFER)) {
                        readTyped(line, form.ofType(OFFERED), List.of(), place - back, Source.ACCEPTED);
                    }
                }
                back++;
            }
        }
    }

    private void readCustomer(Line line, List<Line> question, int place) {
        readTyped(line, form.fields(), question, place, Source.STATED);
        boolean answers = !question.isEmpty()
                && line.tokens().size() <= SHORT_ANSWER_WORDS
                && line.mentions().isEmpty()
                && !isCourtesy(line);
        if (answers) {
            Set<Type> types =
                    Spans.names(line).isEmpty() ? Set.of(Type.PLACE, Type.NAME, Type.TEXT) : Set.of(Type.TEXT);
            for (Span span : Spans.answer(line)) {
                offer(form.ofType(types), span, span.text(), question, place, Source.STATED);
            }
        }
    }

    /** Values, choices and names that stand in the line. */
    private void readTyped(Line line, List<FormField> fields, List<Line> question, int place, Source source) {
        for (Mention mention : line.mentions()) {
            Set<Type> types = typesFor(mention);
            List<FormField> fitting = fields.stream()
                    .filter(f -> types.contains(f.type()))
                    .filter(f -> f.type() != Type.CHOICE || f.choices().contains(mention.value()))
                    .toList();
            int from = tokenAt(line, mention.from());
            int to = tokenAt(line, mention.to() - 1) + 1;
            offer(fitting, new Span(line, from, to), mention.value(), question, place, source);
        }
        for (FormField field : fields) {
            if (field.type() == Type.CHOICE && !FieldValues.isYesOrNo(field)) {
                choiceIn(field, line)
                        .ifPresent(
                                found -> offer(List.of(field), found.span(), found.choice(), question, place, source));
            }
        }
        List<FormField> named = fields.stream()
                .filter(f -> f.type() == Type.NAME || f.type() == Type.PLACE)
                .toList();
        for (Span span : Spans.names(line)) {
            boolean onlyCourtesy = span.from() == 0 && isCourtesy(line);
            if (!isChoice(span) && !onlyCourtesy) {
                offer(named, span, span.text(), question, place, source);
            }
        }
    }

    private boolean isChoice(Span span) {
        return form.fields().stream()
                .anyMatch(f -> FieldValues.choice(f, span.text()).isPresent());
    }

    private static boolean isCourtesy(Line line) {
        return line.sentence().isQuestion()
                || line.has(Cue.NO)
                || line.has(Cue.FINISHED)
                || line.has(Cue.THANKS)
                || line.has(Cue.GREETING)
                || line.has(Cue.OTHER)
                || line.has(Cue.YES);
    }

    /** Gives the value to the field it fits best, if it fits one. */
    private void offer(List<FormField> fields, Span span, String value, List<Line> question, int place, Source source) {
        FormField best = null;
        double most = ENOUGH;
        for (FormField field : fields) {
            double fit = fit(field, span, question);
            if (fit > most) {
                most = fit;
                best = field;
            }
        }
        if (best != null) {
            boolean asked = source == Source.STATED && asks(question, best);
            candidates.add(new Candidate(
                    best.name(),
                    value,
                    place,
                    asked ? Source.ANSWERED : source,
                    most,
                    List.of(span.line().quote(span.start(), span.end()))));
        }
    }

    private double fit(FormField field, Span span, List<Line> question) {
        Role wanted = FormWords.roleOf(field);
        Role marked = markedBy(span, question, FormWords.rolesFor(field.type()));
        if (wanted != null && marked != null && wanted != marked) {
            return 0;
        }
        boolean asked = question.stream().anyMatch(q -> Asked.wants(q.lower(), field));
        if (field.type() == Type.PLACE && !asked && !BEFORE_PLACES.contains(wordBefore(span))) {
            return 0;
        }
        double fit = 0;
        fit += BY_QUESTION * form.overlap(field, stems(question));
        fit += asked ? BY_KIND_OF_QUESTION : 0;
        fit += BY_WORDS_NEAR * form.overlap(field, near(span, field.type()));
        if (wanted != null) {
            fit += marked != null ? BY_ROLE : isUsualRole(wanted) ? 0 : -AGAINST_WANTED_ROLE;
        }
        fit += isOnlyOne(field, span) ? BY_BEING_THE_ONLY_ONE : 0;
        return fit;
    }

    /** What the words before the value say, else what the question asked for. */
    private static @Nullable Role markedBy(Span span, List<Line> question, Set<Role> roles) {
        Role marked = Role.nearest(roles, span.line().tokens(), span.from());
        if (marked != null) {
            return marked;
        }
        return question.stream()
                .map(q -> Role.askedFor(roles, q.lower()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** A date of which nothing else is said is when something begins. */
    private static boolean isUsualRole(@Nullable Role role) {
        return role == null || role == Role.START;
    }

    /** Whether no other field of the form could take the value, where that says something. */
    private boolean isOnlyOne(FormField field, Span span) {
        return switch (field.type()) {
            case CHOICE -> !FormWords.isNumeric(field) && FormWords.roleOf(field) == null;
            case PLACE -> isAlone(field);
            case NAME -> isAloneAmongNames(field, IN_A_PLACE.contains(wordBefore(span)));
            case TEXT, BOOLEAN, ADDRESS -> false;
            case DATE ->
                isUsualRole(FormWords.roleOf(field))
                        && form.ofType(Set.of(Type.DATE)).stream()
                                        .filter(f -> isUsualRole(FormWords.roleOf(f)))
                                        .count()
                                == 1;
            case TIME, AMOUNT, NUMBER, PHONE, EMAIL -> isAlone(field);
        };
    }

    /** Whether it is the only name of a place, or of something else, whichever the words before the name call for. */
    private boolean isAloneAmongNames(FormField field, boolean ofPlace) {
        List<FormField> names = form.ofType(Set.of(Type.NAME));
        return namesPlace(field) == ofPlace
                && names.stream().filter(f -> namesPlace(f) == ofPlace).count() == 1;
    }

    private boolean namesPlace(FormField field) {
        return form.stemsOf(field).stream().anyMatch(PLACE_NAMES::contains);
    }

    private boolean isAlone(FormField field) {
        return form.ofType(Set.of(field.type())).size() == 1;
    }

    private static String wordBefore(Span span) {
        return span.from() == 0 ? "" : span.line().tokens().get(span.from() - 1).lower();
    }

    private boolean asks(List<Line> question, FormField field) {
        return question.stream()
                .anyMatch(q -> Asked.wants(q.lower(), field) || form.overlap(field, Stems.of(q.tokens())) >= 0.5);
    }

    private static Collection<String> stems(List<Line> lines) {
        return lines.stream().flatMap(l -> Stems.of(l.tokens()).stream()).collect(Collectors.toSet());
    }

    /** Words before the value; those after it tell what a number counts, else they belong to what comes next. */
    private static Collection<String> near(Span span, Type type) {
        List<Token> tokens = span.line().tokens();
        int after = type == Type.NUMBER || type == Type.CHOICE || type == Type.AMOUNT ? NEAR : 1;
        return Stems.of(IntStream.range(Math.max(0, span.from() - NEAR), Math.min(tokens.size(), span.to() + after))
                .filter(i -> i < span.from() || i >= span.to())
                .mapToObj(tokens::get)
                .toList());
    }

    private static Set<Type> typesFor(Mention mention) {
        return switch (mention.kind()) {
            case DATE -> Set.of(Type.DATE);
            case TIME -> Set.of(Type.TIME);
            case AMOUNT -> Set.of(Type.AMOUNT);
            case NUMBER -> Set.of(Type.NUMBER, Type.CHOICE);
            case PHONE -> Set.of(Type.PHONE);
            case EMAIL -> Set.of(Type.EMAIL);
        };
    }

    private record Found(String choice, Span span) {}

    /** The longest choice that stands in the line; the last one if there are several. */
    private static Optional<Found> choiceIn(FormField field, Line line) {
        return field.choices().stream()
                .filter(c -> !c.matches("\\d+"))
                .flatMap(c -> EnteredFields.find(line, FieldValues.words(c))
                        .map(quote -> new Found(
                                c,
                                new Span(
                                        line,
                                        tokenAt(
                                                line,
                                                quote.from() - line.sentence().from()),
                                        tokenAt(
                                                        line,
                                                        quote.to()
                                                                - line.sentence()
                                                                        .from()
                                                                - 1)
                                                + 1)))
                        .stream())
                .max(Comparator.<Found>comparingInt(f -> f.choice().length())
                        .thenComparingInt(f -> f.span().from()));
    }

    /** A field that asks yes or no, when the customer states it or answers a question for it. */
    private void yesOrNoBy(Line line, List<Line> question, int place) {
        for (FormField field : form.fields()) {
            if (!FieldValues.isYesOrNo(field)) {
                continue;
            }
            Token key = key(field, line);
            if (key != null && !line.sentence().isQuestion()) {
                candidates.add(new Candidate(
                        field.name(),
                        FieldValues.spelled(field, !isDenied(line, key)),
                        place,
                        Source.STATED,
                        1,
                        List.of(line.quote())));
                continue;
            }
            for (Line asked : question) {
                boolean clear = line.has(Cue.YES) != line.has(Cue.NO);
                if (key(field, asked) != null && clear) {
                    candidates.add(new Candidate(
                            field.name(),
                            FieldValues.spelled(field, line.has(Cue.YES)),
                            place,
                            Source.ANSWERED,
                            1,
                            List.of(line.quote(), asked.quote())));
                }
            }
        }
    }

    /** The word of the line that only this field of the form has. */
    private @Nullable Token key(FormField field, Line line) {
        return line.tokens().stream()
                .filter(t -> form.overlap(field, Stems.of(List.of(t))) == 1)
                .findFirst()
                .orElse(null);
    }

    private static boolean isDenied(Line line, Token key) {
        String before = line.text().substring(0, key.from()).toLowerCase(Locale.ROOT);
        return before.matches("(?s).*\\b(?:not|no|don't|do not|doesn't|without|never|isn't|un)\\b[^,;]{0,25}");
    }

    private static int tokenAt(Line line, int place) {
        List<Token> tokens = line.tokens();
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).to() > place) {
                return i;
            }
        }
        return tokens.size() - 1;
    }
}
