package org.afterword.wrapup.internal;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.CatalogItem;
import org.afterword.catalog.Disposition;
import org.afterword.catalog.Form;
import org.afterword.catalog.FormField;
import org.afterword.catalog.PolicySettings;
import org.afterword.platform.ProblemException.Fault;
import org.afterword.wrapup.WrapUpPolicy;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Whether a record may be confirmed: codes that exist, values that fit, and every part that the policy asks for. */
final class RecordCheck {
    /** A number as people write it, with the sign or the code of its currency on either side. */
    private static final Pattern AMOUNT =
            Pattern.compile("(\\p{Sc}|\\p{Lu}{3})?\\s*[+-]?\\d+([.,' ]\\d+)*\\s*(\\p{Sc}|\\p{Lu}{3})?");

    /** Three digits or more with what people put between them, and an extension. */
    private static final Pattern PHONE =
            Pattern.compile("\\+?(?:[\\s()./-]*\\d){3,20}[\\s)]*(?:(?:ext\\.?|x)\\s*\\d{1,6})?");

    private RecordCheck() {}

    /** Everything that stands against the confirmation, all at once; empty if nothing does. */
    static List<Fault> faults(ObjectNode record, Catalog catalog, WrapUpPolicy policy, @Nullable String callType) {
        var faults = new ArrayList<>(Parts.faults(record));
        if (!faults.isEmpty()) {
            return faults;
        }
        disposition(record, catalog, faults);
        codes(record.path("reasons"), "#/record/reasons", catalog.reasons(), faults);
        codes(record.path("tags"), "#/record/tags", catalog.tags(), faults);
        fields(record, catalog, callType, faults);
        for (String pointer : missing(record, policy)) {
            faults.add(new Fault("#/record" + pointer, "is required by policy '%s'".formatted(policy.rule())));
        }
        return List.copyOf(new LinkedHashSet<>(faults));
    }

    /** The parts that the policy asks for of a record that says this: always, and because of what it says. */
    static List<String> required(ObjectNode record, WrapUpPolicy policy) {
        var required = new LinkedHashSet<>(policy.requiredParts());
        for (PolicySettings.RequiredWhen when : policy.requiredWhen()) {
            if (says(record.path("disposition"), when.disposition())
                    && says(record.path("resolution"), when.resolution())
                    && (when.tag() == null
                            || record.path("tags").valueStream().anyMatch(tag -> says(tag, when.tag())))) {
                required.addAll(when.parts());
            }
        }
        return List.copyOf(required);
    }

    private static boolean says(JsonNode value, @Nullable String asked) {
        return asked == null || value.asString("").equals(asked);
    }

    /** The required parts that are empty. */
    static List<String> missing(ObjectNode record, WrapUpPolicy policy) {
        return required(record, policy).stream()
                .filter(pointer -> Parts.get(record, pointer) == null)
                .toList();
    }

    /** What stands against closing it without a record: only what is there and wrong. */
    static List<Fault> faultsOfNoContact(ObjectNode record, Catalog catalog) {
        var faults = new ArrayList<>(Parts.faults(record));
        if (faults.isEmpty()) {
            disposition(record, catalog, faults);
            codes(record.path("reasons"), "#/record/reasons", catalog.reasons(), faults);
            codes(record.path("tags"), "#/record/tags", catalog.tags(), faults);
        }
        return List.copyOf(faults);
    }

    /**
     * What stands against putting parts of a record off, all at once.
     *
     * @param parts JSON pointers to the required parts that are put off; empty = whatever is missing
     */
    static List<Fault> faultsOfDeferral(ObjectNode record, WrapUpPolicy policy, List<String> parts) {
        var faults = new ArrayList<Fault>();
        List<String> required = required(record, policy);
        for (int i = 0; i < parts.size(); i++) {
            String part = parts.get(i);
            if (!required.contains(part)) {
                faults.add(
                        new Fault("#/parts/" + i, "'%s' is none of the required parts: %s".formatted(part, required)));
            } else if (!policy.deferrable(part)) {
                faults.add(new Fault("#/parts/" + i, notDeferrable(policy)));
            }
        }
        for (String part : missing(record, policy)) {
            if (!parts.contains(part) && !(parts.isEmpty() && policy.deferrable(part))) {
                faults.add(new Fault(
                        "#/record" + part,
                        policy.deferrable(part)
                                ? "is required and not among the parts put off"
                                : notDeferrable(policy)));
            }
        }
        return faults;
    }

    private static String notDeferrable(WrapUpPolicy policy) {
        return "must be filled in first; policy '%s' does not let it be deferred".formatted(policy.rule());
    }

    private static void disposition(ObjectNode record, Catalog catalog, List<Fault> faults) {
        JsonNode code = record.path("disposition");
        if (!code.isString() || catalog.dispositions().isEmpty()) {
            return;
        }
        if (catalog.findDisposition(code.asString()).isEmpty()) {
            faults.add(new Fault("#/record/disposition", "'%s' is not in the catalog".formatted(code.asString())));
        } else if (catalog.leafDispositions().stream().map(Disposition::code).noneMatch(code.asString()::equals)) {
            faults.add(new Fault(
                    "#/record/disposition", "'%s' is a branch; pick one of its leaves".formatted(code.asString())));
        }
    }

    private static void codes(JsonNode codes, String at, List<? extends CatalogItem> items, List<Fault> faults) {
        Set<String> known = items.stream().map(CatalogItem::code).collect(Collectors.toSet());
        if (known.isEmpty()) {
            return;
        }
        for (int i = 0; i < codes.size(); i++) {
            String code = codes.get(i).asString("");
            if (!known.contains(code)) {
                faults.add(new Fault(at + "/" + i, "'%s' is not in the catalog".formatted(code)));
            }
        }
    }

    private static void fields(ObjectNode record, Catalog catalog, @Nullable String callType, List<Fault> faults) {
        List<String> reasons =
                record.path("reasons").valueStream().map(r -> r.asString("")).toList();
        List<FormField> asked =
                catalog.fieldsFor(callType, reasons, record.path("disposition").asString(null));
        for (FormField field : asked) {
            String pointer = Parts.pointer("fields", field.name());
            JsonNode value = Parts.get(record, pointer);
            if (value == null) {
                if (field.required()) {
                    faults.add(new Fault("#/record" + pointer, "%s is required".formatted(field.label())));
                }
            } else {
                String wrong = wrong(field, value.asString(""));
                if (wrong != null) {
                    faults.add(new Fault("#/record" + pointer, field.label() + " " + wrong));
                }
            }
        }
        Set<String> known = catalog.forms().stream()
                .map(Form::fields)
                .flatMap(List::stream)
                .map(FormField::name)
                .collect(Collectors.toSet());
        for (String name : record.path("fields").propertyNames()) {
            if (!known.contains(name)) {
                faults.add(new Fault("#/record" + Parts.pointer("fields", name), "is in no form of the catalog"));
            }
        }
    }

    /** Whether {@code parser} takes the text, which it would refuse by a {@link DateTimeException}. */
    static boolean parses(Function<String, ?> parser, String text) {
        try {
            return parser.apply(text) != null;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** What is wrong with a value, which a sensitive field's own is not told with. */
    private static @Nullable String wrong(FormField field, String value) {
        String must = must(field, value);
        return must == null || field.sensitive() ? must : "is '%s' and %s".formatted(value, must);
    }

    private static @Nullable String must(FormField field, String value) {
        return switch (field.type()) {
            case CHOICE ->
                field.choices().stream().anyMatch(value::equalsIgnoreCase)
                        ? null
                        : "must be one of " + String.join(", ", field.choices());
            case NUMBER -> value.matches("[+-]?\\d+([.,]\\d+)*") ? null : "must be a number";
            case EMAIL -> value.matches("[^@\\s]+@[^@\\s]+") ? null : "must be an e-mail address";
            case BOOLEAN ->
                value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false") ? null : "must be true or false";
            case AMOUNT -> AMOUNT.matcher(value).matches() ? null : "must be an amount, as in 12.50 or $1,200";
            case DATE -> parses(LocalDate::parse, value) ? null : "must be a date, as in 2026-03-31";
            case TIME -> parses(LocalTime::parse, value) ? null : "must be a time, as in 14:30";
            case PHONE -> PHONE.matcher(value).matches() ? null : "must be a telephone number";
            case TEXT, NAME, ADDRESS, PLACE -> null;
        };
    }
}
