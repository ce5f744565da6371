package org.afterword.platform.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxySettingsTest {
    @Test
    void addressesAreNetworksOfOne() {
        assertThat(new ProxySettings(List.of("10.0.0.5", "fd00::5", "10.0.1.0/24")).networks())
                .isEqualTo("10.0.0.5/32,fd00::5/128,10.0.1.0/24");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "proxy.example.com", "10\\.0\\.0\\.5", "10.0.0.5/33", "10.0.0.5/"})
    void whatIsNoneIsNamed(String wrong) {
        assertThatThrownBy(() -> new ProxySettings(List.of(wrong)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("proxy.addresses has '" + wrong + "'");
    }
}
