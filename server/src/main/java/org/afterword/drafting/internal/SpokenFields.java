package org.afterword.drafting.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.afterword.catalog.FormField;
import org.afterword.catalog.FormField.Type;
import org.afterword.drafting.internal.Candidate.Source;
import org.afterword.drafting.internal.Spans.Span;
import org.afterword.drafting.internal.Talk.Move;
import org.afterword.drafting.internal.language.Mention;

/**
 * Field values that were said: by the customer on their own, as the answer to a question, or by the agent where the customer
 * agreed. Each value goes to the field it fits best ({@link FieldFit}), or to none.
 */
final class SpokenFields {
    private static final int OFFERS_BACK = 3;
    private static final int SHORT_ANSWER_WORDS = 8;

    /** What can be chosen from an offer; the rest of it (prices, addresses, ratings) is information about a thing. */
    private static final Set<Type> OFFERED = Set.of(Type.NAME, Type.TIME, Type.DATE, Type.CHOICE);

    private final Talk talk;
    private final FormWords form;
    private final FieldFit fit;
    private final Predicate<Line> onTopic;
    private final List<Candidate> candidates = new ArrayList<>();

    /** @param onTopic which lines speak of what the form is for */
    SpokenFields(Talk talk, FormWords form, Predicate<Line> onTopic) {
        this.talk = talk;
        this.form = form;
        this.fit = new FieldFit(form);
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
                    candidates.addAll(YesOrNo.candidates(form, line, question, place));
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
            Span span = Spans.at(line, mention.from(), mention.to());
            offer(fitting, span, mention.value(), question, place, source);
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
        double most = FieldFit.ENOUGH;
        for (FormField field : fields) {
            double score = fit.of(field, span, question);
            if (score > most) {
                most = score;
                best = field;
            }
        }
        if (best != null) {
            boolean asked = source == Source.STATED && fit.isAskedFor(best, question);
            candidates.add(new Candidate(
                    best.name(), value, place, asked ? Source.ANSWERED : source, most, List.of(span.quote())));
        }
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
                .flatMap(c -> Spans.find(line, c).map(span -> new Found(c, span)).stream())
                .max(Comparator.<Found>comparingInt(f -> f.choice().length())
                        .thenComparingInt(f -> f.span().from()));
    }
}
