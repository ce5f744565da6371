package org.afterword.drafting.internal;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.afterword.catalog.FormField;
import org.afterword.catalog.FormField.Type;
import org.afterword.drafting.internal.Spans.Span;
import org.afterword.drafting.internal.language.Stems;
import org.afterword.drafting.internal.language.Token;
import org.jspecify.annotations.Nullable;

/**
 * How well a value that was said fits a field of a form: by the question before it, the words around it, the {@link Role} that
 * prepositions give it, and by there being no other field for it. Whether the types agree is seen to before.
 */
final class FieldFit {
    /** What a value needs to be taken for a field's. */
    static final double ENOUGH = 0.34;

    private static final double BY_QUESTION = 0.5;
    private static final double BY_KIND_OF_QUESTION = 0.4;
    private static final double BY_WORDS_NEAR = 0.5;
    private static final double BY_ROLE = 0.6;
    private static final double BY_BEING_THE_ONLY_ONE = 0.35;
    private static final double AGAINST_WANTED_ROLE = 0.2;

    /** How many words away a word still belongs to a value. */
    private static final int NEAR = 5;

    private static final Set<String> IN_A_PLACE = Set.of("in", "near", "around", "at", "within");
    private static final Set<String> BEFORE_PLACES =
            Set.of("in", "near", "around", "to", "from", "towards", "toward", "for", "leaving", "visit", "within");

    /** Stems that make a name one of a place. */
    private static final Set<String> PLACE_NAMES =
            Stems.of("location venue station airport terminal theater place site");

    private final FormWords form;

    FieldFit(FormWords form) {
        this.form = form;
    }

    /** How much speaks for the field; a value that reaches {@link #ENOUGH} for none belongs to none. */
    double of(FormField field, Span span, List<Line> question) {
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

    /** Whether one of the questions asks for the field. */
    boolean isAskedFor(FormField field, List<Line> question) {
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
}
