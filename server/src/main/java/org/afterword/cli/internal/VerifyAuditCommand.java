package org.afterword.cli.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.afterword.governance.ChainHead;
import org.afterword.governance.TrailProof;
import org.afterword.governance.TrailReport;
import org.afterword.identity.TenantDirectory;
import org.afterword.platform.StartupException;
import org.afterword.platform.TenantId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "verify-audit",
        description =
                "Proves that the audit trail is whole, also beside a running server, or names the first entry that is not.")
public final class VerifyAuditCommand implements Callable<Integer> {
    private final Class<?> application;

    @Option(
            names = "--tenant",
            paramLabel = "TENANT",
            description = "Whose trail. Default: of all, one after the other")
    private @Nullable String tenant;

    @Option(
            names = "--head",
            paramLabel = "SEQUENCE:HASH",
            description = "As an earlier run printed it: the trail must still contain it.")
    private @Nullable String head;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "An export to look through instead; needs neither the data nor a database.")
    private @Nullable Path file;

    @Mixin
    private StorageOptions storage = new StorageOptions();

    public VerifyAuditCommand(Class<?> application) {
        this.application = application;
    }

    @Override
    public Integer call() throws IOException {
        ChainHead noted = head == null ? null : Tenants.reading("--head", head, ChainHead::parse);
        TenantId wanted = tenant == null ? null : Tenants.reading("--tenant", tenant, TenantId::new);
        return file == null ? verifyStored(wanted, noted) : verifyFile(file, wanted, noted);
    }

    private int verifyFile(Path export, @Nullable TenantId wanted, @Nullable ChainHead noted) throws IOException {
        if (!Files.isReadable(export)) {
            throw new StartupException("The file %s cannot be read.".formatted(export));
        }
        TrailReport report;
        try {
            report = TrailProof.verify(export, noted, new Progress("%,d entries proved"));
        } catch (IllegalArgumentException e) {
            throw new StartupException("The file %s cannot be proved: %s.".formatted(export, e.getMessage()), e);
        }
        if (wanted != null && !wanted.equals(report.tenant())) {
            throw new StartupException(
                    "The file %s is the trail of tenant %s, not of %s.".formatted(export, report.tenant(), wanted));
        }
        return tell(report);
    }

    private int verifyStored(@Nullable TenantId wanted, @Nullable ChainHead noted) {
        storage.requireInstallation();
        try (var resting = RestingProgram.openUnchanged(application, storage)) {
            List<TenantId> tenants = Tenants.chosen(resting.get(TenantDirectory.class), wanted);
            if (noted != null && tenants.size() > 1) {
                throw new StartupException("--head is of one tenant's trail: name it with --tenant.");
            }
            TrailProof proof = resting.get(TrailProof.class);
            int worst = 0;
            for (TenantId one : tenants) {
                worst = Math.max(worst, tell(proof.verify(one, noted, new Progress(one + ": %,d entries proved"))));
            }
            return worst;
        }
    }

    private static int tell(TrailReport report) {
        TrailReport.Fault fault = report.fault();
        System.out.println(counts(report) + unlinked(report));
        if (fault != null) {
            System.err.println("%s: the trail is %s.".formatted(report.tenant(), fault));
            return 1;
        }
        System.out.println("%s: the trail is whole. Its head is %s".formatted(report.tenant(), report.head()));
        return 0;
    }

    private static String counts(TrailReport report) {
        return String.format(
                Locale.ROOT,
                "%s: %,d entries proved; %,d contents as they were recorded, %,d erased",
                report.tenant(),
                report.proved(),
                report.contents(),
                report.erased());
    }

    private static String unlinked(TrailReport report) {
        return report.unlinked() == 0
                ? "; none waits to be linked"
                : String.format(
                        Locale.ROOT,
                        "; %,d not linked yet and so not proved, the oldest of %s",
                        report.unlinked(),
                        report.oldestUnlinked());
    }
}
