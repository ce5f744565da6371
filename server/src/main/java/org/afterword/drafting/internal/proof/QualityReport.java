package org.afterword.drafting.internal.proof;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.afterword.catalog.RecordPart;
import org.afterword.drafting.DraftQuality;
import org.afterword.drafting.DraftQuality.Agreement;
import org.afterword.drafting.DraftQuality.Confusable;
import org.afterword.drafting.Grade;
import org.afterword.drafting.Rollout;
import org.afterword.drafting.internal.proof.ProofRepository.Confused;
import org.afterword.drafting.internal.proof.ProofRepository.GradeRow;
import org.afterword.drafting.internal.proof.ProofRepository.Sums;
import org.afterword.drafting.internal.proof.ProofRepository.WeekRow;
import org.afterword.platform.Proportion;
import org.jspecify.annotations.Nullable;

/**
 * Makes a report of what is kept.
 *
 * @param weeks  sums of the weeks of the report, of each part and version
 * @param grades the newest of each part that ever changed
 */
public record QualityReport(
        List<WeekRow> weeks,
        List<Confused> confused,
        List<GradeRow> grades,
        List<GradeRow> changes,
        Rollout rollout,
        DraftQuality.Unattended unattended) {
    private static final int CONFUSABLE_SHOWN = 20;

    /** With fewer, a pair is chance. */
    private static final long LEAST_CONFUSED = 3;

    private static final int LATEST_WEEKS = 2;

    /** On each side of the comparison. */
    private static final long LEAST_TO_DRIFT = 30;

    public DraftQuality of(LocalDate from, LocalDate to, @Nullable String queue) {
        return new DraftQuality(
                from, to, queue, parts(to), versions(), grades(queue), confusable(), changes(queue), unattended);
    }

    private List<DraftQuality.Part> parts(LocalDate to) {
        return Rollout.PARTS.stream()
                .map(RecordPart::member)
                .filter(part -> weeks.stream().anyMatch(row -> row.part().equals(part)))
                .map(part -> part(part, to))
                .toList();
    }

    private DraftQuality.Part part(String part, LocalDate to) {
        List<WeekRow> rows =
                weeks.stream().filter(row -> row.part().equals(part)).toList();
        var byWeek = new TreeMap<LocalDate, Sums>();
        List<WeekRow> seen = rows.stream().filter(row -> !row.blind()).toList();
        seen.forEach(row -> byWeek.merge(row.week(), row.sums(), Sums::plus));
        LocalDate latest = to.minusDays(1)
                .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                .minusWeeks(LATEST_WEEKS - 1);
        return new DraftQuality.Part(
                part,
                agreement(rows, row -> !row.blind()),
                agreement(rows, WeekRow::blind),
                byWeek.entrySet().stream()
                        .map(week -> new DraftQuality.Week(
                                week.getKey(), week.getValue().agreement()))
                        .toList(),
                drift(
                        sum(seen, row -> !row.week().isBefore(latest)).agreement(),
                        sum(seen, row -> row.week().isBefore(latest)).agreement()));
    }

    private static Proportion.@Nullable Difference drift(Proportion lately, Proportion before) {
        return lately.whole() < LEAST_TO_DRIFT || before.whole() < LEAST_TO_DRIFT ? null : lately.minus(before);
    }

    private static Agreement agreement(List<WeekRow> rows, Predicate<WeekRow> which) {
        Sums sums = sum(rows, which);
        return new Agreement(sums.agreement(), sums.edited(), sums.rejected(), sums.missed());
    }

    private static Sums sum(List<WeekRow> rows, Predicate<WeekRow> which) {
        return rows.stream().filter(which).map(WeekRow::sums).reduce(Sums.NONE, Sums::plus);
    }

    private List<DraftQuality.Version> versions() {
        record Key(String part, String model) {}
        Map<Key, List<WeekRow>> byVersion =
                weeks.stream().collect(Collectors.groupingBy(row -> new Key(row.part(), row.model())));
        return byVersion.entrySet().stream()
                .map(one -> new DraftQuality.Version(
                        one.getKey().part(),
                        one.getKey().model(),
                        agreement(one.getValue(), row -> !row.blind()),
                        agreement(one.getValue(), WeekRow::blind)))
                .sorted(Comparator.comparing(DraftQuality.Version::part).thenComparing(DraftQuality.Version::model))
                .toList();
    }

    private List<DraftQuality.PartGrade> grades(@Nullable String queue) {
        var earned = new TreeMap<String, Map<String, Grade>>();
        grades.forEach(
                row -> earned.computeIfAbsent(row.queue(), _ -> new HashMap<>()).put(row.part(), row.grade()));
        rollout.queues().keySet().forEach(of -> earned.computeIfAbsent(of, _ -> new HashMap<>()));
        var shown = new ArrayList<DraftQuality.PartGrade>();
        earned.forEach((of, parts) -> {
            if (queue == null || queue.equals(of)) {
                for (RecordPart part : Rollout.PARTS) {
                    Grade measured = parts.getOrDefault(part.member(), Grade.PREFILL);
                    Grade most = rollout.most(of, part.member());
                    if (measured != Grade.PREFILL || most != Grade.PREFILL) {
                        shown.add(new DraftQuality.PartGrade(
                                named(of), part.member(), measured, most, measured.atMost(most)));
                    }
                }
            }
        });
        return shown;
    }

    private static @Nullable String named(String queue) {
        return queue.isEmpty() ? null : queue;
    }

    /** Whichever of the two was drafted. */
    private List<Confusable> confusable() {
        record Pair(String one, String other) {}
        var confirmed = new HashMap<String, Long>();
        var pairs = new HashMap<Pair, Long>();
        for (Confused row : confused) {
            confirmed.merge(row.confirmed(), row.contacts(), Long::sum);
            int order = row.drafted().compareTo(row.confirmed());
            if (order != 0) {
                var pair =
                        order < 0 ? new Pair(row.drafted(), row.confirmed()) : new Pair(row.confirmed(), row.drafted());
                pairs.merge(pair, row.contacts(), Long::sum);
            }
        }
        return pairs.entrySet().stream()
                .filter(pair -> pair.getValue() >= LEAST_CONFUSED)
                .map(pair -> new Confusable(
                        pair.getKey().one(),
                        pair.getKey().other(),
                        pair.getValue(),
                        Proportion.of(
                                pair.getValue(),
                                confirmed.getOrDefault(pair.getKey().one(), 0L)
                                        + confirmed.getOrDefault(pair.getKey().other(), 0L))))
                .sorted(Comparator.comparingDouble((Confusable pair) ->
                                Optional.ofNullable(pair.share().low()).orElse(0.0))
                        .reversed()
                        .thenComparing(Confusable::one)
                        .thenComparing(Confusable::other))
                .limit(CONFUSABLE_SHOWN)
                .toList();
    }

    private List<DraftQuality.GradeChange> changes(@Nullable String queue) {
        return changes.stream()
                .filter(row -> queue == null || queue.equals(row.queue()))
                .map(row -> new DraftQuality.GradeChange(
                        named(row.queue()), row.part(), row.since(), row.grade(), row.measured()))
                .toList();
    }
}
