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
import java.util.List;
import java.util.concurrent.Callable;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine.Command;

/**
 * Shows the Java machine what the program does, for the cache that has later starts go faster: the demo for some seconds, on a
 * folder of its own that goes again. The launcher runs it with {@code -XX:AOTCacheOutput}, which writes the cache at the end.
 */
@Command(name = "train", hidden = true, description = "Runs for some seconds, for a cache that the launcher makes.")
public final class TrainCommand implements Callable<Integer> {
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(10);
    private static final double FASTEST = 16;
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
                .configurationByItself();
        try (var program = Configured.application(application, configuration).run();
                var http = HttpClient.newHttpClient()) {
            var address =
                    URI.create("http://localhost:" + program.getEnvironment().getProperty("local.server.port"));
            for (String path : ASKED) {
                http.send(HttpRequest.newBuilder(address.resolve(path)).build(), BodyHandlers.discarding());
            }
            Thread.sleep(LONG_ENOUGH);
        }
    }
}
