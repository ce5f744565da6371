package org.afterword.analytics.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {
    @Test
    void cellsAreQuotedWhereTheyHaveTo() {
        assertThat(Csv.line(List.of("plain", "a,b", "say \"hi\"", "two\nlines")))
                .isEqualTo("plain,\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\"\r\n");
    }

    @Test
    void nothingIsAnEmptyCell() {
        assertThat(Csv.line(Arrays.asList("a", null, 1L))).isEqualTo("a,,1\r\n");
    }

    @Test
    void numbersAreWrittenAsPeopleDo() {
        assertThat(Csv.line(List.of(12_000_000.0, 1 / 3.0, -0.5, 100L))).isEqualTo("12000000,0.333333,-0.5,100\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1"})
    void textThatASpreadsheetWouldCalculateIsDisarmed(String text) {
        assertThat(Csv.line(List.of(text))).isEqualTo("'" + text + "\r\n");
    }
}
