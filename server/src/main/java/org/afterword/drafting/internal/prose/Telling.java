package org.afterword.drafting.internal.prose;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.afterword.drafting.internal.language.Sentence;
import org.afterword.drafting.internal.language.Stems;

/**
 * How a model's statement is told: what it may not say whoever led it to. Rules of English that would rather lose a good sentence than let
 * a false one through, since the built-in text is there for those that are lost.
 */
final class Telling {
    /** Of what clauses share with the lines they rest on. */
    private static final double LEAST_SHARED = 1.0 / 3;

    private static final Pattern OPENING = Pattern.compile(
            "(?i)\\A(?:the )?(?:customer|caller) (?:also )?(?:said|asked|wanted|reported|requested|needed)\\b(?: the agent\\b)?\\s*");

    /** What was said or wanted begins so. */
    private static final Pattern REPORT = Pattern.compile("(?i)\\A(?:that|to|if|whether|for|about)\\b");

    private static final String JOINT =
            "(?:[,;:\u2013\u2014]|\\b(?:and|but|so|while|which|then|because|as|after|before)\\b)";
    private static final Pattern JOINTS = Pattern.compile("(?i)" + JOINT);

    /** Roots of words that cost somebody something if they are not true. */
    private static final String DEED =
            "\\b(approv|grant|authori|guarante|refund|credit|waiv|compensat|entitl|eligib|verif|resolv|escalat|cancel|owe[ds]?\\b|discount)\\w*";

    private static final String STATES =
            "(?:\\b(?:was|were|is|are|has|have|had|will|would|been|got|gets|did|does|can|may|must|shall|should)\\b|"
                    + DEED + ")";
    private static final Pattern DEEDS = Pattern.compile("(?i)" + DEED);
    private static final Pattern STATING = Pattern.compile("(?i)" + STATES);
    private static final Pattern STATING_ON = Pattern.compile("(?i)" + JOINT + ".*" + STATES);

    /** Which no evidence needs to say. */
    private static final Set<String> WORDS_OF_TELLING = Stems.of(
            "customer caller agent said asked wanted reported requested needed told explained offered promised");

    private Telling() {}

    /** Behind the first sentence of a statement, another could say something else. */
    static boolean isOneSentence(String text) {
        return Sentence.allIn(text).size() == 1;
    }

    /** Whether it tells nothing but that the customer said or wanted something. */
    static boolean isOfCustomer(String text) {
        Matcher opening = OPENING.matcher(text);
        if (!opening.find()) {
            return false;
        }
        String rest = text.substring(opening.end());
        boolean states = STATING.matcher(rest).find();
        return !states
                || REPORT.matcher(rest).find() && !STATING_ON.matcher(rest).find();
    }

    /** Whether what it says was decided or given is in its evidence, in whatever form of the word. */
    static boolean deedsAreIn(List<String> evidence, String text) {
        String said = String.join(" ; ", evidence).toLowerCase(Locale.ROOT);
        return DEEDS.matcher(text)
                .results()
                .map(deed -> deed.group(1).toLowerCase(Locale.ROOT))
                .allMatch(root -> Pattern.compile("\\b" + Pattern.quote(root))
                        .matcher(said)
                        .find());
    }

    /** Whether each of its clauses shares words with the evidence: a false one must not ride on a true one. */
    static boolean sharesWordsWith(List<String> evidence, String text) {
        return eachClause(evidence, text, LEAST_SHARED);
    }

    /** Whether each of its clauses has a word of the evidence at all. */
    static boolean touches(List<String> evidence, String text) {
        return eachClause(evidence, text, Double.MIN_VALUE);
    }

    private static boolean eachClause(List<String> evidence, String text, double leastShared) {
        var grounds = new HashSet<String>();
        evidence.forEach(one -> grounds.addAll(Stems.of(one)));
        List<Set<String>> clauses = Arrays.stream(JOINTS.split(text))
                .map(Telling::content)
                .filter(words -> !words.isEmpty())
                .toList();
        return !clauses.isEmpty()
                && clauses.stream()
                        .allMatch(words ->
                                words.stream().filter(grounds::contains).count() >= words.size() * leastShared);
    }

    private static Set<String> content(String clause) {
        var words = new HashSet<>(Stems.of(clause));
        words.removeAll(WORDS_OF_TELLING);
        return words;
    }
}
