package org.afterword.drafting.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.afterword.catalog.Catalog;
import org.afterword.drafting.Claim;
import org.afterword.drafting.ConfirmedExamples;
import org.afterword.drafting.Draft;
import org.afterword.drafting.Draft.Ranked;
import org.afterword.drafting.Draft.Statements;
import org.afterword.drafting.Draft.Status;
import org.afterword.drafting.FollowUp;
import org.jspecify.annotations.Nullable;

/** A draft from what agents typed in keywords: codes ranked and fields filled as from words, the prose by a template. */
final class NotedDraft {
    private static final String REMARK = "drafted from the agent's keywords.";

    private final Noted noted;
    private final Situation situation;
    private final ConfirmedExamples confirmed;

    /** @param situation in which the pieces are turns */
    NotedDraft(Noted noted, Situation situation, ConfirmedExamples confirmed) {
        this.noted = noted;
        this.situation = situation;
        this.confirmed = confirmed;
    }

    /** @param remark why words that there are were not read; null = there are none */
    Draft draft(String source, String model, @Nullable String remark) {
        var ranking = new Ranking(situation, confirmed);
        List<Vote> reasons = Drafter.chosen(ranking);
        Optional<Outcome.Seen> outcome = noted.outcome();
        Ranked disposition = Drafter.disposition(
                new Dispositions(situation, Drafter.leadingTo(ranking), outcome.orElseGet(() -> Outcome.of(situation)))
                        .rank(ranking),
                false);
        List<String> codes = reasons.stream().map(Vote::code).toList();
        String likely = disposition == null ? null : disposition.claim().value();
        // taggers learned from what customers say, not from what agents jot down
        Map<String, Claim<String>> fields = Fields.fill(situation, ranking, codes, likely, Map.of());
        List<Claim<FollowUp>> followUps = new NotedPromises(situation).followUps();
        Catalog catalog = situation.input().catalog();
        var story = new NotedStory(
                noted,
                situation,
                reasons,
                fields,
                catalog.templateFor(
                                disposition != null && disposition.fills() ? likely : null,
                                catalog.callTypesOf(situation.input().contact().callType(), codes, likely),
                                false)
                        .orElse(null));
        return new Draft(
                situation.input().ended() ? Status.READY : Status.GROWING,
                remark == null ? "No words were heard: this was " + REMARK : remark + " The rest was " + REMARK,
                source,
                model,
                null,
                null,
                new Statements(rested(story.summary())),
                new Statements(rested(story.issue())),
                new Statements(rested(story.resolution())),
                rested(new ActionsTaken(situation, reasons).all()),
                rested(followUps.stream()
                        .flatMap(claim -> Story.text(claim).stream())
                        .toList()),
                rested(reasons.stream()
                        .map(v -> Claim.of(Ranking.REASON + v.code(), v.code(), v.confidence(), v.evidence()))
                        .toList()),
                rested(Tags.chosen(ranking)),
                rested(followUps),
                rested(fields),
                Map.of(),
                disposition == null
                        ? null
                        : new Ranked(disposition.claim().withEvidence(noted::evidence), disposition.alternatives()),
                outcome.flatMap(NotedDraft::resolution).orElseGet(() -> Claim.notHeard("resolution")),
                Claim.notHeard("sentiment"),
                Map.of());
    }

    /** The draft of the words with what they leave open: fields without a value, and promises of kinds that nobody made in them. */
    static Draft completed(Draft heard, Draft noted) {
        var fields = new LinkedHashMap<>(heard.fields());
        noted.fields().forEach(fields::putIfAbsent);
        Set<FollowUp.Kind> promised = heard.followUps().stream()
                .flatMap(claim -> Stream.ofNullable(claim.value()))
                .map(FollowUp::kind)
                .collect(Collectors.toSet());
        var followUps = new ArrayList<>(heard.followUps());
        var nextSteps = new ArrayList<>(heard.nextSteps());
        for (Claim<FollowUp> claim : noted.followUps()) {
            FollowUp promise = claim.value();
            if (promise != null && !promised.contains(promise.kind())) {
                followUps.add(claim);
                Story.text(claim).ifPresent(nextSteps::add);
            }
        }
        return heard.with(fields, followUps, nextSteps);
    }

    private static Optional<Claim<String>> resolution(Outcome.Seen seen) {
        Outcome outcome = seen.outcome();
        return outcome == null
                ? Optional.empty()
                : switch (outcome) {
                    case PASSED_ON -> resolution(Resolution.ESCALATED, 0.85, seen);
                    case PROMISED -> resolution(Resolution.PENDING, 0.75, seen);
                    case FAILED -> resolution(Resolution.UNRESOLVED, 0.65, seen);
                    case DONE -> resolution(Resolution.RESOLVED, 0.75, seen);
                    case TOLD -> Optional.empty();
                };
    }

    private static Optional<Claim<String>> resolution(String value, double confidence, Outcome.Seen seen) {
        return Optional.of(Claim.of("resolution", value, confidence, seen.evidence()));
    }

    private <T> List<Claim<T>> rested(List<Claim<T>> claims) {
        return claims.stream().map(claim -> claim.withEvidence(noted::evidence)).toList();
    }

    private Map<String, Claim<String>> rested(Map<String, Claim<String>> claims) {
        var rested = new LinkedHashMap<String, Claim<String>>();
        claims.forEach((name, claim) -> rested.put(name, claim.withEvidence(noted::evidence)));
        return rested;
    }
}
