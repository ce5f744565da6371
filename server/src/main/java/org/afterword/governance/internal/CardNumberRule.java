package org.afterword.governance.internal;

import java.util.List;
import org.afterword.governance.internal.Talk.Placed;
import org.afterword.governance.internal.Talk.Run;

/** Payment card numbers, written or spoken, in one text or over several. A number begins and ends where a group does. */
public final class CardNumberRule implements RedactionRule {
    static final String MASK = "[card number]";

    /** Fewer digits give nothing away, and would mask every "see you at 4" until the next words. */
    private static final int SHORTEST_BEGINNING = 4;

    @Override
    public void find(Talk talk, boolean goingOn, Findings findings) {
        for (Run run : talk.runs()) {
            List<Placed> groups = run.groups();
            for (int from = 0; from < groups.size(); from++) {
                int to = endOfCardNumber(groups, from);
                if (to > from) {
                    findings.mask(groups.subList(from, to), MASK);
                }
            }
            if (goingOn && run.open()) {
                maskBeginning(groups, findings);
            }
        }
    }

    /** The end (exclusive) of the longest card number that begins at {@code from}; {@code from} if none does. */
    private static int endOfCardNumber(List<Placed> groups, int from) {
        var digits = new StringBuilder();
        int end = from;
        for (int to = from; to < groups.size() && digits.length() < CardNumbers.LONGEST; to++) {
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
