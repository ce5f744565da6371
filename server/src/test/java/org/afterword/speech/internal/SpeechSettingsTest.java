package org.afterword.speech.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.afterword.conversation.Speaker;
import org.afterword.speech.internal.SpeechSettings.Endpoint;
import org.afterword.speech.internal.SpeechSettings.Vosk;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpeechSettingsTest {
    private static final Endpoint NONE = endpoint(null, "json", Duration.ofMinutes(1));

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"ftp://a.example", "a.example", "https://user:pass@a.example/"})
    void anAddressThatIsNoneIsRefused(String url) {
        assertThatThrownBy(() -> endpoint(URI.create(url), "json", Duration.ofMinutes(1)))
                .hasMessageContaining("speech.endpoint.url");
    }

    @Test
    void whatIsOutOfRangeIsRefused() {
        assertThatThrownBy(() -> endpoint(null, "srt", Duration.ofMinutes(1)))
                .hasMessageContaining("verbose_json or json");
        assertThatThrownBy(() -> endpoint(null, "json", Duration.ofMinutes(5)))
                .hasMessageContaining("speech.endpoint.deadline");
        assertThatThrownBy(() -> settings(NONE, new Vosk(null, null), "english"))
                .hasMessageContaining("speech.language");
    }

    @Test
    void aModelTakesItsLibraryAndNoEndpoint() {
        assertThatThrownBy(() -> new Vosk(folder, null)).hasMessageContaining("speech.vosk.library");
        assertThatThrownBy(() -> new Vosk(folder.resolve("absent"), folder)).hasMessageContaining("speech.vosk.model");
        Endpoint endpoint = endpoint(URI.create("https://a.example"), "json", Duration.ofMinutes(1));
        assertThatThrownBy(() -> settings(endpoint, new Vosk(folder, folder), null))
                .hasMessageContaining("both set");
    }

    @Test
    void theKeyIsNotShown() {
        assertThat(endpoint(URI.create("https://a.example"), "json", Duration.ofMinutes(1)))
                .hasToString("m at https://a.example");
    }

    private static Endpoint endpoint(@Nullable URI url, String format, Duration deadline) {
        return new Endpoint(url, "secret", "m", format, deadline);
    }

    private static void settings(Endpoint endpoint, Vosk vosk, @Nullable String language) {
        var settings = new SpeechSettings(
                endpoint,
                vosk,
                language,
                List.of(Speaker.AGENT, Speaker.CUSTOMER),
                Speaker.CUSTOMER,
                Duration.ofHours(4),
                1);
        assertThat(settings).isNotNull();
    }
}
