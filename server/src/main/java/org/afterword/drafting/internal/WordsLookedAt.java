package org.afterword.drafting.internal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;
import org.afterword.drafting.Evidence;
import org.afterword.drafting.internal.language.Mention;
import org.afterword.drafting.internal.language.Stems;
import org.afterword.drafting.internal.language.Token;
import org.jspecify.annotations.Nullable;

/**
 * What a field tagger sees of each word that a customer said: the word, its parts and shape, its neighbors, what was asked before, which
 * fields had been given already, and what the built-in rules take it for. Lines are read in order.
 */
final class WordsLookedAt {
    /** Changes with what is seen: a tagger that learned from something else cannot be asked. */
    static final String VERSION = "words-1";

    private static final int NEAR = 6;
    private static final int LONGEST_END = 4;
    private static final int SHORT_LINE = 3;

    private final @Nullable String topic;
    private final List<Candidate> byRules;
    private final Set<String> had = new LinkedHashSet<>();
    private String last = "none";
    private String lineBefore = "";
    private String shapesBefore = "";
    private int count;

    /**
     * @param topic   what the contact is about, if that is known
     * @param byRules what the built-in rules make of the talk
     */
    WordsLookedAt(@Nullable String topic, List<Candidate> byRules) {
        this.topic = topic;
        this.byRules = byRules;
    }

    /** Those of the next line; {@link #gave} says what was found in it before the line after is read. */
    int[][] of(Line line, @Nullable Line next, Collection<Line> question) {
        List<Token> tokens = line.tokens();
        List<String> words = tokens.stream()
                .map(Token::lower)
                .map(WordsLookedAt::withoutDigits)
                .toList();
        List<String> shapes =
                tokens.stream().map(Token::text).map(WordsLookedAt::shape).toList();
        List<String> asked = question.stream()
                .flatMap(q -> Stems.of(q.tokens()).stream())
                .distinct()
                .toList();
        List<String> around = around(tokens.size(), next);
        var seen = new int[tokens.size()][];
        for (int i = 0; i < seen.length; i++) {
            var features = new Collected();
            word(features, words, shapes, i);
            String shape = shapes.get(i);
            for (String one : around) {
                features.add(one, "");
                features.add(one, shape);
            }
            for (String stem : asked) {
                features.add("asked", stem);
                features.add("asked+", stem, shape);
            }
            String place = (i == 0 ? "first" : "") + (i == seen.length - 1 ? "last" : "");
            features.add("place", place, shape, last);
            features.add("place+", place, words.get(i), last);
            features.add("number", shape, beginning(tokens.get(i).text()));
            taken(features, line, tokens.get(i), shape);
            seen[i] = features.hashes();
        }
        lineBefore = words(line);
        shapesBefore = shapes(line);
        count++;
        return seen;
    }

    /** What was found in the line that was read last. */
    void gave(Collection<String> fields) {
        for (String field : fields) {
            had.add(field);
            last = field;
        }
    }

    private List<String> around(int size, @Nullable Line next) {
        var around = new ArrayList<String>();
        around.add("bias");
        around.add("size " + Math.min(size, 6));
        around.add("last " + last);
        around.add("last " + last + " size " + Math.min(size, 4));
        around.add("line " + Math.min(count, 8));
        around.add("before " + lineBefore);
        around.add("shapes before " + shapesBefore);
        around.add("next " + (next == null ? "none" : words(next)));
        around.add("shapes next " + (next == null ? "none" : shapes(next)));
        around.add("topic " + topic);
        around.add("topic " + topic + " last " + last);
        around.add("had " + had.size() + " topic " + topic);
        had.forEach(field -> around.add("had " + field));
        return around;
    }

    private static void word(Collected features, List<String> words, List<String> shapes, int i) {
        String word = words.get(i);
        String before = at(words, i - 1);
        String after = at(words, i + 1);
        features.add("w", word);
        features.add("w-1", before);
        features.add("w+1", after);
        features.add("w-2", at(words, i - 2));
        features.add("w+2", at(words, i + 2));
        features.add("w-1w", before, word);
        features.add("ww+1", word, after);
        features.add("w-1w+1", before, after);
        features.add("w-2w-1", at(words, i - 2), before);
        features.add("w+1w+2", after, at(words, i + 2));
        features.add("s", shapes.get(i));
        features.add("s-1s", at(shapes, i - 1), shapes.get(i));
        features.add("ss+1", shapes.get(i), at(shapes, i + 1));
        features.add("s-1ss+1", at(shapes, i - 1), shapes.get(i), at(shapes, i + 1));
        features.add("w-1s", before, shapes.get(i));
        features.add("sw+1", shapes.get(i), after);
        features.add("w-2w-1s", at(words, i - 2), before, shapes.get(i));
        for (int length = 1; length <= Math.min(LONGEST_END, word.length()); length++) {
            features.add("begins", word.substring(0, length));
            features.add("ends", word.substring(word.length() - length));
        }
        for (int near = Math.max(0, i - NEAR); near < i; near++) {
            features.add("left", words.get(near));
            features.add("left+", words.get(near), shapes.get(i));
        }
        for (int near = i + 1; near < Math.min(words.size(), i + NEAR); near++) {
            features.add("right", words.get(near));
            features.add("right+", words.get(near), shapes.get(i));
        }
    }

    /** What the built-in rules take the word for. */
    private void taken(Collected features, Line line, Token token, String shape) {
        for (Mention mention : line.mentions()) {
            if (mention.from() < token.to() && token.from() < mention.to()) {
                features.add("kind", mention.kind().name());
                features.add("kind+", mention.kind().name(), last);
            }
        }
        for (Candidate candidate : byRules) {
            for (Evidence evidence : candidate.evidence()) {
                if (evidence instanceof Evidence.Quote quote
                        && quote.turn() == line.turn().number()
                        && quote.from() < line.sentence().from() + token.to()
                        && line.sentence().from() + token.from() < quote.to()) {
                    features.add("rule", candidate.field());
                    features.add("rule+", candidate.field(), shape);
                }
            }
        }
    }

    /** All of a short line, the ends of a longer one. */
    private static String words(Line line) {
        List<String> words = line.tokens().stream()
                .map(Token::lower)
                .map(WordsLookedAt::withoutDigits)
                .toList();
        return words.size() <= SHORT_LINE ? String.join(" ", words) : words.getFirst() + " … " + words.getLast();
    }

    private static String shapes(Line line) {
        return line.tokens().stream()
                .map(Token::text)
                .map(WordsLookedAt::shape)
                .limit(SHORT_LINE + 1)
                .collect(Collectors.joining(" "));
    }

    private static String at(List<String> all, int i) {
        return i < 0 ? "^" : i >= all.size() ? "$" : all.get(i);
    }

    /** No number is like another by its digits. */
    private static String beginning(String word) {
        return Character.isDigit(word.codePointAt(0)) ? word.substring(0, Math.min(2, word.length())) : "";
    }

    private static String withoutDigits(String word) {
        return word.codePoints().filter(Character::isDigit).count() > 1 ? word.replaceAll("\\p{N}", "0") : word;
    }

    /** Letters by their case, digits as how many there are. */
    private static String shape(String word) {
        long digits = word.codePoints().filter(Character::isDigit).count();
        long letters = word.codePoints().filter(Character::isLetter).count();
        if (digits > 0) {
            return "d" + Math.min(digits, 12) + (letters > 0 ? "a" : "")
                    + (word.length() > digits + letters ? "." : "");
        }
        return word.equals(word.toLowerCase(Locale.ROOT)) ? letters == 1 ? "x" : "xx" : letters == 1 ? "X" : "Xx";
    }

    /** Hashes of texts, each with what it is the text of. */
    private static final class Collected {
        private final Set<Integer> hashes = new LinkedHashSet<>();
        private final CRC32C crc = new CRC32C();

        void add(String kind, String... parts) {
            crc.reset();
            crc.update(kind.getBytes(StandardCharsets.UTF_8));
            for (String part : parts) {
                crc.update(0);
                crc.update(part.getBytes(StandardCharsets.UTF_8));
            }
            hashes.add((int) crc.getValue());
        }

        int[] hashes() {
            return hashes.stream().mapToInt(Integer::intValue).toArray();
        }
    }
}
