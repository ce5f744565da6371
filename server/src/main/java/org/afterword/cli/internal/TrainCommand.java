package org.afterword.cli.internal;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.afterword.identity.Caller;
import org.afterword.identity.Role;
import org.afterword.identity.Tokens;
import org.afterword.platform.Json;
import org.afterword.platform.TenantId;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/**
 * Shows the Java machine what the program does, for the cache that has later starts go faster: the demo for some seconds, on a
 * folder of its own that goes again. The launcher runs it with {@code -XX:AOTCacheOutput}, which writes the cache at the end.
 */
@Command(name = "train", hidden = true, description = "Runs for some seconds, for a cache that the launcher makes.")
public final class TrainCommand implements Callable<Integer> {
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(10);
    private static final double FASTEST = 32;
    private static final Duration FURNISHED = Duration.ofSeconds(3);

    /** So many windows end at about the same time, in so many batches. */
    private static final int BATCHES = 12;

    private static final int BATCH = 150;

    /** Of the demo's catalog. What ended as long ago has a window of the shortest kind. */
    private static final Duration LONGEST_WINDOW = Duration.ofMinutes(1);

    private static final List<String> ASKED = List.of("/health/ready", "/sign-in", "/api/v1/agents", "/js/none.js");

    private final Class<?> application;

    public TrainCommand(Class<?> application) {
        this.application = application;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("afterword-training-");
        // root's PostgreSQL runs as another user, who has to get through
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        try {
            run(folder);
            return 0;
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private void run(Path folder) throws IOException, InterruptedException {
        var configuration = new Flags()
                .set("afterword.data", folder)
                .set("afterword.port", 0)
                .set("afterword.demo.enabled", true)
                .set("afterword.demo.speed", FASTEST)
                .set("afterword.wrapup.least-window", "1s")
                .configurationByItself();
        try (var program = Configured.application(application, configuration).run();
                var http = HttpClient.newHttpClient()) {
            var address =
                    URI.create("http://localhost:" + program.getEnvironment().getProperty("local.server.port"));
            for (String path : ASKED) {
                http.send(HttpRequest.newBuilder(address.resolve(path)).build(), BodyHandlers.discarding());
            }
            Thread.sleep(FURNISHED);
            endWindows(program, http, address);
            Thread.sleep(LONG_ENOUGH);
        }
    }

    /** The demo's windows last longer than the training, and many deadlines at once are what a start after a downtime has to see to first. */
    private static void endWindows(ConfigurableApplicationContext program, HttpClient http, URI address)
            throws IOException, InterruptedException {
        var trainer = new Caller(TenantId.DEFAULT, "system:training", "Training", Role.ADMINISTRATOR, null);
        String token = program.getBean(Tokens.class)
                .issue("Training", Role.INTEGRATION, null, trainer)
                .text();
        Instant ended = program.getBean(InstantSource.class).instant().minus(LONGEST_WINDOW);
        for (int batch = 0; batch < BATCHES; batch++) {
            var events = new ArrayList<JsonNode>();
            for (int i = 0; i < BATCH; i++) {
                String call = "training-%d-%d".formatted(batch, i);
                events.add(
                        event(call, "started", ended.minusSeconds(2), Map.of("channel", "voice", "queue", "travel")));
                events.add(event(call, "connected", ended.minusSeconds(1), Map.of("agentId", "agent-" + call)));
                events.add(event(call, "ended", ended, Map.of("endedBy", "customer")));
            }
            http.send(
                    HttpRequest.newBuilder(address.resolve("/api/v1/events"))
                            .header("Authorization", "Bearer " + token)
                            .header("Content-Type", "application/cloudevents-batch+json")
                            .POST(HttpRequest.BodyPublishers.ofString(Json.write(events)))
                            .build(),
                    BodyHandlers.discarding());
        }
    }

    private static JsonNode event(String call, String what, Instant at, Map<String, String> data) {
        return Json.tree(Map.of(
                "specversion",
                "1.0",
                "source",
                "/training",
                "id",
                call + "/" + what,
                "type",
                "interaction." + what,
                "subject",
                call,
                "time",
                at,
                "data",
                data));
    }
}
