package org.afterword.program;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The packaged program as a process of its own: one start of it, up to its end by order or by force. */
public final class AfterwordProcess implements AutoCloseable {
    /** An administrator's token of a data folder that this program started first. */
    public static final String BOOTSTRAP_TOKEN = "bootstrap-token-of-the-end-to-end-tests";

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final long launchedAt;
    private final Path data;
    private final Path output;
    private Duration startUp = Duration.ZERO;

    private AfterwordProcess(Process process, long launchedAt, Path data, Path output) {
        this.process = process;
        this.launchedAt = launchedAt;
        this.data = data;
        this.output = output;
    }

    /** Starts {@code afterword serve} on {@code data} at a free port; comes back when it is ready. */
    public static AfterwordProcess serve(Path data, String... options) {
        return start(Program.command(), Map.of(), "serve", data, options).awaitReady();
    }

    /** The same as {@link #serve}, with settings and the like from the environment. */
    public static AfterwordProcess serveIn(Map<String, String> environment, Path data, String... options) {
        return start(Program.command(), environment, "serve", data, options).awaitReady();
    }

    /** Starts {@code afterword demo} on {@code data} at a free port; comes back when it is ready. */
    public static AfterwordProcess demoIn(Map<String, String> environment, Path data, String... options) {
        return start(Program.command(), environment, "demo", data, options).awaitReady();
    }

    /** The same as {@link #serve}, by {@code launcher}, the script that people start it with. */
    public static AfterwordProcess serveWith(Path launcher, Path data, String... options) {
        return start(List.of(launcher.toString()), Map.of(), "serve", data, options)
                .awaitReady();
    }

    /** Runs a command that ends by itself. */
    public static Outcome run(String... arguments) {
        try {
            var output = Files.createTempFile("afterword-output-", ".txt");
            var process = launch(output, Program.command(), Map.of(), List.of(arguments));
            return new Outcome(process.waitFor(), Files.readString(output));
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** @param output what it said, on both its outputs */
    public record Outcome(int exitCode, String output) {}

    private static AfterwordProcess start(
            List<String> program, Map<String, String> environment, String command, Path data, String... options) {
        var arguments = new ArrayList<>(List.of(command, "--data", data.toString(), "--port", "0"));
        arguments.addAll(List.of(options));
        try {
            Files.deleteIfExists(portFile(data));
            var output = Files.createTempFile(data, "output-", ".txt");
            long launchedAt = System.nanoTime();
            return new AfterwordProcess(launch(output, program, environment, arguments), launchedAt, data, output);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Process launch(
            Path output, List<String> program, Map<String, String> environment, List<String> arguments)
            throws IOException {
        var command = new ArrayList<>(program);
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("AFTERWORD_BOOTSTRAP_TOKEN", BOOTSTRAP_TOKEN);
        builder.environment().putAll(environment);
        return builder.start();
    }

    private AfterwordProcess awaitReady() {
        await("ready", () -> Files.exists(portFile(data)) && status("/health/ready") == 200);
        startUp = Duration.ofNanos(System.nanoTime() - launchedAt);
        return this;
    }

    private void await(String what, Fact fact) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!holds(fact)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                close();
                throw new AssertionError("Afterword is not %s. It said:%n%s".formatted(what, output()));
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private interface Fact {
        boolean holds() throws IOException;
    }

    private static boolean holds(Fact fact) {
        try {
            return fact.holds();
        } catch (IOException e) {
            return false;
        }
    }

    private static Path portFile(Path data) {
        return data.resolve("server.port");
    }

    public long pid() {
        return process.pid();
    }

    /** From its start to the first answer that says it is ready; one look takes 20 ms. */
    public Duration startUp() {
        return startUp;
    }

    /** Where it answers. */
    public URI address() {
        try {
            return URI.create(
                    "http://localhost:" + Files.readString(portFile(data)).strip());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The status with which a GET of {@code path} is answered. */
    public int status(String path) throws IOException {
        try {
            var request = HttpRequest.newBuilder(address().resolve(path))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** What it has said so far, on both its outputs. */
    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The folder with the unpacked program. */
    public static Path program() {
        return Program.folder();
    }

    /** Asks it to end, and does not wait for it. */
    public void askToStop() {
        process.destroy();
    }

    /** Asks it to end, as Ctrl-C and {@code kill} do; comes back with its exit code. */
    public int stop() {
        process.destroy();
        return awaitEnd();
    }

    /** Ends it as {@code kill -9} does. Its PostgreSQL goes on. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    private int awaitEnd() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("Afterword does not end. It said:%n%s".formatted(output()));
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            stop();
        }
    }
}
