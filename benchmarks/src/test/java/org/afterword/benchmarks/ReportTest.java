package org.afterword.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final String DOCUMENT = """
            # Benchmarks
            <!-- figures: written by benchmarks/run -->
            old
            <!-- end of figures -->
            more
            """;

    @Test
    void figuresReplaceThoseBetweenTheMarkers() {
        Report report = new Report().columns("what", "per second").row("events", Report.number(1999.6));

        String document = report.into(DOCUMENT);

        assertThat(document)
                .contains("| events | 2,000 |")
                .doesNotContain("old")
                .startsWith("# Benchmarks\n")
                .endsWith("<!-- end of figures -->\nmore\n");
        assertThat(report.into(document)).isEqualTo(document);
    }

    @Test
    void aDocumentWithoutMarkersIsLeftAlone() {
        assertThatThrownBy(() -> new Report().into("# Benchmarks")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void timesAreInSeconds() {
        var times = new Latencies();
        for (int millis = 1; millis <= 100; millis++) {
            times.record(Duration.ofMillis(millis));
        }

        assertThat(times.percentile(50)).isEqualTo("0.050 s");
        assertThat(times.max()).isEqualTo("0.100 s");
    }
}
