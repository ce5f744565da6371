package org.afterword.speech.internal.voice;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.afterword.speech.internal.audio.Frames;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a recording into stretches of some 20 s to a minute. Each is listened to as if the recording began there, so that whoever goes
 * on from the end of one hears the next one alike.
 */
public final class Stretches {
    /** From that many frames on, a stretch ends as soon as nobody has spoken for a while. */
    static final int SHORTEST = 625;

    /** At most that many frames. */
    static final int LONGEST = 1_875;

    /** So many frames without a voice are a while: half a second. */
    static final int WHILE = 16;

    /** One that is too long is cut at the quietest of its last so many frames. */
    static final int LOOKED_BACK = 312;

    private final Frames frames;
    private final VoiceDetector detector;

    /** Read, and left over from the stretch before. */
    private List<float[][]> waiting = new ArrayList<>();

    private long from;

    public Stretches(Frames frames, long from, VoiceDetector detector) {
        this.frames = frames;
        this.from = from;
        this.detector = detector;
    }

    /** The next stretch; null when there is no more. */
    public @Nullable Stretch next() throws IOException {
        VoiceDetector.Listening listening = detector.listen(frames.channels());
        var sound = new ArrayList<float[][]>();
        var voice = new ArrayList<float[]>();
        int cut = 0;
        for (int quiet = 0; cut == 0; ) {
            float[][] frame = sound.size() < waiting.size() ? waiting.get(sound.size()) : frames.next();
            if (frame == null) {
                cut = sound.size();
                break;
            }
            float[] probabilities = listening.next(frame);
            sound.add(frame);
            voice.add(probabilities);
            quiet = greatest(probabilities) < Voices.QUIET ? quiet + 1 : 0;
            if (sound.size() >= SHORTEST && quiet >= WHILE) {
                cut = sound.size();
            } else if (sound.size() == LONGEST) {
                cut = quietest(voice);
            }
        }
        if (cut == 0) {
            return null;
        }
        // what waited was fewer frames than any stretch has, so all of it is in this one
        waiting = new ArrayList<>(sound.subList(cut, sound.size()));
        var stretch = stretch(sound.subList(0, cut), voice.subList(0, cut));
        from = stretch.to();
        return stretch;
    }

    private static float greatest(float[] probabilities) {
        float greatest = 0;
        for (float probability : probabilities) {
            greatest = Math.max(greatest, probability);
        }
        return greatest;
    }

    /** The number of frames up to the one in which a voice is least likely, of those that are looked at. */
    private static int quietest(List<float[]> voice) {
        int best = voice.size();
        float least = Float.MAX_VALUE;
        for (int i = voice.size() - LOOKED_BACK; i < voice.size(); i++) {
            if (greatest(voice.get(i)) < least) {
                least = greatest(voice.get(i));
                best = i + 1;
            }
        }
        return best;
    }

    private Stretch stretch(List<float[][]> sound, List<float[]> voice) {
        var samples = new short[frames.channels()][sound.size() * Frames.LENGTH];
        var byChannel = new float[frames.channels()][sound.size()];
        for (int i = 0; i < sound.size(); i++) {
            for (int channel = 0; channel < samples.length; channel++) {
                byChannel[channel][i] = voice.get(i)[channel];
                float[] frame = sound.get(i)[channel];
                for (int j = 0; j < frame.length; j++) {
                    samples[channel][i * Frames.LENGTH + j] =
                            (short) Math.clamp(Math.round(frame[j] * 32_768), Short.MIN_VALUE, Short.MAX_VALUE);
                }
            }
        }
        return new Stretch(from, samples, byChannel);
    }

    /** The sound of an utterance. */
    public static short[] between(Stretch stretch, Voices.Utterance utterance) {
        return Arrays.copyOfRange(
                stretch.samples()[utterance.channel()],
                utterance.from() * Frames.LENGTH,
                utterance.to() * Frames.LENGTH);
    }
}
