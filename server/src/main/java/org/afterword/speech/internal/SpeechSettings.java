package org.afterword.speech.internal;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.afterword.conversation.Speaker;
import org.afterword.platform.Settings;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How recordings are transcribed; not at all unless an endpoint or a model is set.
 *
 * @param endpoint         a server that speaks OpenAI's protocol for transcription
 * @param vosk             a model on this machine
 * @param language         of all recordings, as ISO 639-1 has it; default: the recognizer finds out
 * @param channels         who is heard on the first and the second channel where the event does not say; default agent, customer
 * @param oneChannel       who is heard where there is one channel and the event does not say; default customer
 * @param longestRecording what is longer is not transcribed; 1 min to 24 h, default 4 h
 * @param workers          how many recordings a node works at, 1 to 16; default 1
 */
@ConfigurationProperties("afterword.speech")
record SpeechSettings(
        @DefaultValue Endpoint endpoint,
        @DefaultValue Vosk vosk,
        @Nullable String language,
        @DefaultValue({"agent", "customer"}) List<Speaker> channels,
        @DefaultValue("customer") Speaker oneChannel,
        @DefaultValue("4h") Duration longestRecording,
        @DefaultValue("1") int workers) {

    /**
     * A server that speaks OpenAI's protocol for transcription.
     *
     * @param url      what comes before {@code /v1/audio/transcriptions}; none = no endpoint
     * @param key      is sent as a bearer token; local servers often want none
     * @param model    its name there; default whisper-1
     * @param format   {@code verbose_json}, by which unreliable words are told, or {@code json}, for models that know no other;
     *                 default verbose_json
     * @param deadline how long one utterance may take with all its attempts; 1 s to 4 min, default 1 min
     */
    record Endpoint(
            @Nullable URI url,
            @Nullable String key,
            @DefaultValue("whisper-1") String model,
            @DefaultValue("verbose_json") String format,
            @DefaultValue("1m") Duration deadline) {
        Endpoint {
            if (url != null
                    && (url.getHost() == null
                            || url.getUserInfo() != null
                            || !Set.of("http", "https")
                                    .contains(String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT)))) {
                throw new IllegalArgumentException(
                        "speech.endpoint.url must be an address of http or https without a user in it");
            }
            if (!Set.of("verbose_json", "json").contains(format)) {
                throw new IllegalArgumentException(
                        "speech.endpoint.format is %s; it may be verbose_json or json".formatted(format));
            }
            Settings.inRange("speech.endpoint.deadline", deadline, Duration.ofSeconds(1), Duration.ofMinutes(4));
        }

        /** Without the key, which is in no log. */
        @Override
        public String toString() {
            return "%s at %s".formatted(model, url);
        }
    }

    /**
     * A Vosk model.
     *
     * @param model   the folder that a model was unpacked into; none = no model
     * @param library a folder with {@code vosk-0.3.45.jar} in it, which does not come along
     */
    record Vosk(@Nullable Path model, @Nullable Path library) {
        Vosk {
            checkFolder("speech.vosk.model", model);
            checkFolder("speech.vosk.library", library);
            if (model != null && library == null) {
                throw new IllegalArgumentException(
                        "speech.vosk.model is set; it takes speech.vosk.library too, the folder that vosk-0.3.45.jar is in");
            }
        }

        private static void checkFolder(String key, @Nullable Path folder) {
            if (folder != null && !Files.isDirectory(folder)) {
                throw new IllegalArgumentException(
                        "%s is %s, which is not a folder that can be read".formatted(key, folder));
            }
        }
    }

    SpeechSettings {
        channels = List.copyOf(channels);
        if (endpoint.url != null && vosk.model != null) {
            throw new IllegalArgumentException(
                    "speech.endpoint.url and speech.vosk.model are both set; one recognizes");
        }
        if (channels.size() != 2) {
            throw new IllegalArgumentException("speech.channels names %d speakers; it takes two, as in agent, customer"
                    .formatted(channels.size()));
        }
        if (language != null && !language.matches("[a-z]{2}")) {
            throw new IllegalArgumentException(
                    "speech.language is %s; it takes two letters, as in en".formatted(language));
        }
        Settings.inRange("speech.longest-recording", longestRecording, Duration.ofMinutes(1), Duration.ofHours(24));
        Settings.inRange("speech.workers", workers, 1, 16);
    }
}
