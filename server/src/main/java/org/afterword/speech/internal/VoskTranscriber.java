package org.afterword.speech.internal;

import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.afterword.platform.Json;
import org.afterword.speech.Transcriber;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/** A Vosk model in this process. The model is loaded when the first utterance comes, and again for the next if that failed. */
final class VoskTranscriber implements Transcriber {
    private static final Logger log = LoggerFactory.getLogger(VoskTranscriber.class);

    /** What recognizes with a model that is loaded. */
    interface Engine {
        /** Vosk's answers, in the order of what was said: JSON documents with a {@code text} each. */
        List<String> recognize(short[] samples);
    }

    /** Loads the model. */
    interface Loading {
        /** @throws VoskFault if there is no library, or the folder holds no model that it reads */
        Engine load();
    }

    /** What keeps Vosk from working; the reason is for the operator. */
    static final class VoskFault extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String reason;

        VoskFault(String reason, @Nullable Throwable cause) {
            super(reason, cause);
            this.reason = reason;
        }
    }

    private final String name;
    private final Loading loading;

    /** A recognizer takes every core it can get. */
    private final Semaphore oneAtATime = new Semaphore(1);

    private @Nullable Engine loaded;

    VoskTranscriber(String name, Loading loading) {
        this.name = name;
        this.loading = loading;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Answer transcribe(Utterance utterance) {
        oneAtATime.acquireUninterruptibly();
        try {
            Engine engine = loaded == null ? loading.load() : loaded;
            loaded = engine;
            String text = engine.recognize(utterance.samples()).stream()
                    .map(VoskTranscriber::text)
                    .filter(words -> !words.isEmpty())
                    .collect(Collectors.joining(" "));
            return new Answer.Heard(text, null, false);
        } catch (VoskFault e) {
            log.warn("Vosk does not work: {}", e.reason, e.getCause());
            return new Answer.Never(e.reason);
        } catch (JacksonException e) {
            return new Answer.Never("Vosk answered with something that is no transcript");
        } finally {
            oneAtATime.release();
        }
    }

    /** Small models write {@code [unk]} where they know no word. */
    private static String text(String answer) {
        return Json.mapper()
                .readTree(answer)
                .path("text")
                .asString("")
                .replace("[unk]", "")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
