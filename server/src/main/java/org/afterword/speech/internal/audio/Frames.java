package org.afterword.speech.internal.audio;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Sound cut into frames of 32 ms at 16 kHz, channel by channel, which is what voice is looked for in. */
public final class Frames {
    public static final int RATE = 16_000;

    /** Samples of one channel in a frame. */
    public static final int LENGTH = 512;

    private final Audio audio;
    private final Resampler[] resamplers;
    private final float[][] waiting;
    private int held;
    private boolean ended;

    /** @param from the first frame that is wanted */
    public Frames(Audio audio, long from) throws IOException {
        this.audio = audio;
        this.resamplers = new Resampler[audio.channels()];
        Arrays.setAll(resamplers, channel -> new Resampler(audio.rate(), RATE));
        this.waiting = new float[audio.channels()][LENGTH];
        audio.skip(from * LENGTH * audio.rate() / RATE);
    }

    public static double seconds(long frames) {
        return (double) frames * LENGTH / RATE;
    }

    public int channels() {
        return audio.channels();
    }

    /** The next frame of each channel, −1 to 1; the last one ends with silence. Null when there is no more. */
    public float @Nullable [][] next() throws IOException {
        while (held < LENGTH && !ended) {
            float[][] samples = audio.read();
            ended = samples == null;
            for (int channel = 0; channel < waiting.length; channel++) {
                float[] more = samples == null ? resamplers[channel].end() : resamplers[channel].more(samples[channel]);
                append(channel, more);
                if (channel == waiting.length - 1) {
                    held += more.length;
                }
            }
        }
        return held == 0 ? null : take();
    }

    private void append(int channel, float[] more) {
        if (held + more.length > waiting[channel].length) {
            waiting[channel] =
                    Arrays.copyOf(waiting[channel], Math.max(2 * waiting[channel].length, held + more.length));
        }
        System.arraycopy(more, 0, waiting[channel], held, more.length);
    }

    private float[][] take() {
        int length = Math.min(held, LENGTH);
        var frame = new float[waiting.length][LENGTH];
        for (int channel = 0; channel < waiting.length; channel++) {
            System.arraycopy(waiting[channel], 0, frame[channel], 0, length);
            System.arraycopy(waiting[channel], length, waiting[channel], 0, held - length);
        }
        held -= length;
        return frame;
    }
}
