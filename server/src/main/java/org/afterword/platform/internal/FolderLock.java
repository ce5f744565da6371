package org.afterword.platform.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.afterword.platform.FileTrouble;
import org.afterword.platform.StartupException;

/** Keeps a folder to one program. The operating system drops the lock when its holder dies, however it dies. */
public final class FolderLock implements AutoCloseable {
    /** A lock keeps other processes out; it would be lost as soon as this process opened and closed the file once more. */
    private static final Set<Path> HELD_BY_US = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private FolderLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the folder, which exists.
     *
     * @throws StartupException if another program, or another part of this one, holds it
     */
    public static FolderLock take(Path folder) {
        try {
            var file = folder.toRealPath().resolve("lock");
            if (!HELD_BY_US.add(file)) {
                throw new FolderInUse(folder, "this one");
            }
            try {
                return new FolderLock(file, lock(folder, file));
            } catch (IOException | RuntimeException e) {
                HELD_BY_US.remove(file);
                throw e;
            }
        } catch (IOException e) {
            throw new StartupException(
                    "The folder %s cannot be locked: %s".formatted(folder, FileTrouble.describe(e)), e);
        }
    }

    /** Whether another program, or another part of this one, holds the folder at this moment. */
    public static boolean isHeldByAnother(Path folder) {
        try (var _ = take(folder)) {
            return false;
        } catch (FolderInUse e) {
            return true;
        }
    }

    private static FileChannel lock(Path folder, Path file) throws IOException {
        var channel = FileChannel.open(file, CREATE, READ, WRITE);
        if (channel.tryLock() == null) {
            channel.close();
            throw new FolderInUse(folder, Files.readString(file));
        }
        channel.truncate(0)
                .write(UTF_8.encode(Long.toString(ProcessHandle.current().pid())));
        return channel;
    }

    @Override
    public void close() {
        try {
            channel.close();
            HELD_BY_US.remove(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class FolderInUse extends StartupException {
        FolderInUse(Path folder, String process) {
            super(
                    "The folder %s is in use by another Afterword (process %s). Stop that one, or choose another folder with --data."
                            .formatted(folder, process));
        }
    }
}
