package org.afterword.drafting.internal.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import org.afterword.drafting.internal.language.Token;

/**
 * Names by their capitals: inside a sentence any capitalized word, at its beginning one that is no ordinary word. Where most words
 * are capitalized, as in a heading, capitals say nothing.
 */
final class NameWords {
    /** Capitalized words that are no names. */
    private static final Set<String> NO_NAMES = Set.of(
            "customer", "customers", "agent", "agents", "caller", "user", "client", "patient", "doctor", "i", "i'm", "i've", "i'll",
            "i'd", "reason", "ok", "am", "pm", "mr", "mrs", "ms", "miss", "dr", "mister", "missus", "sir", "madam", "id", "tv", "us", "fyi", "na", "cx", "cust", "acct", "acw",
            "crm", "english");

    /** So end words that begin a sentence and are no names. */
    private static final Pattern ORDINARY_ENDING = Pattern.compile("(?:ed|ing|ly|ion|ions|ment|able|ful|less)$");

    private static final Pattern BREAK = Pattern.compile("[.!?:;•\"“(\\[\\n]|\\s[-–—*]\\s");

    private NameWords() {}

    /** @param taken whether something else was found at a place of the text */
    static List<Token> in(String text, List<Token> tokens, IntPredicate taken) {
        if (isHeading(tokens)) {
            return List.of();
        }
        var names = new ArrayList<Token>();
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            String word = plain(token);
            if (token.isWord() && token.isCapitalized() && !taken.test(token.from()) && !NO_NAMES.contains(word)) {
                boolean begins = i == 0
                        || BREAK.matcher(text.substring(tokens.get(i - 1).to(), token.from())).find();
                if (begins ? isNameAtBeginning(tokens, i, word) : word.length() > 1) {
                    names.add(token);
                }
            }
        }
        return names;
    }

    /** In lower case, without what makes it somebody's. */
    static String plain(Token token) {
        return token.lower().replaceAll("'s?$", "");
    }

    private static boolean isNameAtBeginning(List<Token> tokens, int i, String word) {
        boolean nextIsName = i + 1 < tokens.size()
                && tokens.get(i + 1).isCapitalized()
                && !NO_NAMES.contains(plain(tokens.get(i + 1)))
                && tokens.get(i + 1).text().length() > 1;
        boolean known = Vocabulary.get().isOrdinary(word);
        return !known && word.length() > 1 && (nextIsName || !ORDINARY_ENDING.matcher(word).find());
    }

    private static boolean isHeading(List<Token> tokens) {
        long words = tokens.stream().filter(token -> token.isWord() && token.text().length() > 3).count();
        long capitals = tokens.stream()
                .filter(token -> token.isWord() && token.text().length() > 3 && token.isCapitalized())
                .count();
        return words > 3 && capitals * 3 > words * 2;
    }
}
