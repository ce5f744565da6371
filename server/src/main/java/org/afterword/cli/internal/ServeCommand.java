package org.afterword.cli.internal;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "serve", description = "Runs the server until it is stopped.")
public final class ServeCommand implements Callable<Integer> {
    private final Class<?> application;

    @Option(names = "--port", paramLabel = "PORT", description = "Of pages and API; 0 takes a free one. Default: 8080")
    private @Nullable Integer port;

    @Option(
            names = "--management-port",
            paramLabel = "PORT",
            description = "Of metrics and health details, on this machine alone; 0 takes a free one. Default: none")
    private @Nullable Integer managementPort;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder for all that is kept; made if it is missing. Default: ./afterword-data")
    private @Nullable Path data;

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            description =
                    "Your own PostgreSQL (15 or newer) instead of the one that comes along: postgresql://USER:PASSWORD@HOST/DATABASE")
    private @Nullable String databaseUrl;

    @Option(names = "--config", paramLabel = "FILE", description = "Settings, as YAML or properties.")
    private @Nullable Path config;

    public ServeCommand(Class<?> application) {
        this.application = application;
    }

    @Override
    public Integer call() throws InterruptedException {
        Map<String, Object> flags = new LinkedHashMap<>();
        put(flags, "afterword.port", port);
        put(flags, "afterword.management-port", managementPort);
        put(flags, "afterword.data", data);
        put(flags, "afterword.database.url", databaseUrl);
        return Program.start(application, Configuration.of(flags, config)).awaitEnd();
    }

    private static void put(Map<String, Object> flags, String key, @Nullable Object value) {
        if (value != null) {
            flags.put(key, value.toString());
        }
    }
}
