package org.afterword.speech.internal.voice;

import java.util.List;

/**
 * How long somebody spoke in a recording and how long nobody did, carried on from stretch to stretch. Quiet up to two seconds belongs to
 * any talk and counts as neither; from half a minute on it counts as hold: quiet that long is seldom a pause, and music is no voice.
 *
 * @param spokenFrames  in which somebody speaks
 * @param silenceFrames of quiet from two seconds to half a minute
 * @param holdFrames    of quiet from half a minute on
 * @param spokenUntil   the frame after the last in which somebody spoke; 0 while nobody has
 */
public record Quiet(long spokenFrames, long silenceFrames, long holdFrames, long spokenUntil) {
    public static final Quiet NOTHING_YET = new Quiet(0, 0, 0, 0);

    /** 2 s. */
    static final int SILENCE = 63;

    /** 30 s. */
    static final int HOLD = 938;

    /** With the utterances of the next stretch, which begins at frame {@code from}. */
    public Quiet and(long from, List<Voices.Utterance> utterances) {
        Quiet quiet = this;
        for (Voices.Utterance utterance : utterances) {
            quiet = quiet.spoken(from + utterance.from(), from + utterance.to());
        }
        return quiet;
    }

    private Quiet spoken(long begin, long end) {
        Quiet before = quietUntil(begin);
        long known = Math.max(begin, spokenUntil);
        return end <= known
                ? before
                : new Quiet(before.spokenFrames + end - known, before.silenceFrames, before.holdFrames, end);
    }

    /** The whole, when the recording ends at frame {@code end}. */
    public Quiet endedAt(long end) {
        return quietUntil(end);
    }

    private Quiet quietUntil(long frame) {
        long quiet = frame - spokenUntil;
        if (quiet >= HOLD) {
            return new Quiet(spokenFrames, silenceFrames, holdFrames + quiet, spokenUntil);
        }
        return quiet >= SILENCE ? new Quiet(spokenFrames, silenceFrames + quiet, holdFrames, spokenUntil) : this;
    }
}
