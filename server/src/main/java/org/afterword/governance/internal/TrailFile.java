package org.afterword.governance.internal;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.afterword.platform.Json;
import org.afterword.platform.Sha256;
import org.afterword.platform.TenantId;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * A trail as JSON Lines: a header, a line for each place in the chain, one for each entry that is not linked, and a last line with
 * how many there are and the SHA-256 of all bytes before it. That tells a file that was damaged or is not whole; tampering is
 * told by the chain.
 */
public final class TrailFile {
    private static final String FORMAT = "afterword-audit-trail";
    private static final int VERSION = 1;

    /** More than any line of ours; a file without line ends is none of ours. */
    private static final int LONGEST_LINE = 4 << 20;

    record Header(String format, int version, String tenant) {}

    record End(long lines, String sha256) {}

    private TrailFile() {}

    /** Writes a file for its owner alone; {@link #close} without {@link #end} leaves one that says it is not whole. */
    public static final class Writer implements AutoCloseable {
        private final OutputStream out;
        private final MessageDigest sum = Sha256.begin();
        private long lines;

        /** @throws java.nio.file.FileAlreadyExistsException rather than to write over it */
        public Writer(Path file, TenantId tenant) throws IOException {
            var options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            var ours = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            Files.newByteChannel(file, options, ours).close();
            out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
            write(new Header(FORMAT, VERSION, tenant.value()));
        }

        public void add(Chained place) throws IOException {
            write(TrailLine.of(place));
            lines++;
        }

        public void end() throws IOException {
            write(new End(lines, HexFormat.of().formatHex(sum.digest())));
        }

        private void write(Object line) throws IOException {
            byte[] bytes = (Json.write(line) + "\n").getBytes(StandardCharsets.UTF_8);
            sum.update(bytes);
            out.write(bytes);
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }

    /** A line that no export would hold, or that is missing. */
    public static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unreadable(long line, String why) {
            super("line %d %s".formatted(line, why));
        }
    }

    /** Reads a file line by line; what it answers last was followed by an end that fits. */
    public static final class Reader implements Iterator<Chained>, AutoCloseable {
        private final InputStream in;
        private final MessageDigest sum = Sha256.begin();
        private long line;
        private boolean begun;
        private @Nullable Chained next;

        public Reader(Path file) throws IOException {
            in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        }

        /**
         * Reads the first line, before all others, and answers whose trail this is.
         *
         * @throws Unreadable if it is no header of ours
         */
        public TenantId tenant() {
            Header header = read(nextLine(), Header.class);
            if (!header.format().equals(FORMAT) || header.version() != VERSION) {
                throw new Unreadable(line, "is not the header of a trail in version %d".formatted(VERSION));
            }
            try {
                return new TenantId(header.tenant());
            } catch (IllegalArgumentException e) {
                throw new Unreadable(line, "names no tenant: " + e.getMessage());
            }
        }

        @Override
        public boolean hasNext() {
            if (!begun) {
                begun = true;
                next = advance();
            }
            return next != null;
        }

        /** The places with a link up to the first without one, which stays. */
        public Iterator<Chained> linked() {
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return Reader.this.hasNext() && next != null && next.link() != null;
                }

                @Override
                public Chained next() {
                    return Reader.this.next();
                }
            };
        }

        @Override
        public Chained next() {
            Chained found = hasNext() ? next : null;
            if (found == null) {
                throw new NoSuchElementException();
            }
            next = advance();
            return found;
        }

        private @Nullable Chained advance() {
            byte[] so = copyOfSum();
            String text = nextLine();
            if (text.startsWith("{\"lines\":")) {
                End end = read(text, End.class);
                boolean fits = end.lines() == line - 2
                        && end.sha256().equals(HexFormat.of().formatHex(so))
                        && readByte() == -1;
                if (!fits) {
                    throw new Unreadable(
                            line, "does not fit the file: it was damaged, or something was added or removed");
                }
                return null;
            }
            try {
                return read(text, TrailLine.class).place();
            } catch (IllegalArgumentException | java.time.DateTimeException e) {
                throw new Unreadable(line, "cannot be understood: " + e.getMessage());
            }
        }

        private byte[] copyOfSum() {
            try {
                return ((MessageDigest) sum.clone()).digest();
            } catch (CloneNotSupportedException e) {
                throw new IllegalStateException("SHA-256 goes on after a look at it", e);
            }
        }

        /** Exactly as an export writes it, so that nobody reads something else into it than we do. */
        private <T> T read(String text, Class<T> type) {
            try {
                T value = Json.read(text, type);
                if (value != null && Json.write(value).equals(text)) {
                    return value;
                }
            } catch (JacksonException e) {
                // falls through to the one message below
            }
            throw new Unreadable(line, "is not one that an export writes");
        }

        private String nextLine() {
            line++;
            var bytes = new ByteArrayOutputStream(512);
            for (int read = readByte(); read != '\n'; read = readByte()) {
                if (read == -1) {
                    throw new Unreadable(line, "is missing or not whole: the file has no end");
                }
                if (bytes.size() == LONGEST_LINE) {
                    throw new Unreadable(line, "is longer than any that an export writes");
                }
                bytes.write(read);
            }
            byte[] all = bytes.toByteArray();
            sum.update(all);
            sum.update((byte) '\n');
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(all))
                        .toString();
            } catch (CharacterCodingException e) {
                throw new Unreadable(line, "is not UTF-8");
            }
        }

        private int readByte() {
            try {
                return in.read();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
