package org.afterword.backup.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.afterword.governance.Trail;
import org.afterword.platform.DataFolder;
import org.afterword.platform.Json;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.afterword.platform.Tenants;
import org.springframework.context.SmartLifecycle;

/** Tells every tenant's trail that all its data was read into a file, or came from one. */
final class BackupTrail implements SmartLifecycle {
    private final Trail trail;
    private final Tenancy tenancy;
    private final Tenants tenants;
    private final Path note;
    private volatile boolean running;

    BackupTrail(Trail trail, Tenancy tenancy, Tenants tenants, DataFolder data) {
        this.trail = trail;
        this.tenancy = tenancy;
        this.tenants = tenants;
        this.note = RestoreNote.in(data);
    }

    /** That a backup is about to be written, which holds these entries already. */
    void written(Path file) {
        record("backup.written", Map.of("file", file.toString(), "operatingSystemUser", RestoreNote.user()));
    }

    /**
     * Tells of the restore that this installation comes from: then its tables may have been of a schema that knows no such entry. After a
     * crash just here it is told twice, rather than never.
     */
    @Override
    public void start() {
        try {
            if (Files.exists(note)) {
                RestoreNote restored = Json.read(Files.readString(note), RestoreNote.class);
                record(
                        "backup.restored",
                        Map.of(
                                "takenAt",
                                restored.takenAt().toString(),
                                "seal",
                                restored.seal(),
                                "operatingSystemUser",
                                restored.operatingSystemUser()));
                Files.delete(note);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        running = true;
    }

    private void record(String kind, Map<String, String> details) {
        for (TenantId tenant : tenants.list()) {
            tenancy.run(tenant, () -> trail.record(Trail.SYSTEM, kind, "tenant:" + tenant, details));
        }
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
