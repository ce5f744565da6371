package org.afterword.governance.internal;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import java.util.function.Supplier;
import org.afterword.governance.Sealer;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemType;

/** Where the key is from that values are sealed with. */
final class SealingKey {
    private static final String FILE = "sealing.key";

    private SealingKey() {}

    static Supplier<byte[]> set(String base64) {
        byte[] key = Base64.getDecoder().decode(base64);
        return key::clone;
    }

    /** Of a file in this folder, which is made where there is none. It is no part of a backup, so that a stolen one opens nothing. */
    static Supplier<byte[]> inFolder(Path folder) {
        return () -> {
            Path file = folder.resolve(FILE);
            try {
                if (!Files.exists(file)) {
                    make(file);
                }
                byte[] key = Files.readAllBytes(file);
                if (key.length != Sealer.KEY_BYTES) {
                    throw missing(
                            "The file %s has %d bytes instead of %d".formatted(file, key.length, Sealer.KEY_BYTES));
                }
                return key;
            } catch (IOException e) {
                throw missing("The file %s cannot be read or made".formatted(file));
            }
        };
    }

    /** Several nodes share a database that is the administrator's, and no folder. */
    static Supplier<byte[]> none() {
        return () -> {
            throw missing("Sensitive fields need the setting sealing.key where the database is not Afterword's own");
        };
    }

    private static ProblemException missing(String why) {
        return new ProblemException(ProblemType.CONFLICT, why + "; an administrator has to see to it.");
    }

    /** Whole and on disk before anything is sealed with it. */
    private static void make(Path file) throws IOException {
        var key = new byte[Sealer.KEY_BYTES];
        new SecureRandom().nextBytes(key);
        Path part = file.resolveSibling(FILE + ".part");
        Files.deleteIfExists(part);
        var forUsAlone = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var out = FileChannel.open(part, Set.of(CREATE_NEW, WRITE), forUsAlone)) {
            out.write(ByteBuffer.wrap(key));
            out.force(true);
        }
        Files.move(part, file, ATOMIC_MOVE);
    }
}
