package org.afterword.drafting.internal.evaluation;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.afterword.catalog.CallType;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.Complexity;
import org.afterword.catalog.Disposition;
import org.afterword.catalog.Form;
import org.afterword.catalog.FormField;
import org.afterword.catalog.FormField.Type;
import org.afterword.drafting.internal.evaluation.LabelledContact.Action;
import org.afterword.drafting.internal.evaluation.LabelledContact.Truth;
import org.afterword.drafting.internal.evaluation.LabelledContact.Turn;
import org.afterword.drafting.internal.evaluation.LabelledContact.Who;
import tools.jackson.databind.JsonNode;

/**
 * ABCD (Chen et al., NAACL 2021): chats with a shop. A flow is a call type and a branch of the dispositions, its subflows are the leaves,
 * called as the agents' guidelines call them. Fields are what the scenario says of the customer, as far as the customer said it or the
 * agent entered it.
 */
final class Abcd implements Converter {
    private static final LocalDate DAY = LocalDate.of(2020, 4, 1);
    private static final String CUSTOMER = "customer";

    @Override
    public String name() {
        return "abcd";
    }

    @Override
    public LabelledSet convert(Path folder) throws IOException {
        Ontology ontology = DataFile.document(DataFile.in(folder, "ontology.json"), Abcd::ontology);
        Catalog catalog =
                DataFile.document(DataFile.in(folder, "guidelines.json"), guidelines -> catalog(ontology, guidelines));
        return new LabelledSet(
                catalog,
                DataFile.documents(DataFile.in(folder, "sample.jsonl"), talk -> contact(talk, ontology, catalog)),
                List.of());
    }

    /**
     * @param subflows by flow
     * @param slots    of each action
     * @param values   that a slot can have, where these can be listed
     */
    private record Ontology(
            Map<String, List<String>> subflows, Map<String, List<String>> slots, Map<String, List<String>> values) {}

    private static Ontology ontology(JsonNode ontology) {
        Map<String, List<String>> subflows = new LinkedHashMap<>();
        for (JsonNode flow : ontology.at("/intents/flows")) {
            subflows.put(flow.asString(), texts(ontology.at("/intents/subflows").path(flow.asString())));
        }
        Map<String, List<String>> slots = new TreeMap<>();
        ontology.path("actions").forEach(kind -> kind.forEachEntry((action, names) -> slots.put(action, texts(names))));
        Map<String, List<String>> values = new TreeMap<>();
        ontology.at("/values/enumerable").forEachEntry((slot, all) -> values.put(slot, texts(all)));
        return new Ontology(subflows, slots, values);
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }

    private static Catalog catalog(Ontology ontology, JsonNode guidelines) {
        var callTypes = new ArrayList<CallType>();
        var dispositions = new ArrayList<Disposition>();
        ontology.subflows().forEach((flow, subflows) -> {
            String label = spelled(flow, guidelines.propertyNames());
            JsonNode guide = guidelines.path(label);
            String words = guide.path("description").asString("");
            // the guidelines name subflows in the order of the ontology, some in other words
            List<String> labels = List.copyOf(guide.path("subflows").propertyNames());
            if (labels.size() != subflows.size()) {
                throw new IllegalArgumentException(
                        "'%s' has %d subflows, not %d".formatted(label, labels.size(), subflows.size()));
            }
            callTypes.add(new CallType(flow, label, words.isBlank() ? null : words, Complexity.MEDIUM, CUSTOMER, null));
            dispositions.add(new Disposition(flow, label, null, null, List.of(flow)));
            for (int i = 0; i < subflows.size(); i++) {
                dispositions.add(
                        new Disposition(flow + "." + subflows.get(i), labels.get(i), null, flow, List.of(flow)));
            }
        });
        return Converter.declaring(callTypes, List.of(), dispositions, List.of(new Form(CUSTOMER, "Customer", FIELDS)));
    }

    private static String spelled(String flow, Iterable<String> labels) {
        for (String label : labels) {
            if (label.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "_").equals(flow)) {
                return label;
            }
        }
        throw new IllegalArgumentException("there is nothing about the flow '%s'".formatted(flow));
    }

    private static final List<FormField> FIELDS = List.of(
            field("customer_name", Type.NAME),
            field("account_id", Type.TEXT),
            field("username", Type.TEXT),
            field("email", Type.EMAIL),
            field("phone", Type.PHONE),
            field("order_id", Type.TEXT),
            new FormField(
                    "member_level",
                    "Member level",
                    null,
                    Type.CHOICE,
                    List.of("guest", "bronze", "silver", "gold"),
                    false,
                    false));

    private static FormField field(String name, Type type) {
        return new FormField(name, Converter.label(name), null, type, List.of(), false, false);
    }

    private static LabelledContact contact(JsonNode talk, Ontology ontology, Catalog catalog) {
        JsonNode scenario = talk.path("scenario");
        Map<String, String> known = new TreeMap<>();
        Stream.of("order", "personal")
                .forEach(part -> scenario.path(part).forEachEntry((name, value) -> known.put(name, value.asString())));
        var turns = new ArrayList<Turn>();
        var actions = new ArrayList<Action>();
        var entered = new ArrayList<String>();
        // both tell the same, turn by turn: the one as it was written, the other with what it was for
        JsonNode original = talk.path("original");
        JsonNode delexed = talk.path("delexed");
        if (original.isEmpty() || original.size() != delexed.size()) {
            throw new IllegalArgumentException(
                    "%d turns of 'original', %d of 'delexed'".formatted(original.size(), delexed.size()));
        }
        for (int i = 0; i < original.size(); i++) {
            String speaker = original.path(i).path(0).asString();
            if (speaker.equals("action")) {
                JsonNode targets = delexed.path(i).path("targets");
                List<String> values = texts(targets.path(3));
                String name = targets.path(2).asString();
                entered.addAll(values);
                actions.add(new Action(
                        name, parameters(name, values, ontology, known), null, Math.max(0, turns.size() - 1)));
            } else {
                turns.add(Turn.of(
                        speaker.equals("agent") ? Who.AGENT : Who.CUSTOMER,
                        original.path(i).path(1).asString()));
            }
        }
        String code = DataFile.text(scenario, "flow") + "."
                + delexed.path(0).path("targets").path(0).asString("");
        if (catalog.findDisposition(code).isEmpty()) {
            throw new IllegalArgumentException("there is no '%s'".formatted(code));
        }
        return LabelledContact.inbound(
                        talk.path("convo_id").asString(),
                        DAY,
                        "chat",
                        turns,
                        Truth.with()
                                .disposition(code)
                                .fields(told(known, turns, entered))
                                .build())
                .withActions(actions);
    }

    private static Map<String, List<String>> told(Map<String, String> known, List<Turn> turns, List<String> entered) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        for (FormField field : FIELDS) {
            String value = known.get(field.name());
            if (value != null && (entered.contains(value) || saidByCustomer(value, turns))) {
                fields.put(field.name(), List.of(value));
            }
        }
        return fields;
    }

    private static boolean saidByCustomer(String value, List<Turn> turns) {
        return turns.stream()
                .filter(turn -> turn.speaker() == Who.CUSTOMER)
                .anyMatch(turn -> turn.text().toLowerCase(Locale.ROOT).contains(value.toLowerCase(Locale.ROOT)));
    }

    /** The data name no parameters: a value has the name of the slot that is known, or said, to have it; else of the only one. */
    private static Map<String, String> parameters(
            String action, List<String> values, Ontology ontology, Map<String, String> known) {
        Map<String, String> parameters = new LinkedHashMap<>();
        List<String> slots = ontology.slots().getOrDefault(action, List.of());
        for (String value : values) {
            Optional<String> slot = slots.stream()
                    .filter(one -> value.equalsIgnoreCase(known.get(one))
                            || ontology.values().getOrDefault(one, List.of()).stream()
                                    .anyMatch(value::equalsIgnoreCase))
                    .findFirst();
            parameters.put(slot.orElse(slots.size() == 1 ? slots.getFirst() : "value"), value);
        }
        return parameters;
    }
}
