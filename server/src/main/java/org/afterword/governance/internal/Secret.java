package org.afterword.governance.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of a text that are a password, as far as their place tells.
 *
 * @param end exclusive
 */
record Secret(int start, int end) {
    private static final int MOST_WORDS = 24;
    private static final int MOST_WORDS_OF_AN_ANSWER = 5;

    private static final Pattern IS = Pattern.compile(
            "(?:\\s(?:number|code))?\\s?(?:(?:is|was|will\\sbe|would\\sbe|ist|est|es)\\b|['’]?s\\b|[:=])\\s?[:=]?(?:\\s?(?:set\\sto|still|just|like|um|uh))?\\s*",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern BEFORE_AN_ANSWER = Pattern.compile(
            "[\\s,.:-]*(?:(?:yes|yeah|yep|sure|okay|ok|um|uh|well|so|and|hmm|alright|of\\scourse|it's|its|it\\sis|it\\swas|that's|that\\sis"
                    + "|(?:it|that)\\s(?:would|should)\\sbe|should\\sbe|i\\sthink|i\\sbelieve|let\\sme\\ssee|maybe)\\b[\\s,.:-]*)*",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern AFTER_AN_ANSWER = Pattern.compile(
            "(?:[\\s,.!-]*\\b(?:please|thanks|thank\\syou|i\\sthink|i\\sbelieve|sir|madam|ma'am))*[\\s,.!]*$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern WORD = Pattern.compile("\\S+");

    /** What may follow "my password is", or be an answer to a question about one, and is none. */
    private static final Set<String> PROSE = Set.of("""
            a about above absolutely accepted account accurate active actually after again all all-caps already
            alright also always am an and any anymore are as at attached available back bad be because been
            before being below blank both broken but by called can can't cannot capital case certainly changed
            characters code compromised confidential correct could currently das definitely der did didn't die
            different digit digits do does doesn't don't easy ein eine either el else email empty enough entered
            es est every exactly expired expiring failing falsch fine first for forgot forgotten from get
            getting give go going gone good got great had has have having he hello her here hi hidden his hold
            how i i'd i'll i'm i've if important in incorrect incorrecta inside invalid is isn't ist it it's its
            just keep keeps know known la le let letter letters like linked locked long look lost lowercase made
            mandatory matter maybe me mean mine missing moment must my need needed needs never new nice nicht no
            none nope not nothing now number numbers of off ok okay old on once one online only optional or our
            out over pas perfect please possible prefer private probably problem protected quite ready really
            recognized rejected remember required reset right safe said same saved say says second secret secure
            secured security see sent set shared she short should shouldn't show simple so some something sorry
            spelled still stolen stored strong such sure temporary thank thanks that that's the their them then
            there they this those three time to today too try trying two typed under understand une unique
            unknown until up updated upper uppercase use used usually valid very visible wait want was wasn't
            way we weak well what when where which while who why will with won't word work working works would
            wrong yeah yep yes yesterday yet you your
            """.split("\\s+"));

    private static final Set<String> SPELLING = Set.of(
            "capital",
            "uppercase",
            "lowercase",
            "upper",
            "lower",
            "case",
            "dash",
            "hyphen",
            "underscore",
            "hash",
            "hashtag",
            "dot",
            "period",
            "star",
            "asterisk",
            "exclamation",
            "mark",
            "dollar",
            "sign",
            "percent",
            "space");
    private static final Set<String> SHORT_WORDS = Set.of(
            "is", "my", "on", "to", "at", "in", "it", "so", "or", "of", "if", "as", "by", "we", "me", "up", "no", "do",
            "go", "he", "an", "am", "be", "us", "ok", "uh", "um", "hi", "i", "a");

    private record Word(int start, int end, String lower, boolean last) {
        boolean hasDigit() {
            return lower.chars().anyMatch(Character::isDigit);
        }

        boolean hasLetter() {
            return lower.chars().anyMatch(Character::isLetter);
        }

        boolean isProse() {
            return PROSE.contains(lower)
                    || lower.startsWith("[")
                    || lower.length() > 5 && (lower.endsWith("ing") || lower.endsWith("ly"));
        }

        /** A letter, a number or what is said of a letter: it goes on with what is being spelled. */
        boolean spells() {
            return hasDigit()
                    || lower.length() == 1 && !lower.equals("i")
                    || SPELLING.contains(lower)
                    || switch (SpokenWords.meaning(lower, 0, lower.length()).kind()) {
                        case NUMBER, PLURAL, REPEAT -> true;
                        case SOUNDS_LIKE_NUMBER, ZEROS, FILLER, OTHER -> false;
                    };
        }
    }

    /** After its name: whatever is said to be it, and a word with digits in it or after it. */
    static Optional<Secret> besideItsName(String text, int nameEnd) {
        Matcher is = IS.matcher(text).region(nameEnd, text.length());
        boolean named = is.lookingAt();
        List<Word> words = words(text, named ? is.end() : nameEnd, text.length());
        if (words.isEmpty() || words.getFirst().isProse() || !named && isOver(text, nameEnd)) {
            return Optional.empty();
        }
        int length = lengthOfWhatIsSpelled(words);
        boolean digits = words.subList(0, length).stream().anyMatch(Word::hasDigit);
        boolean letters = words.subList(0, length).stream().anyMatch(Word::hasLetter);
        return letters && (named || digits) && !onlySpokenDigits(words.subList(0, length))
                ? Optional.of(new Secret(
                        words.getFirst().start(), words.get(length - 1).end()))
                : Optional.empty();
    }

    /** Digits alone are found by how many there are. */
    private static boolean onlySpokenDigits(List<Word> words) {
        return words.stream().allMatch(word -> switch (SpokenWords.meaning(
                        word.lower(), 0, word.lower().length())
                .kind()) {
            case NUMBER, PLURAL, REPEAT, ZEROS, SOUNDS_LIKE_NUMBER, FILLER -> true;
            case OTHER -> !word.hasLetter();
        });
    }

    private static boolean isOver(String text, int nameEnd) {
        return nameEnd >= text.length() || !Character.isWhitespace(text.charAt(nameEnd));
    }

    private static int lengthOfWhatIsSpelled(List<Word> words) {
        int length = 1;
        while (length < words.size() && !words.get(length - 1).last()) {
            Word next = words.get(length);
            boolean tail = words.get(length - 1).hasDigit()
                    && next.lower().length() <= 2
                    && !SHORT_WORDS.contains(next.lower());
            if (!next.spells() && !tail) {
                break;
            }
            length++;
        }
        return length;
    }

    /**
     * What an utterance gives that answers a question for a password: all of it, but for "yes, it's …, thank you".
     *
     * @param alone whether nothing else was asked for; else only words with digits in them count
     */
    static List<Secret> asAnAnswer(String text, boolean alone) {
        Matcher before = BEFORE_AN_ANSWER.matcher(text);
        int start = before.lookingAt() ? before.end() : 0;
        Matcher after = AFTER_AN_ANSWER.matcher(text).region(start, text.length());
        int end = after.find() ? after.start() : text.length();
        List<Word> words = words(text, start, end);
        boolean isIt = !words.isEmpty()
                && words.size() <= MOST_WORDS_OF_AN_ANSWER
                && text.indexOf('?') < 0
                && words.stream().noneMatch(Word::isProse)
                && !onlySpokenDigits(words);
        if (alone && isIt) {
            return List.of(new Secret(words.getFirst().start(), words.getLast().end()));
        }
        return words.stream()
                .filter(word -> word.hasDigit() && word.hasLetter())
                .map(word -> new Secret(word.start(), word.end()))
                .toList();
    }

    private static List<Word> words(String text, int start, int end) {
        List<Word> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(text).region(start, end);
        while (words.size() < MOST_WORDS && matcher.find()) {
            int wordEnd = matcher.end();
            while (wordEnd > matcher.start() + 1 && ".,;!?\"')”".indexOf(text.charAt(wordEnd - 1)) >= 0) {
                wordEnd--;
            }
            String lower = text.substring(matcher.start(), wordEnd).toLowerCase(Locale.ROOT);
            words.add(new Word(matcher.start(), wordEnd, lower, wordEnd < matcher.end() && isPause(text, wordEnd)));
        }
        return words;
    }

    /** A comma may stand between what is spelled; the end of a sentence does not. */
    private static boolean isPause(String text, int place) {
        return text.charAt(place) != ',';
    }
}
