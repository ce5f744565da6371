package org.afterword.backup;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.afterword.ApiServer;
import org.afterword.platform.Await;
import org.afterword.platform.Json;
import tools.jackson.databind.node.ArrayNode;

/**
 * Makes the small data folder that is kept of each released schema: a backup, and what the API answered of it. To be run once, at the
 * release, from the folder of the repository:
 * <pre>
 * ./mvnw -pl server test-compile exec:java -Dexec.classpathScope=test \
 *     -Dexec.mainClass=org.afterword.backup.WriteReleasedSchema -Dexec.args=server/src/test/resources/released
 * </pre>
 */
public final class WriteReleasedSchema {
    private WriteReleasedSchema() {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]).toAbsolutePath();
        var server = ApiServer.running();
        ArrayNode answers = Json.mapper().createArrayNode();
        for (int i = 0; i < 2; i++) {
            var center = server.newTenant();
            var floor = new SmallFloor(server, center);
            floor.fill();
            ask(server, center.id().value(), floor, answers);
        }
        Path file = folder.resolve("new.afterword");
        int schema = server.bean(Backups.class).write(file, Progress.NONE).schema();
        java.nio.file.Files.move(file, folder.resolve("%04d.afterword".formatted(schema)));
        java.nio.file.Files.writeString(
                folder.resolve("%04d.json".formatted(schema)),
                Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(answers) + "\n");
        System.exit(0);
    }

    private static void ask(ApiServer server, String tenant, SmallFloor floor, ArrayNode answers) throws Exception {
        Instant now = server.bean(InstantSource.class).instant();
        String report = "/api/v1/reports/acw?from=%s&to=%s&groupBy=queue"
                .formatted(now.minus(Duration.ofHours(1)), now.plus(Duration.ofMinutes(1)));
        Await.until(() -> floor.admin().get(report).json().at("/totals/handled").asInt(0) > 0);
        java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofSeconds(3).toNanos()); // the others follow at once
        String confirmed = floor.admin().get("/api/v1/wrap-ups?agentId=ann").text("/items/0/id");
        String record = "/api/v1/wrap-ups/" + confirmed;
        String transcript = "/api/v1/interactions/call-1/transcript";
        for (var question : List.of(
                List.of(report, "/totals/handled"),
                List.of(record, "/record/summary"),
                List.of(record, "/status"),
                List.of(transcript, "/turns/0/text"),
                List.of(transcript, "/turns/1/text"),
                List.of("/api/v1/tags/VIP", "/label"),
                List.of("/api/v1/events/rejected", "/items/0/reason"),
                List.of("/api/v1/deliveries?wrapUpId=" + confirmed, "/items/0/id"),
                List.of("/api/v1/users", "/items/0/userName"))) {
            String answer = floor.admin().get(question.getFirst()).text(question.getLast());
            if (answer.isEmpty()) {
                throw new IllegalStateException("nothing at " + question + ": "
                        + floor.admin().get(question.getFirst()).body());
            }
            answers.add(Json.object()
                    .put("tenant", tenant)
                    .put("path", question.getFirst())
                    .put("pointer", question.getLast())
                    .put("value", answer));
        }
    }
}
