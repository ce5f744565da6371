package org.afterword.governance.internal;

import java.util.List;
import org.afterword.governance.Redactor.Utterance;
import org.afterword.governance.internal.Talk.Placed;
import org.afterword.governance.internal.Talk.Run;

/**
 * Card security codes: three or four digits near words that name such a code, in the same text or in the answers that follow.
 * They may never be kept, so that in doubt a number beside such words goes too: an expiry date, but not an amount.
 */
public final class SecurityCodeRule implements RedactionRule {
    private static final String MASK = Mask.SECURITY_CODE.text();

    private static final int SHORTEST = 3;
    private static final int LONGEST = 4;

    /** A code with an expiry date beside it; more digits are a telephone or an account number. */
    private static final int LONGEST_WITH_EXPIRY = 9;

    private static final int REACH_AFTER_CUE = 80;
    private static final int REACH_BEFORE_CUE = 40;

    /** How many utterances after a question its answer is awaited. */
    private static final int ANSWERS_AWAITED = 4;

    @Override
    public void find(Talk talk, Reading reading, Findings findings) {
        if (!talk.runs().isEmpty()) {
            var cues = new Cues(talk);
            for (Run run : talk.runs()) {
                List<Placed> candidates = run.groups().stream()
                        .filter(group -> !isAnotherNumber(group, talk.answers()))
                        .toList();
                for (List<Placed> part : findings.uncoveredParts(candidates)) {
                    boolean last = part.getLast().equals(run.groups().getLast());
                    if (cues.reach(part)) {
                        maskCodes(part, reading == Reading.GOING_ON && run.open() && last, findings);
                    }
                }
            }
        }
    }

    /** Too long for a code, and said to be something else. */
    private static boolean isAnotherNumber(Placed group, Answers answers) {
        return answers.isSomethingElse(group) && answers.digitsOfAnswer(group) > LONGEST;
    }

    private static void maskCodes(List<Placed> groups, boolean mayGoOn, Findings findings) {
        int digits = Answers.digits(groups);
        boolean spoken = groups.stream().anyMatch(g -> g.group().spoken());
        if (digits >= SHORTEST && digits <= LONGEST || digits <= LONGEST_WITH_EXPIRY && digits > LONGEST && spoken) {
            findings.mask(groups, MASK);
        } else if (digits > LONGEST && digits <= LONGEST_WITH_EXPIRY) {
            groups.stream()
                    .filter(g -> g.digits().length() >= SHORTEST && g.digits().length() <= LONGEST)
                    .forEach(g -> findings.mask(List.of(g), MASK));
        } else if (digits < SHORTEST && mayGoOn) {
            findings.mask(groups, UNDECIDED);
        } else if (digits > LONGEST_WITH_EXPIRY) {
            maskFirst(groups, findings);
        }
    }

    /** Where more digits follow in later utterances, which may be anything: those that make a code with the first. */
    private static void maskFirst(List<Placed> groups, Findings findings) {
        for (int to = 1; to < groups.size(); to++) {
            boolean endsUtterance = groups.get(to).utterance() != groups.get(to - 1).utterance();
            int digits = Answers.digits(groups.subList(0, to));
            if (endsUtterance && digits >= SHORTEST) {
                if (digits <= LONGEST_WITH_EXPIRY) {
                    findings.mask(groups.subList(0, to), MASK);
                }
                return;
            }
        }
    }

    /** Where a talk names a security code. */
    private record Cues(Talk talk) {
        boolean reach(List<Placed> groups) {
            return groups.stream().anyMatch(this::reach);
        }

        private boolean reach(Placed placed) {
            for (int i = 1; i <= ANSWERS_AWAITED && i <= placed.utterance(); i++) {
                if (names(placed.utterance() - i, 0, Integer.MAX_VALUE)
                        && isPutTo(talk.utterance(placed.utterance()), talk.utterance(placed.utterance() - i))) {
                    return true;
                }
            }
            return names(
                    placed.utterance(),
                    placed.group().start() - REACH_AFTER_CUE,
                    placed.group().end() + REACH_BEFORE_CUE);
        }

        /** Who asks does not answer. */
        private static boolean isPutTo(Utterance answer, Utterance question) {
            return !answer.speaker().equals(question.speaker()) || !Answers.asks(question);
        }

        /** Whether a name in the utterance ends after the one place and begins before the other. */
        private boolean names(int utterance, int from, int to) {
            for (Cue cue : talk.utterance(utterance).cues()) {
                if (cue.topic() == Topic.SECURITY_CODE && !cue.masked() && cue.end() >= from && cue.start() <= to) {
                    return true;
                }
            }
            return false;
        }
    }
}
