package org.afterword.speech.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.afterword.conversation.AnEvent;
import org.afterword.conversation.Speaker;
import org.afterword.platform.PostgresDatabase;
import org.afterword.platform.ProblemException;
import org.afterword.speech.Transcriber;
import org.afterword.speech.Transcription;
import org.afterword.speech.Transcription.State;
import org.afterword.speech.internal.voice.LoudnessDetector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.node.ObjectNode;

class TranscriptionWorkTest {
    private static final int RATE = 8_000;
    private static final String START = "2126-03-02T08:50:00Z";

    @RegisterExtension
    final PostgresDatabase db = PostgresDatabase.migrated();

    final FakeTranscriber transcriber = new FakeTranscriber();
    SpeechFixture speech = new SpeechFixture(db, transcriber, new LoudnessDetector(), SpeechFixture.SETTINGS);

    @Test
    void aRecordingBecomesTurnsOfItsSpeakers() {
        speech.files.put("c1.wav", talk());
        transcriber.hears("hello how can I help", "my card is 4111 1111 1111 1111", "thank you");
        speech.take(
                AnEvent.of("interaction.started", "c1", START, "{'channel': 'voice'}"), recorded("c1", "c1.wav", "{}"));

        speech.workAtWhatIsDue();

        assertThat(speech.turns("c1"))
                .containsExactly(
                        "0 AGENT hello how can I help", "1 CUSTOMER my card is [card number]", "2 AGENT thank you");
        var second = speech.transcript("c1").turns().get(1);
        assertThat(second.startSeconds()).isCloseTo(4, within(0.2));
        assertThat(second.endSeconds()).isCloseTo(7, within(0.2));
        assertThat(second.saidAt()).isBetween("2126-03-02T08:50:03.8Z", "2126-03-02T08:50:04.2Z");
        assertThat(speech.wantsDraft("c1")).isTrue();
        Transcription done = speech.only();
        assertThat(done.state()).isEqualTo(State.DONE);
        assertThat(done.recognizer()).isEqualTo("fake");
        assertThat(done.turns()).isEqualTo(3);
        assertThat(done.totalSeconds()).isCloseTo(60, within(0.1));
        assertThat(done.doneSeconds()).isCloseTo(60, within(0.1));
        assertThat(done.speechSeconds()).isCloseTo(3 + 3 + 2, within(0.8));
        assertThat(done.silenceSeconds()).isCloseTo(5, within(0.5));
        assertThat(done.holdSeconds()).isCloseTo(46, within(0.5));
        assertThat(speech.nextDue()).isEmpty();
    }

    @Test
    void theEventSaysWhoIsHeardOnAChannel() {
        speech.files.put("c1.wav", talk());
        transcriber.hears("one", "two", "three");
        speech.take(recorded("c1", "c1.wav", "{'0': 'customer', '1': 'agent'}"));

        speech.workAtWhatIsDue();

        assertThat(speech.turns("c1")).containsExactly("0 CUSTOMER one", "1 AGENT two", "2 CUSTOMER three");
    }

    @Test
    void oneChannelBelongsToWhomTheSettingSays() {
        speech.files.put("c1.wav", Wavs.of(RATE, Wavs.tone(RATE, 440, 3)));
        transcriber.hears("just me");
        speech.take(recorded("c1", "c1.wav", "{}"));

        speech.workAtWhatIsDue();

        assertThat(speech.turns("c1")).containsExactly("0 CUSTOMER just me");
    }

    @Test
    void aLongRecordingIsWorkedAtInShiftsAndShowsHowFarItIs() {
        speech.files.put("c1.wav", longTalk(5));
        transcriber.hears("apples", "pears", "plums", "figs", "limes");
        transcriber.takes = Duration.ofSeconds(40);
        speech.take(recorded("c1", "c1.wav", "{}"));

        workOnce();

        Transcription running = speech.only();
        assertThat(running.state()).isEqualTo(State.RUNNING);
        assertThat(running.turns()).isEqualTo(2);
        assertThat(running.doneSeconds()).isBetween(50.0, 60.0);
        assertThat(running.totalSeconds()).isEqualTo(150);
        assertThat(speech.workAtWhatIsDue()).isEqualTo(2);
        assertThat(speech.turns("c1"))
                .containsExactly(
                        "0 CUSTOMER apples",
                        "1 CUSTOMER pears",
                        "2 CUSTOMER plums",
                        "3 CUSTOMER figs",
                        "4 CUSTOMER limes");
        assertThat(speech.only().state()).isEqualTo(State.DONE);
    }

    @Test
    void aFailureIsTriedAgainFromWhereItStopped() {
        speech.files.put("c1.wav", longTalk(3));
        transcriber.hears("one");
        transcriber.answers(new Transcriber.Answer.Later(null, "answered 503"));
        speech.take(recorded("c1", "c1.wav", "{}"));

        speech.workAtWhatIsDue();

        Transcription waiting = speech.only();
        assertThat(waiting.state()).isEqualTo(State.WAITING);
        assertThat(waiting.reason()).isEqualTo("answered 503");
        assertThat(waiting.failures()).isEqualTo(1);
        assertThat(waiting.turns()).isEqualTo(1);
        assertThat(waiting.nextAttemptAt())
                .isBetween(
                        speech.clock.instant().plusMillis(7_500),
                        speech.clock.instant().plusMillis(12_500));

        transcriber.hears("two", "three");
        speech.clock.advance(Duration.ofSeconds(13));
        speech.workAtWhatIsDue();

        assertThat(speech.turns("c1")).containsExactly("0 CUSTOMER one", "1 CUSTOMER two", "2 CUSTOMER three");
        assertThat(speech.only().reason()).isNull();
        assertThat(transcriber.asked).isEqualTo(4);
    }

    @Test
    void aRecognizerThatNamesItsTimeIsAskedThen() {
        speech.files.put("c1.wav", longTalk(1));
        transcriber.answers(new Transcriber.Answer.Later(Duration.ofMinutes(6), "answered 429"));
        speech.take(recorded("c1", "c1.wav", "{}"));

        speech.workAtWhatIsDue();

        assertThat(speech.nextDue()).contains(speech.clock.instant().plus(Duration.ofMinutes(6)));
    }

    @Test
    void whatFailsTenTimesIsLeftToAPersonWhoCanHaveItTriedAgain() {
        speech.files.put("c1.wav", longTalk(1));
        speech.take(recorded("c1", "c1.wav", "{}"));
        for (int i = 0; i < Retries.MOST_FAILURES; i++) {
            transcriber.answers(new Transcriber.Answer.Later(null, "answered 503"));
            assertThat(speech.workAtWhatIsDue()).isEqualTo(1);
            speech.clock.advance(Duration.ofMinutes(90));
        }

        Transcription failed = speech.only();
        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(failed.reason()).isEqualTo("answered 503; given up after 10 attempts");
        assertThat(speech.nextDue()).isEmpty();

        transcriber.hears("at last");
        speech.transcriptions.retry(SpeechFixture.ADMINISTRATOR, failed.id());
        speech.workAtWhatIsDue();

        assertThat(speech.turns("c1")).containsExactly("0 CUSTOMER at last");
        assertThat(speech.only().state()).isEqualTo(State.DONE);
        assertThat(trailKinds()).contains("transcription.retried");
        assertThatThrownBy(() -> speech.transcriptions.retry(SpeechFixture.ADMINISTRATOR, failed.id()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("is done");
    }

    @Test
    void whatIsRefusedForGoodFailsAtOnceAndAllThatFailedAreTriedTogether() {
        speech.files.put("c1.wav", longTalk(1));
        speech.files.put("c2.wav", longTalk(1));
        transcriber.answers(new Transcriber.Answer.Never("answered 401 (invalid_api_key)"));
        transcriber.answers(new Transcriber.Answer.Never("answered 401 (invalid_api_key)"));
        speech.take(recorded("c1", "c1.wav", "{}"), recorded("c2", "c2.wav", "{}"));
        speech.workAtWhatIsDue();
        assertThat(speech.all()).extracting(Transcription::state).containsOnly(State.FAILED);

        transcriber.hears("one", "two");
        assertThat(speech.transcriptions.retryAll(SpeechFixture.ADMINISTRATOR, State.FAILED))
                .isEqualTo(2);
        speech.workAtWhatIsDue();

        assertThat(speech.all()).extracting(Transcription::state).containsOnly(State.DONE);
        assertThat(trailKinds()).containsExactly("transcription.retried", "transcription.retried");
    }

    @Test
    void aFileThatIsNotThereYetIsWaitedFor() {
        speech.take(recorded("c1", "c1.wav", "{}"));
        speech.workAtWhatIsDue();
        assertThat(speech.only().reason()).isEqualTo("the file is not in the folder of recordings");

        byte[] whole = longTalk(1);
        speech.files.put("c1.wav", Arrays.copyOf(whole, 20));
        speech.clock.advance(Duration.ofMinutes(1));
        speech.workAtWhatIsDue();
        assertThat(speech.only().reason()).isEqualTo("the wav file ends within its header");

        speech.files.put("c1.wav", whole);
        transcriber.hears("now");
        speech.clock.advance(Duration.ofMinutes(1));
        speech.workAtWhatIsDue();

        assertThat(speech.turns("c1")).containsExactly("0 CUSTOMER now");
    }

    @Test
    void aFileThatDoesNotSayHowLongItIsMayGoOn() {
        byte[] whole = longTalk(2);
        Arrays.fill(whole, 40, 44, (byte) 0xff);
        speech.files.put("c1.wav", Arrays.copyOf(whole, 44 + 2 * RATE * 30));
        speech.take(recorded("c1", "c1.wav", "{}"));
        transcriber.hears("the beginning", "and the rest");
        speech.workAtWhatIsDue();
        assertThat(speech.turns("c1")).containsExactly("0 CUSTOMER the beginning");
        assertThat(speech.only().state()).isEqualTo(State.RUNNING);

        speech.files.put("c1.wav", whole);
        speech.clock.advance(TranscriptionWork.TIME_TO_GROW);
        speech.workAtWhatIsDue();
        assertThat(speech.turns("c1")).containsExactly("0 CUSTOMER the beginning", "1 CUSTOMER and the rest");

        speech.clock.advance(TranscriptionWork.TIME_TO_GROW);
        speech.workAtWhatIsDue();
        assertThat(speech.only().state()).isEqualTo(State.DONE);
        assertThat(speech.nextDue()).isEmpty();
    }

    @Test
    void aFileThatCannotBeReadFailsWithItsReason() {
        speech.files.put("c1.ogg", "OggS, and so on, for some bytes".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        speech.take(recorded("c1", "c1.ogg", "{}"));

        speech.workAtWhatIsDue();

        assertThat(speech.only().state()).isEqualTo(State.FAILED);
        assertThat(speech.only().reason()).isEqualTo("the file is neither wav nor mp3");
    }

    @Test
    void aRecordingThatIsTooLongIsNotBegun() {
        speech = new SpeechFixture(db, transcriber, new LoudnessDetector(), settings(Duration.ofMinutes(1)));
        speech.files.put("c1.wav", longTalk(3));
        speech.take(recorded("c1", "c1.wav", "{}"));

        speech.workAtWhatIsDue();

        assertThat(speech.only().reason())
                .isEqualTo("the recording is longer than 1 minutes (speech.longest-recording)");
        assertThat(transcriber.asked).isZero();
    }

    @Test
    void anEventThatComesAgainChangesNothing() {
        speech.files.put("c1.wav", longTalk(1));
        transcriber.hears("one");
        ObjectNode event = recorded("c1", "c1.wav", "{}");
        speech.take((ObjectNode) AnEvent.again(event));
        speech.take((ObjectNode) AnEvent.again(event));
        speech.workAtWhatIsDue();
        speech.take((ObjectNode) AnEvent.again(event));

        assertThat(speech.workAtWhatIsDue()).isZero();
        assertThat(speech.all()).hasSize(1);
    }

    @Test
    void theSameFileIsTranscribedOnceWhoeverTellsOfIt() {
        speech.files.put("c1.wav", longTalk(1));
        transcriber.hears("one");
        speech.take(recorded("c1", "c1.wav", "{}"), recorded("c1", "c1.wav", "{}"));

        speech.workAtWhatIsDue();

        assertThat(speech.turns("c1")).containsExactly("0 CUSTOMER one");
        assertThat(speech.all()).extracting(Transcription::state).containsExactlyInAnyOrder(State.DONE, State.SKIPPED);
    }

    @Test
    void aSecondRecordingGoesOnAfterTheFirst() {
        speech.files.put("c1.wav", longTalk(1));
        speech.files.put("c2.wav", longTalk(1));
        transcriber.hears("before the transfer", "and after");
        speech.take(recorded("c1", "c1.wav", "{}"));
        speech.workAtWhatIsDue();
        speech.take(recorded("c1", "c2.wav", "{}"));
        speech.workAtWhatIsDue();

        assertThat(speech.turns("c1")).containsExactly("0 CUSTOMER before the transfer", "100000 CUSTOMER and after");
    }

    @Test
    void wordsThatSomebodyElseToldAreNotToldTwice() {
        speech.files.put("c1.wav", longTalk(1));
        speech.take(AnEvent.said("c1", 0, "customer", "from the switch"), recorded("c1", "c1.wav", "{}"));

        speech.workAtWhatIsDue();

        assertThat(speech.turns("c1")).containsExactly("0 CUSTOMER from the switch");
        assertThat(speech.only().state()).isEqualTo(State.SKIPPED);
        assertThat(speech.only().reason()).isEqualTo("somebody else has told what was said");
    }

    @Test
    void aRecordingAtAnAddressIsNotFetched() {
        speech.take(AnEvent.of("interaction.recorded", "c1", START, "{'url': 'https://pbx.example/c1.wav'}"));

        assertThat(speech.workAtWhatIsDue()).isZero();
        assertThat(speech.only().state()).isEqualTo(State.SKIPPED);
        assertThat(speech.only().url()).isEqualTo("https://pbx.example/c1.wav");
    }

    @Test
    void utterancesWithoutWordsAndUnreliableOnesLeaveNoTurn() {
        speech.files.put("c1.wav", talk());
        transcriber.hears("");
        transcriber.answers(new Transcriber.Answer.Heard("", null, true));
        transcriber.answers(new Transcriber.Answer.Heard("gracias", "es", false));
        speech.take(recorded("c1", "c1.wav", "{}"));

        speech.workAtWhatIsDue();

        assertThat(speech.turns("c1")).containsExactly("2 AGENT gracias");
        assertThat(speech.transcript("c1").turns().getFirst().language()).isEqualTo("es");
        assertThat(speech.only().unreliable()).isEqualTo(1);
        assertThat(speech.only().turns()).isEqualTo(1);
    }

    /** As if the process had died after the words were stored, and before that was noted. */
    @Test
    void aStretchThatIsDoneTwiceCountsOnce() {
        speech.files.put("c1.wav", talk());
        transcriber.hears("one", "two", "three");
        speech.take(recorded("c1", "c1.wav", "{}"));
        speech.workAtWhatIsDue();
        String id = speech.only().id();
        speech.tenancy.run(SpeechFixture.TENANT, () -> {
            speech.jdbc.update(
                    "UPDATE transcription SET state = 'running', done_frames = 0, utterances = 0, turns = 0, ended_at = NULL");
            speech.dueWork.schedule(TranscriptionRepository.DUE_WORK, id, speech.clock.instant());
        });

        transcriber.hears("one", "two", "three");
        speech.workAtWhatIsDue();

        assertThat(speech.turns("c1")).containsExactly("0 AGENT one", "1 CUSTOMER two", "2 AGENT three");
        assertThat(speech.only().turns()).isEqualTo(3);
    }

    /** As if a worker had taken longer than its lease, and another one had gone on. */
    @Test
    void whoIsOvertakenLeavesTheRestToTheOther() {
        speech.files.put("c1.wav", longTalk(2));
        speech.take(recorded("c1", "c1.wav", "{}"));
        transcriber.hears("apples", "pears");
        transcriber.meanwhile = () -> speech.tenancy.run(
                SpeechFixture.TENANT, () -> speech.jdbc.update("UPDATE transcription SET done_frames = 7"));

        workOnce();

        assertThat(transcriber.asked).isEqualTo(1);
        assertThat(speech.only().turns()).isZero();
        assertThat(speech.nextDue()).contains(speech.clock.instant().plus(speech.work.lease()));
    }

    @Test
    void withoutARecognizerARecordingSaysSoAndWaitsForAPerson() {
        speech = new SpeechFixture(db, null, new LoudnessDetector(), SpeechFixture.SETTINGS);
        speech.take(recorded("c1", "c1.wav", "{}"));

        assertThat(speech.workAtWhatIsDue()).isZero();
        Transcription unconfigured = speech.only();
        assertThat(unconfigured.state()).isEqualTo(State.UNCONFIGURED);
        assertThat(unconfigured.reason()).isEqualTo(RecordingArrivals.UNCONFIGURED);
        assertThatThrownBy(() -> speech.transcriptions.retry(SpeechFixture.ADMINISTRATOR, unconfigured.id()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("No recognizer is configured");

        speech = new SpeechFixture(db, transcriber, new LoudnessDetector(), SpeechFixture.SETTINGS);
        speech.files.put("c1.wav", longTalk(1));
        transcriber.hears("one");
        assertThat(speech.transcriptions.retryAll(SpeechFixture.ADMINISTRATOR, State.UNCONFIGURED))
                .isEqualTo(1);
        speech.workAtWhatIsDue();

        assertThat(speech.turns("c1")).containsExactly("0 CUSTOMER one");
    }

    @Test
    void recordingsThatWaitAreSetAsideWhenTheRecognizerIsTakenAway() {
        speech.take(recorded("c1", "c1.wav", "{}"));
        speech = new SpeechFixture(db, null, new LoudnessDetector(), SpeechFixture.SETTINGS);

        speech.workAtWhatIsDue();

        assertThat(speech.only().state()).isEqualTo(State.UNCONFIGURED);
        assertThat(speech.nextDue()).isEmpty();
    }

    private void workOnce() {
        speech.work.handle(
                SpeechFixture.TENANT,
                speech.dueWork.claim(TranscriptionRepository.DUE_WORK, speech.clock.instant(), speech.work.lease(), 1));
    }

    private List<String> trailKinds() {
        return speech.tenancy.in(
                SpeechFixture.TENANT, () -> speech.jdbc.queryForList("SELECT kind FROM audit_entry", String.class));
    }

    private static ObjectNode recorded(String interaction, String file, String channels) {
        return AnEvent.of(
                "interaction.recorded",
                interaction,
                "2126-03-02T08:59:00Z",
                "{'file': '%s', 'channels': %s}".formatted(file, channels));
    }

    /** A minute: the agent from 0 to 3 s and 12 to 14 s, the customer from 4 to 7 s, then nobody. */
    private static byte[] talk() {
        float[] agent = Wavs.join(
                Wavs.tone(RATE, 440, 3), Wavs.silence(RATE, 9), Wavs.tone(RATE, 440, 2), Wavs.silence(RATE, 46));
        float[] customer = Wavs.join(Wavs.silence(RATE, 4), Wavs.tone(RATE, 600, 3), Wavs.silence(RATE, 53));
        return Wavs.of(RATE, agent, customer);
    }

    /** One channel; every half minute somebody speaks for 25 s. */
    private static byte[] longTalk(int utterances) {
        var parts = new float[utterances][];
        for (int i = 0; i < utterances; i++) {
            parts[i] = Wavs.join(Wavs.tone(RATE, 440, 25), Wavs.silence(RATE, 5));
        }
        return Wavs.of(RATE, Wavs.join(parts));
    }

    private static SpeechSettings settings(Duration longest) {
        SpeechSettings s = SpeechFixture.SETTINGS;
        return new SpeechSettings(
                s.endpoint(), s.vosk(), "en", List.of(Speaker.AGENT, Speaker.CUSTOMER), Speaker.CUSTOMER, longest, 1);
    }

    /** Answers what a test has told it to, in order. */
    private final class FakeTranscriber implements Transcriber {
        private final List<Answer> answers = new ArrayList<>();
        private int asked;
        private @Nullable Duration takes;
        private Runnable meanwhile = () -> {};

        void hears(String... texts) {
            for (String text : texts) {
                answers(new Answer.Heard(text, null, false));
            }
        }

        void answers(Answer answer) {
            answers.add(answer);
        }

        @Override
        public String name() {
            return "fake";
        }

        @Override
        public Answer transcribe(Utterance utterance) {
            asked++;
            meanwhile.run();
            if (takes != null) {
                speech.clock.advance(takes);
            }
            if (answers.isEmpty()) {
                throw new AssertionError("nothing more is to be heard");
            }
            return answers.removeFirst();
        }
    }
}
