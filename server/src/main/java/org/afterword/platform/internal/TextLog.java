package org.afterword.platform.internal;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.structured.StructuredLogFormatter;

/**
 * The log as people read it: one line an event, and the frames of a failure below it. A line begins with a time and nothing else
 * does: what could end a line in a message is escaped.
 */
public final class TextLog implements StructuredLogFormatter<ILoggingEvent> {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    @Override
    public String format(ILoggingEvent event) {
        var text = new StringBuilder(256);
        TIME.formatTo(Instant.ofEpochMilli(event.getTimeStamp()), text);
        text.append(' ')
                .append(event.getLevel())
                .append(' ')
                .append(simpleName(event.getLoggerName()))
                .append(": ");
        append(text, event.getFormattedMessage());
        if (!event.getMDCPropertyMap().isEmpty()) {
            text.append(" [");
            event.getMDCPropertyMap().forEach((key, value) -> {
                append(text, key).append('=');
                append(text, value).append(' ');
            });
            text.setCharAt(text.length() - 1, ']');
        }
        text.append('\n');
        @Nullable IThrowableProxy failure = event.getThrowableProxy();
        for (String lead = "  "; failure != null; failure = failure.getCause(), lead = "  caused by ") {
            text.append(lead).append(failure.getClassName()).append(": ");
            append(text, failure.getMessage()).append('\n');
            appendFrames(text, failure);
        }
        return text.toString();
    }

    private static void appendFrames(StringBuilder text, IThrowableProxy failure) {
        StackTraceElementProxy[] frames = failure.getStackTraceElementProxyArray();
        if (frames == null) {
            return;
        }
        int own = frames.length - failure.getCommonFrames();
        for (int i = 0; i < own; i++) {
            text.append("    ").append(frames[i].getSTEAsString()).append('\n');
        }
        if (own < frames.length) {
            text.append("    … ").append(frames.length - own).append(" more\n");
        }
    }

    private static StringBuilder append(StringBuilder text, @Nullable String value) {
        if (value == null) {
            return text;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                        text.append("\\u%04x".formatted((int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        return text;
    }

    private static String simpleName(String logger) {
        return logger.substring(logger.lastIndexOf('.') + 1);
    }
}
