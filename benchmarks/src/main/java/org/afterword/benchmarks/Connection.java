package org.afterword.benchmarks;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.afterword.program.AfterwordProcess;

/**
 * One kept connection of a connector that posts events: HTTP/1.1 over a socket with nothing around it, so that the load takes as
 * little as possible of the processors it shares with the server.
 */
final class Connection implements AutoCloseable {
    private final URI server;
    private final String head;
    private Socket socket;
    private InputStream in;
    private boolean isLast;

    Connection(URI server) throws IOException {
        this.server = server;
        this.socket = connect(server);
        this.in = buffered(socket);
        this.head = "POST /api/v1/events HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\nAuthorization: Bearer "
                + AfterwordProcess.BOOTSTRAP_TOKEN
                + "\r\nContent-Type: application/cloudevents-batch+json\r\nContent-Length: ";
    }

    private static Socket connect(URI server) throws IOException {
        var socket = new Socket(server.getHost(), server.getPort());
        socket.setTcpNoDelay(true);
        return socket;
    }

    private static InputStream buffered(Socket socket) throws IOException {
        return new BufferedInputStream(socket.getInputStream(), 8192);
    }

    /** Sends a batch; all of it has to be accepted. */
    void send(List<String> events) throws IOException {
        byte[] body = ("[" + String.join(",", events) + "]").getBytes(StandardCharsets.UTF_8);
        byte[] begin = (head + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[begin.length + body.length];
        System.arraycopy(begin, 0, request, 0, begin.length);
        System.arraycopy(body, 0, request, begin.length, body.length);
        if (isLast) {
            socket.close();
            socket = connect(server);
            in = buffered(socket);
            isLast = false;
        }
        socket.getOutputStream().write(request);
        String answer = answer();
        if (!answer.contains("\"accepted\":" + events.size() + ",")) {
            throw new IOException("events were not accepted: " + answer);
        }
    }

    /** The status line and the body; its length is told, or it comes in chunks. */
    private String answer() throws IOException {
        String status = line();
        int length = -1;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(
                        lower.substring("content-length:".length()).strip());
            }
        }
        return status + " " + (length >= 0 ? body(length) : chunks());
    }

    private String chunks() throws IOException {
        var body = new StringBuilder();
        for (int length = chunkLength(); length > 0; length = chunkLength()) {
            body.append(body(length));
            var _ = line();
        }
        var _ = line();
        return body.toString();
    }

    private int chunkLength() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private String body(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the server closed the connection within an answer");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
