package org.afterword.speech.internal.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.afterword.speech.internal.Wavs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResamplerTest {
    @ParameterizedTest
    @ValueSource(ints = {8_000, 11_025, 16_000, 22_050, 32_000, 44_100, 48_000, 12_345})
    void aToneStaysWhatItIs(int rate) {
        float[] expected = Wavs.tone(16_000, 1_000, 1);

        float[] result = resample(rate, Wavs.tone(rate, 1_000, 1), 1_000);

        assertThat(result.length).isCloseTo(16_000, within(2));
        for (int i = 200; i < 15_800; i++) {
            assertThat(result[i]).as("sample %d", i).isCloseTo(expected[i], within(2e-3f));
        }
    }

    @Test
    void whatTheLowerRateCannotHoldIsLeftOut() {
        float[] result = resample(44_100, Wavs.tone(44_100, 12_000, 1), 4_096);

        for (int i = 200; i < 15_800; i++) {
            assertThat(result[i]).isCloseTo(0, within(2e-3f));
        }
    }

    @Test
    void piecesGiveWhatTheWholeDoes() {
        float[] tone = Wavs.tone(44_100, 700, 1);

        assertThat(resample(44_100, tone, 97)).containsExactly(resample(44_100, tone, 44_100));
    }

    private static float[] resample(int rate, float[] samples, int piece) {
        var resampler = new Resampler(rate, 16_000);
        var result = new float[0];
        for (int from = 0; from < samples.length; from += piece) {
            float[] next = Arrays.copyOfRange(samples, from, Math.min(samples.length, from + piece));
            result = Wavs.join(result, resampler.more(next));
        }
        return Wavs.join(result, resampler.end());
    }
}
