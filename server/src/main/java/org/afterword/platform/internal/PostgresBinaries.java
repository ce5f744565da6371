package org.afterword.platform.internal;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.util.HexFormat;
import org.afterword.platform.FileTrouble;
import org.afterword.platform.Sha256;
import org.afterword.platform.StartupException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.springframework.util.FileSystemUtils;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs as they come on the class path, unpacked once per version into a folder that many data folders share. */
final class PostgresBinaries {
    /** The major version on the class path; clusters of another cannot be opened. */
    static final String MAJOR = "18";

    private final Path folder;

    private PostgresBinaries(Path folder) {
        this.folder = folder;
    }

    /** Finds the programs below {@code cache}, or unpacks them there (60 MB, a few seconds). */
    static PostgresBinaries unpackedBelow(Path cache) {
        var archive = archive();
        try {
            var folder =
                    cache.resolve("postgres-" + MAJOR + "-" + digest(archive).substring(0, 16));
            if (!Files.isDirectory(folder)) {
                unpack(archive, folder);
            }
            return new PostgresBinaries(folder);
        } catch (IOException e) {
            throw new StartupException(
                    "PostgreSQL cannot be unpacked into %s: %s".formatted(cache, FileTrouble.describe(e)), e);
        }
    }

    String program(String name) {
        return folder.resolve("bin").resolve(name).toString();
    }

    private static String archive() {
        var os = System.getProperty("os.name");
        var architecture = System.getProperty("os.arch");
        if (os.equals("Linux") && architecture.equals("amd64")) {
            return "/postgres-linux-x86_64.txz";
        }
        if (os.equals("Linux") && architecture.equals("aarch64")) {
            return "/postgres-linux-arm_64.txz";
        }
        throw new StartupException(
                "The embedded PostgreSQL runs on Linux (x86-64 and ARM64), not on %s %s. Use your own with --database-url."
                        .formatted(os, architecture));
    }

    private static InputStream open(String archive) {
        var stream = PostgresBinaries.class.getResourceAsStream(archive);
        if (stream == null) {
            throw new IllegalStateException("%s is not on the class path".formatted(archive));
        }
        return stream;
    }

    private static String digest(String archive) throws IOException {
        try (var in = new DigestInputStream(open(archive), Sha256.begin())) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        }
    }

    /** Unpacks beside the target and renames, so that a folder of that name is always complete. */
    private static void unpack(String archive, Path target) throws IOException {
        var part = Files.createTempDirectory(target.getParent(), "unpacking-");
        try (var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(open(archive))))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                extract(tar, entry, part);
            }
            Permissions.set(part, "rwxr-xr-x");
            moveInto(target, part);
        } finally {
            FileSystemUtils.deleteRecursively(part);
        }
    }

    private static void moveInto(Path target, Path part) throws IOException {
        try {
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.isDirectory(target)) {
                throw e;
            } // else another process was faster, and its copy is as good
        }
    }

    private static void extract(InputStream tar, TarArchiveEntry entry, Path folder) throws IOException {
        var path = folder.resolve(entry.getName()).normalize();
        if (!path.startsWith(folder)) {
            throw new IOException("%s leads out of the archive".formatted(entry.getName()));
        }
        if (entry.isDirectory()) {
            Permissions.createOpenFolders(path);
            return;
        }
        Permissions.createOpenFolders(path.resolve("..").normalize());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, path);
            Permissions.set(path, (entry.getMode() & 0100) != 0 ? "rwxr-xr-x" : "rw-r--r--");
        }
    }
}
