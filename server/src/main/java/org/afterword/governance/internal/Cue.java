package org.afterword.governance.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * Words that say what a number is, or a mask where one stood.
 *
 * @param masked whether it is a mask: what was asked for before has its answer
 */
public record Cue(Topic topic, int start, int end, boolean masked) {
    private static final Topic[] TOPICS = Topic.values();

    /** The characters that tell names apart by their beginnings. */
    private static final String TELLING = "abcdefghijklmnopqrstuvwxyz0123456789 .-/'";

    private static final int OTHER = TELLING.length();
    private static final byte[] PLACES = places();
    private static final int WIDTH = OTHER + 1;

    /** Which topics can be named by a word with these three first characters, a bit for each. */
    private static final byte[] BEGINNINGS = beginnings();

    /** All in a text, from left to right; none in a mask. */
    public static List<Cue> allIn(String text) {
        List<Cue> cues = List.of();
        Matcher[] matchers = null;
        boolean withinWord = false;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            Cue cue = null;
            if (c == '[') {
                cue = maskAt(text, at);
            } else if (!withinWord) {
                int topics = topicsAt(text, at);
                if (topics != 0) {
                    matchers = matchers == null ? new Matcher[TOPICS.length] : matchers;
                    cue = nameAt(text, at, topics, matchers);
                }
            }
            if (cue == null) {
                withinWord = isWord(c);
            } else {
                cues = cues.isEmpty() ? new ArrayList<>(4) : cues;
                cues.add(cue);
                at = cue.end - 1;
                withinWord = isWord(text.charAt(at));
            }
        }
        return cues;
    }

    private static @Nullable Cue maskAt(String text, int at) {
        for (Mask mask : Mask.values()) {
            if (text.startsWith(mask.text(), at)) {
                return new Cue(mask.topic(), at, at + mask.text().length(), true);
            }
        }
        return null;
    }

    private static @Nullable Cue nameAt(String text, int at, int topics, Matcher[] matchers) {
        for (Topic topic : TOPICS) {
            int i = topic.ordinal();
            if ((topics & 1 << i) != 0) {
                if (matchers[i] == null) {
                    matchers[i] = topic.pattern().matcher(text).useTransparentBounds(true);
                }
                if (matchers[i].region(at, text.length()).lookingAt()) {
                    return new Cue(topic, at, matchers[i].end(), false);
                }
            }
        }
        return null;
    }

    private static int topicsAt(String text, int at) {
        int first = placeOf(text.charAt(at));
        return first == OTHER || at + 1 == text.length()
                ? 0
                : BEGINNINGS[index(first, placeOf(text.charAt(at + 1)), placeAt(text, at + 2))];
    }

    private static int placeAt(String text, int at) {
        return at < text.length() ? placeOf(text.charAt(at)) : OTHER;
    }

    private static int placeOf(char c) {
        return c < PLACES.length ? PLACES[c] : OTHER;
    }

    private static byte[] places() {
        var places = new byte[128];
        Arrays.fill(places, (byte) OTHER);
        for (int i = 0; i < OTHER; i++) {
            places[TELLING.charAt(i)] = (byte) i;
            places[Character.toUpperCase(TELLING.charAt(i))] = (byte) i;
        }
        return places;
    }

    private static int index(int first, int second, int third) {
        return (first * WIDTH + second) * WIDTH + third;
    }

    private static byte[] beginnings() {
        var table = new byte[OTHER * WIDTH * WIDTH];
        for (int first = 0; first < OTHER; first++) {
            for (int second = 0; second <= OTHER; second++) {
                String beginning = TELLING.charAt(first) + told(second);
                int topics = topicsThatBegin(beginning);
                if (topics != 0) {
                    for (int third = 0; third <= OTHER; third++) {
                        boolean more = second < OTHER && third < OTHER;
                        table[index(first, second, third)] =
                                (byte) (more ? topicsThatBegin(beginning + told(third)) : topics);
                    }
                }
            }
        }
        return table;
    }

    private static String told(int place) {
        return place < OTHER ? TELLING.substring(place, place + 1) : "";
    }

    private static int topicsThatBegin(String beginning) {
        int topics = 0;
        for (Topic topic : TOPICS) {
            Matcher matcher = topic.pattern().matcher(beginning);
            topics |= matcher.lookingAt() || matcher.hitEnd() ? 1 << topic.ordinal() : 0;
        }
        return topics;
    }

    /** As {@code \b} sees it. */
    private static boolean isWord(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
    }
}
