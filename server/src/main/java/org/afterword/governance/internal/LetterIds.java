package org.afterword.governance.internal;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Set;

/** Characters of ids that are made of letters and digits. */
final class LetterIds {
    /** Of the scripts that put no spaces between words. */
    private static final Set<UnicodeScript> WITHOUT_SPACES = EnumSet.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR);

    private static final char FIRST_WITHOUT_SPACES = '\u0e00';

    private LetterIds() {}

    static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    static boolean isLetterOrDigit(char c) {
        return isLetter(c) || c >= '0' && c <= '9';
    }

    /** One of them may stand between two groups of an id. */
    static boolean isSeparator(char c) {
        return c == ' ' || c == '-' || c == '.' || c == '\u00a0' || c == '\u2009' || c == '\u202f' || c == '‑';
    }

    static char upper(char c) {
        return c >= 'a' && c <= 'z' ? (char) (c - 32) : c;
    }

    static String upper(String text, int start, int end) {
        var upper = new StringBuilder(end - start);
        for (int i = start; i < end; i++) {
            upper.append(upper(text.charAt(i)));
        }
        return upper.toString();
    }

    /** Where the letters begin that stand right before this place or one separator ahead of it; the place itself if there are none. */
    static int startOfLettersBefore(String text, int place) {
        int end = place > 0 && isSeparator(text.charAt(place - 1)) ? place - 1 : place;
        int start = end;
        while (start > 0 && isLetter(text.charAt(start - 1))) {
            start--;
        }
        return start == end || start > 0 && goesOnWithLetters(text.charAt(start - 1)) ? place : start;
    }

    /** Whether letters behind this character belong to the same word; where words are not parted by spaces, other letters end one. */
    static boolean goesOnWithLetters(char before) {
        return Character.isLetterOrDigit(before)
                && (before < FIRST_WITHOUT_SPACES || !WITHOUT_SPACES.contains(UnicodeScript.of(before)));
    }
}
