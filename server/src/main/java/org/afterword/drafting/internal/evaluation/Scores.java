package org.afterword.drafting.internal.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.FormField;
import org.afterword.drafting.Claim;
import org.afterword.drafting.Draft;
import org.afterword.drafting.Draft.Alternative;
import org.afterword.drafting.EvaluationReport.Band;
import org.afterword.drafting.EvaluationReport.Figure;
import org.afterword.drafting.EvaluationReport.Wrong;
import org.afterword.drafting.Evidence;
import org.afterword.drafting.internal.learning.RankingModel;
import org.jspecify.annotations.Nullable;

/** Holds drafts against what their contacts' records should hold. */
final class Scores {
    private static final int BANDS = 10;
    private static final int WORST = 50;
    private static final int SHOWN = 3;

    private final Share first = new Share("disposition: the first is right");
    private final Share shown = new Share("disposition: among the first three");
    private final Share reasonsPrecision = new Share("reasons: precision");
    private final Share reasonsRecall = new Share("reasons: recall");
    private final Share reasonsF1 = new Share("reasons: F1");
    private final Share fieldsPrecision = new Share("fields: precision");
    private final Share fieldsRecall = new Share("fields: recall");
    private final Share fieldsF1 = new Share("fields: F1");
    private final Share allFields = new Share("fields: contacts entirely right");
    private final Share evidence = new Share("evidence: the turn of the first statement is right");
    private final Share cited = new Share("evidence: the turns of all statements are right");
    private final Share supported = new Share("statements that their evidence holds");
    private final Share resolutionDrafted = new Share("resolution: drafted");
    private final Share resolutionRight = new Share("resolution: right");
    private final SentimentScores sentiment = new SentimentScores();
    private final List<Share> rouge =
            List.of(new Share("summary: ROUGE-1"), new Share("summary: ROUGE-2"), new Share("summary: ROUGE-L"));
    private final List<Stated> stated = new ArrayList<>();
    private final List<Wrong> wrong = new ArrayList<>();
    private final List<Long> nanos = new ArrayList<>();

    private final Share sure = new Share("disposition: share that it is sure of");
    private final Share rightly = new Share("disposition: of those it is sure of, right");

    private final FormScores byForm;
    private final Catalog catalog;
    private final @Nullable RankingModel model;

    /** @param model that says from which confidence on it is sure; null = nothing was learned */
    Scores(Catalog catalog, @Nullable RankingModel model) {
        this.catalog = catalog;
        this.byForm = new FormScores(catalog);
        this.model = model;
    }

    /** @param confidence of the first disposition */
    private record Stated(double confidence, boolean right) {}

    /** @param took how long the draft took, in nanoseconds */
    void add(LabelledContact contact, Draft draft, long took) {
        nanos.add(took);
        LabelledContact.Truth truth = contact.truth();
        if (truth.disposition() != null) {
            disposition(contact, truth.disposition(), draft);
        }
        if (truth.reasons() != null) {
            reasons(Set.copyOf(truth.reasons()), draft);
        }
        if (truth.fields() != null) {
            fields(contact, truth.fields(), draft);
        }
        if (truth.evidence() != null) {
            evidence.add(turnOfFirst(draft).filter(truth.evidence()::contains).isPresent());
            List<Integer> turns = turnsOf(draft);
            cited.add(turns.stream().filter(truth.evidence()::contains).count(), Math.max(1, turns.size()));
        }
        if (truth.summaries() != null && !truth.summaries().isEmpty()) {
            summary(truth.summaries(), draft);
        }
        if (truth.resolution() != null) {
            resolution(contact, truth.resolution(), draft.resolution());
        }
        if (truth.sentiment() != null) {
            sentiment.add(truth.sentiment(), draft.sentiment());
        }
        statements(draft).forEach(claim -> supported.add(claim.check() == Claim.Check.SUPPORTED));
    }

    private void disposition(LabelledContact contact, String right, Draft draft) {
        Draft.Ranked ranked = draft.disposition();
        String best = ranked == null ? null : ranked.claim().value();
        double confidence = ranked == null ? 0 : ranked.claim().confidence();
        boolean hit = right.equals(best);
        first.add(hit);
        shown.add(hit
                || ranked != null
                        && ranked.alternatives().stream()
                                .limit(SHOWN - 1)
                                .map(Alternative::code)
                                .anyMatch(right::equals));
        stated.add(new Stated(confidence, hit));
        if (model != null) {
            boolean isSure = confidence >= model.sure();
            sure.add(isSure);
            if (isSure) {
                rightly.add(hit);
            }
        }
        if (!hit) {
            wrong.add(new Wrong(contact.id(), "disposition", right, best, confidence));
        }
    }

    private void reasons(Set<String> right, Draft draft) {
        Set<String> drafted = draft.reasons().stream()
                .map(Claim::value)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        long hits = drafted.stream().filter(right::contains).count();
        reasonsPrecision.add(hits, drafted.size());
        reasonsRecall.add(hits, right.size());
        reasonsF1.add(2.0 * hits, drafted.size() + right.size());
    }

    private void fields(LabelledContact contact, Map<String, List<String>> right, Draft draft) {
        Map<String, Claim<String>> drafted = new HashMap<>();
        draft.fields().forEach((name, claim) -> {
            if (claim.value() != null && claim.check() == Claim.Check.SUPPORTED) {
                drafted.put(name, claim);
            }
        });
        Map<String, Hits> byField = new TreeMap<>();
        var names = new TreeSet<>(right.keySet());
        names.addAll(drafted.keySet());
        for (String name : names) {
            Claim<String> claim = drafted.get(name);
            List<String> forms = right.getOrDefault(name, List.of());
            Hits own = hits(contact, field(name), claim, forms);
            byField.put(name, own);
            if (!own.areAll()) {
                wrong.add(new Wrong(
                        contact.id(),
                        "fields/" + name,
                        forms.isEmpty() ? null : String.join(FormField.BETWEEN_VALUES, forms),
                        claim == null ? null : claim.value(),
                        claim == null ? 0 : claim.confidence()));
            }
        }
        byForm.add(contact, draft, byField);
        Hits sum = byField.values().stream().reduce(new Hits(0, 0, 0), Hits::and);
        fieldsPrecision.add(sum.right(), sum.drafted());
        fieldsRecall.add(sum.right(), sum.wanted());
        fieldsF1.add(2.0 * sum.right(), sum.drafted() + sum.wanted());
        allFields.add(sum.areAll());
    }

    private static Hits hits(
            LabelledContact contact, FormField field, @Nullable Claim<String> claim, List<String> forms) {
        List<String> drafted = claim == null ? List.of() : field.valuesIn(Objects.requireNonNull(claim.value()));
        int right = (int) drafted.stream()
                .filter(value -> Forms.hold(forms, value, contact.day()))
                .count();
        return new Hits(right, drafted.size(), field.multiple() ? forms.size() : Math.min(1, forms.size()));
    }

    private FormField field(String name) {
        return catalog.forms().stream()
                .flatMap(form -> form.fields().stream())
                .filter(field -> field.name().equals(name))
                .max(Comparator.comparing(FormField::multiple))
                .orElseThrow(
                        () -> new IllegalArgumentException("field '%s' is in no form of the catalog".formatted(name)));
    }

    private void resolution(LabelledContact contact, String right, @Nullable Claim<String> claim) {
        String drafted = claim == null ? null : claim.value();
        resolutionDrafted.add(drafted != null);
        resolutionRight.add(right.equals(drafted));
        if (!right.equals(drafted)) {
            wrong.add(new Wrong(contact.id(), "resolution", right, drafted, claim == null ? 0 : claim.confidence()));
        }
    }

    private static Optional<Integer> turnOfFirst(Draft draft) {
        return draft.issue().statements().stream()
                .flatMap(claim -> claim.evidence().stream())
                .flatMap(of -> of instanceof Evidence.Quote quote ? Stream.of(quote.turn()) : Stream.empty())
                .findFirst();
    }

    /** Where each statement of issue and resolution was said first. */
    private static List<Integer> turnsOf(Draft draft) {
        return Stream.of(draft.issue(), draft.resolutionText())
                .flatMap(part -> part.statements().stream())
                .flatMap(claim -> claim.evidence().stream()
                        .flatMap(of -> of instanceof Evidence.Quote quote ? Stream.of(quote.turn()) : Stream.empty())
                        .limit(1))
                .toList();
    }

    private void summary(List<String> references, Draft draft) {
        String text = draft.summary().statements().stream()
                .map(Claim::value)
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
        rouge.get(0).add(mean(references.stream().mapToDouble(of -> Rouge.ofGrams(text, of, 1))), 1);
        rouge.get(1).add(mean(references.stream().mapToDouble(of -> Rouge.ofGrams(text, of, 2))), 1);
        rouge.get(2).add(mean(references.stream().mapToDouble(of -> Rouge.ofSequence(text, of))), 1);
    }

    private static double mean(java.util.stream.DoubleStream values) {
        return values.average().orElse(0);
    }

    private static Stream<Claim<String>> statements(Draft draft) {
        return Stream.of(draft.summary(), draft.issue(), draft.resolutionText())
                .flatMap(text -> text.statements().stream());
    }

    List<Figure> figures() {
        var figures = new ArrayList<Figure>();
        Stream.of(
                        Stream.of(
                                first,
                                shown,
                                sure,
                                rightly,
                                reasonsPrecision,
                                reasonsRecall,
                                reasonsF1,
                                fieldsPrecision,
                                fieldsRecall,
                                fieldsF1,
                                allFields,
                                evidence,
                                cited,
                                supported),
                        Stream.of(resolutionDrafted, resolutionRight),
                        sentiment.shares(),
                        rouge.stream())
                .flatMap(shares -> shares)
                .flatMap(share -> share.figure().stream())
                .forEach(figures::add);
        calibrationError().ifPresent(figures::add);
        figures.add(time("a draft: median seconds", 0.5));
        figures.add(time("a draft: seconds that 99 of 100 take at most", 0.99));
        return figures;
    }

    /** Of the fields, form by form. */
    List<Figure> figuresByForm() {
        return byForm.figures();
    }

    /** Mean distance of what was stated from what was right, over bands of equal size. */
    private Optional<Figure> calibrationError() {
        if (stated.isEmpty()) {
            return Optional.empty();
        }
        double error = reliability().stream()
                .mapToDouble(band -> band.contacts() * Math.abs(band.stated() - band.right()))
                .sum();
        return Optional.of(
                new Figure(null, "disposition: calibration error", error / stated.size(), null, null, stated.size()));
    }

    private Figure time(String name, double share) {
        List<Long> sorted = nanos.stream().sorted().toList();
        long nanos = sorted.get((int) Math.min(sorted.size() - 1L, Math.round(share * sorted.size())));
        return new Figure(null, name, nanos / 1e9, null, null, sorted.size());
    }

    List<Band> reliability() {
        List<Stated> sorted = stated.stream()
                .sorted(Comparator.comparingDouble(Stated::confidence))
                .toList();
        var bands = new ArrayList<Band>();
        for (int band = 0; band < BANDS; band++) {
            List<Stated> within = sorted.subList(band * sorted.size() / BANDS, (band + 1) * sorted.size() / BANDS);
            if (!within.isEmpty()) {
                bands.add(new Band(
                        within.getFirst().confidence(),
                        within.getLast().confidence(),
                        within.size(),
                        mean(within.stream().mapToDouble(Stated::confidence)),
                        mean(within.stream().mapToDouble(one -> one.right() ? 1 : 0))));
            }
        }
        return bands;
    }

    List<Wrong> worst() {
        return wrong.stream()
                .sorted(Comparator.comparingDouble(Wrong::confidence).reversed())
                .limit(WORST)
                .toList();
    }
}
