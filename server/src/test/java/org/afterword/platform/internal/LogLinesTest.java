package org.afterword.platform.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.logging.logback.ExtendedWhitespaceThrowableProxyConverter;
import org.springframework.core.io.ClassPathResource;

class LogLinesTest {
    @Test
    void whatIsLoggedOfOthersBeginsNoLineOfItsOwn() throws Exception {
        var context = new LoggerContext();
        var layout = new PatternLayout();
        layout.setContext(context);
        layout.getInstanceConverterMap().put("wEx", ExtendedWhitespaceThrowableProxyConverter::new);
        layout.setPattern(pattern());
        layout.start();

        String lines = layout.doLayout(new LoggingEvent(
                "test",
                context.getLogger("org.afterword.Test"),
                Level.WARN,
                "Event {} is set aside",
                null,
                new Object[] {"a\n2026 ERROR forged\r\nagain\u2028and\u0085again"}));

        assertThat(lines).endsWith("Event a | 2026 ERROR forged | again | and | again is set aside\n");
        assertThat(lines.lines()).hasSize(1);
    }

    private static String pattern() throws Exception {
        return new YamlPropertySourceLoader()
                .load("program", new ClassPathResource("application.yaml")).stream()
                        .map(source -> source.getProperty("logging.pattern.file"))
                        .filter(Objects::nonNull)
                        .map(String::valueOf)
                        .findFirst()
                        .orElseThrow();
    }
}
