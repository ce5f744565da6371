package org.afterword.governance.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The digits of a text, written ({@code 4111-1111}) or spoken ({@code four one double one}), as groups with their places.
 *
 * @param wordsBefore words before the first group, fillers not counted
 * @param wordsAfter  words after the last group, fillers not counted
 * @param stalling    no digits, and no words but those that people say while they look for the next digits
 */
public record DigitGroups(List<Group> groups, int wordsBefore, int wordsAfter, boolean stalling) {

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

    private static final Map<String, String> NUMBERS = Map.ofEntries(
            Map.entry("zero", "0"),
            Map.entry("oh", "0"),
            Map.entry("o", "0"),
            Map.entry("nought", "0"),
            Map.entry("naught", "0"),
            Map.entry("one", "1"),
            Map.entry("two", "2"),
            Map.entry("three", "3"),
            Map.entry("four", "4"),
            Map.entry("five", "5"),
            Map.entry("six", "6"),
            Map.entry("seven", "7"),
            Map.entry("eight", "8"),
            Map.entry("nine", "9"),
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
    private static final Map<String, Integer> REPEATS = Map.of("double", 2, "triple", 3, "treble", 3, "quadruple", 4);
    private static final Set<String> FILLERS = Set.of(
            "and", "then", "next", "so", "um", "umm", "uh", "uhm", "er", "erm", "hmm", "mm", "okay", "ok", "yes",
            "yeah", "right", "dash", "hyphen", "space", "dot", "point", "that's", "thats", "it's", "its", "is");
    private static final Set<String> COUNTED = Set.of(
            "dollar", "dollars", "buck", "bucks", "euro", "euros", "pound", "pounds", "cents", "usd", "eur", "gbp",
            "percent", "minutes", "hours", "days", "weeks", "months", "years", "people", "miles", "points", "times",
            "am", "pm", "street", "avenue", "road");
    private static final Set<String> STALLING = Set.of(
            "a", "again", "get", "give", "hang", "have", "here", "hold", "just", "let", "look", "me", "minute",
            "moment", "my", "on", "one", "sec", "second", "see", "sorry", "still", "the", "there", "wait", "with");
    private static final String NOT_WITHIN_A_NUMBER = "$€£¥%@&<>!?/:+\"";
    private static final int LONGEST_NUMBER_WORD = 9;
    private static final int MOST_SEPARATORS = 8;
    private static final int MOST_FILLERS = 3;

    /** With the country code a telephone number has up to 15 digits; 15 are left to American Express. */
    private static final int LONGEST_TELEPHONE_NUMBER = 14;

    private static final List<Integer> TELEPHONE = List.of(3, 3, 4);
    private static final List<Integer> TELEPHONE_WITH_PREFIX = List.of(1, 3, 3, 4);

    /** The digits of a UUID are none: it is a name that happens to be written with them. */
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private static final int UUID_LENGTH = 36;

    public static DigitGroups of(String text) {
        return text.length() == UUID_LENGTH && UUID.matcher(text).matches()
                ? new DigitGroups(List.of(), 1, 1, false)
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
        private boolean plus;
        private boolean currency;
        private boolean slash;
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
                    ? new DigitGroups(groups, words, words, stalling)
                    : new DigitGroups(groups, wordsBefore, words, false);
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
            while (at < text.length() && (Character.isLetter(text.charAt(at)) || isInnerApostrophe())) {
                at++;
            }
            if (at == start) {
                at += Character.charCount(text.codePointAt(start));
            }
            String word = at - start > LONGEST_NUMBER_WORD
                    ? ""
                    : text.substring(start, at).toLowerCase(Locale.ROOT);
            String number = NUMBERS.get(word);
            Integer repeats = REPEATS.get(word);
            if (number != null) {
                add(start, number, true);
            } else if (repeats != null) {
                repeat = repeats;
                repeatStart = start;
            } else if (word.equals("hundred") && lastIsSpokenAndNear()) {
                extendLast("00");
            } else if (FILLERS.contains(word)) {
                fillers++;
            } else {
                other(word);
            }
        }

        private boolean isInnerApostrophe() {
            char c = text.charAt(at);
            return (c == '\'' || c == '’') && at + 1 < text.length() && Character.isLetter(text.charAt(at + 1));
        }

        private void other(String word) {
            stalling &= STALLING.contains(word);
            if (!broken && words == 0 && COUNTED.contains(word)) {
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
            }
            plus = c == '+';
            separators++;
        }

        private void add(int start, String digits, boolean spoken) {
            if (spoken && digits.length() == 1 && !digits.equals("0") && completesTens()) {
                Group tens = groups.removeLast();
                groups.add(new Group(
                        tens.start, at, tens.digits.charAt(0) + digits, true, tens.joined, false, tens.amount));
                begin();
                return;
            }
            boolean joined = !broken && separators <= MOST_SEPARATORS && fillers <= MOST_FILLERS;
            boolean repeated = repeat > 1 && digits.length() == 1;
            int from = repeated ? repeatStart : start;
            String all = repeated ? digits.repeat(repeat) : digits;
            if (groups.isEmpty()) {
                wordsBefore = words;
            }
            boolean year = slash && all.length() == 4;
            groups.add(new Group(from, at, all, spoken, joined && !groups.isEmpty(), plus, currency || year));
            begin();
        }

        /** Whether a unit that comes now belongs to tens just said: forty(-)one. */
        private boolean completesTens() {
            Group last = groups.isEmpty() ? null : groups.getLast();
            return last != null
                    && last.spoken
                    && last.digits.length() == 2
                    && last.digits.charAt(0) >= '2'
                    && last.digits.charAt(1) == '0'
                    && !broken
                    && fillers == 0
                    && repeat == 1
                    && separators == 1;
        }

        private boolean lastIsSpokenAndNear() {
            return !groups.isEmpty() && groups.getLast().spoken && !broken && fillers == 0 && repeat == 1;
        }

        private void extendLast(String digits) {
            Group last = groups.removeLast();
            groups.add(new Group(last.start, at, last.digits + digits, true, last.joined, false, last.amount));
            begin();
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
