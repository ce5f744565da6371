package org.afterword.drafting.internal;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.afterword.catalog.CallType;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.Reason;
import org.afterword.drafting.Claim;
import org.afterword.drafting.ConfirmedExamples;
import org.afterword.drafting.Draft;
import org.afterword.drafting.Draft.Alternative;
import org.afterword.drafting.Draft.Ranked;
import org.afterword.drafting.Draft.Statements;
import org.afterword.drafting.Draft.Status;
import org.afterword.drafting.DraftCheck;
import org.afterword.drafting.DraftInput;
import org.afterword.drafting.Embedder;
import org.afterword.drafting.FollowUp;
import org.afterword.drafting.Lessons;
import org.afterword.drafting.Sentiment;
import org.afterword.drafting.Vector;
import org.afterword.drafting.internal.learning.Features;
import org.afterword.drafting.internal.learning.Lesson;
import org.afterword.drafting.internal.learning.RankingModel;
import org.afterword.drafting.internal.learning.TaggedLine;
import org.jspecify.annotations.Nullable;

/** Puts a draft together from its parts and has it checked. */
public final class Drafter {
    /** Version of the rules; it changes whenever the same contact could get another draft. */
    private static final String RULES = "rules-9";

    /** A reason is offered from here on; chosen on SGD train by set F1. */
    private static final double LEAST_REASON = 0.35;

    /** Where desktop actions tell reasons, words alone have to be clearer to add one. */
    private static final double LEAST_REASON_BESIDE_ACTIONS = 0.6;

    private static final int MOST_REASONS = 5;
    private static final int ALTERNATIVES = 4;

    /** A list to choose from is worth showing however sure the first is; what has no share at all is not. */
    private static final double LEAST_ALTERNATIVE = 1e-7;

    private static final int KEPT_INDEXES = 64;

    private final Embedder embedder;

    private final Map<Catalog, CatalogIndex> indexes = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Catalog, CatalogIndex> eldest) {
            return size() > KEPT_INDEXES;
        }
    };

    public Drafter(Embedder embedder) {
        this.embedder = embedder;
    }

    public String model() {
        return embedder.model() + "+" + RULES;
    }

    public Vector fingerprint(DraftInput input) {
        return Gist.of(Talk.of(Understood.of(input).input()), embedder).fingerprint(embedder.dimensions());
    }

    public Lessons lessons(
            String id,
            DraftInput input,
            @Nullable String disposition,
            @Nullable Collection<String> reasons,
            Collection<String> tags) {
        Situation situation = Situation.of(Understood.of(input).input(), indexOf(input.catalog()), embedder);
        var ranking = new Ranking(situation, ConfirmedExamples.NONE);
        Features features = situation.features();
        Lesson ofDisposition = disposition == null
                ? null
                : new Lesson(
                        id, features, new Dispositions(situation, leadingTo(ranking)).priors(ranking), disposition);
        Lesson ofCodes =
                reasons == null ? null : new Lesson(id, features, ranking.codePriors(), prefixed(reasons, tags));
        return new Lessons(ofDisposition, ofCodes);
    }

    private static Set<String> prefixed(Collection<String> reasons, Collection<String> tags) {
        return Stream.concat(
                        reasons.stream().map(code -> Ranking.REASON + code),
                        tags.stream().map(code -> Ranking.TAG + code))
                .collect(Collectors.toSet());
    }

    public Map<String, List<TaggedLine>> fieldLesson(
            DraftInput input, List<String> reasons, @Nullable String disposition, Map<String, List<String>> record) {
        return Fields.lesson(Understood.of(input).input(), reasons, disposition, record);
    }

    public Draft draft(DraftInput input, ConfirmedExamples confirmed, String source) {
        Understood understood = Understood.of(input);
        CatalogIndex index = indexOf(input.catalog());
        Situation situation = Situation.of(understood.input(), index, embedder);
        Draft composed = composed(situation, index, confirmed, source, understood.remark())
                .withCustomerChanges(new CustomerChanges(situation).all());
        Draft checked = new DraftCheck(input).check(composed);
        Map<String, Claim<Boolean>> ticks = input.catalog()
                .checklistFor(callType(situation, checked))
                .map(new Ticks(situation, embedder, checked)::of)
                .orElse(Map.of());
        return checked.withChecklist(ticks);
    }

    /** From words as far as there are some, and from keywords as far as there are none. */
    private Draft composed(
            Situation situation,
            CatalogIndex index,
            ConfirmedExamples confirmed,
            String source,
            @Nullable String remark) {
        Noted noted = Noted.in(situation.input());
        if (noted.isEmpty()) {
            return compose(situation, confirmed, source, remark);
        }
        Draft byKeywords = new NotedDraft(
                        noted, Situation.ofNotes(noted.said(situation.input()), index, embedder), confirmed)
                .draft(source, model(), remark);
        return situation.input().heard()
                ? NotedDraft.completed(compose(situation, confirmed, source, remark), byKeywords)
                : byKeywords;
    }

    private Draft compose(Situation situation, ConfirmedExamples confirmed, String source, @Nullable String remark) {
        var ranking = new Ranking(situation, confirmed);
        List<Vote> reasons = chosen(ranking);
        List<Claim<FollowUp>> followUps = new Promises(situation).followUps();
        var story = new Story(situation, reasons, followUps);
        boolean heard = situation.input().heard();
        Ranked disposition = disposition(new Dispositions(situation, leadingTo(ranking)).rank(ranking), heard);
        Map<String, Claim<String>> fields = Fields.fill(
                situation,
                ranking,
                reasons.stream().map(Vote::code).toList(),
                disposition == null ? null : disposition.claim().value(),
                confirmed.taggers());
        return new Draft(
                situation.input().ended() ? Status.READY : Status.GROWING,
                remark,
                source,
                model(),
                null,
                null,
                new Statements(summary(situation, story.summary(), reasons, disposition, fields)),
                new Statements(story.issue()),
                new Statements(story.resolution()),
                new ActionsTaken(situation, reasons).all(),
                story.nextSteps(),
                reasons.stream()
                        .map(v -> Claim.of(Ranking.REASON + v.code(), v.code(), v.confidence(), v.evidence()))
                        .toList(),
                Tags.chosen(ranking),
                followUps,
                fields,
                Map.of(),
                disposition,
                heard ? Resolution.of(situation, followUps).orElse(null) : Claim.notHeard("resolution"),
                heard ? Mood.of(situation.talk()).orElse(null) : Claim.<Sentiment>notHeard("sentiment"),
                Map.of());
    }

    /** In the sentences of the template that the disposition or the call type has, if it knows anything of the contact. */
    private static List<Claim<String>> summary(
            Situation situation,
            List<Claim<String>> story,
            List<Vote> reasons,
            @Nullable Ranked disposition,
            Map<String, Claim<String>> fields) {
        if (!situation.input().heard()) {
            return story;
        }
        Catalog catalog = situation.input().catalog();
        String likely = disposition == null ? null : disposition.claim().value();
        List<String> codes = reasons.stream().map(Vote::code).toList();
        return catalog.templateFor(
                        disposition != null && disposition.fills() ? likely : null,
                        catalog.callTypesOf(situation.input().contact().callType(), codes, likely),
                        true)
                .map(template -> Templated.summary(
                        template, situation, reasons.isEmpty() ? null : reasons.getFirst(), story, fields))
                .filter(sentences -> !sentences.isEmpty())
                .orElse(story);
    }

    /** Those that are sure enough to be reasons. */
    static List<Vote> chosen(Ranking ranking) {
        return ranking.isTrainedInCodes()
                ? atLeast(RankingModel.LIKELY, ranking.reasons())
                : sureByWords(ranking.reasons());
    }

    /** The reasons that dispositions are read by. A model of dispositions learned what goes with those that the catalog alone gives. */
    static List<Vote> leadingTo(Ranking ranking) {
        return ranking.isTrained() ? sureByWords(ranking.coldReasons()) : chosen(ranking);
    }

    private static List<Vote> sureByWords(List<Vote> reasons) {
        boolean acted = reasons.stream().anyMatch(Vote::byAction);
        return atLeast(acted ? LEAST_REASON_BESIDE_ACTIONS : LEAST_REASON, reasons);
    }

    private static List<Vote> atLeast(double confidence, List<Vote> reasons) {
        return reasons.stream()
                .filter(v -> v.confidence() >= confidence)
                .limit(MOST_REASONS)
                .toList();
    }

    /** The first with the next ones; null = there is none to choose, though there was something to go by. */
    static @Nullable Ranked disposition(List<Vote> votes, boolean heard) {
        if (votes.isEmpty() || votes.getFirst().confidence() < LEAST_ALTERNATIVE) {
            return heard ? null : new Ranked(Claim.notHeard("disposition"), List.of());
        }
        Vote first = votes.getFirst();
        return new Ranked(
                Claim.of("disposition", first.code(), first.confidence(), first.evidence()),
                votes.stream()
                        .skip(1)
                        .filter(v -> v.confidence() >= LEAST_ALTERNATIVE)
                        .limit(ALTERNATIVES)
                        .map(v -> new Alternative(v.code(), v.confidence()))
                        .toList());
    }

    /** The known call type, else the one of the most certain reason; it chooses the checklist. */
    private static @Nullable String callType(Situation situation, Draft draft) {
        Catalog catalog = situation.input().catalog();
        String known = situation.input().contact().callType();
        if (catalog.findCallType(known).isPresent()) {
            return known;
        }
        return draft.reasons().stream()
                .map(Claim::value)
                .flatMap(code -> catalog.findReason(code).map(Reason::callType).stream())
                .findFirst()
                .flatMap(catalog::findCallType)
                .map(CallType::code)
                .orElse(null);
    }

    private CatalogIndex indexOf(Catalog catalog) {
        synchronized (indexes) {
            CatalogIndex index = indexes.get(catalog);
            if (index != null) {
                return index;
            }
        }
        CatalogIndex index = CatalogIndex.of(catalog, embedder);
        synchronized (indexes) {
            indexes.put(catalog, index);
        }
        return index;
    }
}
