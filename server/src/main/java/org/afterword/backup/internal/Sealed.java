package org.afterword.backup.internal;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import java.util.zip.ZipOutputStream;
import org.afterword.backup.BackupException;

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
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            throw new BackupException(
                    "%s is there already: another backup is being written, or one was cut off. Remove it if none runs."
                            .formatted(part),
                    e);
        } catch (IOException e) {
            throw cannotBeWritten(file, e);
        }
        try {
            T written = seal(part, content);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            force(Objects.requireNonNull(file.toAbsolutePath().getParent()));
            return written;
        } catch (IOException e) {
            remove(part, e);
            throw cannotBeWritten(file, e);
        } catch (RuntimeException e) {
            remove(part, e);
            throw e;
        }
    }

    private static BackupException cannotBeWritten(Path file, IOException e) {
        return new BackupException(
                "The backup %s cannot be written: %s. Nothing is left of it.".formatted(file, Reasons.of(e)), e);
    }

    private static void remove(Path part, Exception because) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            because.addSuppressed(e);
        }
    }

    private static <T> T seal(Path part, Content<T> content) throws IOException {
        MessageDigest digest = sha256();
        T written;
        try (var file = new FileOutputStream(part.toFile())) {
            try (var zip =
                    new ZipOutputStream(new DigestOutputStream(new BufferedOutputStream(file, 1 << 16), digest))) {
                written = content.writeTo(zip);
            }
        }
        byte[] comment = (PREFIX + HexFormat.of().formatHex(digest.digest())).getBytes(StandardCharsets.US_ASCII);
        try (var file = new RandomAccessFile(part.toFile(), "rw")) {
            file.seek(file.length() - COMMENT_LENGTH_BYTES);
            file.write(COMMENT);
            file.write(0);
            file.write(comment);
            file.getFD().sync();
        }
        return written;
    }

    /** Whether {@code file} is as it was written. */
    static boolean isWhole(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long sealed = channel.size() - COMMENT - COMMENT_LENGTH_BYTES;
            if (sealed < 0) {
                return false;
            }
            MessageDigest digest = sha256();
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

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
