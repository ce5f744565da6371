package org.afterword.speech.internal.voice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.afterword.speech.internal.voice.Voices.Utterance;
import org.junit.jupiter.api.Test;

class QuietTest {
    @Test
    void shortQuietCountsAsNothingLongerAsSilenceAndHalfAMinuteAsHold() {
        Quiet quiet = Quiet.NOTHING_YET
                .and(0, List.of(utterance(0, 50, 100), utterance(0, 162, 200), utterance(1, 263, 300)))
                .and(1_000, List.of(utterance(0, 238, 300)))
                .endedAt(1_362);

        // 162 − 100 is too short to count; 263 − 200 is not; 1238 − 300 is hold; 1362 − 1300 is too short again
        assertThat(quiet).isEqualTo(new Quiet(50 + 38 + 37 + 62, 63, 938, 1_300));
    }

    @Test
    void whoSpeaksAtTheSameTimeCountsOnce() {
        Quiet quiet =
                Quiet.NOTHING_YET.and(0, List.of(utterance(0, 0, 100), utterance(1, 20, 40), utterance(1, 90, 130)));

        assertThat(quiet.spokenFrames()).isEqualTo(130);
    }

    @Test
    void aRecordingInWhichNobodySpeaksIsOneLongHold() {
        assertThat(Quiet.NOTHING_YET.endedAt(5_000).holdFrames()).isEqualTo(5_000);
    }

    private static Utterance utterance(int channel, int from, int to) {
        return new Utterance(channel, from, to);
    }
}
