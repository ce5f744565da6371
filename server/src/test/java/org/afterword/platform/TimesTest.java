package org.afterword.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimesTest {
    /** The database would round it, into a year that it cannot be given again. */
    @Test
    void whatIsFinerThanAMicrosecondIsDropped() {
        assertThat(Times.instant("9999-12-31T23:59:59.999999999Z"))
                .isEqualTo(Instant.parse("9999-12-31T23:59:59.999999Z"));
    }
}
