package org.afterword.console.internal;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.afterword.analytics.DraftEffect;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.CatalogItem;
import org.afterword.catalog.RecordPart;
import org.afterword.drafting.DraftProof;
import org.afterword.drafting.DraftQuality;
import org.afterword.drafting.Grade;
import org.afterword.drafting.Rollout;
import org.afterword.platform.Json;
import org.afterword.platform.Proportion;
import org.jspecify.annotations.Nullable;

/** Puts what drafts are worth into words. */
final class DraftViews {
    private static final String NOTHING = "–";

    private final Catalog catalog;
    private final Page page;

    DraftViews(Catalog catalog, Page page) {
        this.catalog = catalog;
        this.page = page;
    }

    DraftsView of(DraftProof.Current current, DraftEffect effect, DraftQuality quality, LocalDate lastDay) {
        boolean compared = effect.heldOut().contacts() > 0 || effect.shadow().contacts() > 0;
        return new DraftsView(
                quality.from(),
                lastDay,
                queues(quality.queue()),
                answer(effect),
                rollout(current.rollout()),
                unattended(quality.unattended(), current.rollout()),
                compared ? effects(effect) : List.of(),
                effect.shadow().contacts() > 0,
                quality.parts().stream().map(DraftViews::part).toList(),
                confusable(quality.confusable()),
                quality.versions().stream().map(DraftViews::version).toList(),
                quality.changes().stream().map(this::change).toList(),
                json(effect, quality));
    }

    private List<DraftsView.Option> queues(@Nullable String chosen) {
        return Stream.concat(
                        Stream.of(new DraftsView.Option("", "All queues", chosen == null)),
                        catalog.queues().stream()
                                .map(queue -> new DraftsView.Option(
                                        queue.code(),
                                        queue.label(),
                                        queue.code().equals(chosen))))
                .toList();
    }

    private static String answer(DraftEffect effect) {
        Proportion.Difference saved = effect.effects().stream()
                .filter(one -> one.measure() == DraftEffect.Measure.ACW)
                .flatMap(one -> Stream.ofNullable(one.difference()))
                .findFirst()
                .orElse(null);
        if (saved == null) {
            return "What drafts save is not known yet";
        }
        if (!saved.isClear()) {
            return "It is not clear yet what drafts save: from %s to %s of after-call work a contact"
                    .formatted(lessOrMore(saved.low()), lessOrMore(saved.high()));
        }
        return saved.value() < 0
                ? "Drafts save %s of after-call work a contact".formatted(Figures.clock(-saved.value()))
                : "Contacts with drafts take %s more after-call work".formatted(Figures.clock(saved.value()));
    }

    private static String lessOrMore(double seconds) {
        return Figures.clock(Math.abs(seconds)) + (seconds < 0 ? " less" : " more");
    }

    private DraftsView.Rollout rollout(Rollout rollout) {
        boolean shadow = rollout.isShadow(page.now());
        String sentence = shadow
                ? "Drafts are made, and nobody sees them: how long records take by hand is being measured."
                : rollout.holdout() > 0
                        ? "Of 100 contacts %s go without a draft, drawn by lot; everybody else sees theirs."
                                .formatted(percent(rollout.holdout()))
                        : "Every contact has its draft, so nothing shows what drafts save. Hold some out to find out.";
        return new DraftsView.Rollout(
                sentence,
                shadow && rollout.shadowUntil() != null
                        ? rollout.shadowUntil().atZone(page.zone()).toLocalDate()
                        : null,
                percent(rollout.holdout()),
                Json.write(rollout.queues()),
                Rollout.PARTS.stream()
                        .map(part -> new DraftsView.MostOfPart(
                                part.member(),
                                label(part.member()),
                                Rollout.grades(part.member()).stream()
                                        .map(grade -> new DraftsView.Option(
                                                grade.name(),
                                                word(grade),
                                                grade == rollout.most().getOrDefault(part.member(), Grade.PREFILL)))
                                        .toList()))
                        .toList());
    }

    /** Nothing where nobody ever allowed it. */
    private static String unattended(DraftQuality.Unattended records, Rollout rollout) {
        boolean isAllowed = Stream.concat(Stream.of(rollout.most()), rollout.queues().values().stream())
                .flatMap(parts -> parts.values().stream())
                .anyMatch(Grade::isUnattended);
        if (!isAllowed && records.equals(DraftQuality.Unattended.NONE)) {
            return "";
        }
        return "Policies approved %s with nobody looking; %s of them were amended. By lot, people checked %s like them."
                .formatted(
                        Figures.count(records.approved(), "record", "records"),
                        Figures.whole(records.amended()),
                        Figures.whole(records.audited()));
    }

    private static String percent(double share) {
        double percent = Math.round(share * 1000) / 10.0;
        return percent == Math.rint(percent) ? Long.toString((long) percent) : Double.toString(percent);
    }

    private static String word(Grade grade) {
        return switch (grade) {
            case OFF -> "not shown";
            case SUGGEST -> "suggested";
            case PREFILL -> "filled in";
            case FILL_AUDITED -> "let out, one in five checked";
            case FILL -> "let out, 2 in 100 checked";
        };
    }

    static String label(String part) {
        return Arrays.stream(RecordPart.values())
                .filter(known -> known.member().equals(part))
                .findFirst()
                .map(known -> switch (known) {
                    case CUSTOMER -> "Customer";
                    case CUSTOMER_CHANGES -> "Changes to the customer";
                    case CASES -> "Cases";
                    case KEYWORDS -> "Keywords";
                    case SUMMARY -> "Summary";
                    case ISSUE -> "Issue";
                    case REASONS -> "Reasons";
                    case ACTIONS -> "Actions";
                    case RESOLUTION -> "Resolution";
                    case RESOLUTION_TEXT -> "What was done";
                    case NEXT_STEPS -> "Next steps";
                    case DISPOSITION -> "Disposition";
                    case TAGS -> "Tags";
                    case FIELDS -> "Fields";
                    case CHECKLIST -> "Checklist";
                    case SENTIMENT -> "Sentiment";
                    case FOLLOW_UPS -> "Follow-ups";
                })
                .orElse(part);
    }

    private static List<DraftsView.Effect> effects(DraftEffect effect) {
        var rows = new ArrayList<DraftsView.Effect>();
        rows.add(new DraftsView.Effect(
                "Contacts",
                Figures.whole(effect.shown().contacts()),
                Figures.whole(effect.heldOut().contacts()),
                Figures.whole(effect.shadow().contacts()),
                "",
                false));
        effect.effects()
                .forEach(one -> rows.add(new DraftsView.Effect(
                        label(one.measure()),
                        figure(effect.shown(), one.measure()),
                        figure(effect.heldOut(), one.measure()),
                        figure(effect.shadow(), one.measure()),
                        difference(one),
                        one.difference() != null && one.difference().isClear())));
        return rows;
    }

    private static String label(DraftEffect.Measure measure) {
        return switch (measure) {
            case ACW -> "After-call work";
            case EFFORT -> "Talk, hold and after-call work";
            case DEFERRED -> "Left for later";
            case REVISED -> "Amended after it was confirmed";
            case REPEATED -> "Customer came again within a week";
        };
    }

    private static String figure(DraftEffect.Arm arm, DraftEffect.Measure measure) {
        return switch (measure) {
            case ACW -> Figures.clockOr(arm.acwSeconds(), NOTHING);
            case EFFORT -> Figures.clockOr(arm.effortSeconds(), NOTHING);
            case DEFERRED -> Figures.shareOr(arm.deferred().share(), NOTHING);
            case REVISED -> Figures.shareOr(arm.revised().share(), NOTHING);
            case REPEATED -> Figures.shareOr(arm.repeated().share(), NOTHING);
        };
    }

    private static String difference(DraftEffect.Effect effect) {
        Proportion.Difference found = effect.difference();
        if (found == null) {
            return "";
        }
        boolean seconds = effect.measure() == DraftEffect.Measure.ACW || effect.measure() == DraftEffect.Measure.EFFORT;
        return seconds
                ? "%s (%s to %s)".formatted(signed(found.value()), signed(found.low()), signed(found.high()))
                : String.format(
                        Locale.ENGLISH,
                        "%+.1f points (%+.1f to %+.1f)",
                        found.value() * 100,
                        found.low() * 100,
                        found.high() * 100);
    }

    private static String signed(double seconds) {
        return (seconds < 0 ? "−" : "+") + Figures.clock(Math.abs(seconds));
    }

    private static DraftsView.Part part(DraftQuality.Part part) {
        List<DraftQuality.Week> weeks = part.weeks().stream()
                .filter(week -> week.agreed().share() != null)
                .toList();
        return new DraftsView.Part(
                label(part.part()),
                Figures.shareOr(part.seen().agreed().share(), NOTHING),
                interval(part.seen().agreed()),
                Figures.shareOr(part.blind().agreed().share(), NOTHING),
                interval(part.blind().agreed()),
                part.seen().edited() + part.blind().edited(),
                part.seen().rejected() + part.blind().rejected(),
                part.seen().missed() + part.blind().missed(),
                weeks.size() < 2 ? "" : line(weeks),
                weeks.stream()
                        .map(week -> "%s: %s"
                                .formatted(
                                        week.monday(),
                                        Figures.shareOr(week.agreed().share(), NOTHING)))
                        .collect(Collectors.joining(", ")),
                drift(part.drift()));
    }

    private static String line(List<DraftQuality.Week> weeks) {
        var points = new ArrayList<String>();
        for (int i = 0; i < weeks.size(); i++) {
            Double share = weeks.get(i).agreed().share();
            points.add(String.format(
                    Locale.ROOT, "%.1f,%.1f", 100.0 * i / (weeks.size() - 1), 100 - 100 * (share == null ? 0 : share)));
        }
        return String.join(" ", points);
    }

    private static String interval(Proportion share) {
        return share.low() == null || share.high() == null
                ? ""
                : "%s to %s of %s"
                        .formatted(
                                Figures.share(share.low()), Figures.share(share.high()), Figures.whole(share.whole()));
    }

    private static String drift(Proportion.@Nullable Difference drift) {
        return drift == null || !drift.isClear()
                ? ""
                : String.format(Locale.ENGLISH, "%+.0f points lately", drift.value() * 100);
    }

    private List<DraftsView.Confusable> confusable(List<DraftQuality.Confusable> pairs) {
        double most = pairs.stream()
                .mapToDouble(
                        pair -> pair.share().share() == null ? 0 : pair.share().share())
                .max()
                .orElse(1);
        return pairs.stream()
                .map(pair -> new DraftsView.Confusable(
                        disposition(pair.one()),
                        disposition(pair.other()),
                        pair.contacts(),
                        Figures.shareOr(pair.share().share(), NOTHING),
                        pair.share().share() == null ? 0 : 100 * pair.share().share() / most))
                .toList();
    }

    private String disposition(String code) {
        return catalog.leafDispositions().stream()
                .filter(one -> one.code().equals(code))
                .map(CatalogItem::label)
                .findFirst()
                .orElse(code);
    }

    private static DraftsView.Version version(DraftQuality.Version version) {
        return new DraftsView.Version(
                label(version.part()),
                version.model(),
                Figures.shareOr(version.seen().agreed().share(), NOTHING),
                Figures.shareOr(version.blind().agreed().share(), NOTHING),
                version.seen().agreed().whole() + version.blind().agreed().whole());
    }

    private DraftsView.Change change(DraftQuality.GradeChange change) {
        String queue = change.queue() == null
                ? "contacts without a queue"
                : catalog.findQueue(change.queue()).map(CatalogItem::label).orElse(change.queue());
        return new DraftsView.Change(
                change.at(),
                "%s in %s: %s from now on, since %s of %s agreed"
                        .formatted(
                                label(change.part()),
                                queue,
                                word(change.grade()),
                                Figures.whole(change.measured().part()),
                                Figures.whole(change.measured().whole())));
    }

    private static List<Page.Link> json(DraftEffect effect, DraftQuality quality) {
        String queue = quality.queue() == null ? "" : "&queue=" + encoded(quality.queue());
        Instant from = effect.from();
        Instant to = effect.to();
        return List.of(
                new Page.Link("/api/v1/reports/drafts?from=%s&to=%s%s".formatted(from, to, queue), "Effect", false),
                new Page.Link(
                        "/api/v1/draft-quality?from=%s&to=%s%s".formatted(quality.from(), quality.to(), queue),
                        "Agreement",
                        false),
                new Page.Link(
                        "/api/v1/draft-outcomes?from=%s&to=%s%s&limit=200".formatted(from, to, queue), "Log", false));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
