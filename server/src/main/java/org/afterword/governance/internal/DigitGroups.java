package org.afterword.governance.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.afterword.governance.internal.SpokenWords.Meaning;

/**
 * The digits of a text, written ({@code 4111-1111}) or spoken ({@code four one double one}), as groups with their places.
 *
 * @param wordsBefore  words before the first group, fillers not counted
 * @param wordsAfter   words after the last group, fillers not counted
 * @param stalling     no digits, and no words but those that people say while they look for the next digits
 * @param namesASecret a word in it can be the name of a password, which may have no digits
 * @param asks         something is asked for, be it without a question mark
 */
public record DigitGroups(
        List<Group> groups, int wordsBefore, int wordsAfter, boolean stalling, boolean namesASecret, boolean asks) {

    public DigitGroups {
        groups = List.copyOf(groups);
    }

    /**
     * Digits that stand together, or one spoken number.
     *
     * @param joined    only separators and fillers stand between this group and the one before
     * @param telephone part of a telephone number, by its grouping (3-3-4, or 1-3-3-4 with a 1) or the plus sign before the country code
     * @param amount    a currency sign precedes, what is counted follows, or it is the year of a date
     */
    public record Group(
            int start, int end, String digits, boolean spoken, boolean joined, boolean telephone, boolean amount) {
        Group withTelephone(boolean isOne) {
            return new Group(start, end, digits, spoken, joined, isOne, amount);
        }

        Group asAmount() {
            return new Group(start, end, digits, spoken, joined, telephone, true);
        }
    }

    /** Not among them: what a recognizer puts where a voice rises or rests. */
    private static final String NOT_WITHIN_A_NUMBER = "$€£¥%@&<>/:+";

    private static final char FIRST_MARK = '\u0300';
    private static final int MARKS = 1 << Character.NON_SPACING_MARK | 1 << Character.COMBINING_SPACING_MARK;

    private static final int MOST_SEPARATORS = 8;
    private static final int MOST_FILLERS = 3;

    /** So many digits have to be beside a "for" before it is taken for a four. */
    private static final int SURE_OF_A_NUMBER = 3;

    private static final int WORDS_LOOKED_AHEAD = 6;

    /** With the country code a telephone number has up to 15 digits; 15 are left to American Express. */
    private static final int LONGEST_TELEPHONE_NUMBER = 14;

    private static final List<Integer> TELEPHONE = List.of(3, 3, 4);
    private static final List<Integer> TELEPHONE_WITH_PREFIX = List.of(1, 3, 3, 4);

    /** The digits of a UUID are none: it is a name that happens to be written with them. */
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private static final int UUID_LENGTH = 36;

    public static DigitGroups of(String text) {
        return text.length() == UUID_LENGTH && UUID.matcher(text).matches()
                ? new DigitGroups(List.of(), 1, 1, false, false, false)
                : new Reader(text).read();
    }

    /** Reads from left to right, remembering what stands between the last group and here. */
    private static final class Reader {
        private final String text;
        private final List<Group> groups = new ArrayList<>(4);
        private int at;
        private int words;
        private int wordsBefore;
        private int separators;
        private int fillers;
        private boolean broken = true;
        private boolean stalling = true;
        private boolean secret;
        private boolean asks;
        private boolean plus;
        private boolean currency;
        private boolean slash;
        private boolean tens;
        private int zeros;
        private int spoken;
        private int repeat = 1;
        private int repeatStart;

        Reader(String text) {
            this.text = text;
        }

        DigitGroups read() {
            while (at < text.length()) {
                int c = text.codePointAt(at);
                if (Character.isDigit(c)) {
                    written();
                } else if (Character.isLetter(c)) {
                    word();
                } else {
                    separator(c);
                    at += Character.charCount(c);
                }
            }
            markTelephones();
            return groups.isEmpty()
                    ? new DigitGroups(groups, words, words, stalling, secret, asks)
                    : new DigitGroups(groups, wordsBefore, words, false, secret, asks);
        }

        private void markTelephones() {
            for (int from = 0, to; from < groups.size(); from = to) {
                to = from + 1;
                while (to < groups.size() && groups.get(to).joined) {
                    to++;
                }
                List<Group> run = groups.subList(from, to);
                boolean telephone = isTelephone(run);
                run.replaceAll(group -> group.withTelephone(telephone));
            }
        }

        private static boolean isTelephone(List<Group> run) {
            int digits = 0;
            for (Group group : run) {
                if (group.spoken) {
                    return false;
                }
                digits += group.digits.length();
            }
            return run.getFirst().telephone && digits <= LONGEST_TELEPHONE_NUMBER
                    || hasLengths(run, TELEPHONE)
                    || isTelephoneWithPrefix(run);
        }

        /** Only North America writes a number so, and its country code is 1; no card number begins with it. */
        private static boolean isTelephoneWithPrefix(List<Group> run) {
            return hasLengths(run, TELEPHONE_WITH_PREFIX)
                    && run.getFirst().digits.equals("1");
        }

        private static boolean hasLengths(List<Group> run, List<Integer> lengths) {
            if (run.size() != lengths.size()) {
                return false;
            }
            for (int i = 0; i < lengths.size(); i++) {
                if (run.get(i).digits.length() != lengths.get(i)) {
                    return false;
                }
            }
            return true;
        }

        private void written() {
            int start = at;
            var digits = new StringBuilder();
            while (at < text.length() && Character.isDigit(text.codePointAt(at))) {
                int c = text.codePointAt(at);
                digits.append((char) ('0' + Character.digit(c, 10)));
                at += Character.charCount(c);
            }
            add(start, digits.toString(), false);
        }

        private void word() {
            int start = at;
            while (at < text.length() && (isWithinAWord(text.charAt(at)) || isInnerApostrophe())) {
                at++;
            }
            if (at == start) {
                at += Character.charCount(text.codePointAt(start));
            }
            Meaning meaning = SpokenWords.meaning(text, start, at);
            switch (meaning.kind()) {
                case NUMBER -> add(start, meaning.digits(), true);
                case PLURAL -> several(start, meaning);
                case SOUNDS_LIKE_NUMBER -> {
                    if (isWithinANumber(meaning)) {
                        add(start, meaning.digits(), true);
                    } else {
                        other(meaning);
                    }
                }
                case REPEAT -> {
                    repeat = meaning.times();
                    repeatStart = start;
                }
                case ZEROS -> {
                    if (lastIsSpokenAndNear()) {
                        extendLast(meaning.digits());
                    } else {
                        other(meaning);
                    }
                }
                case FILLER -> fillers++;
                case OTHER -> {
                    String numbers = meaning == SpokenWords.NONE ? SpokenWords.numbersTogether(text, start, at) : null;
                    if (numbers == null) {
                        other(meaning);
                    } else {
                        addTogether(start, numbers);
                    }
                }
            }
        }

        /** Letters, and the marks that several scripts write vowels with. */
        private static boolean isWithinAWord(char c) {
            return Character.isLetter(c) || c >= FIRST_MARK && (MARKS & 1 << Character.getType(c)) != 0;
        }

        private boolean isInnerApostrophe() {
            char c = text.charAt(at);
            return (c == '\'' || c == '’') && at + 1 < text.length() && Character.isLetter(text.charAt(at + 1));
        }

        /** Whether digits are spoken on both sides of the word just read, or enough of them on one; "to" leads up to any number. */
        private boolean isWithinANumber(Meaning word) {
            int before = broken ? 0 : spoken;
            if (before >= SURE_OF_A_NUMBER && fillers == 0 && !isFollowedByAWord()) {
                return true;
            }
            int after = spokenAhead();
            return after >= SURE_OF_A_NUMBER && !word.digits().equals("2")
                    || before > 0 && after > 0 && before + after >= SURE_OF_A_NUMBER;
        }

        private boolean isFollowedByAWord() {
            int next = at;
            while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
                next++;
            }
            return next < text.length() && Character.isLetter(text.charAt(next));
        }

        /** How many digits are spoken from here on with nothing between them, as far as it matters. */
        private int spokenAhead() {
            int ahead = 0;
            int from = at;
            for (int word = 0; word < WORDS_LOOKED_AHEAD && ahead < SURE_OF_A_NUMBER; word++) {
                while (from < text.length() && " ,.-?!".indexOf(text.charAt(from)) >= 0) {
                    from++;
                }
                int to = from;
                while (to < text.length() && Character.isLetter(text.charAt(to))) {
                    to++;
                }
                Meaning meaning = SpokenWords.meaning(text, from, to);
                switch (meaning.kind()) {
                    case NUMBER -> ahead += meaning.digits().length();
                    case REPEAT, SOUNDS_LIKE_NUMBER, FILLER -> {}
                    case PLURAL, ZEROS, OTHER -> {
                        return ahead;
                    }
                }
                from = to;
            }
            return ahead;
        }

        /** "three fours" and "double fours"; fours alone are no digits. */
        private void several(int start, Meaning meaning) {
            if (repeat > 1) {
                add(start, meaning.digits(), true);
            } else if (lastIsSpokenAndNear() && groups.getLast().digits.length() == 1) {
                Group times = groups.removeLast();
                groups.add(new Group(
                        times.start,
                        at,
                        meaning.digits().repeat(Math.max(1, times.digits.charAt(0) - '0')),
                        true,
                        times.joined,
                        false,
                        times.amount));
                begin();
            } else {
                other(meaning);
            }
        }

        private void other(Meaning meaning) {
            stalling &= meaning.stalling();
            secret |= meaning.secret();
            asks |= meaning.asking();
            if (!broken && words == 0 && meaning.counted()) {
                markLastAmount();
            }
            words++;
            broken = true;
            forgetRepeat();
        }

        private void separator(int c) {
            if (NOT_WITHIN_A_NUMBER.indexOf(c) >= 0) {
                if (c == '%' && !broken && words == 0) {
                    markLastAmount();
                }
                broken = true;
                currency = "$€£¥".indexOf(c) >= 0;
                slash = c == '/' && at > 0 && Character.isDigit(text.charAt(at - 1));
                forgetRepeat();
            } else if (!Character.isWhitespace(c)) {
                currency = false;
                slash = false;
                asks |= c == '?' || c == '？' || c == '؟';
            }
            plus = c == '+';
            separators++;
        }

        /** "Forty-twooh" goes on with the tens before it; "sixoh eight" is no sixty-eight. */
        private void addTogether(int start, String numbers) {
            if (completesTens(numbers.substring(0, 1)) && SpokenWords.beginsWithUnit(text, start, at)) {
                Group last = groups.removeLast();
                String head = last.digits.substring(0, last.digits.length() - 1);
                groups.add(new Group(last.start, at, head + numbers, true, last.joined, false, last.amount));
                begin();
            } else {
                add(start, numbers, true);
            }
            tens = SpokenWords.endsWithTens(text, at);
        }

        private void add(int start, String digits, boolean isSpoken) {
            if (isSpoken && (completesTens(digits) || completesZeros(digits))) {
                Group last = groups.removeLast();
                String head = last.digits.substring(0, last.digits.length() - digits.length());
                groups.add(new Group(last.start, at, head + digits, true, last.joined, false, last.amount));
                begin();
                tens = SpokenWords.isTens(digits);
                return;
            }
            boolean joined = !groups.isEmpty() && !broken && separators <= MOST_SEPARATORS && fillers <= MOST_FILLERS;
            boolean repeated = repeat > 1 && digits.length() == 1;
            int from = repeated ? repeatStart : start;
            String all = repeated ? digits.repeat(repeat) : digits;
            if (groups.isEmpty()) {
                wordsBefore = words;
            }
            boolean year = slash && all.length() == 4;
            groups.add(new Group(from, at, all, isSpoken, joined, plus, currency || year));
            spoken = (joined ? spoken : 0) + (isSpoken ? all.length() : 0);
            begin();
            tens = isSpoken && SpokenWords.isTens(digits);
        }

        /** Whether a unit that comes now belongs to tens just said: forty(-)one. */
        private boolean completesTens(String digits) {
            return tens
                    && digits.length() == 1
                    && !digits.equals("0")
                    && !broken
                    && fillers == 0
                    && repeat == 1
                    && separators == 1;
        }

        /** "Four hundred twelve", "four hundred and five"; but "eight hundred five five five" goes on with single digits. */
        private boolean completesZeros(String digits) {
            return zeros >= digits.length()
                    && !broken
                    && repeat == 1
                    && (digits.length() == 2 && fillers <= 1 || digits.length() == 1 && fillers == 1);
        }

        private boolean lastIsSpokenAndNear() {
            return !groups.isEmpty() && groups.getLast().spoken && !broken && fillers == 0 && repeat == 1;
        }

        private void extendLast(String digits) {
            Group last = groups.removeLast();
            groups.add(new Group(last.start, at, last.digits + digits, true, last.joined, false, last.amount));
            begin();
            zeros = digits.length();
        }

        private void markLastAmount() {
            groups.add(groups.removeLast().asAmount());
        }

        private void begin() {
            words = 0;
            separators = 0;
            fillers = 0;
            broken = false;
            plus = false;
            currency = false;
            slash = false;
            tens = false;
            zeros = 0;
            forgetRepeat();
        }

        private void forgetRepeat() {
            repeat = 1;
        }
    }

    /** The text with every digit, written or spoken, replaced. */
    public static String without(String text, String mask) {
        var result = new StringBuilder();
        int from = 0;
        for (Group group : of(text).groups) {
            result.append(text, from, group.start).append(mask);
            from = group.end;
        }
        return result.append(text, from, text.length()).toString();
    }
}
