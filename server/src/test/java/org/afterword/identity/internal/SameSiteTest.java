package org.afterword.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SameSiteTest {
    @ParameterizedTest
    @CsvSource({
        "/t/north, http://localhost:8080/t/north/floor?wall, /t/north/floor?wall",
        "/t/north, https://evil.example/t/north/floor, /t/north/floor",
        "/t/north, https://evil.example/, /t/north/",
        "/t/north, //evil.example/x, /t/north/x",
        "/t/north, http://localhost//evil.example, /t/north/",
        "/t/north, http://localhost/t/north/../../x, /t/north/",
        "/t/north, http://localhost/t/south/floor, /t/north/",
        "/t/north, /panel, /t/north/panel",
        "/t/north, /t/north/panel, /t/north/panel",
        "'', /panel, /panel",
        "'', https://evil.example//other.example/x, /",
        "'', //evil.example/x, /x",
        "'', javascript:alert(1), /",
        "'', https://evil.example\\@x, /",
    })
    void nobodyIsLedElsewhere(String contextPath, String url, String led) {
        assertThat(SameSite.path(contextPath, url)).isEqualTo(led);
    }
}
