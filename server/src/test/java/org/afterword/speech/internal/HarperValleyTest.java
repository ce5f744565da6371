package org.afterword.speech.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.afterword.conversation.AnEvent;
import org.afterword.conversation.Speaker;
import org.afterword.conversation.Transcript;
import org.afterword.conversation.Transcript.Turn;
import org.afterword.platform.PostgresDatabase;
import org.afterword.speech.Transcription;
import org.afterword.speech.Transcription.State;
import org.afterword.speech.internal.HarperValley.Call;
import org.afterword.speech.internal.HarperValley.Word;
import org.afterword.speech.internal.voice.SileroDetector;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Real calls, through all but the recognizer: what reaches the transcript is what the machine recognized, by who said it and when. */
class HarperValleyTest {
    /** Digits and what stands for them may be masked on the way. */
    private static final double MOST_LOST = 0.05;

    @RegisterExtension
    final PostgresDatabase db = PostgresDatabase.migrated();

    private Path folder = Path.of("");

    /** Before each test rather than once, so that each counts as skipped; the build's last step looks for the first words. */
    @BeforeEach
    void read() {
        folder = HarperValley.folder()
                .orElseGet(() -> abort(
                        "For want of data: the Harper Valley calls are not beside the checkout (../shared/data/harper-valley)"
                                + " and -Dafterword.data names no other folder."));
    }

    @Test
    void theWordsOfRealCallsReachTheirTranscripts() throws Exception {
        List<Call> calls = HarperValley.calls(folder);
        assertThat(calls).isNotEmpty();
        for (Call call : calls) {
            var speech =
                    new SpeechFixture(db, HarperValley.machine(call), new SileroDetector(), SpeechFixture.SETTINGS);
            speech.files.put(call.id() + ".wav", call.wav());
            speech.take(
                    AnEvent.of("interaction.started", call.id(), "2126-03-02T08:50:00Z", "{'channel': 'voice'}"),
                    AnEvent.of(
                            "interaction.recorded",
                            call.id(),
                            "2126-03-02T08:55:00Z",
                            "{'file': '%s.wav', 'channels': {'0': 'agent', '1': 'customer'}}".formatted(call.id())));

            speech.workAtWhatIsDue();

            Transcript transcript = speech.transcript(call.id());
            for (Speaker speaker : List.of(Speaker.AGENT, Speaker.CUSTOMER)) {
                List<String> expected = call.words().stream()
                        .filter(word -> word.speaker() == speaker)
                        .map(Word::text)
                        .toList();
                List<String> found = words(transcript, speaker);
                assertThat((double) inCommon(expected, found))
                        .as("words of the %s in %s: %s", speaker, call.id(), found)
                        .isGreaterThanOrEqualTo((1 - MOST_LOST) * expected.size());
                assertThat(found).as(call.id()).hasSizeLessThanOrEqualTo(expected.size());
            }
            assertThat(transcript.turns()).extracting(Turn::startSeconds).isSorted();
            assertThat(transcript.turns()).extracting(Turn::number).isSorted();
            Transcription done = speech.transcriptions
                    .list(SpeechFixture.TENANT, new Transcription.Filter(null, call.id(), null, 1))
                    .getFirst();
            assertThat(done.state()).as(done.reason()).isEqualTo(State.DONE);
            assertThat(done.speechSeconds()).isBetween(spoken(call) * 0.8, spoken(call) * 1.4);
            assertThat(speech.wantsDraft(call.id())).isTrue();
        }
    }

    private static List<String> words(Transcript transcript, Speaker speaker) {
        return transcript.turns().stream()
                .filter(turn -> turn.speaker() == speaker)
                .flatMap(turn -> Stream.of(turn.text().toLowerCase(Locale.ROOT).split(" ")))
                .toList();
    }

    /** The longest sequence of words that is in both, in order. */
    private static int inCommon(List<String> one, List<String> other) {
        var row = new int[other.size() + 1];
        for (String word : one) {
            int diagonal = 0;
            for (int j = 1; j < row.length; j++) {
                int above = row[j];
                row[j] = word.equals(other.get(j - 1)) ? diagonal + 1 : Math.max(above, row[j - 1]);
                diagonal = above;
            }
        }
        return row[other.size()];
    }

    /** Seconds in which somebody says a word. */
    private static double spoken(Call call) {
        var words = new ArrayList<>(call.words());
        words.sort((one, other) -> Double.compare(one.start(), other.start()));
        double spoken = 0;
        double until = 0;
        for (Word word : words) {
            spoken += Math.max(0, word.end() - Math.max(until, word.start()));
            until = Math.max(until, word.end());
        }
        return spoken;
    }
}
