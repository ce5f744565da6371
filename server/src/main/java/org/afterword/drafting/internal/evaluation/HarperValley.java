package org.afterword.drafting.internal.evaluation;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.afterword.catalog.CallType;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.Complexity;
import org.afterword.catalog.Disposition;
import org.afterword.catalog.Form;
import org.afterword.catalog.FormField;
import org.afterword.catalog.FormField.Type;
import org.afterword.catalog.Reason;
import org.afterword.drafting.internal.evaluation.LabelledContact.Truth;
import org.afterword.drafting.internal.evaluation.LabelledContact.Turn;
import org.afterword.drafting.internal.evaluation.LabelledContact.Who;
import tools.jackson.databind.JsonNode;

/**
 * HarperValleyBank (Wu et al. 2020): calls to a bank that people played. A task type is call type, reason and disposition, with a form of
 * the fields that its tasks have; the truth is the task as it was set, not what the agent typed. Each call is two contacts: in the words
 * that people wrote down, and in those that a machine recognized. Noises, and what nobody understood, are left out.
 */
final class HarperValley implements Converter {
    private static final List<String> TASK_TYPES = List.of(
            "check balance",
            "get branch hours",
            "order checks",
            "pay bill",
            "replace card",
            "reset password",
            "schedule appointment",
            "transfer money");

    private static final String TASK_TYPE = "task_type";
    private static final List<String> ACCOUNTS = List.of("checking", "savings");
    private static final List<String> CARDS = List.of("credit", "debit");

    @Override
    public String name() {
        return "harper-valley";
    }

    @Override
    public LabelledSet convert(Path folder) throws IOException {
        var calls = new ArrayList<Call>();
        var contacts = new ArrayList<LabelledContact>();
        for (Path file : DataFile.allIn(folder.resolve("metadata"), ".json")) {
            String id = DataFile.stemOf(file);
            Call call = DataFile.document(file, metadata -> call(id, metadata));
            List<Segment> said =
                    DataFile.entries(DataFile.in(folder.resolve("transcript"), id + ".json"), HarperValley::segment);
            calls.add(call);
            contacts.add(contact(call, "words by people", said, Segment::byPeople));
            contacts.add(contact(call, "words by a machine", said, Segment::byMachine));
        }
        return new LabelledSet(catalog(calls), contacts, List.of());
    }

    /** @param tasks that the customer was given, as names → values */
    private record Call(String id, LocalDate day, List<Map<String, String>> tasks) {}

    private static Call call(String id, JsonNode metadata) {
        var tasks = new ArrayList<Map<String, String>>();
        for (JsonNode given : metadata.path("tasks")) {
            if (!TASK_TYPES.contains(DataFile.text(given, TASK_TYPE))) {
                throw new IllegalArgumentException("there is no task '%s'".formatted(DataFile.text(given, TASK_TYPE)));
            }
            Map<String, String> task = new LinkedHashMap<>();
            given.forEachEntry((name, value) -> task.put(name, value.asString().strip()));
            tasks.add(task);
        }
        if (tasks.isEmpty()) {
            throw new IllegalArgumentException("'tasks' is missing or empty");
        }
        Instant start = Instant.ofEpochMilli(metadata.path("start_time_ms").asLong(0));
        return new Call(id, LocalDate.ofInstant(start, ZoneOffset.UTC), tasks);
    }

    private record Segment(long start, Who speaker, String byPeople, String byMachine) {}

    private static Segment segment(int number, JsonNode segment) {
        return new Segment(
                segment.path("start_ms").asLong(),
                DataFile.text(segment, "speaker_role").equals("agent") ? Who.AGENT : Who.CUSTOMER,
                words(DataFile.text(segment, "human_transcript")),
                words(DataFile.text(segment, "transcript")));
    }

    private static String words(String transcript) {
        return transcript.replaceAll("\\[[^]]*]|<[^>]*>", " ").strip().replaceAll("\\s+", " ");
    }

    private static LabelledContact contact(
            Call call, String group, List<Segment> said, Function<Segment, String> words) {
        List<Turn> turns = said.stream()
                .filter(segment -> !words.apply(segment).isEmpty())
                .sorted(Comparator.comparingLong(Segment::start))
                .map(segment -> Turn.of(segment.speaker(), words.apply(segment)))
                .toList();
        Map<String, List<String>> fields = new LinkedHashMap<>();
        List<String> codes = call.tasks().stream().map(HarperValley::typeOf).toList();
        for (Map<String, String> task : call.tasks()) {
            namesIn(task)
                    .forEach(name -> fields.computeIfAbsent(code(name), _ -> new ArrayList<>())
                            .add(String.valueOf(task.get(name))));
        }
        return LabelledContact.inbound(
                        call.id() + ", " + group,
                        call.day(),
                        "voice",
                        turns,
                        Truth.with()
                                .disposition(codes.getFirst())
                                .reasons(codes)
                                .fields(fields)
                                .build())
                .inGroup(group);
    }

    private static String typeOf(Map<String, String> task) {
        return code(String.valueOf(task.get(TASK_TYPE)));
    }

    private static Stream<String> namesIn(Map<String, String> task) {
        return task.keySet().stream().filter(name -> !name.equals(TASK_TYPE));
    }

    private static String code(String words) {
        return words.replace(' ', '_');
    }

    private static Catalog catalog(List<Call> calls) {
        var callTypes = new ArrayList<CallType>();
        var reasons = new ArrayList<Reason>();
        var dispositions = new ArrayList<Disposition>();
        var forms = new ArrayList<Form>();
        for (String type : TASK_TYPES) {
            String code = code(type);
            String label = Converter.label(type);
            var names = new TreeSet<String>();
            calls.stream()
                    .flatMap(call -> call.tasks().stream())
                    .filter(task -> typeOf(task).equals(code))
                    .forEach(task -> namesIn(task).forEach(names::add));
            callTypes.add(new CallType(code, label, null, Complexity.LOW, code, null));
            reasons.add(new Reason(code, label, null, code));
            dispositions.add(new Disposition(code, label, null, null, List.of(code)));
            forms.add(new Form(
                    code, label, names.stream().map(HarperValley::field).toList()));
        }
        return Converter.declaring(callTypes, reasons, dispositions, forms);
    }

    /** The set tells no types; names of fields do, as an administrator would read them. */
    private static FormField field(String name) {
        List<String> choices = List.of();
        Type type = Type.TEXT;
        if (name.endsWith("account") || name.endsWith("account type")) {
            type = Type.CHOICE;
            choices = ACCOUNTS;
        } else if (name.endsWith("card type")) {
            type = Type.CHOICE;
            choices = CARDS;
        } else if (name.endsWith("amount") || name.endsWith("balance")) {
            type = Type.AMOUNT;
        } else if (name.endsWith("address")) {
            type = Type.ADDRESS;
        } else if (name.equals("day")) {
            type = Type.DATE;
        } else if (name.equals("time")) {
            type = Type.TIME;
        }
        return new FormField(code(name), Converter.label(name), null, type, choices, false, false);
    }
}
