package org.afterword.conversation.internal;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemType;

/**
 * How many bytes of events may be at work at once on this node: from before they are read until they are answered. What is read of them
 * takes a multiple of that memory, and waits there while the database is slow.
 */
final class IntakeRoom {
    /** Of the heap: read, events take some eight times the memory that they take as text. */
    private static final int SHARE = 16;

    private final long bytes;
    private final AtomicLong taken = new AtomicLong();

    IntakeRoom(long bytes) {
        this.bytes = bytes;
    }

    static IntakeRoom ofThisNode() {
        return new IntakeRoom(Runtime.getRuntime().maxMemory() / SHARE);
    }

    /**
     * Room for a body; a body that is alone gets it however long it is.
     *
     * @param announced how long the sender says it is; negative if it does not say, and then room is taken as it comes
     * @throws ProblemException UNAVAILABLE if there is none
     */
    Place take(long announced) {
        return new Place(Math.max(0, announced));
    }

    long taken() {
        return taken.get();
    }

    /** The room of one body. Used by one thread. */
    final class Place implements AutoCloseable {
        private long size;

        private Place(long size) {
            grow(size);
        }

        private void grow(long by) {
            long now = taken.addAndGet(by);
            if (now > bytes && now > size + by) {
                taken.addAndGet(-by);
                throw new ProblemException(
                        ProblemType.UNAVAILABLE,
                        "More events are coming than fit into memory at the moment. Send them again; none is taken twice.");
            }
            size += by;
        }

        /** Takes more room for what is longer than announced. */
        InputStream counting(InputStream body) {
            return new FilterInputStream(body) {
                private long count;

                @Override
                public int read() throws IOException {
                    int octet = in.read();
                    count(octet < 0 ? 0 : 1);
                    return octet;
                }

                @Override
                public int read(byte[] target, int offset, int length) throws IOException {
                    int read = in.read(target, offset, length);
                    count(Math.max(0, read));
                    return read;
                }

                private void count(int octets) {
                    count += octets;
                    if (count > size) {
                        grow(count - size);
                    }
                }
            };
        }

        @Override
        public void close() {
            taken.addAndGet(-size);
            size = 0;
        }
    }
}
