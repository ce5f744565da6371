package org.afterword.backup.internal;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.ZipOutputStream;
import org.afterword.backup.BackupException;
import org.afterword.platform.FileTrouble;
import org.afterword.platform.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * A zip file whose comment is the SHA-256 of all its bytes before the comment's length, so that no bit of it changes unseen.
 *
 * <p>It is written to {@code FILE.part} and gets its name when it is on disk, so that what has the name is whole.
 */
final class Sealed {
    private static final String PREFIX = "sha256:";
    private static final int COMMENT = PREFIX.length() + 64;

    /** Of the last record of a zip file without a comment: the comment's length, zero. */
    private static final int COMMENT_LENGTH_BYTES = 2;

    private static final Set<PosixFilePermission> OWNER_ALONE = PosixFilePermissions.fromString("rw-------");

    private Sealed() {}

    /** Writes the members of the file. */
    interface Content<T> {
        T writeTo(ZipOutputStream zip) throws IOException;
    }

    /**
     * Writes {@code file}, for its owner alone, replacing one of that name.
     *
     * @throws BackupException if that is not possible; then nothing is left of it
     */
    static <T> T write(Path file, Content<T> content) {
        // ours until it has its name, so that nobody takes it over before
        try (var part = Part.take(file)) {
            try {
                T written = seal(part.channel, content);
                Files.move(part.path, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                force(Objects.requireNonNull(file.toAbsolutePath().getParent()));
                return written;
            } catch (IOException | RuntimeException e) {
                remove(part.path, e);
                throw e;
            }
        } catch (IOException e) {
            throw new BackupException(
                    "The backup %s cannot be written: %s. Nothing is left of it."
                            .formatted(file, FileTrouble.describe(e)),
                    e);
        }
    }

    private static void remove(Path part, Exception because) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            because.addSuppressed(e);
        }
    }

    /**
     * {@code FILE.part}, locked by us and empty. The operating system drops the lock when its holder dies; what such a one left is
     * taken over.
     */
    private record Part(Path path, FileChannel channel) implements AutoCloseable {
        /** The lock would be lost as soon as this process opened and closed the file once more. */
        private static final Set<Path> HELD_BY_US = ConcurrentHashMap.newKeySet();

        static Part take(Path file) throws IOException {
            Path path = file.resolveSibling(file.getFileName() + ".part").toAbsolutePath();
            if (!HELD_BY_US.add(path)) {
                throw inUse(path);
            }
            try {
                return new Part(path, lock(path));
            } catch (IOException | RuntimeException e) {
                HELD_BY_US.remove(path);
                throw e;
            }
        }

        private static FileChannel lock(Path path) throws IOException {
            Object key = create(path);
            var channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE, NOFOLLOW_LINKS);
            try {
                // one that finished meanwhile has given what we opened its name: that is no leftover
                if (channel.tryLock() == null || key == null || !key.equals(key(path))) {
                    throw inUse(path);
                }
                Files.setPosixFilePermissions(path, OWNER_ALONE);
                return channel.truncate(0);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        }

        private static BackupException inUse(Path path) {
            return new BackupException("Another backup is being written to %s: wait for it.".formatted(path));
        }

        /** What the file that is there is known by, whatever its name. */
        private static @Nullable Object create(Path path) throws IOException {
            try {
                Files.createFile(path, PosixFilePermissions.asFileAttribute(OWNER_ALONE));
            } catch (FileAlreadyExistsException e) {
                // of a backup that runs, or of one that was killed
            }
            return key(path);
        }

        private static @Nullable Object key(Path path) throws IOException {
            try {
                return Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS)
                        .fileKey();
            } catch (NoSuchFileException e) {
                return null;
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
            HELD_BY_US.remove(path);
        }
    }

    /** All through this one channel, which has the lock. */
    private static <T> T seal(FileChannel file, Content<T> content) throws IOException {
        MessageDigest digest = Sha256.begin();
        var out = new BufferedOutputStream(Channels.newOutputStream(file), 1 << 16);
        var zip = new ZipOutputStream(new DigestOutputStream(out, digest));
        T written = content.writeTo(zip);
        zip.finish();
        zip.flush();
        byte[] comment = (PREFIX + HexFormat.of().formatHex(digest.digest())).getBytes(StandardCharsets.US_ASCII);
        file.position(file.size() - COMMENT_LENGTH_BYTES);
        out.write(COMMENT);
        out.write(0);
        out.write(comment);
        out.flush();
        file.force(true);
        return written;
    }

    /** Whether {@code file} is as it was written. */
    static boolean isWhole(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long sealed = channel.size() - COMMENT - COMMENT_LENGTH_BYTES;
            if (sealed < 0) {
                return false;
            }
            MessageDigest digest = Sha256.begin();
            copy(channel, sealed, new DigestOutputStream(OutputStream.nullOutputStream(), digest));
            digest.update(new byte[COMMENT_LENGTH_BYTES]);
            byte[] end = new byte[COMMENT_LENGTH_BYTES + COMMENT];
            Channels.newInputStream(channel.position(sealed)).readNBytes(end, 0, end.length);
            byte[] expected = ByteBuffer.allocate(end.length)
                    .put((byte) COMMENT)
                    .put((byte) 0)
                    .put((PREFIX + HexFormat.of().formatHex(digest.digest())).getBytes(StandardCharsets.US_ASCII))
                    .array();
            return Arrays.equals(end, expected);
        }
    }

    /** Copies the first {@code bytes} of {@code from}, or what there is. */
    static void copy(FileChannel from, long bytes, OutputStream to) throws IOException {
        var buffer = ByteBuffer.allocate(1 << 16);
        long left = bytes;
        while (left > 0) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), left));
            int read = from.read(buffer);
            if (read < 0) {
                return;
            }
            to.write(buffer.array(), 0, read);
            left -= read;
        }
    }

    private static void force(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, Set.of(StandardOpenOption.READ))) {
            channel.force(true);
        }
    }
}
