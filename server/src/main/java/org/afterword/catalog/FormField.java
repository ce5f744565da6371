package org.afterword.catalog;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One field of a form.
 *
 * @param name        the key in {@code record.fields}
 * @param description plain words; what extraction goes by while there is no history
 * @param choices     the allowed values of a {@link Type#CHOICE} field, else empty
 * @param required    a completion without it is refused
 * @param sensitive   kept encrypted, shown masked, revealed with a logged reason
 * @param multiple    may hold several values, with {@link #BETWEEN_VALUES} between them; only fields of plain text can
 */
public record FormField(
        String name,
        String label,
        @Nullable String description,
        Type type,
        List<String> choices,
        boolean required,
        boolean sensitive,
        boolean multiple) {
    /** Between the values of a field that may hold several. */
    public static final String BETWEEN_VALUES = "; ";

    private static final Set<Type> OF_PLAIN_TEXT = Set.of(Type.TEXT, Type.NAME, Type.ADDRESS, Type.PLACE);

    public enum Type {
        TEXT,
        NAME,
        NUMBER,
        AMOUNT,
        DATE,
        TIME,
        PHONE,
        EMAIL,
        ADDRESS,
        PLACE,
        CHOICE,
        BOOLEAN
    }

    public FormField {
        CatalogItem.check("forms.fields", name, label);
        type = type == null ? Type.TEXT : type;
        choices = choices == null ? List.of() : List.copyOf(choices);
        if (type == Type.CHOICE && choices.isEmpty()) {
            throw new IllegalArgumentException("forms.fields: '%s' is a CHOICE and needs choices".formatted(name));
        }
        if (multiple && !OF_PLAIN_TEXT.contains(type)) {
            throw new IllegalArgumentException(
                    "forms.fields: '%s' is %s and holds one value; only TEXT, NAME, ADDRESS and PLACE can be 'multiple'"
                            .formatted(name, type));
        }
    }

    /** A field that holds one value. */
    public FormField(
            String name,
            String label,
            @Nullable String description,
            Type type,
            List<String> choices,
            boolean required,
            boolean sensitive) {
        this(name, label, description, type, choices, required, sensitive, false);
    }

    /** The values that it holds with this text in it. */
    public List<String> valuesIn(String value) {
        return multiple
                ? Stream.of(value.split(BETWEEN_VALUES.strip()))
                        .map(String::strip)
                        .filter(one -> !one.isEmpty())
                        .toList()
                : List.of(value);
    }
}
