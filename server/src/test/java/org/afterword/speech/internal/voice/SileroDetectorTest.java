package org.afterword.speech.internal.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.afterword.speech.internal.Wavs;
import org.afterword.speech.internal.audio.Frames;
import org.junit.jupiter.api.Test;

/** What real voices give is held by HarperValleyTest. */
class SileroDetectorTest {
    private final SileroDetector detector = new SileroDetector();

    @Test
    void neitherSilenceNorAToneNorNoiseIsAVoice() {
        var random = new SplittableRandom(1);
        var noise = new float[Frames.RATE * 3];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) (random.nextDouble() - 0.5) / 5;
        }

        assertThat(Voices.spans(voice(Wavs.silence(Frames.RATE, 3)))).isEmpty();
        assertThat(Voices.spans(voice(Wavs.tone(Frames.RATE, 440, 3)))).isEmpty();
        assertThat(Voices.spans(voice(noise))).isEmpty();
    }

    @Test
    void channelsAreHeardApart() {
        var tone = Wavs.tone(Frames.RATE, 440, 1);
        VoiceDetector.Listening both = detector.listen(2);
        VoiceDetector.Listening one = detector.listen(1);

        for (int i = 0; i < 20; i++) {
            float[] frame = Arrays.copyOfRange(tone, i * Frames.LENGTH, (i + 1) * Frames.LENGTH);
            float alone = one.next(new float[][] {frame})[0];
            assertThat(both.next(new float[][] {new float[Frames.LENGTH], frame})[1])
                    .isCloseTo(alone, within(1e-4f));
        }
    }

    private float[] voice(float[] samples) {
        VoiceDetector.Listening listening = detector.listen(1);
        var voice = new float[samples.length / Frames.LENGTH];
        for (int i = 0; i < voice.length; i++) {
            voice[i] = listening
                    .next(new float[][] {Arrays.copyOfRange(samples, i * Frames.LENGTH, (i + 1) * Frames.LENGTH)})[0];
        }
        return voice;
    }
}
