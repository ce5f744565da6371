package org.afterword.governance.internal;

import java.util.List;
import java.util.Locale;
import org.afterword.governance.internal.Answers.Answer;
import org.afterword.governance.internal.Talk.Placed;
import org.afterword.governance.internal.Talk.Run;

/**
 * Bank accounts: IBANs by their check, and any five digits or more where words name an account at a bank, a routing number or a
 * sort code. A customer's account number at the company that is called, and the last four digits, stay.
 */
public final class BankAccountRule implements RedactionRule {
    private static final String MASK = Mask.BANK_ACCOUNT.text();
    private static final int SHORTEST = 5;

    /** Of an IBAN: the check digits and some more. */
    private static final int SHORTEST_BEGINNING = 4;

    @Override
    public void find(Talk talk, Reading reading, Findings findings) {
        for (int i = 0; i < talk.size(); i++) {
            findIbans(talk, i, findings);
        }
        for (Run run : talk.runs()) {
            findIbanOfDigits(talk, run, reading == Reading.GOING_ON && run.open(), findings);
        }
        for (Answer answer : talk.answers().all()) {
            if (answer.isFor(Topic.BANK_ACCOUNT)) {
                answer.mask(SHORTEST, MASK, reading, findings);
            }
        }
    }

    private static void findIbans(Talk talk, int utterance, Findings findings) {
        String text = talk.utterance(utterance).text();
        for (DigitGroups.Group group : talk.utterance(utterance).digits().groups()) {
            int start = LetterIds.startOfLettersBefore(text, group.start());
            if (group.start() - start >= 2 && !group.spoken() && !findings.covers(utterance, start)) {
                int end = Iban.endOfOneAt(text, start);
                if (end > 0) {
                    findings.mask(utterance, start, end, MASK);
                }
            }
        }
    }

    /** Of countries whose account numbers are digits alone, also spoken and over several turns: "D E eight nine …". */
    private static void findIbanOfDigits(Talk talk, Run run, boolean mayGoOn, Findings findings) {
        List<Placed> groups = run.groups();
        for (int from = 0; from < groups.size(); from++) {
            if (from > 0 && groups.get(from).group().joined()) {
                continue;
            }
            String country =
                    countryBefore(talk.utterance(groups.get(from).utterance()).text(), groups.get(from));
            int length = country.isEmpty() ? 0 : Iban.length(country);
            if (length == 0 || findings.covers(groups.get(from))) {
                continue;
            }
            var number = new StringBuilder(country);
            for (int to = from; to < groups.size() && number.length() < length; to++) {
                number.append(groups.get(to).digits());
                if (Iban.isOne(number)) {
                    findings.mask(groups.subList(from, to + 1), MASK);
                }
            }
            if (mayGoOn
                    && number.length() < length
                    && number.length() - country.length() >= SHORTEST_BEGINNING
                    && !isWord(talk.utterance(groups.get(from).utterance()).text(), country)) {
                findings.mask(groups.subList(from, groups.size()), UNDECIDED);
            }
        }
    }

    /** The two letters before the digits, also with something between them; empty if there are more or fewer. */
    private static String countryBefore(String text, Placed group) {
        int second = skipSeparators(text, group.group().start());
        int first = second;
        if (second > 0 && LetterIds.isLetter(text.charAt(second - 1))) {
            first = skipSeparators(text, second - 1);
        }
        if (first < 1 || !LetterIds.isLetter(text.charAt(first - 1))) {
            return "";
        }
        boolean within = first > 1 && LetterIds.goesOnWithLetters(text.charAt(first - 2));
        return within ? "" : "" + LetterIds.upper(text.charAt(first - 1)) + LetterIds.upper(text.charAt(second - 1));
    }

    /** "Is 1205" could begin an Icelandic account number; only capitals and letters by themselves make it one. */
    private static boolean isWord(String text, String country) {
        return text.contains(country.toLowerCase(Locale.ROOT));
    }

    private static int skipSeparators(String text, int place) {
        int at = place;
        while (at > 0 && (LetterIds.isSeparator(text.charAt(at - 1)) || text.charAt(at - 1) == ',')) {
            at--;
        }
        return at;
    }
}
