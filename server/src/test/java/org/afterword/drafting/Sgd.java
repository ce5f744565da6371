package org.afterword.drafting;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.afterword.catalog.CallType;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.Complexity;
import org.afterword.catalog.Disposition;
import org.afterword.catalog.Form;
import org.afterword.catalog.FormField;
import org.afterword.catalog.Reason;
import org.afterword.drafting.DraftInput.Contact;
import org.afterword.drafting.DraftInput.DesktopAction;
import org.afterword.drafting.DraftInput.Speaker;
import org.afterword.drafting.DraftInput.Turn;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** The schema-guided dialogues as input of drafts: services as call types, intents as reasons and dispositions, slots as fields. */
final class Sgd {
    /** A dialogue and what its record should hold. */
    record Dialogue(String id, DraftInput input, List<String> intents, List<Value> fields, Set<String> services) {}

    /** What a field of a service should hold, in the forms in which it was said. */
    record Value(String service, String slot, Set<String> forms) {}

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    /** The day on which these talks take place. */
    static final LocalDate DAY = LocalDate.of(2019, 3, 1);

    private Sgd() {}

    /** The folder of the data, if this machine has it. */
    static Optional<Path> folder() {
        String set = System.getProperty("afterword.data");
        Path data = set != null
                ? Path.of(set)
                : Path.of("..", "..", "shared", "data").toAbsolutePath().normalize();
        return Optional.of(data.resolve("sgd")).filter(Files::isDirectory);
    }

    /** Every {@code step}-th dialogue, from the {@code first}-th on. */
    static List<Dialogue> read(Path folder, String part, boolean withActions, int first, int step) {
        Catalog catalog = catalog(folder.resolve("schema-" + part + ".json"));
        var dialogues = new ArrayList<Dialogue>();
        try (var in = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(folder.resolve(part + ".jsonl.gz"))),
                StandardCharsets.UTF_8))) {
            int n = 0;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (n >= first && (n - first) % step == 0) {
                    dialogues.add(dialogue(JSON.readTree(line), catalog, withActions));
                }
                n++;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return dialogues;
    }

    private static Dialogue dialogue(JsonNode json, Catalog catalog, boolean withActions) {
        var turns = new ArrayList<Turn>();
        for (JsonNode turn : json.path("turns")) {
            boolean agent = turn.path("speaker").asString().equals("agent");
            turns.add(new Turn(
                    turns.size(),
                    agent ? Speaker.AGENT : Speaker.CUSTOMER,
                    turn.path("text").asString(),
                    DAY.atTime(9, 0).plusSeconds(10L * turns.size()).toInstant(ZoneOffset.UTC),
                    null,
                    null,
                    null));
        }
        var actions = new ArrayList<DesktopAction>();
        for (JsonNode action : withActions ? json.path("actions") : JSON.createArrayNode()) {
            var parameters = new TreeMap<String, String>();
            action.path("parameters")
                    .properties()
                    .forEach(p -> parameters.put(p.getKey(), p.getValue().asString()));
            actions.add(new DesktopAction(
                    "action-" + actions.size(),
                    action.path("method").asString(),
                    parameters,
                    Map.of(),
                    DAY.atTime(9, 0)
                            .plusSeconds(10L * action.path("turn").asInt() - 1)
                            .toInstant(ZoneOffset.UTC)));
        }
        var intents = new ArrayList<String>();
        json.path("intents")
                .forEach(i -> intents.add(i.path(0).asString() + "." + i.path(1).asString()));
        var fields = new ArrayList<Value>();
        json.path("fields")
                .properties()
                .forEach(service -> service.getValue().properties().forEach(slot -> {
                    var forms = new TreeSet<String>();
                    slot.getValue().forEach(form -> forms.add(form.asString()));
                    fields.add(new Value(service.getKey(), slot.getKey(), forms));
                }));
        var services = new ArrayList<String>();
        json.path("services").forEach(s -> services.add(s.asString()));
        var contact = new Contact("voice", "inbound", null, null, null, null, null);
        return new Dialogue(
                json.path("id").asString(),
                new DraftInput(contact, turns, actions, true, ZoneOffset.UTC, DAY, catalog),
                intents,
                fields,
                Set.copyOf(services));
    }

    static Catalog catalog(Path schema) {
        var callTypes = new ArrayList<CallType>();
        var reasons = new ArrayList<Reason>();
        var dispositions = new ArrayList<Disposition>();
        var forms = new ArrayList<Form>();
        for (JsonNode service : JSON.readTree(schema.toFile())) {
            String name = service.path("service_name").asString();
            String description = service.path("description").asString();
            var fields = new ArrayList<FormField>();
            service.path("slots").forEach(slot -> fields.add(field(slot)));
            forms.add(new Form(name, name, fields));
            callTypes.add(
                    new CallType(name, label(name.replaceAll("_\\d+$", "")), description, Complexity.LOW, name, null));
            for (JsonNode intent : service.path("intents")) {
                String code = name + "." + intent.path("name").asString();
                String label = label(intent.path("name").asString());
                String words = intent.path("description").asString();
                reasons.add(new Reason(code, label, words, name));
                dispositions.add(new Disposition(code, label, words, null, List.of(name)));
            }
        }
        return new Catalog(
                List.of(),
                List.of(),
                List.of(),
                callTypes,
                List.of(),
                reasons,
                dispositions,
                List.of(),
                forms,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private static FormField field(JsonNode slot) {
        String name = slot.path("name").asString();
        var choices = new ArrayList<String>();
        if (slot.path("is_categorical").asBoolean()) {
            slot.path("possible_values").forEach(v -> choices.add(v.asString()));
        }
        return new FormField(
                name, label(name), slot.path("description").asString(), type(name, choices), choices, false, false);
    }

    private static FormField.Type type(String slot, List<String> choices) {
        if (!choices.isEmpty()) {
            return Set.copyOf(choices).equals(Set.of("True", "False")) ? FormField.Type.BOOLEAN : FormField.Type.CHOICE;
        }
        if (slot.matches(".*(date).*")) {
            return FormField.Type.DATE;
        }
        if (slot.matches(".*(number_of|rating|percent|humidity|precipitation|wind|temperature|days|length).*")) {
            return FormField.Type.NUMBER;
        }
        if (slot.matches("(?!.*(transfer_time)).*time.*")) {
            return FormField.Type.TIME;
        }
        if (slot.matches(".*(price|fare|amount|balance|rent|cost).*")) {
            return FormField.Type.AMOUNT;
        }
        if (slot.matches(".*phone.*")) {
            return FormField.Type.PHONE;
        }
        if (slot.matches(".*address.*")) {
            return FormField.Type.ADDRESS;
        }
        if (slot.matches(
                ".*(city|area|^location|destination|origin|where_to|from_location|to_location).*(?<!name|airport)")) {
            return FormField.Type.PLACE;
        }
        return slot.matches(
                        ".*(name|title|artist|director|directed|actor|starring|venue|station|airport|pickup_location|event_location).*")
                ? FormField.Type.NAME
                : FormField.Type.TEXT;
    }

    private static String label(String name) {
        String words =
                name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").replace('_', ' ').toLowerCase(Locale.ROOT);
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
