package org.afterword.cli.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.afterword.platform.StartupException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.StandardEnvironment;

class FlagsTest {
    @TempDir
    Path folder;

    @Test
    void theFileTakesItsKeysWithoutThePrefix() throws IOException {
        var yaml = Files.writeString(folder.resolve("settings.yaml"), """
                port: 9000
                database:
                  url: postgresql://db/afterword
                """);
        var properties = Files.writeString(folder.resolve("settings.properties"), "port=9000\n");

        assertThat(new Flags().configuration(yaml).getProperty("afterword.port"))
                .isEqualTo("9000");
        assertThat(new Flags().configuration(yaml).getProperty("afterword.database.url"))
                .isEqualTo("postgresql://db/afterword");
        assertThat(new Flags().configuration(properties).getProperty("afterword.port"))
                .isEqualTo("9000");
    }

    @Test
    void flagsComeBeforeTheEnvironmentAndThatBeforeTheFile() throws IOException {
        var file = Files.writeString(folder.resolve("settings.yaml"), "port: 1\n");
        var sources = new Flags().set("afterword.port", 2).configuration(file).getPropertySources();

        assertThat(sources.stream().map(source -> source.getName()))
                .containsSubsequence(
                        "flags", StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, "file " + file);
    }

    @Test
    void aFlagThatIsLeftOutSetsNothing() {
        assertThat(new Flags().set("afterword.port", null).configuration(null).getProperty("afterword.port"))
                .isNull();
    }

    @Test
    void aProgramWithDataOfItsOwnTakesNothingFromItsSurroundings() {
        System.setProperty("afterword.database.url", "postgresql://a-server-in-use/afterword");
        try {
            var surroundings = new Flags().set("afterword.port", 0).configuration(null);
            var itself = new Flags().set("afterword.port", 0).configurationByItself();

            assertThat(surroundings.getProperty("afterword.database.url")).isNotNull();
            assertThat(itself.getProperty("afterword.database.url")).isNull();
            assertThat(itself.getProperty("afterword.port")).isEqualTo("0");
            assertThat(itself.getProperty("java.version")).isNotNull();
            assertThat(itself.getProperty("PATH")).isNotNull();
        } finally {
            System.clearProperty("afterword.database.url");
        }
    }

    @Test
    void aFileThatIsMissingOrBrokenIsNamedInOneLine() throws IOException {
        var broken = Files.writeString(folder.resolve("broken.yaml"), "port: [9000\nmore: {");

        assertThatThrownBy(() -> new Flags().configuration(folder.resolve("missing.yaml")))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("missing.yaml cannot be read");
        assertThatThrownBy(() -> new Flags().configuration(broken))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("broken.yaml cannot be understood")
                .satisfies(failure -> assertThat(Failures.explain(failure)).doesNotContain("\n"));
    }
}
