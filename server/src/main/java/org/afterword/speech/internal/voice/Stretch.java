package org.afterword.speech.internal.voice;

/**
 * A piece of a recording that is worked through at once; it ends where nobody speaks, if that is to be had.
 *
 * @param from    its first frame, counted from the recording's start
 * @param samples of each channel, at 16 kHz
 * @param voice   how likely somebody speaks, by channel and frame
 */
public record Stretch(long from, short[][] samples, float[][] voice) {
    public int frames() {
        return voice[0].length;
    }

    /** The first frame after it. */
    public long to() {
        return from + frames();
    }
}
