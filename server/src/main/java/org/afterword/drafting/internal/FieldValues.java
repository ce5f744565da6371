package org.afterword.drafting.internal;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.afterword.catalog.FormField;
import org.afterword.drafting.internal.language.Mention;
import org.afterword.drafting.internal.language.Mention.Kind;
import org.afterword.drafting.internal.language.Mentions;
import org.afterword.drafting.internal.language.Token;

/** Values as a field of some type keeps them. */
final class FieldValues {
    private static final Set<String> TRUE = Set.of("true", "yes", "y", "on");
    private static final Set<String> FALSE = Set.of("false", "no", "n", "off");

    private FieldValues() {}

    /** What {@code raw} is as a value of the field, or nothing if it cannot be one. */
    static Optional<String> canonical(FormField field, String raw, LocalDate today) {
        return switch (field.type()) {
            case DATE -> mention(raw, today, Kind.DATE);
            case TIME -> mention(raw, today, Kind.TIME);
            case NUMBER -> mention(raw, today, Kind.NUMBER);
            case AMOUNT -> mention(raw, today, Kind.AMOUNT).or(() -> mention(raw, today, Kind.NUMBER));
            case PHONE -> mention(raw, today, Kind.PHONE).or(() -> text(raw));
            case EMAIL -> mention(raw, today, Kind.EMAIL);
            case CHOICE -> choice(field, raw);
            case BOOLEAN -> truth(raw).map(String::valueOf);
            case TEXT, NAME, ADDRESS, PLACE -> text(raw);
        };
    }

    /** The choice that {@code raw} spells, whatever its case and punctuation. */
    static Optional<String> choice(FormField field, String raw) {
        String words = words(raw);
        return field.choices().stream().filter(c -> words(c).equals(words)).findFirst();
    }

    /** The choices that stand for yes and no, if that is what the field asks. */
    static boolean isYesOrNo(FormField field) {
        return field.type() == FormField.Type.BOOLEAN
                || (field.choices().size() == 2
                        && field.choices().stream().map(FieldValues::truth).allMatch(Optional::isPresent));
    }

    /** How the field spells yes or no. */
    static String spelled(FormField field, boolean truth) {
        return field.choices().stream()
                .filter(c -> truth(c).filter(t -> t == truth).isPresent())
                .findFirst()
                .orElse(String.valueOf(truth));
    }

    static Optional<Boolean> truth(String raw) {
        String word = raw.strip().toLowerCase(Locale.ROOT);
        if (TRUE.contains(word)) {
            return Optional.of(true);
        }
        return FALSE.contains(word) ? Optional.of(false) : Optional.empty();
    }

    /**
     * Whether two values of the same field mean the same: amounts by their number, texts by their words, days by day and
     * month, since people hardly ever say the year.
     */
    static boolean same(FormField field, String one, String other) {
        if (field.type() == FormField.Type.AMOUNT || field.type() == FormField.Type.NUMBER) {
            return number(one).isPresent() && number(one).equals(number(other));
        }
        if (field.type() == FormField.Type.DATE && isDate(one) && isDate(other)) {
            return one.substring(4).equals(other.substring(4));
        }
        return words(one).equals(words(other));
    }

    private static boolean isDate(String value) {
        return value.matches("\\d{4}-\\d{2}-\\d{2}");
    }

    static Optional<BigDecimal> number(String value) {
        String digits = value.replaceAll("[^0-9.]", "");
        return digits.matches("\\d+(?:\\.\\d+)?")
                ? Optional.of(new BigDecimal(digits).stripTrailingZeros())
                : Optional.empty();
    }

    static String words(String text) {
        return Token.allIn(text).stream().map(Token::lower).collect(Collectors.joining(" "));
    }

    private static Optional<String> mention(String raw, LocalDate today, Kind kind) {
        List<Mention> mentions = Mentions.in(raw, today);
        return mentions.stream()
                .filter(m -> m.kind() == kind)
                .map(Mention::value)
                .findFirst();
    }

    private static Optional<String> text(String raw) {
        return raw.isBlank() ? Optional.empty() : Optional.of(raw.strip());
    }
}
