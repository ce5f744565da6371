package org.afterword.cli.internal;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin
    private StorageOptions storage = new StorageOptions();

    public ServeCommand(Class<?> application) {
        this.application = application;
    }

    @Override
    public Integer call() throws InterruptedException {
        Ports.checkRange("--port", port);
        Ports.checkRange("--management-port", managementPort);
        var flags = storage.flags().set("afterword.port", port).set("afterword.management-port", managementPort);
        return new Program(application, flags.configuration(storage.config()))
                .showingTheAdminLink()
                .run();
    }
}
