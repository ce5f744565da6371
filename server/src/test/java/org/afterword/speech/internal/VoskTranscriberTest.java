package org.afterword.speech.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.afterword.speech.Transcriber.Answer;
import org.afterword.speech.Transcriber.Utterance;
import org.afterword.speech.internal.VoskTranscriber.VoskFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VoskTranscriberTest {
    private static final Utterance UTTERANCE = new Utterance(new short[16_000], null);

    @TempDir
    Path folder;

    @Test
    void whatItAnswersIsReadAndJoined() {
        var vosk = new VoskTranscriber(
                "vosk m", () -> samples -> List.of("""
                        {"result": [{"conf": 1.0, "end": 0.9, "start": 0.3, "word": "hello"}], "text": "hello"}
                        """, "{\"text\": \"\"}", "{\"text\": \"my [unk] card\"}"));

        assertThat(vosk.transcribe(UTTERANCE)).isEqualTo(new Answer.Heard("hello my card", null, false));
    }

    @Test
    void silenceHasNoWords() {
        var vosk = new VoskTranscriber("vosk m", () -> samples -> List.of("{\"text\": \"\"}"));

        assertThat(vosk.transcribe(UTTERANCE)).isEqualTo(new Answer.Heard("", null, false));
    }

    @Test
    void anAnswerThatIsNoneIsRefused() {
        var vosk = new VoskTranscriber("vosk m", () -> samples -> List.of("{\"text"));

        assertThat(vosk.transcribe(UTTERANCE))
                .isEqualTo(new Answer.Never("Vosk answered with something that is no transcript"));
    }

    @Test
    void theModelIsLoadedOnceAndAgainAfterAFailure() {
        var loads = new AtomicInteger();
        var vosk = new VoskTranscriber("vosk m", () -> {
            if (loads.incrementAndGet() == 1) {
                throw new VoskFault("no model yet", null);
            }
            return samples -> List.of("{\"text\": \"yes\"}");
        });

        assertThat(vosk.transcribe(UTTERANCE)).isEqualTo(new Answer.Never("no model yet"));
        vosk.transcribe(UTTERANCE);
        assertThat(vosk.transcribe(UTTERANCE)).isEqualTo(new Answer.Heard("yes", null, false));
        assertThat(loads).hasValue(2);
    }

    @Test
    void aFolderWithoutTheLibraryIsNamed() throws Exception {
        Path jars = Files.createDirectory(folder.resolve("jars"));

        assertThat(new VoskTranscriber("vosk m", new VoskLibrary(jars, folder)).transcribe(UTTERANCE))
                .isEqualTo(new Answer.Never(
                        "the folder %s (speech.vosk.library) holds no vosk-0.3.45.jar".formatted(jars)));
    }
}
