package org.afterword.drafting.internal.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.afterword.drafting.internal.language.Sentence;
import org.afterword.drafting.internal.language.Stems;
import org.afterword.drafting.internal.language.Token;
import org.jspecify.annotations.Nullable;

/**
 * A turn, or something that was done, as statements are held against it.
 *
 * @param turn     its number; null where nobody said it
 * @param meaning  what to embed of it: an answer in a few words with what it answers
 * @param affirmed stems of what it says is so, with what it says it asks or wonders
 * @param denied   stems of what it says is not so, and what it wonders
 */
record Passage(@Nullable Integer turn, String text, String meaning, Set<String> affirmed, Set<String> denied) {
    private static final Pattern YES = Pattern.compile(
            "(?i)^\\W*(?:(?:um|uh|oh|well|so),?\\s*)*(?:yes|yeah|yep|yup|sure|correct|right|exactly|definitely|absolutely|i do|i did|i am|it is|mm-?hm+|uh-huh)\\b");
    private static final Pattern NO = Pattern.compile(
            "(?i)^\\W*(?:(?:um|uh|oh|well|so|i mean),?\\s*)*(?:no|nope|nah|not|never|none|nothing|i don't|i do not|i haven't|i didn't)\\b");

    private static final Set<String> NEGATIONS = Set.of(
            "no",
            "not",
            "never",
            "none",
            "without",
            "denies",
            "denied",
            "deny",
            "denying",
            "negative",
            "neither",
            "nor",
            "unable",
            "cannot",
            "unremarkable",
            "noncontributory",
            "nothing",
            "nobody",
            "refused",
            "declined",
            "lack");
    private static final Set<String> TURNS_BACK =
            Set.of("but", "however", "except", "although", "though", "because", "since", "until");

    private static final int FEW_WORDS = 5;

    /** Words with whether they are denied. */
    record Said(Set<String> affirmed, Set<String> denied) {}

    /** What was said, turn by turn. @param texts by number of the turn */
    static List<Passage> ofTalk(Map<Integer, String> texts) {
        var passages = new ArrayList<Passage>();
        var turns = new TreeMap<>(texts);
        for (Map.Entry<Integer, String> entry : turns.entrySet()) {
            String text = entry.getValue();
            Map.Entry<Integer, String> before = turns.lowerEntry(entry.getKey());
            Map.Entry<Integer, String> after = turns.higherEntry(entry.getKey());
            boolean isShort = before != null && Token.allIn(text).size() <= FEW_WORDS;
            Said said = said(text, after == null ? "" : after.getValue());
            passages.add(new Passage(
                    entry.getKey(),
                    text,
                    isShort ? before.getValue() + " " + text : text,
                    said.affirmed(),
                    said.denied()));
        }
        return passages;
    }

    /** What nobody said: a desktop action, what is known of the customer. */
    static Passage ofFact(String text) {
        return new Passage(null, text, text, Stems.of(text), Set.of());
    }

    boolean has(String stem) {
        return affirmed.contains(stem) || denied.contains(stem);
    }

    private static Said said(String text, String answer) {
        var affirmed = new HashSet<String>();
        var denied = new HashSet<String>();
        List<Sentence> sentences = Sentence.allIn(text);
        for (int i = 0; i < sentences.size(); i++) {
            Sentence sentence = sentences.get(i);
            if (!sentence.text().endsWith("?")) {
                Said own = inSentence(sentence.tokens());
                affirmed.addAll(own.affirmed());
                denied.addAll(own.denied());
                continue;
            }
            String reply = i + 1 < sentences.size() ? "" : answer;
            Set<String> asked = Stems.of(sentence.tokens());
            if (!NO.matcher(reply).find()) {
                affirmed.addAll(asked);
            }
            if (!YES.matcher(reply).find()) {
                denied.addAll(asked);
            }
        }
        return new Said(affirmed, denied);
    }

    /** What stands behind a negation is denied, up to a "but". */
    static Said inSentence(List<Token> tokens) {
        var affirmed = new HashSet<String>();
        var denied = new HashSet<String>();
        boolean negated = false;
        for (Token token : tokens) {
            if (NEGATIONS.contains(token.lower()) || token.lower().endsWith("n't")) {
                negated = true;
            } else if (TURNS_BACK.contains(token.lower())) {
                negated = false;
            } else {
                (negated ? denied : affirmed).addAll(Stems.of(List.of(token)));
            }
        }
        return new Said(affirmed, denied);
    }
}
