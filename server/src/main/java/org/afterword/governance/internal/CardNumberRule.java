package org.afterword.governance.internal;

import java.util.ArrayList;
import java.util.List;
import org.afterword.governance.internal.Answers.Answer;
import org.afterword.governance.internal.Talk.Placed;
import org.afterword.governance.internal.Talk.Run;

/**
 * Payment card numbers, written or spoken, in one text or over several. A number begins and ends where a group does. Where words
 * ask for a card and for no other number, one that was misheard goes too: enough digits, whatever their check.
 */
public final class CardNumberRule implements RedactionRule {
    private static final String MASK = Mask.CARD_NUMBER.text();

    /** Fewer digits give nothing away, and would mask every "see you at 4" until the next words. */
    private static final int SHORTEST_BEGINNING = 4;

    /** A card number of which one digit was lost. */
    private static final int SHORTEST_ANSWER = CardNumbers.SHORTEST - 1;

    @Override
    public void find(Talk talk, Reading reading, Findings findings) {
        for (Run run : talk.runs()) {
            if (run.digits() >= CardNumbers.SHORTEST) {
                findInOneRun(run.groups(), talk.answers(), findings);
            }
            if (reading == Reading.GOING_ON && run.open()) {
                maskBeginning(run.groups(), findings);
            }
        }
        findOverQuestions(talk, findings);
        for (Answer answer : talk.answers().all()) {
            if (answer.isFor(Topic.CARD) && !answer.isForSomethingElse()) {
                answer.maskUncovered(SHORTEST_ANSWER, MASK, findings);
                if (!findings.isEmpty()) {
                    answer.parts().forEach(part -> maskRest(part, findings));
                }
            }
        }
    }

    private static void findInOneRun(List<Placed> groups, Answers answers, Findings findings) {
        for (int from = 0; from < groups.size(); from++) {
            int to = endOfCardNumber(groups, from, answers);
            if (to > from) {
                findings.mask(groups.subList(from, to), MASK);
            }
        }
    }

    /** A number that goes on after another question has all that was said in each of its utterances. */
    private static void findOverQuestions(Talk talk, Findings findings) {
        List<Run> runs = talk.runs();
        for (int from = 0, to; from < runs.size(); from = to) {
            int digits = runs.get(from).digits();
            for (to = from + 1; to < runs.size() && runs.get(to).goesOn(); to++) {
                digits += runs.get(to).digits();
            }
            if (digits >= CardNumbers.SHORTEST) {
                findOverQuestions(runs.subList(from, to), talk.answers(), findings);
            }
        }
    }

    private static void findOverQuestions(List<Run> runs, Answers answers, Findings findings) {
        List<List<Placed>> pieces = new ArrayList<>();
        for (Run run : runs) {
            int fresh = pieces.size();
            for (Placed group : run.groups()) {
                if (pieces.size() == fresh || pieces.getLast().getLast().utterance() != group.utterance()) {
                    pieces.add(new ArrayList<>());
                }
                pieces.getLast().add(group);
            }
            for (int to = Math.max(fresh, 1); to < pieces.size(); to++) {
                maskUpTo(pieces, to, answers, findings);
            }
        }
    }

    private static void maskUpTo(List<List<Placed>> pieces, int last, Answers answers, Findings findings) {
        var digits = new StringBuilder();
        for (int from = last; from >= 0 && digits.length() < CardNumbers.LONGEST; from--) {
            if (answers.isSurelySomethingElse(pieces.get(from).getFirst())) {
                return;
            }
            digits.insert(0, Answers.written(pieces.get(from)));
            if (from < last && CardNumbers.isOne(digits)) {
                pieces.subList(from, last + 1).forEach(piece -> findings.mask(piece, MASK));
            }
        }
    }

    /** What is left of a misheard number of which some digits happen to be a card number by themselves. */
    private static void maskRest(List<Placed> part, Findings findings) {
        boolean spoken = part.stream().anyMatch(group -> group.group().spoken());
        boolean oneNumber = Answers.digits(part) <= CardNumbers.LONGEST;
        if (spoken && part.stream().anyMatch(findings::covers)) {
            List<List<Placed>> left = findings.uncoveredParts(part);
            left.stream()
                    .filter(rest -> oneNumber || rest.getFirst() == part.getFirst())
                    .forEach(rest -> findings.mask(rest, MASK));
        }
    }

    /** The end (exclusive) of the longest card number that begins at {@code from}; {@code from} if none does. */
    private static int endOfCardNumber(List<Placed> groups, int from, Answers answers) {
        var digits = new StringBuilder();
        int end = from;
        for (int to = from; to < groups.size() && digits.length() < CardNumbers.LONGEST; to++) {
            boolean another = groups.get(to).utterance() != groups.get(from).utterance()
                    && (answers.isSurelySomethingElse(groups.get(from))
                            || answers.isSurelySomethingElse(groups.get(to)));
            if (another) {
                break;
            }
            digits.append(groups.get(to).digits());
            if (CardNumbers.isOne(digits)) {
                end = to + 1;
            }
        }
        return end;
    }

    private static void maskBeginning(List<Placed> groups, Findings findings) {
        var digits = new StringBuilder();
        int begin = groups.size();
        for (int from = groups.size() - 1; from >= 0 && !findings.covers(groups.get(from)); from--) {
            digits.insert(0, groups.get(from).digits());
            if (digits.length() >= CardNumbers.LONGEST) {
                break;
            }
            if (digits.length() >= SHORTEST_BEGINNING && CardNumbers.canBegin(digits)) {
                begin = from;
            }
        }
        if (begin < groups.size()) {
            findings.mask(groups.subList(begin, groups.size()), UNDECIDED);
        }
    }
}
