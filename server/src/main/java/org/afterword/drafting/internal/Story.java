package org.afterword.drafting.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.afterword.drafting.Claim;
import org.afterword.drafting.DraftInput.DesktopAction;
import org.afterword.drafting.Evidence;
import org.afterword.drafting.FollowUp;
import org.afterword.drafting.internal.Talk.Move;

/**
 * The contact in sentences: what the customer wanted, what was done, what comes next. Composed from retold sentences and
 * desktop actions; what cannot be told in good grammar from its evidence is left out.
 */
final class Story {
    static final int SUMMARY_WORDS = 35;
    private static final int HEADLINE_WORDS = 12;

    /** "Customer" is one of them. */
    private static final int HEADLINE_REQUEST = HEADLINE_WORDS - 1;

    private static final int LONGEST_REQUEST = 18;
    private static final int OUTCOME_WORDS = 16;
    private static final int LONGEST_QUOTATION = 30;
    private static final int MOST_STATEMENTS = 3;

    private static final Pattern OFFER_TO = Pattern.compile(
            "(?i)\\b(?:(?:would|do) you (?:like|want|wish)(?: me)? to|shall i|should i|can i|may i|would you like me to|want me to)(?: go ahead and)? (?<act>[a-z][^?]*)\\?");

    private final Situation situation;
    private final List<Vote> reasons;
    private final List<Claim<FollowUp>> followUps;
    private final ActionsTaken actions;

    Story(Situation situation, List<Vote> reasons, List<Claim<FollowUp>> followUps) {
        this.actions = new ActionsTaken(situation, reasons);
        this.situation = situation;
        this.reasons = reasons;
        this.followUps = followUps;
    }

    /** What the customer wanted, in the order in which it came up. */
    List<Claim<String>> issue() {
        return issue(LONGEST_REQUEST, LONGEST_QUOTATION);
    }

    private List<Claim<String>> issue(int requestWords, int quotedWords) {
        if (!situation.input().heard()) {
            return reasons.isEmpty() ? List.of(Claim.notHeard("issue/heard")) : List.of(byLabel(reasons.getFirst()));
        }
        List<Claim<String>> told = retoldRequests(requestWords);
        if (!told.isEmpty()) {
            return told;
        }
        return reasons.isEmpty()
                ? Quoting.ofCustomer(situation.talk(), quotedWords).map(quoted -> under("issue/", quoted)).stream()
                        .toList()
                : List.of(byLabel(reasons.getFirst()));
    }

    private List<Claim<String>> retoldRequests(int words) {
        var told = new LinkedHashMap<String, Claim<String>>();
        for (Line line : requests(words)) {
            Requests.retold(line, words).ifPresent(phrase -> {
                String also = phrase.startsWith("was ")
                        ? "Customer was also " + phrase.substring(4)
                        : "Customer also " + phrase;
                String sentence = told.isEmpty() ? "Customer " + phrase : also;
                told.putIfAbsent(
                        phrase,
                        Claim.of(
                                "issue/" + Promises.place(line),
                                Phrases.sentence(sentence),
                                0.85,
                                List.of(line.quote())));
            });
        }
        return told.values().stream().limit(MOST_STATEMENTS).toList();
    }

    /** What was done about it, in order; else what the agent answered. */
    List<Claim<String>> resolution() {
        var told = new ArrayList<>(done());
        failed().ifPresent(told::add);
        declined().ifPresent(told::add);
        if (told.isEmpty()) {
            Quoting.ofAgent(situation.talk(), LONGEST_QUOTATION).ifPresent(told::add);
        }
        return told.stream().map(claim -> under("resolutionText/", claim)).toList();
    }

    List<Claim<String>> nextSteps() {
        return followUps.stream().flatMap(claim -> text(claim).stream()).toList();
    }

    /** Headline, outcome and what comes next, as far as they fit into {@value #SUMMARY_WORDS} words. */
    List<Claim<String>> summary() {
        var candidates = new ArrayList<Claim<String>>();
        List<Claim<String>> issue = issue(HEADLINE_REQUEST, HEADLINE_WORDS - Quoting.SPEAKER_WORDS);
        issue.stream().findFirst().ifPresent(claim -> candidates.add(named("summary/issue", claim)));
        List<Claim<String>> outcomes = new ArrayList<>(done());
        failed().ifPresent(outcomes::add);
        Optional<Claim<String>> declined = declined();
        if (outcomes.isEmpty() && declined.isEmpty()) {
            Quoting.ofAgent(situation.talk(), OUTCOME_WORDS - Quoting.SPEAKER_WORDS)
                    .ifPresent(outcomes::add);
        }
        List<Claim<String>> latestFirst = outcomes.reversed();
        latestFirst.stream().findFirst().ifPresent(claim -> candidates.add(named("summary/outcome", claim)));
        nextSteps().stream()
                .filter(claim -> !LEANING.matcher(String.valueOf(claim.value())).find())
                .findFirst()
                .ifPresent(claim -> candidates.add(named("summary/next", claim)));
        latestFirst.stream().skip(1).findFirst().ifPresent(claim -> candidates.add(named("summary/before", claim)));
        declined.ifPresent(claim -> candidates.add(named("summary/declined", claim)));
        issue.stream().skip(1).findFirst().ifPresent(claim -> candidates.add(named("summary/also", claim)));
        return inReadingOrder(fitting(candidates));
    }

    private static List<Claim<String>> fitting(List<Claim<String>> byImportance) {
        var kept = new ArrayList<Claim<String>>();
        int words = 0;
        for (Claim<String> claim : byImportance) {
            int count = claim.value() == null ? 0 : Phrases.count(claim.value());
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

    /** What the customer began with, and the sentences that carry the other reasons; none that needs another to be understood. */
    private List<Line> requests(int words) {
        var requests = new LinkedHashSet<Line>();
        Set<Evidence> spoken =
                reasons.stream().flatMap(reason -> reason.evidence().stream()).collect(Collectors.toSet());
        Optional<Line> first = situation.gist().opening();
        List<Line> opening = situation.gist().points().stream()
                .map(Gist.Point::line)
                .filter(line -> first.filter(line::equals).isPresent() || spoken.contains(line.quote()))
                .filter(line -> isRequest(line, words))
                .limit(1)
                .toList();
        for (Vote reason : reasons) {
            List<Line> own = reason.evidence().stream()
                    .flatMap(evidence -> lineOf(evidence).stream())
                    .toList();
            if (own.stream().noneMatch(opening::contains)) {
                own.stream()
                        .filter(line -> isRequest(line, words))
                        .min(Comparator.comparingInt(this::place))
                        .ifPresent(requests::add);
            }
        }
        requests.addAll(opening);
        if (requests.isEmpty() && reasons.isEmpty()) {
            Quoting.opening(situation.talk()).stream()
                    .filter(line -> isRequest(line, words))
                    .findFirst()
                    .ifPresent(requests::add);
        }
        return requests.stream().sorted(Comparator.comparingInt(this::place)).toList();
    }

    private int place(Line line) {
        return situation.talk().lines().indexOf(line);
    }

    private boolean isRequest(Line line, int words) {
        return line.byCustomer()
                && !situation.talk().answersDetail(line)
                && Requests.retold(line, words)
                        .filter(told -> !LEANING.matcher(told).find())
                        .isPresent();
    }

    /** "Make it for two" needs to know what "it" is. */
    private static final Pattern LEANING = Pattern.compile(
            "(?i)\\b(?:it|that|this|them|those|these|there|her|him|another|other|else|instead|again|one)\\b(?! (?:is|are|will|has|have|can|offers?|leaves?|week|month|year|sunday|monday|tuesday|wednesday|thursday|friday|saturday|weekend|evening|morning|afternoon|way|person|room|day|adult|passenger|ticket|star|hotel)\\b)");

    private Optional<Line> lineOf(Evidence evidence) {
        return situation.talk().lines().stream()
                .filter(line -> line.quote().equals(evidence))
                .findFirst();
    }

    /** The matter by the label of its reason. */
    Claim<String> byLabel(Vote reason) {
        String label = situation
                .input()
                .catalog()
                .findReason(reason.code())
                .orElseThrow()
                .label();
        String told = Deed.labeled(label)
                .map(deed -> "Customer wanted to " + deed.infinitive())
                .orElse("Reason for contact: " + label);
        return Claim.of("issue/reason", Phrases.sentence(told), reason.confidence(), reason.evidence());
    }

    /** What was done: changes in other systems; else what the agent reported; else what was looked up and told. */
    private List<Claim<String>> done() {
        List<DesktopAction> changes = latestOfEachName(ActionsTaken::changedSomething).stream()
                .filter(action -> refusal(action).isEmpty())
                .toList();
        if (!changes.isEmpty()) {
            return changes.stream().map(this::entered).toList();
        }
        boolean tried = !latestOfEachName(ActionsTaken::changedSomething).isEmpty();
        List<Claim<String>> reported = tried
                ? List.of()
                : retold(
                        line -> line.has(Cue.DONE) && !line.has(Cue.FAILED) && !line.has(Cue.ANYTHING_ELSE),
                        line -> Retelling.ofAgent(line, OUTCOME_WORDS));
        if (!reported.isEmpty()) {
            return reported;
        }
        var told = new ArrayList<Claim<String>>();
        latestOfEachName(action -> !ActionsTaken.changedSomething(action)).stream()
                .map(this::entered)
                .forEach(told::add);
        if (!tried) {
            List<Claim<String>> offered = retold(
                    line -> !line.has(Cue.FAILED) && !line.has(Cue.READ_BACK),
                    line -> Retelling.ofOffer(line, OUTCOME_WORDS));
            List<Claim<String>> answered = retold(
                    Story::isAnswer,
                    line -> Retelling.ofAgent(line, OUTCOME_WORDS - 2)
                            .map(answer -> answer.startsWith("Agent ") ? answer : "Agent said: " + answer));
            (offered.isEmpty() ? answered : offered)
                    .stream().reduce((earlier, later) -> later).ifPresent(told::add);
        }
        return List.copyOf(told);
    }

    private List<DesktopAction> latestOfEachName(Predicate<DesktopAction> which) {
        var byName = new LinkedHashMap<String, DesktopAction>();
        situation.input().actions().stream().filter(which).forEach(action -> {
            byName.remove(action.name());
            byName.put(action.name(), action);
        });
        return List.copyOf(byName.values());
    }

    private Optional<Line> refusal(DesktopAction action) {
        return Outcome.refusal(action, situation);
    }

    private Claim<String> entered(DesktopAction action) {
        return actions.done(action.name(), action, OUTCOME_WORDS);
    }

    private List<Claim<String>> retold(Predicate<Line> which, Function<Line, Optional<String>> telling) {
        return situation.talk().agentLines().stream()
                .filter(line -> !line.sentence().isQuestion() || line.has(Cue.OFFER))
                .filter(which)
                .flatMap(line -> telling.apply(line).stream()
                        .map(told ->
                                Claim.of(Promises.place(line), Phrases.sentence(told), 0.8, List.of(line.quote()))))
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
                && !line.has(Cue.FAILED)
                && !line.has(Cue.OFFER)
                && !line.has(Cue.ANYTHING_ELSE)
                && !answersOther
                && !POINTING.matcher(line.text()).find()
                && !DETAIL.matcher(line.text()).find();
    }

    private static final Pattern ANAPHORA = Pattern.compile(
            "(?i)^(?:\\w+,? )?(?:it|its|they|their|that|this|he|she|his|her|and|one|yes|no|if|there|the (?:first|second|other|next)|you(?! (?:have|owe)\\b)|you're|your(?= (?:return|departure|check|pick|drop|flight|trip)))\\b");

    private static final Pattern POINTING = Pattern.compile("(?i)\\b(?:this|that|these|those) \\w");

    private static final Pattern VERB = Pattern.compile("(?i)\\w (?:is|are|was|has|have|will|costs?|currently has)\\b");

    /** What identifies or describes something is no answer by itself. */
    private static final Pattern DETAIL =
            Pattern.compile("(?i)\\b(?:phone|address|contact number|the number|number is|located|rat(?:ed|ing))\\b");

    /** The last thing that did not work, if nothing worked after it. */
    private Optional<Claim<String>> failed() {
        List<DesktopAction> tried = latestOfEachName(ActionsTaken::changedSomething);
        Optional<Line> refusal = tried.isEmpty() ? Optional.empty() : refusal(tried.getLast());
        if (refusal.isPresent()) {
            Line said = refusal.get();
            return Optional.of(actions.refused(Promises.place(said), tried.getLast(), said.quote(), OUTCOME_WORDS));
        }
        return Outcome.lastFailure(situation)
                .flatMap(line -> Retelling.ofFailure(line, OUTCOME_WORDS)
                        .map(told -> Claim.of(Promises.place(line), told, 0.75, List.of(line.quote()))));
    }

    /** The last offer that the customer declined, where nothing was done. */
    private Optional<Claim<String>> declined() {
        if (!latestOfEachName(ActionsTaken::changedSomething).isEmpty()) {
            return Optional.empty();
        }
        List<Move> moves = situation.talk().moves();
        for (int i = moves.size() - 1; i > 0; i--) {
            Move answer = moves.get(i);
            boolean refuses = answer.byCustomer() && answer.lines().getFirst().has(Cue.NO);
            Line offer = moves.get(i - 1).lines().getLast();
            Matcher matcher = OFFER_TO.matcher(offer.text());
            boolean offered = offer.byAgent() && !offer.has(Cue.ANYTHING_ELSE) && matcher.find();
            if (refuses && offered && !MORE.matcher(matcher.group("act")).find()) {
                Optional<String> act = Retelling.offered(matcher.group("act"), HEADLINE_WORDS - 5);
                if (act.isPresent()) {
                    return act.map(told -> Claim.of(
                            Promises.place(offer),
                            Phrases.sentence("Customer declined the offer to " + told),
                            0.75,
                            List.of(offer.quote(), answer.lines().getFirst().quote())));
                }
            }
        }
        return Optional.empty();
    }

    private static final Pattern MORE = Pattern.compile("(?i)\\b(?:another|other|else|more|further|help|assist)\\b");

    /** A promise as what comes next. */
    static Optional<Claim<String>> text(Claim<FollowUp> claim) {
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

    static Claim<String> named(String id, Claim<String> claim) {
        return new Claim<>(id, claim.value(), claim.confidence(), claim.evidence(), claim.check());
    }
}
