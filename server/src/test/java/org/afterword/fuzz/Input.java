package org.afterword.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * One HTTP request as it goes over the wire, but for who makes it: {@code {token:NAME}} stands for a token, so that an input
 * that was kept works on another server too.
 *
 * @param kind    what it was made as, for the count
 * @param request head and body
 * @param count   how many inputs it counts as if it is taken: each event of a batch is one
 * @param isHttp  whether it gets through the web server at all, so that the answer has to follow the rules of the API
 */
record Input(String kind, byte[] request, int count, boolean isHttp) {

    static final int LONG = 2_000_000;

    /** Builds a request line by line. */
    static final class Builder {
        /** The web server takes heads of 8 KiB, and refuses larger ones itself. */
        private static final int LONGEST_HEAD = 7000;

        /** What stands in no address, and a percent sign that encodes nothing, or a null character. */
        private static final Pattern MISWRITTEN =
                Pattern.compile("[^!$&'()*+,;=:@/?\\-._~0-9A-Za-z%]|%(?!(?!00)[0-9A-Fa-f]{2})");

        private final String kind;
        private final boolean isTarget;
        private final StringBuilder head = new StringBuilder();

        private Builder(String kind, String method, String target) {
            this.kind = kind;
            isTarget = !MISWRITTEN.matcher(target.replace(World.PAGES, "")).find();
            head.append(method).append(' ').append(target).append(" HTTP/1.1\r\nHost: localhost\r\n");
        }

        Builder as(String token) {
            return header("Authorization", "Bearer {token:" + token + "}");
        }

        /** A header with a value that can stand in one. */
        Builder header(String name, String value) {
            head.append(name)
                    .append(": ")
                    .append(value.replaceAll("[\\x00-\\x1f\\x7f]", ""))
                    .append("\r\n");
            return this;
        }

        Input bare() {
            return build(head.append("\r\n").toString(), new byte[0], 1);
        }

        Input body(byte[] body) {
            return body(body, 1);
        }

        Input body(byte[] body, int count) {
            return build(head + "Content-Length: " + body.length + "\r\n\r\n", body, count);
        }

        /** In pieces, so that nobody knows how long it is before it ends. */
        Input chunked(byte[] body, Random random) {
            var pieces = new ByteArrayOutputStream();
            for (int from = 0; from < body.length; ) {
                int to = Math.min(body.length, from + 1 + random.nextInt(body.length > 10_000 ? 65_536 : 64));
                pieces.writeBytes((Integer.toHexString(to - from) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                pieces.write(body, from, to - from);
                pieces.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
                from = to;
            }
            pieces.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return build(head + "Transfer-Encoding: chunked\r\n\r\n", pieces.toByteArray(), 1);
        }

        private Input build(String text, byte[] body, int count) {
            byte[] start = text.getBytes(StandardCharsets.ISO_8859_1);
            byte[] request = new byte[start.length + body.length];
            System.arraycopy(start, 0, request, 0, start.length);
            System.arraycopy(body, 0, request, start.length, body.length);
            return new Input(kind, request, count, isTarget && start.length < LONGEST_HEAD);
        }
    }

    static Builder of(String kind, String method, String target) {
        return new Builder(kind, method, target);
    }

    static String encoded(String text) {
        var encoded = new StringBuilder(text.length());
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = octet >= '0' && octet <= '9'
                    || octet >= 'a' && octet <= 'z'
                    || octet >= 'A' && octet <= 'Z'
                    || "-._~".indexOf(octet) >= 0;
            encoded.append(plain ? (char) octet : "%%%02X".formatted(octet));
        }
        return encoded.toString();
    }

    /** {@code field=value} pairs as a query, in the order given. */
    static String query(List<String> pairs) {
        return pairs.isEmpty() ? "" : "?" + String.join("&", pairs);
    }
}
