package org.afterword.drafting.internal.proof;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.afterword.drafting.Claim;
import org.afterword.drafting.Draft;
import org.afterword.platform.Json;
import org.afterword.wrapup.SealedMask;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Holds what was drafted against what a person confirmed, part by part. */
final class Comparison {
    /** A text is as good as taken over if so many of its words stayed. */
    static final double KEPT = 0.8;

    /** What a person who does not see the draft states in the same terms. */
    static final Set<String> COMPARABLE_BLIND =
            Set.of("disposition", "reasons", "tags", "resolution", "fields", "checklist");

    private static final List<String> LISTS = List.of("reasons", "tags");

    /** Of these the log says what was confirmed: codes, no words of a customer. */
    private static final Set<String> OF_CODES = Set.of("disposition", "reasons", "tags", "resolution");

    /** What became of what was drafted. */
    enum Outcome {
        /** The record says the same; of a text, most of its words. */
        @JsonProperty("accepted")
        ACCEPTED,
        /** It says something else. */
        @JsonProperty("edited")
        EDITED,
        /** It says nothing. */
        @JsonProperty("rejected")
        REJECTED,
        /** Nothing was drafted of what it says. */
        @JsonProperty("missed")
        MISSED,
        /** The check had not let it stand. */
        @JsonProperty("notOffered")
        NOT_OFFERED
    }

    /** @param value a code; null where it would be words */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Candidate(@Nullable String value, double confidence, Claim.Check check) {}

    /**
     * A part of the draft, or of the record where nothing was drafted.
     *
     * @param item       entry of a map or of a list; null where the part is one value
     * @param filled     whether it stood in the record that was to be confirmed
     * @param candidates most likely first; none of what was missed
     * @param confirmed  a code; null where it would be words, or nothing was
     * @param kept       share of a text's words that stayed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Judged(
            String part,
            @Nullable String item,
            boolean filled,
            List<Candidate> candidates,
            @Nullable String confirmed,
            Outcome outcome,
            @Nullable Double kept) {
        /** Whether it tells how often people come to what is drafted. */
        boolean counts() {
            return outcome != Outcome.NOT_OFFERED;
        }
    }

    private final Draft draft;
    private final ObjectNode proposed;
    private final ObjectNode stood;
    private final ObjectNode confirmed;
    private final List<Judged> judged = new ArrayList<>();

    private Comparison(Draft draft, ObjectNode proposed, ObjectNode stood, ObjectNode confirmed) {
        this.draft = draft;
        this.proposed = proposed;
        this.stood = stood;
        this.confirmed = confirmed;
    }

    /**
     * @param proposed  what of the draft would fill a record
     * @param stood     what of it did fill this one
     * @param confirmed what a person confirmed, and nothing else
     * @param isBlind   part → whether the person did not see what was drafted of it; texts are not compared then
     */
    static List<Judged> of(
            Draft draft, ObjectNode proposed, ObjectNode stood, ObjectNode confirmed, Predicate<String> isBlind) {
        var comparison = new Comparison(draft, proposed, stood, confirmed);
        comparison.compare();
        return comparison.judged.stream()
                .filter(one -> !isBlind.test(one.part()) || COMPARABLE_BLIND.contains(one.part()))
                .toList();
    }

    private void compare() {
        text("summary", draft.summary());
        text("issue", draft.issue());
        text("resolutionText", draft.resolutionText());
        list("reasons", draft.reasons());
        list("tags", draft.tags());
        disposition();
        one("resolution", null, draft.resolution());
        entries("fields", draft.fields());
        entries("checklist", draft.checklist());
        entries("actions", byId(draft.actions()));
        entries("nextSteps", byId(draft.nextSteps()));
        entries("followUps", byId(draft.followUps()));
        if (draft.sentiment() != null) {
            one("sentiment", null, draft.sentiment());
        }
    }

    private static <T> Map<String, Claim<T>> byId(List<Claim<T>> claims) {
        return claims.stream().collect(Collectors.toMap(Claim::id, claim -> claim, (first, _) -> first));
    }

    private void text(String part, Draft.Statements statements) {
        String drafted = proposed.path(part).asString("");
        String said = confirmed.path(part).asString("");
        List<Candidate> candidates = statements.statements().stream()
                .map(claim -> new Candidate(null, claim.confidence(), claim.check()))
                .toList();
        if (drafted.isEmpty()) {
            if (!candidates.isEmpty()) {
                add(part, null, false, candidates, Outcome.NOT_OFFERED, null);
            }
            missed(part, null, !said.isBlank());
            return;
        }
        double kept = kept(drafted, said);
        add(
                part,
                null,
                stood.has(part),
                candidates,
                said.isBlank() ? Outcome.REJECTED : kept >= KEPT ? Outcome.ACCEPTED : Outcome.EDITED,
                kept);
    }

    /** Share of the drafted words that the text has too, each as often. */
    static double kept(String drafted, String said) {
        var there = new HashMap<String, Integer>();
        words(said).forEach(word -> there.merge(word, 1, Integer::sum));
        List<String> words = words(drafted);
        long kept = words.stream()
                .filter(word -> there.merge(word, -1, Integer::sum) >= 0)
                .count();
        return words.isEmpty() ? 1 : (double) kept / words.size();
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private void list(String part, List<Claim<String>> claims) {
        Set<String> said = codes(confirmed, part);
        Set<String> filled = codes(stood, part);
        var drafted = new TreeSet<String>();
        for (Claim<String> claim : claims) {
            String code = claim.value();
            if (code != null) {
                drafted.add(code);
                add(
                        part,
                        code,
                        filled.contains(code),
                        List.of(candidate(part, claim)),
                        claim.check() != Claim.Check.SUPPORTED
                                ? Outcome.NOT_OFFERED
                                : said.contains(code) ? Outcome.ACCEPTED : Outcome.REJECTED,
                        null);
            }
        }
        said.stream().filter(code -> !drafted.contains(code)).forEach(code -> missed(part, code, true));
    }

    private static Set<String> codes(ObjectNode record, String part) {
        return record.path(part)
                .valueStream()
                .map(code -> code.asString(""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The first one is what is drafted, also where it is not sure enough to fill the record. */
    private void disposition() {
        Draft.Ranked ranked = draft.disposition();
        if (ranked == null) {
            missed("disposition", null, confirmed.path("disposition").isString());
            return;
        }
        var candidates = new ArrayList<Candidate>();
        candidates.add(candidate("disposition", ranked.claim()));
        ranked.alternatives()
                .forEach(other ->
                        candidates.add(new Candidate(other.code(), other.confidence(), Claim.Check.SUPPORTED)));
        judge("disposition", null, ranked.claim(), candidates);
    }

    private <T> void entries(String part, Map<String, Claim<T>> claims) {
        claims.forEach((item, claim) -> one(part, item, claim));
        for (String item : confirmed.path(part).propertyNames()) {
            boolean sealed = SealedMask.isOne(confirmed.path(part).path(item).asString(""));
            missed(
                    part,
                    item,
                    !claims.containsKey(item)
                            && !sealed
                            && says(confirmed.path(part).path(item)));
        }
    }

    /** An item of a checklist that is not ticked says nothing. */
    private static boolean says(JsonNode value) {
        return !(value.isBoolean() && !value.asBoolean());
    }

    private <T> void one(String part, @Nullable String item, @Nullable Claim<T> claim) {
        if (claim == null) {
            missed(
                    part,
                    item,
                    says(at(confirmed, part, item))
                            && !at(confirmed, part, item).isMissingNode());
        } else if (claim.value() != null) {
            judge(part, item, claim, List.of(candidate(part, claim)));
        }
    }

    private <T> void judge(String part, @Nullable String item, Claim<T> claim, List<Candidate> candidates) {
        JsonNode said = at(confirmed, part, item);
        if (SealedMask.isOne(said.asString(""))) {
            return; // nobody but who may reveal it knows whether it is the same
        }
        boolean nothing = said.isMissingNode() || said.isNull() || !says(said);
        Outcome outcome = claim.check() != Claim.Check.SUPPORTED
                ? Outcome.NOT_OFFERED
                : nothing
                        ? Outcome.REJECTED
                        : isSame(Json.tree(Objects.requireNonNull(claim.value())), said)
                                ? Outcome.ACCEPTED
                                : Outcome.EDITED;
        add(part, item, !at(stood, part, item).isMissingNode(), candidates, outcome, null);
    }

    private static boolean isSame(JsonNode drafted, JsonNode said) {
        return drafted.isValueNode() && said.isValueNode()
                ? drafted.asString("")
                        .strip()
                        .equalsIgnoreCase(said.asString("").strip())
                : drafted.equals(said);
    }

    private static JsonNode at(ObjectNode record, String part, @Nullable String item) {
        return item == null ? record.path(part) : record.path(part).path(item);
    }

    private static Candidate candidate(String part, Claim<?> claim) {
        return new Candidate(
                OF_CODES.contains(part) && claim.value() != null ? claim.value().toString() : null,
                claim.confidence(),
                claim.check());
    }

    private void missed(String part, @Nullable String item, boolean wasSaid) {
        if (wasSaid) {
            add(part, item, false, List.of(), Outcome.MISSED, null);
        }
    }

    private void add(
            String part,
            @Nullable String item,
            boolean filled,
            List<Candidate> candidates,
            Outcome outcome,
            @Nullable Double kept) {
        String said = OF_CODES.contains(part) && !LISTS.contains(part)
                ? confirmed.path(part).asString(null)
                : null;
        judged.add(new Judged(part, item, filled, candidates, said, outcome, kept));
    }
}
