package org.afterword.drafting.internal.evaluation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.zip.CRC32C;
import org.afterword.drafting.ConfirmedExamples;
import org.afterword.drafting.ConfirmedExamples.Learned;
import org.afterword.drafting.Draft;
import org.afterword.drafting.DraftInput;
import org.afterword.drafting.DraftingEngine;
import org.afterword.drafting.Evaluation.Options;
import org.afterword.drafting.EvaluationReport;
import org.afterword.drafting.EvaluationReport.Figure;
import org.afterword.drafting.Lessons;
import org.afterword.drafting.internal.learning.FieldTagger;
import org.afterword.drafting.internal.learning.FieldTaggerTrainer;
import org.afterword.drafting.internal.learning.Lesson;
import org.afterword.drafting.internal.learning.Link;
import org.afterword.drafting.internal.learning.RankingModel;
import org.afterword.drafting.internal.learning.TaggedLine;
import org.afterword.drafting.internal.learning.Trainer;
import org.jspecify.annotations.Nullable;

/** Learns from what a set says was confirmed, then drafts what is to be measured. */
public final class Evaluator {
    private final LabelledSet set;
    private final Options options;
    private final DraftingEngine engine;
    private final LongConsumer progress;
    private long done;
    private long learnedFrom;

    public Evaluator(LabelledSet set, Options options, DraftingEngine engine, LongConsumer progress) {
        this.set = set;
        this.options = options;
        this.engine = engine;
        this.progress = progress;
    }

    public EvaluationReport report() {
        ConfirmedExamples confirmed = confirmed();
        learnedFrom = done;
        RankingModel dispositions = confirmed.dispositions() == null
                ? null
                : confirmed.dispositions().model();
        var scores = new Scores(set.catalog(), dispositions);
        var checks = new CheckScores(options.draw());
        Map<String, Scores> byGroup = new TreeMap<>();
        String model = "";
        // the first draft of a process waits for the model to be loaded, which is no part of a draft
        set.contacts().stream()
                .findFirst()
                .ifPresent(contact -> engine.draft(contact.input(set.catalog(), options.actions()), confirmed));
        for (LabelledContact contact : set.contacts()) {
            DraftInput input = contact.input(set.catalog(), options.actions());
            long start = System.nanoTime();
            Draft draft = engine.draft(input, confirmed);
            long took = System.nanoTime() - start;
            scores.add(contact, draft, took);
            checks.add(contact, input, draft, engine.check(input));
            if (contact.group() != null) {
                byGroup.computeIfAbsent(contact.group(), group -> new Scores(set.catalog(), dispositions))
                        .add(contact, draft, took);
            }
            model = String.valueOf(draft.model());
            progress.accept(++done);
        }
        return new EvaluationReport(
                model,
                set.contacts().size(),
                (int) learnedFrom,
                figures(scores, checks, byGroup),
                scores.reliability(),
                scores.worst());
    }

    private static List<Figure> figures(Scores all, CheckScores checks, Map<String, Scores> byGroup) {
        var figures = new ArrayList<>(all.figures());
        figures.addAll(checks.figures());
        figures.addAll(all.figuresByForm());
        byGroup.forEach((group, scores) -> scores.figures().forEach(figure -> figures.add(figure.in(group))));
        return figures;
    }

    /** So many of each disposition, drawn by their ids: in which order the set has them means nothing. */
    private ConfirmedExamples confirmed() {
        Map<String, Integer> taken = new HashMap<>();
        var lessons = new ArrayList<Lesson>();
        var codes = new ArrayList<Lesson>();
        Map<String, List<TaggedLine>> lines = new TreeMap<>();
        List<LabelledContact> drawn = set.confirmed().stream()
                .sorted(Comparator.comparingLong(this::lot).thenComparing(LabelledContact::id))
                .toList();
        for (LabelledContact contact : drawn) {
            LabelledContact.Truth truth = contact.truth();
            String disposition = truth.disposition();
            if (taken.merge(String.valueOf(disposition), 1, Integer::sum) <= options.perCode()) {
                DraftInput input = contact.input(set.catalog(), options.actions());
                List<String> reasons = truth.reasons() == null ? List.of() : truth.reasons();
                Lessons taught = engine.lessons(contact.id(), input, disposition, truth.reasons(), List.of());
                if (taught.disposition() != null) {
                    lessons.add(taught.disposition());
                }
                if (taught.codes() != null) {
                    codes.add(taught.codes());
                }
                if (truth.fields() != null) {
                    engine.fieldLesson(input, reasons, disposition, truth.fields())
                            .forEach((form, own) -> lines.computeIfAbsent(form, code -> new ArrayList<>())
                                    .addAll(own));
                }
                progress.accept(++done);
            }
        }
        Map<String, FieldTagger> taggers = new TreeMap<>();
        lines.forEach((form, own) -> taggers.put(form, FieldTaggerTrainer.train(own)));
        return new ConfirmedExamples(learned(lessons, Link.ONE_OF), learned(codes, Link.ANY_OF), taggers, List.of());
    }

    private static @Nullable Learned learned(List<Lesson> lessons, Link link) {
        return lessons.isEmpty()
                ? null
                : new Learned(Trainer.train(lessons, link).model(), List.of());
    }

    private long lot(LabelledContact contact) {
        var crc = new CRC32C();
        crc.update("%d %s".formatted(options.draw(), contact.id()).getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }
}
