package org.afterword.drafting.internal.language;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** Words without their endings and without those that mean nothing alone, so that "reserving" meets "reserve". */
public final class Stems {
    private static final Set<String> EMPTY = Set.of(
            "a", "an", "the", "and", "or", "but", "if", "so", "as", "of", "to", "in", "on", "at", "by", "for", "from",
            "with", "about", "into", "over", "than", "then", "there", "here", "this", "that", "these", "those", "it",
            "its", "i", "me", "my", "we", "us", "our", "you", "your", "he", "she", "his", "her", "they", "them",
            "their", "who", "what", "which", "when", "where", "why", "how", "is", "are", "was", "were", "be", "been",
            "being", "am", "do", "does", "did", "have", "has", "had", "can", "could", "will", "would", "shall",
            "should", "may", "might", "must", "not", "no", "yes", "ok", "okay", "please", "just", "also", "some", "any",
            "all", "one", "um", "uh", "oh", "well", "like", "want", "need", "i'd", "i'm", "i've", "i'll", "it's",
            "that's", "let", "get", "got", "go", "going", "user", "given");

    private Stems() {}

    public static Set<String> of(String text) {
        return of(Token.allIn(text));
    }

    public static Set<String> of(Collection<Token> tokens) {
        var stems = new LinkedHashSet<String>();
        for (Token token : tokens) {
            if ((token.isWord() || token.isNumeric()) && !EMPTY.contains(token.lower())) {
                stems.add(of1(token.lower()));
            }
        }
        return stems;
    }

    /** The stem of one lower-case word. */
    public static String of1(String word) {
        String stem = word.endsWith("'s") ? word.substring(0, word.length() - 2) : word;
        for (String ending : new String[] {
            "ations", "ation", "ings", "ing", "ments", "ment", "ies", "ied", "ers", "es", "ed", "er", "s", "e", "y"
        }) {
            if (stem.endsWith(ending) && stem.length() - ending.length() >= 3) {
                return stem.substring(0, stem.length() - ending.length());
            }
        }
        return stem;
    }
}
