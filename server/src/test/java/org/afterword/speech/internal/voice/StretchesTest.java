package org.afterword.speech.internal.voice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.afterword.speech.internal.Wavs;
import org.afterword.speech.internal.audio.Audio;
import org.afterword.speech.internal.audio.Frames;
import org.junit.jupiter.api.Test;

class StretchesTest {
    private static final int RATE = 8_000;

    @Test
    void aStretchEndsWhereNobodyHasSpokenForHalfASecond() throws Exception {
        float[] one = Wavs.join(Wavs.tone(RATE, 440, 22), Wavs.silence(RATE, 1), Wavs.tone(RATE, 440, 5));

        List<Stretch> stretches = stretches(0, one, Wavs.silence(RATE, 28));

        assertThat(stretches).hasSize(2);
        assertThat(Frames.seconds(stretches.getFirst().to())).isBetween(22.4, 22.7);
        assertThat(stretches.getLast().from()).isEqualTo(stretches.getFirst().to());
        assertThat(Frames.seconds(stretches.getLast().to())).isBetween(28.0, 28.1);
    }

    @Test
    void whoSpeaksOnTheOtherChannelIsNotCut() throws Exception {
        float[] one = Wavs.join(Wavs.tone(RATE, 440, 22), Wavs.silence(RATE, 10));
        float[] other = Wavs.join(Wavs.silence(RATE, 20), Wavs.tone(RATE, 440, 8), Wavs.silence(RATE, 4));

        assertThat(Frames.seconds(stretches(0, one, other).getFirst().to())).isBetween(28.4, 28.7);
    }

    @Test
    void speechWithoutEndIsCutAfterAMinuteAtMost() throws Exception {
        float[] endless = Wavs.join(Wavs.tone(RATE, 440, 55), Wavs.silence(RATE, 0.2), Wavs.tone(RATE, 440, 75));

        List<Stretch> stretches = stretches(0, endless);

        assertThat(stretches).allMatch(stretch -> stretch.frames() <= Stretches.LONGEST);
        // at the short quiet
        assertThat(Frames.seconds(stretches.getFirst().to())).isBetween(55.0, 55.2);
        assertThat(Frames.seconds(stretches.getLast().to())).isBetween(130.2, 130.3);
    }

    @Test
    void whoGoesOnFromTheEndOfAStretchHearsTheSame() throws Exception {
        float[] one = Wavs.join(
                Wavs.tone(RATE, 440, 22), Wavs.silence(RATE, 1), Wavs.tone(RATE, 300, 25), Wavs.silence(RATE, 2));
        List<Stretch> stretches = stretches(0, one);
        Stretch second = stretches.get(1);

        Stretch again = stretches(second.from(), one).getFirst();

        assertThat(again.from()).isEqualTo(second.from());
        assertThat(again.voice()).isDeepEqualTo(second.voice());
        for (int i = 0; i < again.samples()[0].length; i++) {
            assertThat(Math.abs(again.samples()[0][i] - second.samples()[0][i])).isLessThan(50);
        }
    }

    private static List<Stretch> stretches(long from, float[]... channels) throws IOException {
        try (Audio audio = Audio.open(new ByteArrayInputStream(Wavs.of(RATE, channels)))) {
            var cut = new Stretches(new Frames(audio, from), from, new LoudnessDetector());
            var all = new ArrayList<Stretch>();
            for (Stretch stretch = cut.next(); stretch != null; stretch = cut.next()) {
                all.add(stretch);
            }
            return all;
        }
    }
}
