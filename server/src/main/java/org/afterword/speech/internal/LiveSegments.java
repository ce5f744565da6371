package org.afterword.speech.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.afterword.conversation.EventIntake;
import org.afterword.conversation.InteractionId;
import org.afterword.conversation.Speaker;
import org.afterword.platform.Ids;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemType;
import org.afterword.platform.TenantId;
import org.afterword.speech.Transcriber;
import org.afterword.speech.Transcriber.Answer;
import org.afterword.speech.internal.SaidEvents.Said;
import org.afterword.speech.internal.audio.Audio;
import org.afterword.speech.internal.audio.AudioFault;
import org.afterword.speech.internal.audio.Frames;
import org.afterword.speech.internal.voice.Stretch;
import org.afterword.speech.internal.voice.Stretches;
import org.afterword.speech.internal.voice.VoiceDetector;
import org.afterword.speech.internal.voice.Voices;

/** What is being said, turn by turn, from whoever hears it: recognized at once, and handed in like a turn of a switch that transcribes. */
final class LiveSegments {
    /** What recognizers of the Whisper kind hear at once. */
    private static final int LONGEST_SECONDS = 30;

    /** Who sends more at a time is to send it again: it is late already. */
    private static final int AT_ONCE = 8;

    /** @param isFinal false where a longer one of the same turn will follow */
    record Segment(InteractionId interaction, int turn, Speaker speaker, double startSeconds, boolean isFinal) {}

    private final Optional<Transcriber> transcriber;
    private final VoiceDetector detector;
    private final EventIntake intake;
    private final SpeechSettings settings;
    private final InstantSource clock;
    private final Semaphore room = new Semaphore(AT_ONCE);

    LiveSegments(
            Optional<Transcriber> transcriber,
            VoiceDetector detector,
            EventIntake intake,
            SpeechSettings settings,
            InstantSource clock) {
        this.transcriber = transcriber;
        this.detector = detector;
        this.intake = intake;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Takes the sound of one turn, or of what there is of it by now.
     *
     * @param file one channel of wav or mp3
     * @return whether words were heard in it
     * @throws ProblemException INVALID if the file cannot be heard; CONFLICT if no recognizer is configured, or it refuses; UNAVAILABLE
     *     if it does not answer now
     */
    boolean take(TenantId tenant, Segment segment, byte[] file) {
        List<Stretch> sound = read(file);
        Transcriber recognizer = transcriber.orElseThrow(() -> new ProblemException(
                ProblemType.CONFLICT,
                "No recognizer is configured: an operator sets speech.endpoint.url or speech.vosk.model."));
        if (sound.stream()
                .allMatch(stretch -> Voices.utterances(stretch.voice()).isEmpty())) {
            return false;
        }
        return switch (ask(recognizer, samples(sound))) {
            case Answer.Heard(var text, var language, var unreliable) -> {
                boolean hasWords = !unreliable && !text.isBlank();
                if (hasWords) {
                    double end = segment.startSeconds + Frames.seconds(frames(sound));
                    String heard = language == null ? settings.language() : language;
                    handIn(
                            tenant,
                            segment,
                            new Said(
                                    segment.turn,
                                    segment.speaker,
                                    text.strip(),
                                    segment.startSeconds,
                                    end,
                                    segment.isFinal,
                                    heard));
                }
                yield hasWords;
            }
            case Answer.Later later ->
                throw new ProblemException(
                        ProblemType.UNAVAILABLE,
                        "The recognizer did not answer (%s). Send the segment again.".formatted(later.reason()));
            case Answer.Never(var reason) ->
                throw new ProblemException(ProblemType.CONFLICT, "The recognizer refuses: %s.".formatted(reason));
        };
    }

    private Answer ask(Transcriber recognizer, short[] samples) {
        if (!room.tryAcquire()) {
            return new Answer.Later(null, "%d segments are being recognized".formatted(AT_ONCE));
        }
        try {
            return recognizer.transcribe(new Transcriber.Utterance(samples, settings.language()));
        } finally {
            room.release();
        }
    }

    private void handIn(TenantId tenant, Segment segment, Said said) {
        Instant now = clock.instant();
        EventIntake.Receipt receipt =
                intake.take(tenant, List.of(SaidEvents.of(Ids.at(now), segment.interaction, now, said)));
        if (!receipt.rejected().isEmpty()) {
            throw new ProblemException(
                    ProblemType.INVALID, receipt.rejected().getFirst().reason());
        }
    }

    private List<Stretch> read(byte[] file) {
        try (Audio audio = Audio.open(new ByteArrayInputStream(file))) {
            if (audio.channels() != 1) {
                throw ProblemException.invalid("#", "must have one channel, that of who speaks");
            }
            var stretches = new Stretches(new Frames(audio, 0), 0, detector);
            var all = new ArrayList<Stretch>();
            for (Stretch next = stretches.next(); next != null; next = stretches.next()) {
                all.add(next);
                if (Frames.seconds(next.to()) > LONGEST_SECONDS + 1) {
                    throw ProblemException.invalid("#", "must be at most %d s long".formatted(LONGEST_SECONDS));
                }
            }
            return all;
        } catch (AudioFault e) {
            throw ProblemException.invalid("#", e.reason());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long frames(List<Stretch> sound) {
        return sound.stream().mapToLong(Stretch::frames).sum();
    }

    private static short[] samples(List<Stretch> sound) {
        var samples = new short[(int) frames(sound) * Frames.LENGTH];
        int at = 0;
        for (Stretch stretch : sound) {
            short[] part = stretch.samples()[0];
            System.arraycopy(part, 0, samples, at, part.length);
            at += part.length;
        }
        return samples;
    }
}
