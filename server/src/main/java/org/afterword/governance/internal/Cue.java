package org.afterword.governance.internal;

import java.util.ArrayList;
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
    private static final String FIRST = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final String SECOND = FIRST + " .-/'";

    /** Which topics can be named by a word with these two first characters, a bit for each; the last column is for any other. */
    private static final int[][] BEGINNINGS = beginnings();

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
        int first = FIRST.indexOf(lower(text.charAt(at)));
        if (first < 0 || at + 1 == text.length()) {
            return 0;
        }
        int second = SECOND.indexOf(lower(text.charAt(at + 1)));
        return BEGINNINGS[first][second < 0 ? SECOND.length() : second];
    }

    private static int[][] beginnings() {
        var table = new int[FIRST.length()][SECOND.length() + 1];
        for (int first = 0; first < FIRST.length(); first++) {
            for (int second = 0; second <= SECOND.length(); second++) {
                String beginning = FIRST.substring(first, first + 1)
                        + (second < SECOND.length() ? SECOND.substring(second, second + 1) : "");
                for (Topic topic : TOPICS) {
                    Matcher matcher = topic.pattern().matcher(beginning);
                    if (matcher.lookingAt() || matcher.hitEnd()) {
                        table[first][second] |= 1 << topic.ordinal();
                    }
                }
            }
        }
        return table;
    }

    private static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
    }

    /** As {@code \b} sees it. */
    private static boolean isWord(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
    }
}
