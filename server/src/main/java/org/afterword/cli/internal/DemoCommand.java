package org.afterword.cli.internal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.afterword.platform.StartupException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        description =
                "Shows everything at work: a small contact center with real conversations, on a database of its own that is kept.")
public final class DemoCommand implements Callable<Integer> {
    private static final int USUAL_PORT = 8080;
    private static final double SLOWEST = 0.5;
    private static final double FASTEST = 32;

    private final Class<?> application;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder for all that is kept. Default: a new one, afterword-demo-N")
    private @Nullable Path data;

    @Option(names = "--port", paramLabel = "PORT", description = "Default: 8080 or, if that is in use, a free one")
    private @Nullable Integer port;

    @Option(
            names = "--speed",
            paramLabel = "FACTOR",
            description = "How fast the conversations go, 0.5 to 32; 1 is as fast as people talked. Default: 2")
    private @Nullable Double speed;

    public DemoCommand(Class<?> application) {
        this.application = application;
    }

    @Override
    public Integer call() throws InterruptedException {
        check();
        var folder = data == null ? newFolder() : data;
        var flags = new Flags()
                .set("afterword.data", folder)
                .set("afterword.port", port == null ? usualOrFreePort() : port)
                .set("afterword.demo.enabled", true)
                .set("afterword.demo.speed", speed);
        return new Program(application, flags.configurationByItself())
                .sayingAtTheEnd(
                        "Everything is kept. To go on: ./afterword demo --data %1$s, or, without simulated agents, ./afterword serve --data %1$s"
                                .formatted(folder))
                .run();
    }

    /** Before anything is created. */
    private void check() {
        if (speed != null && !(speed >= SLOWEST && speed <= FASTEST)) {
            throw new StartupException("--speed is %s; it may be from %s to %s.".formatted(speed, SLOWEST, FASTEST));
        }
        Ports.checkRange("--port", port);
        if (port != null && !Ports.isFree(port)) {
            throw new StartupException(
                    "Port %d is in use: choose another with --port, or 0 for a free one.".formatted(port));
        }
    }

    private static Path newFolder() {
        return IntStream.iterate(1, n -> n + 1)
                .mapToObj(n -> Path.of("afterword-demo-" + n))
                .filter(Files::notExists)
                .findFirst()
                .orElseThrow();
    }

    private static int usualOrFreePort() {
        return Ports.isFree(USUAL_PORT) ? USUAL_PORT : 0;
    }
}
