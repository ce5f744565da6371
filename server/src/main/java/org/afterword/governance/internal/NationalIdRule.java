package org.afterword.governance.internal;

import java.util.List;
import org.afterword.governance.internal.Answers.Answer;
import org.afterword.governance.internal.Talk.Placed;
import org.afterword.governance.internal.Talk.Run;

/**
 * National ids: by a form that hardly anything else has, or, where words ask for one, any five digits or more. The last four
 * alone stay; people are verified by them.
 */
public final class NationalIdRule implements RedactionRule {
    private static final String MASK = Mask.NATIONAL_ID.text();

    /** With fewer it is the last four. */
    private static final int SHORTEST = 5;

    private static final int SSN = 9;
    private static final int NIR = 15;
    private static final List<Integer> SSN_GROUPS = List.of(3, 2, 4);
    private static final List<Integer> STEUER_ID_GROUPS = List.of(2, 3, 3, 3);
    private static final List<Integer> CPF_GROUPS = List.of(3, 3, 3, 2);

    @Override
    public void find(Talk talk, Reading reading, Findings findings) {
        for (int i = 0; i < talk.size(); i++) {
            findWithLetters(talk, i, reading, findings);
        }
        for (Run run : talk.runs()) {
            findByForm(talk, run, reading, findings);
        }
        for (Answer answer : talk.answers().all()) {
            if (answer.isFor(Topic.NATIONAL_ID)) {
                findAnswer(answer, reading, findings);
            }
        }
    }

    private static void findWithLetters(Talk talk, int utterance, Reading reading, Findings findings) {
        String text = talk.utterance(utterance).text();
        for (DigitGroups.Group group : talk.utterance(utterance).digits().groups()) {
            if (group.spoken() || findings.covers(utterance, group.start())) {
                continue;
            }
            int start = LetterIds.startOfLettersBefore(text, group.start());
            int end = NationalIds.endOfOneAt(
                    text, start, lettersAt(text, start), group.digits().length());
            if (end < 0 && start < group.start()) {
                start = group.start();
                end = NationalIds.endOfOneAt(text, start, 0, group.digits().length());
            }
            boolean isWholeValue = reading == Reading.VALUES && start == 0 && end == text.length();
            if (end > 0 && !isWholeValue && !talk.answers().isSomethingElse(group)) {
                findings.mask(utterance, start, end, MASK);
            }
        }
    }

    private static int lettersAt(String text, int start) {
        int end = start;
        while (LetterIds.isLetter(text.charAt(end))) {
            end++;
        }
        return end - start;
    }

    /** Of the whole run, or of groups in it that stand closer together than the rest. */
    private static void findByForm(Talk talk, Run run, Reading reading, Findings findings) {
        List<Placed> groups = run.groups();
        if (hasForm(groups, findings)) {
            findings.mask(groups, MASK);
        } else if (reading == Reading.GOING_ON && run.open() && hasLengths(groups, SSN_GROUPS.subList(0, 2))) {
            findings.mask(groups, UNDECIDED);
        } else {
            for (int from = 0, to; from < groups.size(); from = to) {
                to = from + 1;
                char separator = talk.separatorBefore(groups, to);
                while (to < groups.size() && separator != 0 && talk.separatorBefore(groups, to) == separator) {
                    to++;
                }
                if (hasForm(groups.subList(from, to), findings)) {
                    findings.mask(groups.subList(from, to), MASK);
                }
            }
        }
    }

    private static boolean hasForm(List<Placed> groups, Findings findings) {
        return Answers.digits(groups) == NIR && NationalIds.isNir(Answers.written(groups)) && none(groups, findings)
                || hasLengths(groups, SSN_GROUPS)
                        && NationalIds.isSsn(Answers.written(groups))
                        && none(groups, findings)
                || hasLengths(groups, STEUER_ID_GROUPS) && NationalIds.isSteuerId(Answers.written(groups))
                || hasLengths(groups, CPF_GROUPS) && NationalIds.isCpf(Answers.written(groups));
    }

    private static boolean none(List<Placed> groups, Findings findings) {
        return groups.stream().noneMatch(findings::covers);
    }

    private static boolean hasLengths(List<Placed> groups, List<Integer> lengths) {
        if (groups.size() != lengths.size()) {
            return false;
        }
        for (int i = 0; i < lengths.size(); i++) {
            if (groups.get(i).digits().length() != lengths.get(i)
                    || groups.get(i).group().spoken()) {
                return false;
            }
        }
        return true;
    }

    private static void findAnswer(Answer answer, Reading reading, Findings findings) {
        if (!answer.isForSomethingElse()) {
            answer.mask(SHORTEST, MASK, reading, findings);
            return;
        }
        for (List<Placed> part : answer.parts()) {
            List<Placed> left = findings.uncovered(part);
            if (NationalIds.canBe(Answers.written(left))) {
                findings.mask(left, MASK);
            } else if (Answers.digits(left) > SSN) {
                maskFirstOrLast(left, findings);
            }
        }
    }

    /** Nine digits with something else right before or after, such as a date of birth. */
    private static void maskFirstOrLast(List<Placed> groups, Findings findings) {
        for (int i = 1; i < groups.size(); i++) {
            List<Placed> head = groups.subList(0, i);
            List<Placed> tail = groups.subList(i, groups.size());
            if (Answers.digits(head) == SSN && NationalIds.canBe(Answers.written(head))) {
                findings.mask(head, MASK);
                return;
            }
            if (Answers.digits(tail) == SSN && NationalIds.canBe(Answers.written(tail))) {
                findings.mask(tail, MASK);
                return;
            }
        }
    }
}
