package org.afterword.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What the disk takes by itself meanwhile, the least that anything durable takes: twenty times a second, a page of PostgreSQL's size is
 * written over in a file beside the server's, and brought to the disk.
 */
final class Disk implements AutoCloseable {
    private static final int PAGE = 8192;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final FileChannel file;
    private final Latencies writes = new Latencies();
    private final Thread thread;
    private volatile boolean counts;
    private volatile boolean over;

    private Disk(FileChannel file) {
        this.file = file;
        this.thread = Thread.ofPlatform().name("disk").daemon().start(this::probe);
    }

    /** @param folder on the disk that is asked */
    static Disk probe(Path folder) throws IOException {
        return new Disk(FileChannel.open(
                folder.resolve("probe"),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE));
    }

    /** From here on the writes are counted. */
    void count() {
        counts = true;
    }

    Latencies writes() {
        return writes;
    }

    private void probe() {
        try {
            while (!over) {
                long began = System.nanoTime();
                file.write(ByteBuffer.allocate(PAGE), 0);
                file.force(false);
                if (counts) {
                    writes.recordSince(began);
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        over = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        file.close();
    }
}
