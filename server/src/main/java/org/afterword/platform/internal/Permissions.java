package org.afterword.platform.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Who may do what with a file, as {@code ls -l} writes it: {@code rwx------}. */
public final class Permissions {
    private Permissions() {}

    static void set(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    /** Whether {@code path} is for its owner alone. */
    static boolean isPrivate(Path path) throws IOException {
        return Files.getPosixFilePermissions(path).equals(PosixFilePermissions.fromString("rwx------"));
    }

    /** Creates {@code folder} for us alone, with its parents; one that is there already keeps its permissions. */
    public static void createPrivateFolder(Path folder) throws IOException {
        var parent = folder.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        if (!Files.isDirectory(folder)) {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    /** Creates {@code folder} and the missing ones above it so that everybody may look inside, whatever the umask says. */
    static void createOpenFolders(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            var parent = folder.getParent();
            if (parent != null) {
                createOpenFolders(parent);
            }
            Files.createDirectory(folder);
            set(folder, "rwxr-xr-x");
        }
    }

    /** Creates {@code file} for us alone with this content; never readable by others, not even for a moment. */
    static void createPrivateFile(Path file, String content) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, content);
    }
}
