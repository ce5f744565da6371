package org.afterword.governance.internal;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What words mean to somebody who listens for digits. The numbers are English; fillers come from several languages. */
final class SpokenWords {
    enum Kind {
        /** "four", "eleven" */
        NUMBER,
        /** "fours": of "three fours", and "double fours" */
        PLURAL,
        /** A word that a recognizer writes for a number: "for", "ate". It is one only within a number. */
        SOUNDS_LIKE_NUMBER,
        /** "double" */
        REPEAT,
        /** "hundred" */
        ZEROS,
        /** What people say between the digits of one number. */
        FILLER,
        OTHER
    }

    /**
     * @param digits   of a number; the zeros of "hundred"
     * @param times    how often "double" repeats
     * @param counted  a number before it counts something
     * @param stalling said while somebody looks for the next digits
     * @param secret   can be a part of the name of a password
     * @param asking   said by somebody who asks for something
     */
    record Meaning(
            Kind kind, String digits, int times, boolean counted, boolean stalling, boolean secret, boolean asking) {
        private Meaning as(Kind other, String itsDigits, int itsTimes) {
            return new Meaning(other, itsDigits, itsTimes, counted, stalling, secret, asking);
        }
    }

    static final Meaning NONE = new Meaning(Kind.OTHER, "", 1, false, false, false, false);

    private static final Map<String, String> NUMBERS = Map.ofEntries(
            Map.entry("zero", "0"),
            Map.entry("oh", "0"),
            Map.entry("o", "0"),
            Map.entry("nought", "0"),
            Map.entry("naught", "0"),
            Map.entry("aught", "0"),
            Map.entry("one", "1"),
            Map.entry("two", "2"),
            Map.entry("three", "3"),
            Map.entry("four", "4"),
            Map.entry("five", "5"),
            Map.entry("fife", "5"),
            Map.entry("six", "6"),
            Map.entry("seven", "7"),
            Map.entry("eight", "8"),
            Map.entry("nine", "9"),
            Map.entry("niner", "9"),
            Map.entry("ten", "10"),
            Map.entry("eleven", "11"),
            Map.entry("twelve", "12"),
            Map.entry("thirteen", "13"),
            Map.entry("fourteen", "14"),
            Map.entry("fifteen", "15"),
            Map.entry("sixteen", "16"),
            Map.entry("seventeen", "17"),
            Map.entry("eighteen", "18"),
            Map.entry("nineteen", "19"),
            Map.entry("twenty", "20"),
            Map.entry("thirty", "30"),
            Map.entry("forty", "40"),
            Map.entry("fourty", "40"),
            Map.entry("fifty", "50"),
            Map.entry("sixty", "60"),
            Map.entry("seventy", "70"),
            Map.entry("eighty", "80"),
            Map.entry("ninety", "90"));
    private static final Map<String, String> PLURALS = Map.ofEntries(
            Map.entry("zeros", "0"),
            Map.entry("zeroes", "0"),
            Map.entry("ohs", "0"),
            Map.entry("ones", "1"),
            Map.entry("twos", "2"),
            Map.entry("threes", "3"),
            Map.entry("fours", "4"),
            Map.entry("fives", "5"),
            Map.entry("sixes", "6"),
            Map.entry("sevens", "7"),
            Map.entry("eights", "8"),
            Map.entry("nines", "9"));
    private static final Map<String, String> SOUND_LIKE_NUMBERS = Map.ofEntries(
            Map.entry("won", "1"),
            Map.entry("to", "2"),
            Map.entry("too", "2"),
            Map.entry("tree", "3"),
            Map.entry("free", "3"),
            Map.entry("for", "4"),
            Map.entry("fore", "4"),
            Map.entry("sicks", "6"),
            Map.entry("ate", "8"),
            Map.entry("nein", "9"));
    private static final Map<String, Integer> REPEATS = Map.of("double", 2, "triple", 3, "treble", 3, "quadruple", 4);
    private static final Map<String, String> ZEROS = Map.of("hundred", "00", "thousand", "000");
    private static final Set<String> FILLERS = Set.of(
            "and",
            "then",
            "next",
            "so",
            "um",
            "umm",
            "uh",
            "uhm",
            "er",
            "erm",
            "ah",
            "hm",
            "hmm",
            "mm",
            "okay",
            "ok",
            "yes",
            "yeah",
            "right",
            "well",
            "like",
            "sorry",
            "wait",
            "again",
            "followed",
            "by",
            "dash",
            "hyphen",
            "minus",
            "space",
            "dot",
            "point",
            "comma",
            "period",
            "that's",
            "thats",
            "it's",
            "its",
            "is",
            "und",
            "dann",
            "äh",
            "ähm",
            "also",
            "strich",
            "bindestrich",
            "punkt",
            "et",
            "puis",
            "alors",
            "euh",
            "tiret",
            "espace",
            "y",
            "e",
            "luego",
            "eh",
            "este",
            "guion",
            "guión",
            "espacio",
            "poi",
            "ehm",
            "trattino",
            "en",
            "dan");
    private static final Set<String> COUNTED = Set.of(
            "dollar", "dollars", "buck", "bucks", "euro", "euros", "pound", "pounds", "cents", "usd", "eur", "gbp",
            "percent", "minutes", "hours", "days", "weeks", "months", "years", "people", "miles", "points", "times",
            "am", "pm", "street", "avenue", "road");
    private static final Set<String> STALLING = Set.of(
            "a", "again", "get", "give", "hang", "have", "here", "hold", "just", "let", "look", "me", "minute",
            "moment", "my", "on", "one", "sec", "second", "see", "sorry", "still", "the", "there", "wait", "with");

    private static final Set<String> SECRETS = Set.of(
            "pass",
            "password",
            "passwords",
            "passcode",
            "passcodes",
            "passphrase",
            "passkey",
            "passwort",
            "kennwort",
            "pwd",
            "secret",
            "memorable",
            "security",
            "access",
            "passe",
            "contraseña",
            "contrasena",
            "clave");

    private static final Set<String> ASKING = Set.of(
            "can", "confirm", "could", "enter", "get", "give", "have", "know", "may", "need", "please", "provide",
            "read", "say", "share", "spell", "tell", "verify", "what", "what's", "what’s", "whats", "which", "would");

    private static final List<String> TENS = NUMBERS.keySet().stream()
            .filter(word -> isTens(NUMBERS.getOrDefault(word, "")))
            .toList();

    private static final Map<String, Meaning> MEANINGS = meanings();

    /** How long the words are that begin with each letter of the alphabet, a bit for each length. */
    private static final int[] LENGTHS = lengths();

    /** By their first letter, longest first, so that "sixteen" is not read as "six". */
    private static final Map<Character, List<String>> NUMBER_WORDS = NUMBERS.keySet().stream()
            .filter(word -> word.length() > 1)
            .sorted((one, other) -> other.length() - one.length())
            .collect(Collectors.groupingBy(word -> word.charAt(0)));

    private static final int LONGEST =
            MEANINGS.keySet().stream().mapToInt(String::length).max().orElse(0);
    private static final int SHORTEST_NUMBERS_TOGETHER = 4;
    private static final int LONGEST_NUMBERS_TOGETHER = 120;

    /** The first three letters of what {@link #numbersTogether} reads, as {@link #beginning} counts them. */
    private static final BitSet NUMBERS_BEGIN = numbersBegin();

    private SpokenWords() {}

    private static Map<String, Meaning> meanings() {
        var words = new TreeSet<String>();
        words.addAll(NUMBERS.keySet());
        words.addAll(PLURALS.keySet());
        words.addAll(SOUND_LIKE_NUMBERS.keySet());
        words.addAll(REPEATS.keySet());
        words.addAll(ZEROS.keySet());
        words.addAll(FILLERS);
        words.addAll(COUNTED);
        words.addAll(STALLING);
        words.addAll(SECRETS);
        words.addAll(ASKING);
        Map<String, Meaning> meanings = HashMap.newHashMap(words.size());
        words.forEach(word -> meanings.put(word, meaning(word)));
        return meanings;
    }

    private static Meaning meaning(String word) {
        var other = new Meaning(
                Kind.OTHER,
                "",
                1,
                COUNTED.contains(word),
                STALLING.contains(word),
                SECRETS.contains(word),
                ASKING.contains(word));
        if (NUMBERS.containsKey(word)) {
            return other.as(Kind.NUMBER, NUMBERS.get(word), 1);
        }
        if (PLURALS.containsKey(word)) {
            return other.as(Kind.PLURAL, PLURALS.get(word), 1);
        }
        if (SOUND_LIKE_NUMBERS.containsKey(word)) {
            return other.as(Kind.SOUNDS_LIKE_NUMBER, SOUND_LIKE_NUMBERS.get(word), 1);
        }
        if (REPEATS.containsKey(word)) {
            return other.as(Kind.REPEAT, "", REPEATS.get(word));
        }
        if (ZEROS.containsKey(word)) {
            return other.as(Kind.ZEROS, ZEROS.get(word), 1);
        }
        return FILLERS.contains(word) ? other.as(Kind.FILLER, "", 1) : other;
    }

    /** What the word between these places means. */
    static Meaning meaning(String text, int start, int end) {
        if (!canMean(text, start, end - start)) {
            return NONE;
        }
        Meaning meaning = MEANINGS.get(text.substring(start, end).toLowerCase(Locale.ROOT));
        return meaning == null ? NONE : meaning;
    }

    /** By its first letter and its length, which most words fail already. */
    private static boolean canMean(String text, int start, int length) {
        if (length == 0 || length > LONGEST) {
            return false;
        }
        int letter = (text.charAt(start) | 0x20) - 'a';
        return letter < 0 || letter >= LENGTHS.length || (LENGTHS[letter] & 1 << length) != 0;
    }

    private static int[] lengths() {
        var lengths = new int['z' - 'a' + 1];
        for (String word : MEANINGS.keySet()) {
            int letter = word.charAt(0) - 'a';
            if (letter < lengths.length) {
                lengths[letter] |= 1 << word.length();
            }
        }
        return lengths;
    }

    /** The digits of number words that were written as one ("fourone", "fortytwo"); null if it is another word. */
    static @Nullable String numbersTogether(String text, int start, int end) {
        if (end - start < SHORTEST_NUMBERS_TOGETHER
                || end - start > LONGEST_NUMBERS_TOGETHER
                || !NUMBERS_BEGIN.get(beginning(text, start))) {
            return null;
        }
        var digits = new StringBuilder();
        boolean tens = false;
        int times = 1;
        for (int at = start; at < end; ) {
            int repeat = repeatAt(text, at, end);
            if (repeat > 0) {
                times = meaning(text, at, at + repeat).times();
                at += repeat;
            }
            String word = numberAt(text, at, end);
            if (word == null) {
                return null;
            }
            String number = meaning(word, 0, word.length()).digits();
            if (tens && number.length() == 1 && !number.equals("0")) {
                digits.setLength(digits.length() - 1);
            }
            digits.append(number.length() == 1 ? number.repeat(times) : number);
            times = 1;
            tens = isTens(number);
            at += word.length();
        }
        return digits.toString();
    }

    private static BitSet numbersBegin() {
        var beginnings = new BitSet();
        Stream.concat(NUMBER_WORDS.values().stream().flatMap(List::stream), REPEATS.keySet().stream())
                .forEach(word -> {
                    if (word.length() > 2) {
                        beginnings.set(beginning(word, 0));
                    } else {
                        for (char third = 'a'; third <= 'z'; third++) {
                            beginnings.set(beginning(word + third, 0));
                        }
                    }
                });
        return beginnings;
    }

    /** Three letters as one number, the same for capitals. */
    private static int beginning(String text, int at) {
        return (text.charAt(at) & 31) << 10 | (text.charAt(at + 1) & 31) << 5 | text.charAt(at + 2) & 31;
    }

    private static int repeatAt(String text, int at, int end) {
        if ("dtqDTQ".indexOf(text.charAt(at)) < 0) {
            return 0;
        }
        for (String word : REPEATS.keySet()) {
            if (at + word.length() <= end && text.regionMatches(true, at, word, 0, word.length())) {
                return word.length();
            }
        }
        return 0;
    }

    private static @Nullable String numberAt(String text, int at, int end) {
        for (String word : NUMBER_WORDS.getOrDefault(Character.toLowerCase(text.charAt(at)), List.of())) {
            if (at + word.length() <= end && text.regionMatches(true, at, word, 0, word.length())) {
                return word;
            }
        }
        return null;
    }

    /** Whether the first of number words that were written as one is one to nine. */
    static boolean beginsWithUnit(String text, int start, int end) {
        String word = numberAt(text, start, end);
        String digits = word == null ? "" : NUMBERS.getOrDefault(word, "");
        return digits.length() == 1 && !digits.equals("0");
    }

    static boolean endsWithTens(String text, int end) {
        for (String word : TENS) {
            if (text.regionMatches(true, end - word.length(), word, 0, word.length())) {
                return true;
            }
        }
        return false;
    }

    /** Twenty to ninety, to which a unit may belong. */
    static boolean isTens(String number) {
        return number.length() == 2 && number.charAt(0) >= '2' && number.charAt(1) == '0';
    }
}
