package org.afterword.platform.internal;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.afterword.platform.StartupException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class UnknownSettingsTest {
    @ConfigurationProperties("afterword.desk")
    record DeskSettings(int idleSeconds, List<String> sites, Nested gate) {}

    record Nested(boolean strict) {}

    @Test
    void declaredKeysPassInAllTheirForms() {
        assertThatCode(() -> look(
                        file("afterword.desk.idle-seconds", "afterword.desk.gate.strict", "afterword.desk.sites[1]")))
                .doesNotThrowAnyException();
        assertThatCode(() -> look(variables("AFTERWORD_DESK_IDLE_SECONDS", "AFTERWORD_DESK_GATE_STRICT")))
                .doesNotThrowAnyException();
    }

    @Test
    void whatIsNotOursIsNotLookedAt() {
        assertThatCode(() -> look(variables("PATH", "OTHERWORD_DESK"))).doesNotThrowAnyException();
    }

    @Test
    void aMisspeltKeyIsNamedWithTheOneThatWasMeant() {
        assertThatThrownBy(() -> look(file("afterword.desk.idle-secnods")))
                .isInstanceOf(StartupException.class)
                .hasMessage(
                        "There is no setting afterword.desk.idle-secnods. Did you mean afterword.desk.idle-seconds?");
        assertThatThrownBy(() -> look(variables("AFTERWORD_DESK_IDLESECONDS")))
                .isInstanceOf(StartupException.class)
                .hasMessage(
                        "There is no setting AFTERWORD_DESK_IDLESECONDS. Did you mean AFTERWORD_DESK_IDLE_SECONDS?");
    }

    @Test
    void aKeyLikeNoOtherIsNamedAlone() {
        assertThatThrownBy(() -> look(file("afterword.something.else.altogether")))
                .hasMessage("There is no setting afterword.something.else.altogether.");
    }

    private static void look(PropertySource<?> source) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, source);
        new UnknownSettings(List.of(DeskSettings.class)).refuse(environment);
    }

    private static PropertySource<?> file(String... keys) {
        return new MapPropertySource("file", values(keys));
    }

    private static PropertySource<?> variables(String... names) {
        return new SystemEnvironmentPropertySource("variables", values(names));
    }

    private static Map<String, Object> values(String... keys) {
        return Stream.of(keys).collect(Collectors.toMap(key -> key, key -> "1"));
    }
}
