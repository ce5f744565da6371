package org.afterword.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.afterword.platform.Meters.Rows;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetersTest {
    private static final String NAME = "afterword.test.rows";

    private final SimpleMeterRegistry shown = new SimpleMeterRegistry();
    private final Rows rows = Rows.sums(NAME, "A figure of this test");

    @BeforeEach
    void somebodyLooks() {
        Metrics.addRegistry(shown);
    }

    @AfterEach
    void nobodyLooks() {
        rows.hide();
        Metrics.removeRegistry(shown);
    }

    @Test
    void aRowThatStaysIsNeverTakenOut() {
        take(1, "a");
        Gauge before = row("a");
        take(2, "a");

        assertThat(row("a")).isSameAs(before).isNotNull();
        assertThat(before.value()).isEqualTo(2);
    }

    @Test
    void rowsThatWereNotTakenAgainAreGone() {
        take(1, "a", "b");
        take(2, "b");
        assertThat(row("a")).isNull();

        take(3, "a");
        assertThat(row("b")).isNull();
        assertThat(row("a")).isNotNull().extracting(Gauge::value).isEqualTo(3.0);

        rows.hide();
        assertThat(row("a")).isNull();
    }

    @Test
    void whatIsTakenTwiceIsAddedUp() {
        take(2, "a", "a");

        assertThat(row("a")).isNotNull().extracting(Gauge::value).isEqualTo(4.0);
    }

    private void take(double value, String... kinds) {
        for (String kind : kinds) {
            rows.take(value, "kind", kind);
        }
        rows.show();
    }

    private @Nullable Gauge row(String kind) {
        return shown.find(NAME).tag("kind", kind).gauge();
    }
}
