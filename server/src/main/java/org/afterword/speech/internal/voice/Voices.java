package org.afterword.speech.internal.voice;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From how likely somebody speaks to who says something from when to when. A speaker who pauses goes on with the same utterance, unless
 * somebody else begins to speak in the pause; so utterances are what turns of a conversation are. Pure; all numbers are frames.
 */
public final class Voices {
    /** From that probability on somebody speaks; below the lower one nobody does any more, as the model's authors have it. */
    static final float SPEAKS = 0.5f;

    static final float QUIET = 0.35f;

    /** A quarter of a second; what is shorter is a click or a breath. */
    static final int SHORTEST = 8;

    /** About a third of a second; speech that stops for less goes on. */
    static final int PAUSE = 10;

    /** About a tenth of a second is kept to both sides, for soft beginnings and ends. */
    static final int MARGIN = 3;

    /** A second and a half; who pauses for longer begins anew. */
    static final int LONGEST_PAUSE = 47;

    /** 30 s: what recognizers of the Whisper kind hear at once. */
    static final int LONGEST = 937;

    /** Speech without a pause, from the first frame to before the last. */
    record Span(int from, int to) {}

    /** What a speaker says, pauses in it included. */
    public record Utterance(int channel, int from, int to) {}

    private Voices() {}

    /** By their beginnings; at the same time, by channel. */
    public static List<Utterance> utterances(float[][] voice) {
        var spans = new ArrayList<List<Span>>();
        for (float[] channel : voice) {
            spans.add(spans(channel));
        }
        return utterances(spans);
    }

    static List<Utterance> utterances(List<List<Span>> spans) {
        var utterances = new ArrayList<Utterance>();
        for (int channel = 0; channel < spans.size(); channel++) {
            @Nullable Utterance open = null;
            for (Span span : spans.get(channel)) {
                if (open != null
                        && span.to - open.from <= LONGEST
                        && span.from - open.to <= LONGEST_PAUSE
                        && !isTakenUp(spans, channel, open.to, span.from)) {
                    open = new Utterance(channel, open.from, span.to);
                } else {
                    if (open != null) {
                        utterances.add(open);
                    }
                    open = new Utterance(channel, span.from, span.to);
                }
            }
            if (open != null) {
                utterances.add(open);
            }
        }
        utterances.sort(Comparator.comparingInt(Utterance::from).thenComparingInt(Utterance::channel));
        return List.copyOf(utterances);
    }

    /** Whether somebody else begins to speak between these frames. */
    private static boolean isTakenUp(List<List<Span>> spans, int channel, int from, int to) {
        for (int other = 0; other < spans.size(); other++) {
            if (other != channel && spans.get(other).stream().anyMatch(span -> span.from >= from && span.from < to)) {
                return true;
            }
        }
        return false;
    }

    static List<Span> spans(float[] voice) {
        var spans = new ArrayList<Span>();
        int begun = -1;
        int lastVoice = -1;
        for (int i = 0; i < voice.length; i++) {
            if (voice[i] >= SPEAKS || begun >= 0 && voice[i] >= QUIET) {
                begun = begun < 0 ? i : begun;
                lastVoice = i;
            }
            if (begun >= 0 && i - lastVoice >= PAUSE) {
                add(spans, begun, lastVoice + 1, voice.length);
                begun = -1;
            } else if (begun >= 0 && i - begun + 1 == LONGEST - 2 * MARGIN) {
                int cut = quietest(voice, i - Stretches.LOOKED_BACK, i);
                add(spans, begun, cut, voice.length);
                begun = cut;
                lastVoice = Math.max(lastVoice, cut);
            }
        }
        if (begun >= 0) {
            add(spans, begun, lastVoice + 1, voice.length);
        }
        return spans;
    }

    private static int quietest(float[] voice, int from, int to) {
        int best = from;
        for (int i = from; i <= to; i++) {
            best = voice[i] < voice[best] ? i : best;
        }
        return best;
    }

    private static void add(List<Span> spans, int from, int to, int end) {
        if (to - from >= SHORTEST) {
            int earliest = spans.isEmpty() ? 0 : spans.getLast().to;
            spans.add(new Span(Math.max(earliest, from - MARGIN), Math.min(end, to + MARGIN)));
        }
    }
}
