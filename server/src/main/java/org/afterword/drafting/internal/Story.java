package org.afterword.drafting.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.afterword.drafting.Claim;
import org.afterword.drafting.DraftInput.DesktopAction;
import org.afterword.drafting.Evidence;
import org.afterword.drafting.FollowUp;
import org.afterword.drafting.internal.Ranking.Vote;
import org.afterword.drafting.internal.Talk.Move;

/**
 * The contact in sentences: what the customer wanted, what was done, what comes next. Composed from retold sentences and
 * desktop actions; what cannot be told in good grammar from its evidence is left out.
 */
final class Story {
    static final int SUMMARY_WORDS = 35;
    private static final int HEADLINE_WORDS = 12;
    private static final int OUTCOME_WORDS = 16;
    private static final int MOST_STATEMENTS = 3;

    private static final Pattern OFFER_TO = Pattern.compile(
            "(?i)\\b(?:(?:would|do) you (?:like|want|wish)(?: me)? to|shall i|should i|can i|may i|would you like me to|want me to)(?: go ahead and)? (?<act>[a-z][^?]*)\\?");

    private final Situation situation;
    private final List<Vote> reasons;
    private final List<Claim<FollowUp>> followUps;

    Story(Situation situation, List<Vote> reasons, List<Claim<FollowUp>> followUps) {
        this.situation = situation;
        this.reasons = reasons;
        this.followUps = followUps;
    }

    /** What the customer wanted, in the order in which it came up. */
    List<Claim<String>> issue() {
        if (!situation.input().heard()) {
            return reasons.isEmpty() ? List.of(Claim.notHeard("issue/heard")) : List.of(byLabel());
        }
        var told = new LinkedHashMap<String, Claim<String>>();
        for (Line line : requests()) {
            Retelling.ofCustomer(line, HEADLINE_WORDS - 1).ifPresent(phrase -> {
                String subject = told.isEmpty() ? "Customer " : "Customer also ";
                told.putIfAbsent(
                        phrase,
                        Claim.of(
                                "issue/" + Promises.place(line),
                                Retelling.sentence(subject + phrase),
                                0.85,
                                List.of(line.quote())));
            });
        }
        if (told.isEmpty() && !reasons.isEmpty()) {
            return List.of(byLabel());
        }
        return told.values().stream().limit(MOST_STATEMENTS).toList();
    }

    /** What was done about it, in order. */
    List<Claim<String>> resolution() {
        var told = new ArrayList<Claim<String>>();
        done().forEach(claim -> told.add(under("resolutionText/", claim)));
        failed().ifPresent(claim -> told.add(under("resolutionText/", claim)));
        declined().ifPresent(claim -> told.add(under("resolutionText/", claim)));
        return List.copyOf(told);
    }

    List<Claim<String>> nextSteps() {
        return followUps.stream().flatMap(claim -> text(claim).stream()).toList();
    }

    /** Headline, outcome and what comes next, as far as they fit into {@value #SUMMARY_WORDS} words. */
    List<Claim<String>> summary() {
        var candidates = new ArrayList<Claim<String>>();
        List<Claim<String>> issue = issue();
        issue.stream().findFirst().ifPresent(claim -> candidates.add(named("summary/issue", claim)));
        List<Claim<String>> outcomes = new ArrayList<>(done());
        failed().ifPresent(outcomes::add);
        List<Claim<String>> latestFirst = outcomes.reversed();
        latestFirst.stream().findFirst().ifPresent(claim -> candidates.add(named("summary/outcome", claim)));
        nextSteps().stream().findFirst().ifPresent(claim -> candidates.add(named("summary/next", claim)));
        latestFirst.stream().skip(1).findFirst().ifPresent(claim -> candidates.add(named("summary/before", claim)));
        declined().ifPresent(claim -> candidates.add(named("summary/declined", claim)));
        issue.stream().skip(1).findFirst().ifPresent(claim -> candidates.add(named("summary/also", claim)));
        return inReadingOrder(fitting(candidates));
    }

    private static List<Claim<String>> fitting(List<Claim<String>> byImportance) {
        var kept = new ArrayList<Claim<String>>();
        int words = 0;
        for (Claim<String> claim : byImportance) {
            int count = claim.value() == null ? 0 : Retelling.count(claim.value());
            if (words + count <= SUMMARY_WORDS) {
                kept.add(claim);
                words += count;
            }
        }
        return kept;
    }

    private static List<Claim<String>> inReadingOrder(List<Claim<String>> claims) {
        List<String> order = List.of(
                "summary/issue",
                "summary/also",
                "summary/before",
                "summary/outcome",
                "summary/declined",
                "summary/next");
        return claims.stream()
                .sorted(Comparator.comparingInt(claim -> order.indexOf(claim.id())))
                .toList();
    }

    /** The customer's sentences that carry the reasons; if none can be retold, the first that can. */
    private List<Line> requests() {
        var requests = new LinkedHashSet<Line>();
        for (Vote reason : reasons) {
            reason.evidence().stream()
                    .flatMap(evidence -> lineOf(evidence).stream())
                    .filter(Story::isRequest)
                    .min(Comparator.comparing(Story::leansOnOther).thenComparingInt(this::place))
                    .ifPresent(requests::add);
        }
        if (requests.isEmpty()) {
            situation.gist().points().stream()
                    .map(Gist.Point::line)
                    .filter(Story::isRequest)
                    .findFirst()
                    .ifPresent(requests::add);
        }
        return requests.stream().sorted(Comparator.comparingInt(this::place)).toList();
    }

    private int place(Line line) {
        return situation.talk().lines().indexOf(line);
    }

    /** "Make it for two" needs to know what "it" is. */
    private static boolean leansOnOther(Line line) {
        return OBJECT_PRONOUN.matcher(line.text()).find();
    }

    private static final Pattern OBJECT_PRONOUN =
            Pattern.compile("(?i)\\b(?:it|them|that one|this one|one|there|that)\\b");

    private static boolean isRequest(Line line) {
        return line.byCustomer()
                && Retelling.ofCustomer(line, HEADLINE_WORDS - 1).isPresent();
    }

    private Optional<Line> lineOf(Evidence evidence) {
        return situation.talk().lines().stream()
                .filter(line -> line.quote().equals(evidence))
                .findFirst();
    }

    private Claim<String> byLabel() {
        Vote reason = reasons.getFirst();
        String label = situation
                .input()
                .catalog()
                .findReason(reason.code())
                .orElseThrow()
                .label();
        return Claim.of(
                "issue/reason",
                Retelling.sentence("Reason for contact: " + label),
                reason.confidence(),
                reason.evidence());
    }

    /** What was done: changes in other systems; else what the agent reported; else what was told or looked up. */
    private List<Claim<String>> done() {
        var byName = new LinkedHashMap<String, DesktopAction>();
        for (DesktopAction action : situation.input().actions()) {
            byName.remove(action.name());
            byName.put(action.name(), action);
        }
        List<DesktopAction> changes = byName.values().stream()
                .filter(ActionsTaken::changedSomething)
                .filter(action -> !isRefusedAfter(action))
                .toList();
        if (!changes.isEmpty()) {
            return changes.stream().map(this::entered).toList();
        }
        List<Claim<String>> reported =
                retold(line -> line.has(Cue.DONE) && !line.sentence().isQuestion() && !line.has(Cue.ANYTHING_ELSE), "");
        if (!reported.isEmpty()) {
            return List.of(reported.getLast());
        }
        List<Claim<String>> answered = retold(Story::isAnswer, "Agent said: ");
        if (!answered.isEmpty()) {
            return List.of(answered.getFirst());
        }
        return byName.values().stream()
                .filter(action -> !ActionsTaken.changedSomething(action))
                .map(this::entered)
                .toList();
    }

    private Claim<String> entered(DesktopAction action) {
        return ActionsTaken.claim(action.name(), action, situation, OUTCOME_WORDS);
    }

    private List<Claim<String>> retold(Predicate<Line> which, String before) {
        return situation.talk().agentLines().stream()
                .filter(which)
                .flatMap(line -> Retelling.ofAgent(line, OUTCOME_WORDS - Retelling.count(before)).stream()
                        .map(told -> Claim.of(
                                Promises.place(line), Retelling.sentence(before + told), 0.8, List.of(line.quote()))))
                .toList();
    }

    /** A statement of the agent that gives a value and stands for itself. */
    private static boolean isAnswer(Line line) {
        boolean answersOther = ANAPHORA.matcher(line.text()).find();
        boolean whole = VERB.matcher(line.text()).find();
        return whole
                && !line.mentions().isEmpty()
                && !line.sentence().isQuestion()
                && !line.has(Cue.READ_BACK)
                && !line.has(Cue.OFFER)
                && !line.has(Cue.ANYTHING_ELSE)
                && !answersOther;
    }

    private static final Pattern ANAPHORA = Pattern.compile(
            "(?i)^(?:\\w+,? )?(?:it|its|they|their|that|this|he|she|his|her|and|one|yes|no|if|there)\\b");

    private static final Pattern VERB = Pattern.compile("(?i)\\w (?:is|are|was|has|have|will|costs?|currently has)\\b");

    /** Whether the agent said after the action that it had not worked. */
    private boolean isRefusedAfter(DesktopAction action) {
        List<Line> before = situation.before(action);
        List<Line> after = situation
                .talk()
                .lines()
                .subList(before.size(), situation.talk().lines().size());
        return action.time() != null
                && after.stream()
                        .filter(Line::byAgent)
                        .filter(line -> line.has(Cue.FAILED) || line.has(Cue.DONE))
                        .findFirst()
                        .filter(line -> line.has(Cue.FAILED) && !line.has(Cue.DONE))
                        .isPresent();
    }

    /** The last thing that did not work, if nothing worked after it. */
    private Optional<Claim<String>> failed() {
        List<Line> decisive = situation.talk().agentLines().stream()
                .filter(line -> (line.has(Cue.FAILED) || line.has(Cue.DONE))
                        && !line.sentence().isQuestion())
                .toList();
        if (decisive.isEmpty() || !decisive.getLast().has(Cue.FAILED)) {
            return Optional.empty();
        }
        Line line = decisive.getLast();
        return Retelling.ofAgent(line, OUTCOME_WORDS)
                .map(told -> Claim.of(Promises.place(line), told, 0.75, List.of(line.quote())));
    }

    /** The last offer that the customer declined. */
    private Optional<Claim<String>> declined() {
        List<Move> moves = situation.talk().moves();
        for (int i = moves.size() - 1; i > 0; i--) {
            Move answer = moves.get(i);
            boolean refuses = answer.byCustomer() && answer.lines().getFirst().has(Cue.NO);
            Line offer = moves.get(i - 1).lines().getLast();
            Matcher matcher = OFFER_TO.matcher(offer.text());
            if (refuses && offer.byAgent() && !offer.has(Cue.ANYTHING_ELSE) && matcher.find()) {
                Optional<String> act = Retelling.offered(matcher.group("act"), HEADLINE_WORDS - 5);
                if (act.isPresent()) {
                    return act.map(told -> Claim.of(
                            Promises.place(offer),
                            Retelling.sentence("Customer declined the offer to " + told),
                            0.75,
                            List.of(offer.quote(), answer.lines().getFirst().quote())));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Claim<String>> text(Claim<FollowUp> claim) {
        return Optional.ofNullable(claim.value())
                .map(followUp -> Claim.of(
                        claim.id().replace("followUps/", "nextSteps/"),
                        followUp.text(),
                        claim.confidence(),
                        claim.evidence()));
    }

    private static Claim<String> under(String prefix, Claim<String> claim) {
        return named(prefix + claim.id(), claim);
    }

    private static Claim<String> named(String id, Claim<String> claim) {
        return new Claim<>(id, claim.value(), claim.confidence(), claim.evidence(), claim.check());
    }
}
