package org.afterword.drafting.internal.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A word, number or currency sign as it stands in a text.
 *
 * @param text  as written
 * @param lower in lower case, with plain apostrophes
 * @param from  where it begins
 * @param to    where it ends, exclusive
 */
public record Token(String text, String lower, int from, int to) {
    private static final Pattern TOKEN = Pattern.compile(
            "\\p{N}+(?:[.,:/]\\p{N}+)*(?:(?:st|nd|rd|th)\\b)?|[\\p{L}\\p{M}]+(?:['’\"][\\p{L}\\p{M}]+)*|[$€£&@#%+]",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    public static List<Token> allIn(String text) {
        var tokens = new ArrayList<Token>();
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            String word = matcher.group();
            tokens.add(new Token(
                    word,
                    word.toLowerCase(Locale.ROOT).replace('’', '\'').replace('"', '\''),
                    matcher.start(),
                    matcher.end()));
        }
        return tokens;
    }

    public boolean is(String word) {
        return lower.equals(word);
    }

    public boolean isNumeric() {
        return Character.isDigit(text.codePointAt(0));
    }

    public boolean isWord() {
        return Character.isLetter(text.codePointAt(0));
    }

    public boolean isCapitalized() {
        return Character.isUpperCase(text.codePointAt(0));
    }
}
