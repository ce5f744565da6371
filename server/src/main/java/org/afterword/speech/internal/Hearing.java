package org.afterword.speech.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.afterword.conversation.EventIntake;
import org.afterword.conversation.Speaker;
import org.afterword.platform.Meters;
import org.afterword.platform.TenantId;
import org.afterword.speech.Transcriber;
import org.afterword.speech.Transcriber.Answer;
import org.afterword.speech.internal.TranscriptionRepository.Work;
import org.afterword.speech.internal.audio.Frames;
import org.afterword.speech.internal.voice.Stretch;
import org.afterword.speech.internal.voice.Stretches;
import org.afterword.speech.internal.voice.Voices;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Has the utterances of a stretch recognized, and hands them in by the one way in for words. */
final class Hearing {
    /** What came of a stretch. */
    sealed interface Heard {
        /**
         * All of it was recognized, and its words are stored.
         *
         * @param turns      as many had words
         * @param unreliable as many were left out
         */
        record All(List<Voices.Utterance> utterances, int turns, int unreliable) implements Heard {}

        /** As {@link Answer.Later}; nothing of it is stored. */
        record Later(@Nullable Duration after, String reason) implements Heard {}

        /** As {@link Answer.Never}. */
        record Never(String reason) implements Heard {}
    }

    private final Transcriber transcriber;
    private final EventIntake intake;
    private final SpeechSettings settings;
    private final InstantSource clock;

    Hearing(Transcriber transcriber, EventIntake intake, SpeechSettings settings, InstantSource clock) {
        this.transcriber = transcriber;
        this.intake = intake;
        this.settings = settings;
        this.clock = clock;
    }

    String recognizer() {
        return transcriber.name();
    }

    /**
     * An utterance without words has its number too, so that the numbers follow from the recording alone.
     *
     * @param startedAt when the recording began
     * @param firstTurn the number of the stretch's first utterance
     */
    Heard hear(TenantId tenant, Work work, Instant startedAt, int firstTurn, Stretch stretch) {
        List<Voices.Utterance> utterances = Voices.utterances(stretch.voice());
        var events = new ArrayList<JsonNode>();
        int unreliable = 0;
        for (int i = 0; i < utterances.size(); i++) {
            Voices.Utterance utterance = utterances.get(i);
            switch (ask(Stretches.between(stretch, utterance))) {
                case Answer.Later(var after, var reason) -> {
                    return new Heard.Later(after, reason);
                }
                case Answer.Never(var reason) -> {
                    return new Heard.Never(reason);
                }
                case Answer.Heard(var text, var language, var isUnreliable) -> {
                    if (isUnreliable) {
                        unreliable++;
                    } else if (!text.isBlank()) {
                        var said = new SaidEvents.Said(
                                firstTurn + i,
                                speaker(work, utterance.channel(), stretch.samples().length),
                                text.strip(),
                                Frames.seconds(stretch.from() + utterance.from()),
                                Frames.seconds(stretch.from() + utterance.to()),
                                true,
                                language == null ? settings.language() : language);
                        events.add(event(work, startedAt, said));
                    }
                }
            }
        }
        if (!events.isEmpty()) {
            int turns = events.size();
            EventIntake.Receipt receipt = intake.take(tenant, events);
            if (!receipt.rejected().isEmpty()) {
                return new Heard.Never("what was recognized was not taken: "
                        + receipt.rejected().getFirst().reason());
            }
            return new Heard.All(utterances, turns, unreliable);
        }
        return new Heard.All(utterances, 0, unreliable);
    }

    private Answer ask(short[] samples) {
        long began = System.nanoTime();
        Answer answer = transcriber.transcribe(new Transcriber.Utterance(samples, settings.language()));
        Meters.time(
                "afterword.transcriber.answers", Duration.ofNanos(System.nanoTime() - began), "outcome", answer.code());
        return answer;
    }

    private Speaker speaker(Work work, int channel, int channels) {
        Speaker told = work.channels().get(channel);
        if (told != null) {
            return told;
        }
        return channels == 1 ? settings.oneChannel() : settings.channels().get(channel);
    }

    /** It was said by now, whatever is known of when the recording began. */
    private JsonNode event(Work work, Instant startedAt, SaidEvents.Said said) {
        Instant at = startedAt.plusMillis(Math.round(said.startSeconds() * 1_000));
        Instant now = clock.instant();
        return SaidEvents.of(work.id() + "/" + said.turn(), work.interaction(), at.isBefore(now) ? at : now, said);
    }
}
