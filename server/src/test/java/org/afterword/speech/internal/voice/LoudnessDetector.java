package org.afterword.speech.internal.voice;

/** Takes what is loud for a voice: made sound has none that the model would know. */
public final class LoudnessDetector implements VoiceDetector {
    @Override
    public Listening listen(int channels) {
        return frame -> {
            var voice = new float[channels];
            for (int channel = 0; channel < channels; channel++) {
                double sum = 0;
                for (float sample : frame[channel]) {
                    sum += sample * sample;
                }
                voice[channel] = Math.sqrt(sum / frame[channel].length) > 0.05 ? 0.9f : 0.05f;
            }
            return voice;
        };
    }
}
