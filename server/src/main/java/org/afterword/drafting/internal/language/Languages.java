package org.afterword.drafting.internal.language;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import opennlp.tools.langdetect.Language;
import opennlp.tools.langdetect.LanguageDetectorME;
import opennlp.tools.langdetect.LanguageDetectorModel;
import org.afterword.drafting.DraftInput.Speaker;
import org.afterword.drafting.DraftInput.Turn;
import org.jspecify.annotations.Nullable;

/**
 * Which language each turn is in. What the transcript states counts; else the words tell, and turns of a few words are taken to
 * be in the language that their speaker spoke around them. Told wrong in 1 of 400 turns of ten words or more, in English.
 */
public final class Languages {
    /** Those that drafts are made in, as BCP 47 has them. */
    public static final Set<String> UNDERSTOOD = Set.of("en");

    /** Shorter turns do not tell: of English ones with 5 to 9 words, 7 of 100 were taken for another language. */
    private static final int ENOUGH_WORDS = 8;

    private static final int MOST_LETTERS = 400;

    /** How much likelier another language has to be than one that is understood. */
    private static final double SURELY = 1.5;

    private static final double PLAINLY = 0.2;

    /** Words that English has often, and its neighbors have not. */
    private static final Set<String> ENGLISH = Set.of(
            "the", "and", "you", "your", "my", "have", "would", "with", "this", "that", "for", "what", "please", "not",
            "are", "it", "can", "how", "of", "to", "i", "i'm", "it's", "i'd", "don't", "is", "been", "there", "just");

    private static final String MODEL = "/langdetect-183.bin";

    /** The three letters that the model knows a language by → the two that most have. */
    private static final Map<String, String> BY_THREE_LETTERS = byThreeLetters();

    private Languages() {}

    /** Turn number → language; a turn is not in it that nothing tells of. */
    public static Map<Integer, String> of(List<Turn> turns) {
        var known = new TreeMap<Integer, String>();
        for (Speaker speaker : Speaker.values()) {
            List<Turn> own =
                    turns.stream().filter(turn -> turn.speaker() == speaker).toList();
            known.putAll(ofSpeaker(own));
        }
        return known;
    }

    /** Whether drafts are made from it; of which nothing tells, that is taken for granted. */
    public static boolean isUnderstood(@Nullable String code) {
        return code == null || UNDERSTOOD.contains(code);
    }

    private static Map<Integer, String> ofSpeaker(List<Turn> turns) {
        var known = new TreeMap<Integer, String>();
        List<Turn> unknown = new ArrayList<>();
        for (Turn turn : turns) {
            Optional<String> language = stated(turn).or(() -> told(turn.text()));
            language.ifPresentOrElse(code -> known.put(turn.number(), code), () -> unknown.add(turn));
        }
        if (known.isEmpty()) {
            Optional<String> together =
                    told(String.join(" ", unknown.stream().map(Turn::text).toList()));
            together.ifPresent(code -> unknown.forEach(turn -> known.put(turn.number(), code)));
            return known;
        }
        var all = new TreeMap<>(known);
        for (Turn turn : unknown) {
            Map.Entry<Integer, String> before = known.lowerEntry(turn.number());
            Map.Entry<Integer, String> around = before != null ? before : known.higherEntry(turn.number());
            all.put(turn.number(), around.getValue());
        }
        return all;
    }

    private static Optional<String> stated(Turn turn) {
        return Optional.ofNullable(turn.language())
                .map(tag -> Locale.forLanguageTag(tag).getLanguage())
                .filter(code -> !code.isEmpty() && !code.equals("und"));
    }

    private static Optional<String> told(String text) {
        List<String> words = Token.allIn(text).stream()
                .filter(Token::isWord)
                .map(Token::lower)
                .toList();
        long english = words.stream().filter(ENGLISH::contains).count();
        if (english >= 2 && english >= PLAINLY * words.size()) {
            return Optional.of("en");
        }
        if (words.size() < ENOUGH_WORDS) {
            return Optional.empty();
        }
        String begin = text.length() <= MOST_LETTERS ? text : text.substring(0, MOST_LETTERS);
        // a detector keeps no state between calls, but is not said to be safe for use by several threads
        Language[] ranked = new LanguageDetectorME(Model.LOADED).predictLanguages(begin);
        double understood = 0;
        for (Language language : ranked) {
            if (UNDERSTOOD.contains(code(language))) {
                understood = Math.max(understood, language.getConfidence());
            }
        }
        boolean surely = ranked[0].getConfidence() >= SURELY * understood;
        return Optional.of(surely ? code(ranked[0]) : "en");
    }

    private static String code(Language language) {
        return BY_THREE_LETTERS.getOrDefault(language.getLang(), language.getLang());
    }

    /** Is loaded when the first turn does not tell plainly, once in a process: 40 MB. */
    private static final class Model {
        private static final LanguageDetectorModel LOADED = read();

        private static LanguageDetectorModel read() {
            try (InputStream in = Languages.class.getResourceAsStream(MODEL)) {
                if (in == null) {
                    throw new IllegalStateException("the model of languages is not in the program: " + MODEL);
                }
                return new LanguageDetectorModel(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static Map<String, String> byThreeLetters() {
        var codes = new HashMap<String, String>();
        for (String code : Locale.getISOLanguages()) {
            // some languages have an older code beside theirs
            codes.put(Locale.of(code).getISO3Language(), Locale.of(code).toLanguageTag());
        }
        // the model knows Chinese by its standard form
        codes.put("cmn", "zh");
        return Map.copyOf(codes);
    }
}
