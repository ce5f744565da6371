package org.afterword.platform.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TextLogTest {
    final TextLog text = new TextLog();

    @Test
    void anEventIsOneLineWithItsIds() {
        assertThat(text.format(event("Agent {} is free", null, "ann")))
                .isEqualTo("2026-03-02T09:00:00.000Z WARN Desk: Agent ann is free [tenant=default]\n");
    }

    @Test
    void aValueCannotBeginALineOfItsOwn() {
        assertThat(text.format(event("Agent {} is free", null, "ann\r\n2026-03-02T09:00:01.000Z ERROR Desk: all lost")))
                .hasLineCount(1)
                .contains("Agent ann\\r\\n2026");
    }

    @Test
    void neitherCanTheMessageOfAFailure() {
        var failure = new IllegalStateException("outer\nline", new IllegalArgumentException("inner\u2028line"));

        assertThat(text.format(event("It failed", failure)))
                .contains("\n  java.lang.IllegalStateException: outer\\nline\n    at org.afterword")
                .contains("\n  caused by java.lang.IllegalArgumentException: inner\\u2028line\n");
    }

    private static LoggingEvent event(String message, @Nullable Throwable failure, Object... arguments) {
        var event = new LoggingEvent(
                "", new LoggerContext().getLogger("org.afterword.Desk"), Level.WARN, message, failure, arguments);
        event.setInstant(Instant.parse("2026-03-02T09:00:00Z"));
        event.setMDCPropertyMap(Map.of("tenant", "default"));
        return event;
    }
}
