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
        if (talk.names(Topic.SECURITY_CODE)) {
            var cues = new Cues(talk);
            for (Run run : talk.runs()) {
                List<Placed> candidates = run.groups().stream()
                        .filter(group -> !isAnotherNumber(group, talk.answers()))
                        .toList();
                for (List<Placed> part : findings.uncoveredParts(candidates)) {
                    boolean last = part.getLast().equals(run.groups().getLast());
                    if (cues.reach(part) && isRest(part, run, findings)) {
                        findings.mask(part, MASK);
                    } else if (cues.reach(part)) {
                        maskCodes(part, reading == Reading.GOING_ON && run.open() && last, findings);
                    }
                }
            }
        }
    }

    /** What is left of a spoken code of which some digits were taken for the end of a longer number. */
    private static boolean isRest(List<Placed> part, Run run, Findings findings) {
        return Answers.digits(part) < SHORTEST
                && part.getFirst().group().spoken()
                && run.groups().stream()
                        .anyMatch(group -> group.utterance() == part.getFirst().utterance() && findings.covers(group));
    }

    /** Too long for a code, and said to be something else. */
    private static boolean isAnotherNumber(Placed group, Answers answers) {
        return answers.isSomethingElse(group) && answers.digitsOfAnswer(group) > LONGEST;
    }

    private static void maskCodes(List<Placed> groups, boolean mayGoOn, Findings findings) {
        int digits = Answers.digits(groups);
        boolean spoken = groups.stream().anyMatch(g -> g.group().spoken());
        if (isAsLongAsACode(digits) || spoken && isLongEnoughWithExpiry(digits)) {
            findings.mask(groups, MASK);
        } else if (digits > LONGEST) {
            maskPieces(groups, findings);
        } else if (mayGoOn) {
            findings.mask(groups, UNDECIDED);
        }
    }

    /** Of more digits than a code has: what can be one by itself, and what one utterance has of them. */
    private static void maskPieces(List<Placed> groups, Findings findings) {
        for (int from = 0, to; from < groups.size(); from = to) {
            to = from + 1;
            while (to < groups.size()
                    && groups.get(to).utterance() == groups.get(from).utterance()) {
                to++;
            }
            List<Placed> piece = groups.subList(from, to);
            boolean whole = isAsLongAsACode(Answers.digits(piece))
                    || piece.getFirst().group().spoken() && isLongEnoughWithExpiry(Answers.digits(piece));
            if (whole) {
                findings.mask(piece, MASK);
            } else if (Answers.digits(piece) <= LONGEST_WITH_EXPIRY) {
                piece.stream()
                        .filter(group -> isAsLongAsACode(group.digits().length()))
                        .forEach(group -> findings.mask(List.of(group), MASK));
            }
        }
    }

    private static boolean isAsLongAsACode(int digits) {
        return digits >= SHORTEST && digits <= LONGEST;
    }

    private static boolean isLongEnoughWithExpiry(int digits) {
        return digits > LONGEST && digits <= LONGEST_WITH_EXPIRY;
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
            return !answer.speaker().equals(question.speaker())
                    || !question.digits().asks();
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
