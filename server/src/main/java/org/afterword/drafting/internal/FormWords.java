package org.afterword.drafting.internal;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.afterword.catalog.FormField;
import org.afterword.drafting.internal.language.Stems;
import org.jspecify.annotations.Nullable;

/** The words of a form's fields, and how well each tells one field from the others. */
final class FormWords {
    /** Words of kind, which say nothing about one field of that kind. */
    private static final Set<String> KIND = Stems.of(
            "name date time number type flag boolean indicating whether true false value code text field has does");

    /** Words that people use for each other where forms use one of them. */
    private static final List<Set<String>> ALIKE = List.of(
            Stems.of(
                    "people person persons passengers travelers adults guests riders group party tickets seats individuals"),
            Stems.of("pickup pick collect"),
            Stems.of("dropoff drop return"),
            Stems.of("city town area place location destination"),
            Stems.of("cost price fare rent total"),
            Stems.of("wifi internet"),
            Stems.of("bed beds bedroom bedrooms"),
            Stems.of("bath baths bathroom bathrooms"));

    /** Likewise, where a field counts them. */
    private static final Set<String> PEOPLE = Stems.of(
            "people person persons passengers travelers adults guests riders group party tickets seats individuals");

    private final List<FormField> fields;
    private final Map<String, Set<String>> stems = new HashMap<>();
    private final Map<String, Integer> usedBy = new HashMap<>();

    FormWords(List<FormField> fields) {
        this.fields = fields;
        for (FormField field : fields) {
            String words = Names.words(field.name()) + " " + field.label()
                    + (field.description() == null ? "" : " " + field.description());
            Set<String> own = new TreeSet<>(Stems.of(words));
            own.removeAll(KIND);
            for (Set<String> alike : ALIKE) {
                if (own.stream().anyMatch(alike::contains)) {
                    own.addAll(alike);
                }
            }
            if (isNumeric(field) && own.stream().anyMatch(PEOPLE::contains)) {
                own.addAll(PEOPLE);
            }
            stems.put(field.name(), own);
            own.forEach(stem -> usedBy.merge(stem, 1, Integer::sum));
        }
    }

    /** Whether the field holds a number, freely or out of some. */
    static boolean isNumeric(FormField field) {
        return field.type() == FormField.Type.NUMBER
                || (field.type() == FormField.Type.CHOICE
                        && field.choices().stream().allMatch(c -> c.matches("\\d+")));
    }

    List<FormField> fields() {
        return fields;
    }

    List<FormField> ofType(Set<FormField.Type> types) {
        return fields.stream().filter(f -> types.contains(f.type())).toList();
    }

    /** How much of {@code said} points to this field and not to others of the form, 0 to 1. */
    double overlap(FormField field, Collection<String> said) {
        double sum = 0;
        for (String stem : Set.copyOf(said)) {
            if (stemsOf(field).contains(stem)) {
                sum += 1.0 / usedBy.getOrDefault(stem, 1);
            }
        }
        return Math.min(1, sum);
    }

    Set<String> stemsOf(FormField field) {
        return stems.getOrDefault(field.name(), Set.of());
    }

    /** The role that the name of the field tells, among those that its type can have. */
    static @Nullable Role roleOf(FormField field) {
        String name = Names.words(field.name());
        return rolesFor(field.type()).stream()
                .filter(role -> role.isNamedBy(name))
                .findFirst()
                .orElse(null);
    }

    static Set<Role> rolesFor(FormField.Type type) {
        return switch (type) {
            case DATE, TIME -> new TreeSet<>(Set.of(Role.START, Role.END));
            case PLACE, NAME, CHOICE, TEXT, ADDRESS -> new TreeSet<>(Set.of(Role.FROM, Role.TO));
            case NUMBER, AMOUNT, PHONE, EMAIL, BOOLEAN -> Set.of();
        };
    }
}
