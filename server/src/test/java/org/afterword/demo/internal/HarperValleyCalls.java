package org.afterword.demo.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.afterword.demo.internal.BuildDemoData.Sample;
import org.afterword.demo.internal.Conversation.Customer;
import org.afterword.demo.internal.Conversation.DesktopAction;
import org.afterword.demo.internal.Conversation.Speaker;
import org.afterword.demo.internal.Conversation.Turn;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes conversations of Harper Valley calls: the words that a person transcribed, at the times they were said, with capital
 * letters and end marks added. What the agent typed during the call becomes the desktop action, the call's tasks the truth.
 */
final class HarperValleyCalls {
    /** What one task type of the data set is in the demo's catalog; {@code fields} maps its labels to field names. */
    private record Task(
            String action, String reason, String callType, String disposition, Map<String, String> fields) {}

    private static final Map<String, Task> TASKS = Map.of(
            "check balance",
            new Task(
                    "CheckBalance",
                    "check-balance",
                    "check-balance",
                    "balance-given",
                    Map.of("balance check account type", "account_type")),
            "transfer money",
            new Task(
                    "TransferMoney",
                    "transfer-money",
                    "transfer-money",
                    "money-transferred",
                    Map.of(
                            "transfer amount", "amount",
                            "transfer source account", "account_type",
                            "transfer destination account", "recipient_account_type")),
            "replace card",
            new Task(
                    "ReplaceCard",
                    "replace-card",
                    "replace-card",
                    "card-ordered",
                    Map.of("replacement card type", "card_type")),
            "order checks",
            new Task(
                    "OrderChecks",
                    "order-checks",
                    "order-checks",
                    "checks-ordered",
                    Map.of("home address", "home_address")),
            "get branch hours",
            new Task("GetBranchHours", "branch-hours", "branch-hours", "branch-hours-given", Map.of()),
            "schedule appointment",
            new Task(
                    "ScheduleAppointment",
                    "schedule-branch-appointment",
                    "branch-appointment",
                    "branch-appointment-made",
                    Map.of("day", "appointment_day", "time", "appointment_time")));

    /** The two calls that come with their sound. */
    private static final List<String> WITH_RECORDING = List.of("00d676d7058c49bb", "eb82ec7b5f0944ca");

    private static final JsonMapper JSON = new JsonMapper();

    private final Path folder;

    HarperValleyCalls(Path folder) {
        this.folder = folder;
    }

    List<Sample> all() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("metadata"))) {
            return files.map(file -> file.getFileName().toString().replace(".json", ""))
                    .sorted()
                    .map(this::sample)
                    .toList();
        }
    }

    /** Joins the two sides of each call that has its sound into one file with two channels. */
    void writeRecordings(Path target) throws IOException {
        Files.createDirectories(target);
        for (String call : WITH_RECORDING) {
            Wave agent = Wave.read(folder.resolve("audio/agent/" + call + ".wav"));
            Wave customer = Wave.read(folder.resolve("audio/caller/" + call + ".wav"));
            Wave.join(agent, customer).write(target.resolve(call + ".wav"));
        }
    }

    private Sample sample(String call) {
        JsonNode metadata = JSON.readTree(folder.resolve("metadata/" + call + ".json"));
        JsonNode task = metadata.at("/tasks/0");
        JsonNode response = metadata.at("/agent/responses/0");
        Task known = TASKS.get(task.get("task_type").asString());
        if (known == null) {
            throw new IllegalStateException("the demo has no call type for the task of call " + call);
        }
        var truth = new TreeMap<String, List<String>>();
        var typed = new TreeMap<String, String>();
        known.fields().forEach((label, field) -> {
            typed.put(field, response.at("/data").get(label).asString().strip());
            truth.put(
                    field,
                    new ArrayList<>(
                            new TreeSet<>(List.of(task.get(label).asString().strip(), typed.get(field)))));
        });
        String id = "hv-" + call;
        String customer = metadata.at("/caller/metadata/first and last name").asString();
        List<Turn> turns = turns(call, properNouns(customer, metadata, truth));
        double answered = metadata.get("start_time_ms").asLong() / 1000.0;
        double submitted = response.get("submit_time_ms").asLong() / 1000.0 - answered;
        double seconds = metadata.get("end_time_ms").asLong() / 1000.0 - answered;
        var random = new SplittableRandom(id.hashCode());
        return new Sample(
                new Conversation(
                        id,
                        "bank",
                        new Customer("C-" + (2000 + random.nextInt(1000)), customer, InventedCustomers.phone(random)),
                        turns,
                        List.of(new DesktopAction(known.action(), typed, tenths(submitted))),
                        tenths(Math.max(seconds, turns.getLast().endSeconds() + 0.5)),
                        WITH_RECORDING.contains(call) ? call + ".wav" : null),
                new Truth(id, known.callType(), List.of(known.reason()), known.disposition(), "resolved", truth));
    }

    /** Segments of one side that follow each other closely make one turn; noises and what nobody understood are left out. */
    private List<Turn> turns(String call, List<String> properNouns) {
        var segments = new ArrayList<JsonNode>();
        JSON.readTree(folder.resolve("transcript/" + call + ".json")).forEach(segments::add);
        segments.sort(
                Comparator.comparingLong(segment -> segment.get("start_ms").asLong()));
        var turns = new ArrayList<Turn>();
        for (JsonNode segment : segments) {
            String words = segment.get("human_transcript")
                    .asString()
                    .replaceAll("\\[[^]]*]|<[^>]*>", " ")
                    .strip()
                    .replaceAll("\\s+", " ");
            if (words.isEmpty()) {
                continue;
            }
            Speaker speaker = segment.get("speaker_role").asString().equals("agent") ? Speaker.AGENT : Speaker.CUSTOMER;
            double start = segment.get("start_ms").asLong() / 1000.0;
            double end = start + segment.get("duration_ms").asLong() / 1000.0;
            var turn = new Turn(speaker, sentence(words, properNouns), tenths(start), tenths(end));
            if (!turns.isEmpty() && follows(turns.getLast(), turn)) {
                Turn before = turns.removeLast();
                turn = new Turn(speaker, before.text() + " " + turn.text(), before.startSeconds(), turn.endSeconds());
            }
            turns.add(turn);
        }
        return turns;
    }

    private static boolean follows(Turn before, Turn next) {
        return before.speaker() == next.speaker() && next.startSeconds() - before.endSeconds() < 1.5;
    }

    private static final Pattern QUESTION = Pattern.compile(
            "\\b(?:how can i|anything else|can you|what (?:is|time|day)|which|i was wondering what|i would like to know)\\b");

    private static String sentence(String words, List<String> properNouns) {
        String mark = QUESTION.matcher(words).find() ? "?" : ".";
        String text = words.replaceAll("\\b([ap]) m\\b", "$1m").replaceAll("(?<!\\b\\w )\\bi\\b(?! \\w\\b)", "I");
        for (String name : properNouns) {
            text = text.replaceAll("\\b" + name.toLowerCase(Locale.ROOT) + "\\b", name);
        }
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + mark;
    }

    private static List<String> properNouns(String customer, JsonNode metadata, Map<String, List<String>> fields) {
        var names = new ArrayList<>(List.of("Harper Valley National Bank", "Happy Valley National Bank"));
        names.addAll(List.of(customer.split(" ")));
        names.add(metadata.at("/agent/metadata/agent_name").asString());
        for (String place : List.of("home_address", "appointment_day")) {
            fields.getOrDefault(place, List.of()).stream()
                    .flatMap(value -> Stream.of(value.split("[^A-Za-z]+")))
                    .filter(word -> word.length() > 2)
                    .distinct()
                    .forEach(names::add);
        }
        return names;
    }

    private static double tenths(double seconds) {
        return Math.round(seconds * 10) / 10.0;
    }
}
