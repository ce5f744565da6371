package org.afterword.cli.internal;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.afterword.governance.TrailProof;
import org.afterword.identity.TenantDirectory;
import org.afterword.platform.StartupException;
import org.afterword.platform.TenantId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "export", description = "Writes what is kept into a new file, also beside a running server.")
public final class ExportCommand implements Callable<Integer> {
    private final Class<?> application;

    @Option(
            names = "--audit",
            paramLabel = "FILE",
            required = true,
            description =
                    "The audit trail as JSON Lines, for verify-audit --file. It holds who did what: keep it as close as the data.")
    private Path audit = Path.of("");

    @Option(
            names = "--tenant",
            paramLabel = "TENANT",
            defaultValue = "default",
            description = "Whose trail. Default: default")
    private String tenant = "default";

    @Mixin
    private StorageOptions storage = new StorageOptions();

    public ExportCommand(Class<?> application) {
        this.application = application;
    }

    @Override
    public Integer call() throws IOException {
        TenantId wanted = Tenants.reading("--tenant", tenant, TenantId::new);
        storage.requireInstallation();
        try (var resting = RestingProgram.openUnchanged(application, storage)) {
            List<TenantId> chosen = Tenants.chosen(resting.get(TenantDirectory.class), wanted);
            long entries =
                    resting.get(TrailProof.class).export(chosen.getFirst(), audit, new Progress("%,d entries written"));
            System.out.println(String.format(Locale.ROOT, "%s: %,d entries are in %s", wanted, entries, audit));
            return 0;
        } catch (FileAlreadyExistsException e) {
            throw new StartupException("The file %s is there already: name a new one.".formatted(audit), e);
        }
    }
}
