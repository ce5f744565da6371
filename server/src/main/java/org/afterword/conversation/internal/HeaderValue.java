package org.afterword.conversation.internal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemType;

/**
 * The value of a {@code ce-} header: double quotes and backslashes are undone first, then one round of percent-decoding as
 * UTF-8 (CloudEvents HTTP Protocol Binding 1.0.2, 3.1.3.2).
 */
final class HeaderValue {
    private HeaderValue() {}

    /** @throws ProblemException NOT_A_CLOUD_EVENT naming the header if the value is no percent-encoded UTF-8 */
    static String decode(String header, String value) {
        var bytes = new ByteArrayOutputStream(value.length());
        String unquoted = unquoted(value);
        for (int i = 0; i < unquoted.length(); i++) {
            char c = unquoted.charAt(i);
            if (c == '%') {
                bytes.write(hexByte(header, unquoted, i + 1));
                i += 2;
            } else {
                bytes.write(c);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw bad(header);
        }
    }

    private static String unquoted(String value) {
        if (value.length() < 2 || !value.startsWith("\"") || !value.endsWith("\"")) {
            return value;
        }
        var plain = new StringBuilder(value.length());
        for (int i = 1; i < value.length() - 1; i++) {
            boolean escapes = value.charAt(i) == '\\' && i + 1 < value.length() - 1;
            plain.append(value.charAt(escapes ? ++i : i));
        }
        return plain.toString();
    }

    private static int hexByte(String header, String value, int at) {
        int high = at + 1 < value.length() ? Character.digit(value.charAt(at), 16) : -1;
        int low = high < 0 ? -1 : Character.digit(value.charAt(at + 1), 16);
        if (low < 0) {
            throw bad(header);
        }
        return high << 4 | low;
    }

    private static ProblemException bad(String header) {
        return new ProblemException(
                ProblemType.NOT_A_CLOUD_EVENT, "Header %s: must be percent-encoded UTF-8.".formatted(header));
    }
}
