package org.afterword.delivery.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.afterword.platform.Json;
import tools.jackson.core.JacksonException;

/**
 * An open file of lines, one JSON document each, that this thread has to itself: other threads wait, and so do other
 * processes that open it here. What a crash left of a line is gone once the file is open.
 */
final class JsonLinesFile implements AutoCloseable {
    private static final int BLOCK = 64 * 1024;

    /** Of a new file: a group may take it over, and others of this machine may not read what customers said. */
    private static final Set<PosixFilePermission> PERMISSIONS = PosixFilePermissions.fromString("rw-r-----");

    /** A process cannot wait for a file lock of its own. */
    private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

    private final ReentrantLock threads;
    private final FileChannel channel;

    private JsonLinesFile(ReentrantLock threads, FileChannel channel) {
        this.threads = threads;
        this.channel = channel;
    }

    /** Opens the file, which is created where it is absent, in a folder that exists. */
    static JsonLinesFile open(Path folder, String name) throws IOException {
        Path path = folder.toAbsolutePath().normalize().resolve(name);
        ReentrantLock threads = THREADS.computeIfAbsent(path, p -> new ReentrantLock());
        threads.lock();
        try {
            boolean isNew = Files.notExists(path);
            FileChannel channel = FileChannel.open(
                    path,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PERMISSIONS));
            var file = new JsonLinesFile(threads, channel);
            try {
                channel.lock();
                if (isNew) {
                    forceFolder(folder);
                }
                file.repair();
                return file;
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            threads.unlock();
            throw e;
        }
    }

    /** A new file outlives a power failure once its folder is on disk too. */
    private static void forceFolder(Path folder) throws IOException {
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    /** A last line without its end is completed if only the end is missing, and cut off otherwise: nobody was told of it. */
    private void repair() throws IOException {
        long end = channel.size();
        if (end == 0 || read(end - 1, 1)[0] == '\n') {
            return;
        }
        long start = startOfLastLine(end);
        if (isJson(read(start, Math.toIntExact(end - start)))) {
            write("\n");
        } else {
            channel.truncate(start);
            channel.force(true);
        }
    }

    private long startOfLastLine(long end) throws IOException {
        for (long from = end; from > 0; ) {
            int length = (int) Math.min(BLOCK, from);
            from -= length;
            byte[] block = read(from, length);
            for (int i = length - 1; i >= 0; i--) {
                if (block[i] == '\n') {
                    return from + i + 1;
                }
            }
        }
        return 0;
    }

    private static boolean isJson(byte[] line) {
        try {
            Json.read(new String(line, StandardCharsets.UTF_8));
            return true;
        } catch (JacksonException e) {
            return false;
        }
    }

    /** Adds a line; once this returns, no crash takes it back. */
    void append(String line) throws IOException {
        write(line + "\n");
    }

    private void write(String text) throws IOException {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
        long end = channel.size();
        while (bytes.hasRemaining()) {
            end += channel.write(bytes, end);
        }
        channel.force(true);
    }

    /** The line nearest to the end that is {@code wanted}; reads no further back than that. */
    Optional<String> findLast(Predicate<String> wanted) throws IOException {
        byte[] unfinished = {};
        for (long from = channel.size(); from > 0; ) {
            int length = (int) Math.min(BLOCK, from);
            from -= length;
            byte[] block = Arrays.copyOf(read(from, length), length + unfinished.length);
            System.arraycopy(unfinished, 0, block, length, unfinished.length);
            int end = block.length;
            for (int i = block.length - 1; i >= 0; i--) {
                if (block[i] == '\n') {
                    String line = text(block, i + 1, end);
                    if (!line.isEmpty() && wanted.test(line)) {
                        return Optional.of(line);
                    }
                    end = i;
                }
            }
            unfinished = Arrays.copyOf(block, end);
        }
        return Optional.of(text(unfinished, 0, unfinished.length)).filter(wanted);
    }

    private static String text(byte[] bytes, int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }

    private byte[] read(long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && channel.read(bytes, position + bytes.position()) >= 0) {
            // goes on until all of it is there
        }
        return bytes.array();
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            threads.unlock();
        }
    }
}
