package org.afterword.drafting.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.afterword.drafting.DraftInput;
import org.afterword.drafting.DraftInput.DesktopAction;
import org.afterword.drafting.internal.language.Token;
import org.afterword.drafting.internal.learning.FeatureCollector;
import org.afterword.drafting.internal.learning.Features;

/** What of a contact a learned ranking looks at: who said what, what came first, what was done, and what was known before. */
final class LookedAt {
    /* Weights of the zones, chosen on the held-back fifth of MultiDoGO's train; of agent, actions and facts none are there. */
    private static final double SAID = 2;
    private static final double BEGUN = 1;
    private static final double BESIDE = 1;

    /** What a contact is about is told by then: more told no better on MultiDoGO's train. */
    private static final int MOST_LINES = 6;

    /** Longer results are texts, which say little of what was done. */
    private static final int LONGEST_RESULT = 30;

    private LookedAt() {}

    static Features in(Situation situation) {
        DraftInput input = situation.input();
        List<Line> begun = situation.gist().points().stream()
                .map(Gist.Point::line)
                .filter(Line::byCustomer)
                .limit(2)
                .toList();
        return new FeatureCollector()
                .words("customer", SAID, words(situation.talk().customerLines()))
                .words("first", BEGUN, words(begun.stream().limit(1).toList()))
                .words("begin", BEGUN, words(begun))
                .words("agent", BESIDE, words(situation.talk().agentLines()))
                .facts("done", BESIDE, done(input.actions()))
                .facts("known", BESIDE, known(input.contact()))
                .with(meaning(situation), lines(situation));
    }

    private static List<Features> lines(Situation situation) {
        return situation.gist().points().stream()
                .filter(point -> point.line().byCustomer())
                .limit(MOST_LINES)
                .map(point -> new FeatureCollector()
                        .words("line", 1, words(List.of(point.line())))
                        .with(point.meaning().toArray()))
                .toList();
    }

    private static List<List<String>> words(List<Line> lines) {
        return lines.stream()
                .map(line -> line.tokens().stream().map(Token::lower).toList())
                .toList();
    }

    private static List<String> done(List<DesktopAction> actions) {
        var facts = new ArrayList<String>();
        for (DesktopAction action : actions) {
            facts.add(action.name());
            action.result().forEach((name, value) -> {
                if (value.length() <= LONGEST_RESULT) {
                    facts.add(action.name() + ' ' + name + '=' + value.toLowerCase(Locale.ROOT));
                }
            });
        }
        return facts;
    }

    private static List<String> known(DraftInput.Contact contact) {
        var facts = new ArrayList<String>();
        facts.add("channel=" + contact.channel());
        facts.add("direction=" + contact.direction());
        facts.add("queue=" + contact.queue());
        facts.add("campaign=" + contact.campaign());
        facts.add("callType=" + contact.callType());
        return facts;
    }

    /** What the customer began with, and all that the customer said. */
    private static float[] meaning(Situation situation) {
        float[] all = situation.fingerprint().toArray();
        float[] first = situation.gist().points().stream()
                .filter(point -> point.line().byCustomer())
                .findFirst()
                .map(point -> point.meaning().toArray())
                .orElse(new float[all.length]);
        var both = new float[2 * all.length];
        System.arraycopy(first, 0, both, 0, all.length);
        System.arraycopy(all, 0, both, all.length, all.length);
        return both;
    }
}
