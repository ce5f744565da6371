package org.afterword.drafting.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.afterword.catalog.CallType;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.FormField;
import org.afterword.drafting.Claim;
import org.afterword.drafting.DraftInput;
import org.afterword.drafting.Evidence;
import org.afterword.drafting.internal.Candidate.Source;
import org.afterword.drafting.internal.learning.FieldTagger;
import org.afterword.drafting.internal.learning.TaggedLine;
import org.jspecify.annotations.Nullable;

/** Fills the form: of all values that came up for a field the last one that both sides, or another system, stand for. */
final class Fields {
    private static final double AGREEING_SOURCES_BONUS = 0.04;
    private static final double MOST = 0.98;

    /** Below, a value that was learned is more often wrong than right. Chosen on the held-back fifth of MultiDoGO's train. */
    private static final double LEAST_LEARNED = 0.4;

    private Fields() {}

    /**
     * @param reasons     codes of the contact's reasons
     * @param disposition the code that the contact most likely gets; together with these and its call type it says which forms
     *                    there are to fill
     * @param taggers     form code → what confirmed records taught
     */
    static Map<String, Claim<String>> fill(
            Situation situation,
            Ranking ranking,
            List<String> reasons,
            @Nullable String disposition,
            Map<String, FieldTagger> taggers) {
        Catalog catalog = situation.input().catalog();
        List<String> callTypes = catalog.callTypesOf(situation.input().contact().callType(), reasons, disposition);
        List<FormField> fields = catalog.fieldsOf(callTypes);
        var candidates = new ArrayList<>(new EnteredFields(situation, fields).candidates());
        var topics = callTypes.size() == 1 ? null : new Topics(situation, ranking, Set.copyOf(reasons));
        for (String callType : callTypes) {
            List<FormField> form = catalog.fieldsOf(List.of(callType));
            List<Candidate> spoken =
                    spoken(situation.talk(), form, line -> topics == null || topics.is(line, callType));
            FieldTagger tagger = catalog.findCallType(callType)
                    .map(CallType::form)
                    .map(taggers::get)
                    .orElse(null);
            candidates.addAll(tagger == null ? spoken : learned(situation, form, disposition, spoken, tagger));
        }
        var filled = new LinkedHashMap<String, Claim<String>>();
        for (FormField field : fields) {
            if (field.sensitive()) {
                continue; // a draft is stored as it is
            }
            List<Candidate> own = candidates.stream()
                    .filter(c -> c.field().equals(field.name()))
                    .toList();
            chosen(field, own).ifPresent(claim -> filled.put(field.name(), claim));
        }
        return filled;
    }

    private static List<Candidate> spoken(Talk talk, List<FormField> form, Predicate<Line> onTopic) {
        return new SpokenFields(talk, new FormWords(form), onTopic).candidates();
    }

    /**
     * What a confirmed record teaches of where the values of a form are said. One that concerns several forms teaches nothing:
     * nobody knows which words belong to which.
     *
     * @param record field → its values, or the forms of its value
     * @return form code → lines of the customer's
     */
    static Map<String, List<TaggedLine>> lesson(
            DraftInput input, List<String> reasons, @Nullable String disposition, Map<String, List<String>> record) {
        Catalog catalog = input.catalog();
        List<String> callTypes = catalog.callTypesOf(input.contact().callType(), reasons, disposition);
        List<FormField> form = catalog.fieldsOf(callTypes);
        if (callTypes.size() != 1 || form.isEmpty()) {
            return Map.of();
        }
        Talk talk = Talk.of(input);
        List<TaggedLine> lines = new TaggedFields(
                        talk, input.referenceDate(), form, disposition, spoken(talk, form, line -> true))
                .lesson(record);
        return catalog.findCallType(callTypes.getFirst())
                .map(CallType::form)
                .map(code -> Map.of(code, lines))
                .orElse(Map.of());
    }

    /** What records taught takes the place of the rules for what customers say; what the agent said as well stays. */
    private static List<Candidate> learned(
            Situation situation,
            List<FormField> form,
            @Nullable String disposition,
            List<Candidate> spoken,
            FieldTagger tagger) {
        List<Candidate> tagged = new TaggedFields(
                        situation.talk(), situation.input().referenceDate(), form, disposition, spoken)
                .found(tagger).stream()
                        .filter(candidate -> candidate.confidence() >= LEAST_LEARNED)
                        .toList();
        return Stream.concat(
                        spoken.stream()
                                .filter(c ->
                                        c.source().isFirm() || !tagger.fields().contains(c.field())),
                        tagged.stream())
                .toList();
    }

    private static Optional<Claim<String>> chosen(FormField field, List<Candidate> candidates) {
        Optional<Candidate> best = best(candidates);
        return field.multiple()
                ? best.map(one -> several(field, candidates))
                : best.map(one -> claim(field, one, candidates));
    }

    /** Each value that came up, once, in order. */
    private static Claim<String> several(FormField field, List<Candidate> candidates) {
        var values = new LinkedHashMap<String, Candidate>();
        candidates.stream()
                .sorted(Comparator.comparing(Candidate::place))
                .forEach(one -> values.putIfAbsent(FieldValues.words(one.value()), one));
        return Claim.of(
                "fields/" + field.name(),
                values.values().stream().map(Candidate::value).collect(Collectors.joining(FormField.BETWEEN_VALUES)),
                Math.min(
                        MOST,
                        values.values().stream()
                                .mapToDouble(Candidate::confidence)
                                .min()
                                .orElse(0)),
                values.values().stream()
                        .flatMap(one -> one.evidence().stream())
                        .distinct()
                        .toList());
    }

    private static Optional<Candidate> best(List<Candidate> candidates) {
        return candidates.stream()
                .max(Comparator.comparing((Candidate c) -> c.source().isFirm())
                        .thenComparing(Candidate::place)
                        .thenComparing(Candidate::source)
                        .thenComparing(Candidate::fit));
    }

    private static Claim<String> claim(FormField field, Candidate best, List<Candidate> all) {
        var evidence = new LinkedHashSet<Evidence>(best.evidence());
        boolean agreeing = false;
        for (Candidate other : all) {
            if (other.source() != best.source() && FieldValues.same(field, other.value(), best.value())) {
                agreeing = true;
                evidence.addAll(other.evidence());
            }
        }
        double confidence = best.confidence() + (agreeing ? AGREEING_SOURCES_BONUS : 0);
        boolean enteredUnheard =
                best.source() == Source.ENTERED && best.evidence().size() == 1;
        return Claim.of(
                "fields/" + field.name(),
                best.value(),
                Math.min(MOST, confidence - (enteredUnheard ? 0.05 : 0)),
                List.copyOf(evidence));
    }
}
