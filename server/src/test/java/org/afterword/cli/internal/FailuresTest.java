package org.afterword.cli.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.Map;
import org.afterword.platform.Settings;
import org.afterword.platform.StartupException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.web.server.PortInUseException;

class FailuresTest {
    record DeskSettings(Duration reservationDefault) {
        DeskSettings {
            Settings.inRange(
                    "desk.reservation-default", reservationDefault, Duration.ofSeconds(1), Duration.ofMinutes(2));
        }
    }

    @Test
    void aValueOutOfRangeIsNamedWithTheRange() {
        assertThat(explanation("5m")).isEqualTo("Setting desk.reservation-default is 5m; it may be from 1s to 2m.");
    }

    @Test
    void aValueOfTheWrongKindIsNamedWithTheKind() {
        assertThat(explanation("soon"))
                .isEqualTo("Setting afterword.desk.reservation-default is 'soon', which is no duration.");
    }

    @Test
    void whatWasMadeForThePersonWhoStartsIsSaidAsItIs() {
        var failure = new IllegalStateException("bean", new StartupException("The folder x is in use."));

        assertThat(Failures.explain(failure)).isEqualTo("The folder x is in use.");
    }

    @Test
    void aPortInUseNamesTheCure() {
        assertThat(Failures.explain(new IllegalStateException(new PortInUseException(8080))))
                .isEqualTo("Port 8080 is in use: choose another with --port, or 0 for a free one.");
    }

    @Test
    void anythingElseIsSaidByItsInnermostCauseInOneLine() {
        var failure = new IllegalStateException("outer", new IllegalArgumentException("inner\nand details"));

        assertThat(Failures.explain(failure))
                .startsWith("Afterword failed: inner (IllegalArgumentException).")
                .contains("--debug")
                .doesNotContain("\n");
    }

    private static String explanation(String value) {
        var settings = new MapConfigurationPropertySource(Map.of("afterword.desk.reservation-default", value));
        return Failures.explain(catchThrowable(() -> new Binder(settings).bind("afterword.desk", DeskSettings.class)));
    }
}
