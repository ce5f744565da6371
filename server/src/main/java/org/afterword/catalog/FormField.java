package org.afterword.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One field of a form.
 *
 * @param name        the key in {@code record.fields}
 * @param description plain words; what extraction goes by while there is no history
 * @param choices     the allowed values of a {@link Type#CHOICE} field, else empty
 * @param required    a completion without it is refused
 * @param sensitive   kept encrypted, shown masked, revealed with a logged reason
 */
public record FormField(
        String name,
        String label,
        @Nullable String description,
        Type type,
        List<String> choices,
        boolean required,
        boolean sensitive) {
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
    }
}
