package org.afterword.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.afterword.program.AfterwordProcess;
import org.afterword.program.ProgramFolder;

/** The program as people start it, in its own process, with what it uses. */
final class Server implements AutoCloseable {
    private final AfterwordProcess process;
    private final ProgramFolder folder;

    private Server(AfterwordProcess process, ProgramFolder folder) {
        this.process = process;
        this.folder = folder;
    }

    static Server start(Path checkout, ProgramFolder folder) {
        return new Server(AfterwordProcess.serveWith(checkout.resolve("afterword"), folder.path()), folder);
    }

    AfterwordProcess process() {
        return process;
    }

    /** Where it keeps everything. */
    Path folder() {
        return folder.path();
    }

    Client client() {
        return new Client(process.address());
    }

    /** What the three sides have used. */
    record Use(Usage server, Usage postgres, Usage client) {
        Use since(Use before) {
            return new Use(server.since(before.server), postgres.since(before.postgres), client.since(before.client));
        }
    }

    Use use() throws IOException {
        return new Use(
                Usage.of(process.pid()),
                Usage.ofFamily(postgres()),
                Usage.of(ProcessHandle.current().pid()));
    }

    /** The name and version that PostgreSQL's program gives itself. */
    String postgresVersion() throws IOException, InterruptedException {
        Path program = Path.of("/proc", Long.toString(postgres()), "exe").toRealPath();
        return Commands.output(program.toString(), "--version")
                .replaceAll("[()]", "")
                .replace("postgres ", "");
    }

    /** How its database is reached as the owner of the tables. */
    Baselines.Database database() throws IOException {
        Path home = folder.path().resolve("postgres");
        String port = Files.readAllLines(folder.postgresPidFile()).get(3).strip();
        return new Baselines.Database(
                "jdbc:postgresql://127.0.0.1:" + port + "/afterword",
                "afterword_owner",
                Files.readString(home.resolve("afterword_owner.password")).strip());
    }

    /** Waits until server and database have next to nothing to do, at most three minutes. */
    void awaitQuiet() throws IOException, InterruptedException {
        for (int seconds = 0; seconds < 180; seconds += 3) {
            Use before = use();
            Thread.sleep(3000);
            Use used = use().since(before);
            if (used.server().cpuSeconds() + used.postgres().cpuSeconds() < 0.3) {
                return;
            }
        }
    }

    /** Heap in use after a full collection, in KiB. */
    long heapAfterCollection() throws IOException, InterruptedException {
        String pid = Long.toString(process.pid());
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var _ = Commands.output(jcmd, pid, "GC.run");
        var used = Pattern.compile("total\\b.*?used (\\d+)K").matcher(Commands.output(jcmd, pid, "GC.heap_info"));
        if (!used.find()) {
            throw new IOException("jcmd does not say how much heap is in use");
        }
        return Long.parseLong(used.group(1));
    }

    private long postgres() throws IOException {
        return Long.parseLong(Files.readAllLines(folder.postgresPidFile()).getFirst());
    }

    @Override
    public void close() {
        process.close();
    }
}
