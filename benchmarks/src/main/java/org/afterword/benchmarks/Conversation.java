package org.afterword.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One of the demo's real conversations, with what its record should say.
 *
 * @param customer a JSON object
 * @param truth    disposition, resolution, reasons, and fields with the forms that each may take
 */
record Conversation(
        String id,
        String queue,
        String customer,
        List<Turn> turns,
        List<Action> actions,
        double seconds,
        JsonNode truth) {
    private static final JsonMapper JSON = JsonMapper.shared();

    Conversation {
        turns = List.copyOf(turns);
        actions = List.copyOf(actions);
    }

    /** @param text a JSON string, with its quotes */
    record Turn(String speaker, String text, double startSeconds, double endSeconds) {}

    /** @param parameters a JSON object */
    record Action(String name, String parameters, double atSeconds) {}

    /** Those of at least {@code leastTurns} turns, from the demo of a checkout. */
    static List<Conversation> readAll(Path checkout, int leastTurns) throws IOException {
        var conversations = new ArrayList<Conversation>();
        for (String source : List.of("sgd", "harper-valley")) {
            Path folder = checkout.resolve("server/src/main/resources/demo").resolve(source);
            Map<String, JsonNode> truths = new HashMap<>();
            for (JsonNode truth : read(folder.resolve("truth.jsonl.gz"))) {
                truths.put(truth.path("id").asString(), truth);
            }
            for (JsonNode node : read(folder.resolve("conversations.jsonl.gz"))) {
                if (node.path("turns").size() >= leastTurns) {
                    conversations.add(
                            of(node, truths.getOrDefault(node.path("id").asString(), JSON.createObjectNode())));
                }
            }
        }
        return conversations;
    }

    private static List<JsonNode> read(Path file) throws IOException {
        try (var lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            return lines.lines().map(JSON::readTree).toList();
        }
    }

    private static Conversation of(JsonNode node, JsonNode truth) {
        return new Conversation(
                node.path("id").asString(),
                node.path("queue").asString(),
                node.path("customer").toString(),
                node.path("turns")
                        .valueStream()
                        .map(turn -> new Turn(
                                turn.path("speaker").asString(),
                                turn.path("text").toString(),
                                turn.path("startSeconds").asDouble(),
                                turn.path("endSeconds").asDouble()))
                        .toList(),
                node.path("actions")
                        .valueStream()
                        .map(action -> new Action(
                                action.path("name").asString(),
                                action.path("parameters").toString(),
                                action.path("atSeconds").asDouble()))
                        .toList(),
                node.path("seconds").asDouble(),
                truth);
    }
}
