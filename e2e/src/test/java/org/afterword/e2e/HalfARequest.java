package org.afterword.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.afterword.program.AfterwordProcess;

/** A request of the administrator whose body comes without its last byte, until it is told to come. */
final class HalfARequest implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader answer;
    private final String rest;

    private HalfARequest(Socket socket, String rest) throws IOException {
        this.socket = socket;
        this.answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        this.rest = rest;
    }

    /** @param body none if it is empty; then the request is whole */
    static HalfARequest of(URI server, String methodAndPath, String body) throws IOException {
        var socket = new Socket(server.getHost(), server.getPort());
        var head = """
                %s HTTP/1.1\r
                Host: %s\r
                Authorization: Bearer %s\r
                Connection: close\r
                Content-Type: application/cloudevents-batch+json\r
                Content-Length: %d\r
                \r
                """.formatted(methodAndPath, server.getAuthority(), AfterwordProcess.BOOTSTRAP_TOKEN, body.length());
        int sent = Math.max(0, body.length() - 1);
        socket.getOutputStream().write((head + body.substring(0, sent)).getBytes(StandardCharsets.UTF_8));
        return new HalfARequest(socket, body.substring(sent));
    }

    void finish() throws IOException {
        socket.getOutputStream().write(rest.getBytes(StandardCharsets.UTF_8));
    }

    /** Waits for it. */
    int status() throws IOException {
        String line = answer.readLine();
        if (line == null) {
            throw new IOException("there is no answer");
        }
        return Integer.parseInt(line.substring("HTTP/1.1 ".length()).strip());
    }

    String readToTheEnd() {
        return answer.lines().collect(Collectors.joining("\n"));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
