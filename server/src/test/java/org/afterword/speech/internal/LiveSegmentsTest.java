package org.afterword.speech.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.afterword.conversation.AnEvent;
import org.afterword.conversation.InteractionId;
import org.afterword.conversation.Speaker;
import org.afterword.platform.PostgresDatabase;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemType;
import org.afterword.speech.Transcriber;
import org.afterword.speech.Transcriber.Answer;
import org.afterword.speech.Transcription.State;
import org.afterword.speech.internal.LiveSegments.Segment;
import org.afterword.speech.internal.voice.LoudnessDetector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LiveSegmentsTest {
    private static final byte[] VOICE = Wavs.of(8_000, Wavs.tone(8_000, 440, 3));

    @RegisterExtension
    final PostgresDatabase db = PostgresDatabase.migrated();

    private Answer answer = new Answer.Heard("hello", null, false);
    private int asked;

    private final Transcriber transcriber = new Transcriber() {
        @Override
        public String name() {
            return "fake";
        }

        @Override
        public Answer transcribe(Utterance utterance) {
            asked++;
            return answer;
        }
    };
    final SpeechFixture speech = new SpeechFixture(db, transcriber, new LoudnessDetector(), SpeechFixture.SETTINGS);

    @Test
    void aSegmentBecomesATurnRedactedLikeAnyOther() {
        answer = new Answer.Heard("my card is 4111 1111 1111 1111", null, false);

        assertThat(take(2, 12.5, true, VOICE)).isTrue();

        assertThat(speech.turns("c1")).containsExactly("2 CUSTOMER my card is [card number]");
        var turn = speech.transcript("c1").turns().getFirst();
        assertThat(turn.startSeconds()).isEqualTo(12.5);
        assertThat(turn.endSeconds()).isBetween(15.4, 15.6);
        assertThat(turn.isFinal()).isTrue();
        assertThat(speech.wantsDraft("c1")).isTrue();
    }

    @Test
    void aLongerOneOfTheSameTurnReplacesIt() {
        take(0, 0, false, VOICE);
        assertThat(speech.transcript("c1").turns().getFirst().isFinal()).isFalse();
        answer = new Answer.Heard("hello there", null, false);
        speech.clock.advance(Duration.ofSeconds(2));

        take(0, 0, true, VOICE);

        assertThat(speech.turns("c1")).containsExactly("0 CUSTOMER hello there");
        assertThat(speech.transcript("c1").turns().getFirst().isFinal()).isTrue();
    }

    @Test
    void silenceIsSentToNobody() {
        assertThat(take(0, 0, true, Wavs.of(8_000, Wavs.silence(8_000, 3)))).isFalse();
        assertThat(asked).isZero();
    }

    @Test
    void theRecordingOfSuchACallIsNotTranscribedAgain() {
        take(0, 0, true, VOICE);
        speech.files.put("c1.wav", VOICE);
        speech.take(AnEvent.of("interaction.recorded", "c1", "2126-03-02T08:59:00Z", "{'file': 'c1.wav'}"));

        speech.workAtWhatIsDue();

        assertThat(speech.only().state()).isEqualTo(State.SKIPPED);
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void whatCannotBeHeardIsNamed() {
        assertRefused(transcriber, new byte[0], ProblemType.INVALID);
        assertRefused(transcriber, new byte[100], ProblemType.INVALID);
        assertRefused(
                transcriber, Wavs.of(8_000, Wavs.tone(8_000, 440, 1), Wavs.tone(8_000, 440, 1)), ProblemType.INVALID);
        assertRefused(transcriber, Wavs.of(8_000, Wavs.tone(8_000, 440, 40)), ProblemType.INVALID);
        assertThat(asked).isZero();
    }

    @Test
    void whoeverSendsHearsWhatTheRecognizerSays() {
        assertRefused(null, VOICE, ProblemType.CONFLICT);
        answer = new Answer.Later(null, "answered 503");
        assertRefused(transcriber, VOICE, ProblemType.UNAVAILABLE);
        answer = new Answer.Never("answered 401");
        assertRefused(transcriber, VOICE, ProblemType.CONFLICT);
    }

    private boolean take(int turn, double startSeconds, boolean isFinal, byte[] audio) {
        return segments(transcriber)
                .take(
                        SpeechFixture.TENANT,
                        new Segment(new InteractionId("c1"), turn, Speaker.CUSTOMER, startSeconds, isFinal),
                        audio);
    }

    private void assertRefused(@Nullable Transcriber by, byte[] audio, ProblemType type) {
        assertThatThrownBy(() -> segments(by)
                        .take(
                                SpeechFixture.TENANT,
                                new Segment(new InteractionId("c1"), 0, Speaker.AGENT, 0, true),
                                audio))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(type));
    }

    private LiveSegments segments(@Nullable Transcriber by) {
        return new LiveSegments(
                Optional.ofNullable(by), new LoudnessDetector(), speech.intake, SpeechFixture.SETTINGS, speech.clock);
    }
}
