package org.afterword.speech.internal.voice;

/** Says of frames in a row how likely it is that somebody speaks. */
public interface VoiceDetector {
    /** Begins anew, with so many channels. */
    Listening listen(int channels);

    /** Goes on from frame to frame. Not for several threads. */
    interface Listening {
        /**
         * How likely somebody speaks, by channel.
         *
         * @param frame a frame of each channel, of {@link org.afterword.speech.internal.audio.Frames#LENGTH} samples
         */
        float[] next(float[][] frame);
    }
}
