package org.afterword.governance.internal;

import java.util.List;
import java.util.stream.Collectors;
import org.afterword.governance.internal.DigitGroups.Group;
import org.afterword.governance.internal.Findings.Number;
import org.afterword.governance.internal.Talk.Placed;
import org.afterword.governance.internal.Talk.Run;

/**
 * Pieces of what the other rules found that somebody says again soon: an agent who reads back half a card number, or each piece of it as
 * it comes.
 */
public final class EchoRule implements RedactionRule {
    /** The last four may be said again. */
    private static final int SHORTEST = 5;

    private static final int UTTERANCES_APART = 10;

    /** Who reads back a piece as it comes does so at once, or after somebody's "okay". */
    private static final int UTTERANCES_TO_READ_BACK = 2;

    /** More are not said that close together; a text that is nothing but numbers takes no longer for it. */
    private static final int MOST_NUMBERS = 8;

    @Override
    public void find(Talk talk, Reading reading, Findings findings) {
        if (findings.isEmpty()) {
            return;
        }
        for (int i = 0; i < talk.size() - 1; i++) {
            findReadBack(talk, i, findings);
        }
        List<Number> numbers = List.copyOf(findings.numbers());
        List<Number> looked = numbers.subList(Math.max(0, numbers.size() - MOST_NUMBERS), numbers.size());
        for (Run run : talk.runs()) {
            for (List<Placed> part : findings.uncoveredParts(run.groups())) {
                String digits = Answers.written(part);
                if (digits.length() >= SHORTEST) {
                    looked.stream()
                            .filter(number -> Math.abs(number.utterance()
                                                    - part.getFirst().utterance())
                                            <= UTTERANCES_APART
                                    && number.digits().contains(digits))
                            .findFirst()
                            .ifPresent(number -> findings.mask(part, number.mask()));
                }
            }
        }
    }

    /** The digits of an utterance in which some are masked, in one of the next; a single one only where nothing else is said. */
    private static void findReadBack(Talk talk, int masked, Findings findings) {
        List<Group> said = talk.utterance(masked).digits().groups();
        if (said.isEmpty()) {
            return;
        }
        List<Group> covered = said.stream()
                .filter(group -> findings.covers(masked, group.start()))
                .toList();
        String mask = covered.isEmpty()
                ? null
                : findings.maskAt(masked, covered.getFirst().start());
        if (mask == null) {
            return;
        }
        int last = Math.min(talk.size() - 1, masked + UTTERANCES_TO_READ_BACK);
        for (int i = masked + 1; i <= last; i++) {
            DigitGroups next = talk.utterance(i).digits();
            String again = written(next.groups());
            boolean enough = again.length() > 1 || next.wordsBefore() == 0 && next.wordsAfter() == 0;
            if (enough && !again.isEmpty() && (again.equals(written(covered)) || again.equals(written(said)))) {
                findings.mask(
                        i,
                        next.groups().getFirst().start(),
                        next.groups().getLast().end(),
                        mask);
            }
        }
    }

    private static String written(List<Group> groups) {
        return groups.stream().map(Group::digits).collect(Collectors.joining());
    }
}
