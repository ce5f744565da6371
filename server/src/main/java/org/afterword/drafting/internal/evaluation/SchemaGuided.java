package org.afterword.drafting.internal.evaluation;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.afterword.catalog.CallType;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.CatalogItem;
import org.afterword.catalog.Complexity;
import org.afterword.catalog.Disposition;
import org.afterword.catalog.Form;
import org.afterword.catalog.FormField;
import org.afterword.catalog.FormField.Type;
import org.afterword.catalog.Reason;
import org.afterword.drafting.internal.evaluation.LabelledContact.Action;
import org.afterword.drafting.internal.evaluation.LabelledContact.Truth;
import org.afterword.drafting.internal.evaluation.LabelledContact.Turn;
import org.afterword.drafting.internal.evaluation.LabelledContact.Who;
import tools.jackson.databind.JsonNode;

/**
 * Schema-guided dialogues (Rastogi et al. 2020): services are call types with a form of their slots, intents are reasons, and the
 * first intent is the disposition. The catalog is the schema of the services that are measured; some of these are in the dialogues to
 * learn from as well, others are not.
 */
final class SchemaGuided implements Converter {
    /** The day on which these talks take place. */
    private static final LocalDate DAY = LocalDate.of(2019, 3, 1);

    @Override
    public String name() {
        return "sgd";
    }

    @Override
    public LabelledSet convert(Path folder) throws IOException {
        Catalog catalog = DataFile.document(folder.resolve("schema-dev.json"), SchemaGuided::catalog);
        Set<String> known = DataFile.document(folder.resolve("schema-train.json"), SchemaGuided::services);
        return new LabelledSet(
                catalog, contacts(folder, "dev", catalog, known), contacts(folder, "train", catalog, known));
    }

    /** @param part whose numbers begin anew */
    private static List<LabelledContact> contacts(Path folder, String part, Catalog catalog, Set<String> known)
            throws IOException {
        Set<String> services =
                catalog.callTypes().stream().map(CatalogItem::code).collect(Collectors.toSet());
        return DataFile.documents(
                        DataFile.in(folder, part + ".jsonl"),
                        talk -> services.containsAll(servicesOf(talk))
                                ? Stream.of(contact(part, talk, group(servicesOf(talk), known)))
                                : Stream.<LabelledContact>empty())
                .stream()
                .flatMap(contacts -> contacts)
                .toList();
    }

    private static Set<String> services(JsonNode schema) {
        return schema.valueStream()
                .map(service -> service.path("service_name").asString())
                .collect(Collectors.toSet());
    }

    private static List<String> servicesOf(JsonNode talk) {
        return talk.path("services").valueStream().map(JsonNode::asString).toList();
    }

    private static String group(List<String> services, Set<String> known) {
        if (known.containsAll(services)) {
            return "services seen";
        }
        return services.stream().noneMatch(known::contains) ? "services not seen" : "services seen and not";
    }

    private static LabelledContact contact(String part, JsonNode talk, String group) {
        var turns = new ArrayList<Turn>();
        for (JsonNode turn : talk.path("turns")) {
            turns.add(Turn.of(
                    turn.path("speaker").asString().equals("agent") ? Who.AGENT : Who.CUSTOMER,
                    turn.path("text").asString()));
        }
        var actions = new ArrayList<Action>();
        for (JsonNode action : talk.path("actions")) {
            Map<String, String> parameters = new LinkedHashMap<>();
            action.path("parameters").forEachEntry((name, value) -> parameters.put(name, value.asString()));
            actions.add(new Action(
                    action.path("method").asString(),
                    parameters,
                    null,
                    Math.max(0, action.path("turn").asInt() - 1)));
        }
        List<String> intents = talk.path("intents")
                .valueStream()
                .map(intent -> intent.path(0).asString() + "." + intent.path(1).asString())
                .toList();
        Map<String, List<String>> fields = new LinkedHashMap<>();
        talk.path("fields")
                .forEachEntry((service, slots) -> slots.forEachEntry((slot, forms) -> fields.put(
                        slot, forms.valueStream().map(JsonNode::asString).toList())));
        return LabelledContact.inbound(
                        part + " " + DataFile.text(talk, "id"),
                        DAY,
                        "voice",
                        turns,
                        Truth.with()
                                .disposition(intents.isEmpty() ? null : intents.getFirst())
                                .reasons(intents)
                                .fields(fields)
                                .build())
                .withActions(actions)
                .inGroup(group);
    }

    private static Catalog catalog(JsonNode schema) {
        var callTypes = new ArrayList<CallType>();
        var reasons = new ArrayList<Reason>();
        var dispositions = new ArrayList<Disposition>();
        var forms = new ArrayList<Form>();
        for (JsonNode service : schema) {
            String name = service.path("service_name").asString();
            forms.add(new Form(
                    name,
                    name,
                    service.path("slots").valueStream().map(SchemaGuided::field).toList()));
            callTypes.add(new CallType(
                    name,
                    Converter.label(name.replaceAll("_\\d+$", "")),
                    service.path("description").asString(),
                    Complexity.LOW,
                    name,
                    null));
            for (JsonNode intent : service.path("intents")) {
                String code = name + "." + intent.path("name").asString();
                String label = Converter.label(intent.path("name").asString());
                String words = intent.path("description").asString();
                reasons.add(new Reason(code, label, words, name));
                dispositions.add(new Disposition(code, label, words, null, List.of(name)));
            }
        }
        return Converter.declaring(callTypes, reasons, dispositions, forms);
    }

    private static FormField field(JsonNode slot) {
        String name = slot.path("name").asString();
        List<String> choices = slot.path("is_categorical").asBoolean()
                ? slot.path("possible_values")
                        .valueStream()
                        .map(JsonNode::asString)
                        .toList()
                : List.of();
        return new FormField(
                name,
                Converter.label(name),
                slot.path("description").asString(),
                type(name, choices),
                choices,
                false,
                false);
    }

    /** The schema tells no types; names of slots do, as an administrator would read them. */
    private static Type type(String slot, List<String> choices) {
        if (!choices.isEmpty()) {
            return Set.copyOf(choices).equals(Set.of("True", "False")) ? Type.BOOLEAN : Type.CHOICE;
        }
        if (slot.contains("date")) {
            return Type.DATE;
        }
        if (slot.matches(".*(number_of|rating|percent|humidity|precipitation|wind|temperature|days|length).*")) {
            return Type.NUMBER;
        }
        if (slot.contains("time") && !slot.contains("transfer_time")) {
            return Type.TIME;
        }
        if (slot.matches(".*(price|fare|amount|balance|rent|cost).*")) {
            return Type.AMOUNT;
        }
        if (slot.contains("phone")) {
            return Type.PHONE;
        }
        if (slot.contains("address")) {
            return Type.ADDRESS;
        }
        if (slot.matches(
                ".*(city|area|^location|destination|origin|where_to|from_location|to_location).*(?<!name|airport)")) {
            return Type.PLACE;
        }
        return slot.matches(
                        ".*(name|title|artist|director|directed|actor|starring|venue|station|airport|pickup_location|event_location).*")
                ? Type.NAME
                : Type.TEXT;
    }
}
