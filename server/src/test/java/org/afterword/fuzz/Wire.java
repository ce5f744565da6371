package org.afterword.fuzz;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One connection that is kept alive, over which any bytes can be sent as a request: an HTTP client would refuse to send most of
 * what a server has to stand.
 */
final class Wire implements AutoCloseable {
    /** No answer in this time is a hang. */
    private static final Duration WATCHDOG = Duration.ofSeconds(60);

    /** How many requests are named where an answer cannot be read, since an earlier one may be to blame. */
    private static final int REMEMBERED = 3;

    /** @param headers by name in lower case; of several with one name the last */
    record Answer(int status, Map<String, String> headers, byte[] body) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    private final URI address;
    private final Deque<String> before = new ArrayDeque<>();
    private @Nullable Socket socket;
    private InputStream in = InputStream.nullInputStream();
    private OutputStream out = OutputStream.nullOutputStream();

    Wire(URI address) {
        this.address = address;
    }

    /**
     * Sends a request and reads its answer. Of an endless one, a stream of events, only the beginning is read.
     *
     * @param last nothing follows on this connection, so that the server does not wait for more of it
     * @throws java.net.SocketTimeoutException if there is no answer in time
     * @throws IOException if the server breaks the connection instead of answering
     */
    Answer exchange(byte[] request, boolean last) throws IOException {
        try {
            connect();
            before.add(new String(request, 0, Math.min(100, request.length), StandardCharsets.ISO_8859_1));
            if (before.size() > REMEMBERED) {
                before.removeFirst();
            }
            IOException unsent = send(request, last);
            try {
                Answer answer = receive(isHead(request));
                if (last || unsent != null || answer.header("connection").equalsIgnoreCase("close")) {
                    close();
                }
                return answer;
            } catch (IOException e) {
                throw unsent == null ? e : unsent;
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private void connect() throws IOException {
        if (socket == null) {
            var fresh = new Socket();
            fresh.connect(new InetSocketAddress(address.getHost(), address.getPort()));
            fresh.setSoTimeout((int) WATCHDOG.toMillis());
            fresh.setTcpNoDelay(true);
            in = new BufferedInputStream(fresh.getInputStream());
            out = new BufferedOutputStream(fresh.getOutputStream(), 1 << 16);
            socket = fresh;
        }
    }

    /** A server that has refused a long body need not read it; its answer counts. */
    private @Nullable IOException send(byte[] request, boolean last) {
        try {
            out.write(request);
            out.flush();
            if (last && socket != null) {
                socket.shutdownOutput();
            }
            return null;
        } catch (IOException e) {
            return e;
        }
    }

    private static boolean isHead(byte[] request) {
        return new String(request, 0, Math.min(5, request.length), StandardCharsets.ISO_8859_1).equals("HEAD ");
    }

    private Answer receive(boolean head) throws IOException {
        String line = line();
        int status;
        try {
            status = Integer.parseInt(line.split(" ", 3)[1]);
        } catch (RuntimeException e) {
            throw new IOException("no status line: '" + line + "'", e);
        }
        Map<String, String> headers = new TreeMap<>();
        for (String header = line(); !header.isEmpty(); header = line()) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        if (status == 100) {
            return receive(head);
        }
        return new Answer(status, headers, body(head, status, headers));
    }

    private byte[] body(boolean head, int status, Map<String, String> headers) throws IOException {
        if (head || status == 204 || status == 304) {
            return new byte[0];
        }
        if (headers.getOrDefault("content-type", "").startsWith("text/event-stream")) {
            close();
            return new byte[0];
        }
        if (headers.getOrDefault("transfer-encoding", "").equals("chunked")) {
            return chunks();
        }
        String length = headers.get("content-length");
        if (length == null) {
            byte[] all = in.readAllBytes();
            close();
            return all;
        }
        return exactly(Integer.parseInt(length));
    }

    private byte[] chunks() throws IOException {
        var body = new ByteArrayOutputStream();
        while (true) {
            String line = line();
            int size;
            try {
                size = Integer.parseInt(line.split(";", 2)[0].strip(), 16);
            } catch (NumberFormatException e) {
                throw new IOException(
                        "a chunk begins with '%s' after %s; the requests before were %s"
                                .formatted(line, body.toString(StandardCharsets.UTF_8), before),
                        e);
            }
            body.write(exactly(size));
            line();
            if (size == 0) {
                return body.toByteArray();
            }
        }
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the answer ended after %d of %d bytes".formatted(bytes.length, length));
        }
        return bytes;
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new EOFException("the connection ended without an answer");
            }
            line.write(octet);
        }
        return line.toString(StandardCharsets.ISO_8859_1).strip();
    }

    @Override
    public void close() {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            // what matters has been read
        }
        socket = null;
    }
}
