package org.afterword.governance.internal;

import java.util.List;
import org.afterword.governance.internal.Findings.Number;
import org.afterword.governance.internal.Talk.Placed;
import org.afterword.governance.internal.Talk.Run;

/** Pieces of what the other rules found that somebody says again soon: an agent who reads back half a card number. */
public final class EchoRule implements RedactionRule {
    /** The last four may be said again. */
    private static final int SHORTEST = 5;

    private static final int UTTERANCES_APART = 10;

    /** More are not said that close together; a text that is nothing but numbers takes no longer for it. */
    private static final int MOST_NUMBERS = 8;

    @Override
    public void find(Talk talk, Reading reading, Findings findings) {
        List<Number> numbers = List.copyOf(findings.numbers());
        if (numbers.isEmpty()) {
            return;
        }
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
}
