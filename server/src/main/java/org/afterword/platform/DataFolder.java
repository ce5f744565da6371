package org.afterword.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.nio.file.attribute.PosixFilePermission.GROUP_READ;
import static java.nio.file.attribute.PosixFilePermission.GROUP_WRITE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_READ;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.afterword.platform.internal.FolderLock;
import org.afterword.platform.internal.Permissions;

/** The folder in which one Afterword keeps everything that does not lie in a database of its administrator's. */
public record DataFolder(Path path) {
    private static final Set<PosixFilePermission> OF_OTHERS =
            EnumSet.of(GROUP_READ, GROUP_WRITE, OTHERS_READ, OTHERS_WRITE);

    public DataFolder {
        path = path.toAbsolutePath().normalize();
    }

    /**
     * Creates the folder where it is absent; closed to other users then.
     *
     * @throws StartupException if that is not possible
     */
    public void create() {
        create(path);
    }

    /**
     * Keeps other programs out of the folder until the answer is closed or this process ends.
     *
     * @throws StartupException if another program uses it
     */
    public Hold keepToUs() {
        return FolderLock.take(path)::close;
    }

    /** While it is open, the folder is ours alone. */
    public interface Hold extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * How other users of this machine may read or write here, as {@code ls -l} writes it; empty if they may not. To enter alone is no
     * matter: PostgreSQL does that as another user where the program runs as root.
     */
    public Optional<String> openness() {
        try {
            var permissions = Files.getPosixFilePermissions(path);
            return Collections.disjoint(permissions, OF_OTHERS)
                    ? Optional.empty()
                    : Optional.of(PosixFilePermissions.toString(permissions));
        } catch (IOException e) {
            throw new StartupException(
                    "The folder %s cannot be looked at: %s".formatted(path, FileTrouble.describe(e)), e);
        }
    }

    /** A folder of this name inside, created where it is absent. */
    public Path folder(String name) {
        var folder = path.resolve(name);
        create(folder);
        return folder;
    }

    /**
     * Marks the folder as being filled by a restore, until {@link #endRestore}: a restore that was cut off is seen by that.
     *
     * @throws StartupException if that is not possible
     */
    public void beginRestore() {
        create();
        if (!isHalfRestored()) {
            mark("");
        }
    }

    /** As above, and says from which backup: its seal is in the mark. */
    public void beginRestore(String seal) {
        create();
        mark(seal);
    }

    private void mark(String seal) {
        try (var mark = FileChannel.open(restoreMark(), CREATE, WRITE, TRUNCATE_EXISTING)) {
            mark.write(UTF_8.encode(seal));
            mark.force(true);
        } catch (IOException e) {
            throw new StartupException(
                    "The folder %s cannot be written to: %s".formatted(path, FileTrouble.describe(e)), e);
        }
    }

    /** Whether a restore of the backup with this seal began and did not come to its end. */
    public boolean isHalfRestoredFrom(String seal) {
        try {
            return isHalfRestored() && Files.readString(restoreMark()).equals(seal);
        } catch (IOException e) {
            throw new StartupException(
                    "The file %s cannot be read: %s".formatted(restoreMark(), FileTrouble.describe(e)), e);
        }
    }

    /** Says that what was restored is whole. */
    public void endRestore() {
        try {
            Files.deleteIfExists(restoreMark());
        } catch (IOException e) {
            throw new StartupException(
                    "The file %s cannot be removed: %s".formatted(restoreMark(), FileTrouble.describe(e)), e);
        }
    }

    /** Whether a restore into the folder began and did not come to its end. */
    public boolean isHalfRestored() {
        return Files.exists(restoreMark());
    }

    /** @throws StartupException if the folder is half restored */
    public void requireWhole() {
        if (isHalfRestored()) {
            throw new StartupException(
                    "The restore into %s did not come to its end, so it may hold nothing whole: type the restore again, which does what is left."
                            .formatted(path));
        }
    }

    private Path restoreMark() {
        return path.resolve("restore-unfinished");
    }

    private static void create(Path folder) {
        try {
            Permissions.createPrivateFolder(folder);
        } catch (IOException e) {
            throw new StartupException(
                    "The folder %s cannot be created: %s".formatted(folder, FileTrouble.describe(e)), e);
        }
    }
}
