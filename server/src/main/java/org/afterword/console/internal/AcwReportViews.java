package org.afterword.console.internal;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.afterword.analytics.AcwField;
import org.afterword.analytics.AcwReport;
import org.afterword.analytics.AcwRow;
import org.afterword.analytics.GroupBy;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.CatalogItem;
import org.afterword.catalog.Catalogs;
import org.afterword.desk.Floor;
import org.afterword.identity.Caller;
import org.afterword.platform.Tenancy;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/** Makes the page of an ACW report: names for its rows, a chart, and a sentence that says what it found. */
@Component
class AcwReportViews {
    /** A change of less than a minute, or a tenth, is no news. */
    private static final double LEAST_NEWS_SECONDS = 60;

    private static final double LEAST_NEWS_SHARE = 0.1;

    private static final int MOST_AGENTS = 2000;

    private final Catalogs catalogs;
    private final Floor floor;
    private final Tenancy tenancy;

    AcwReportViews(Catalogs catalogs, Floor floor, Tenancy tenancy) {
        this.catalogs = catalogs;
        this.floor = floor;
        this.tenancy = tenancy;
    }

    /** @param before the same report for as long a time before */
    AcwReportView of(
            Caller caller,
            Page page,
            AcwReport report,
            AcwReport before,
            AcwField sort,
            LocalDate from,
            LocalDate until) {
        Function<@Nullable String, String> names = names(caller, page, report.groupBy());
        List<AcwReportView.Row> rows = report.rows().stream()
                .map(row -> row(row, names, report, from, until))
                .toList();
        return new AcwReportView(
                from,
                until,
                Stream.of(GroupBy.values())
                        .filter(group -> group != GroupBy.INTERVAL)
                        .map(group -> new AcwReportView.Option(group.code(), label(group), group == report.groupBy()))
                        .toList(),
                Stream.of(
                                AcwField.ACW_TOTAL_SECONDS,
                                AcwField.ACW_MEAN_SECONDS,
                                AcwField.ACW_P90_SECONDS,
                                AcwField.OVERRUN_RATE,
                                AcwField.LEAKS,
                                AcwField.KEY)
                        .map(field -> new AcwReportView.Option(field.code(), label(field), field == sort))
                        .toList(),
                label(report.groupBy()),
                answer(report, before, names, from, until),
                rows,
                AcwChart.of(rows, report.groupBy().isTime()),
                address(report, sort, "csv"),
                address(report, sort, "json"));
    }

    private static AcwReportView.Row row(
            AcwRow row, Function<@Nullable String, String> names, AcwReport report, LocalDate from, LocalDate until) {
        String key = row.key();
        return new AcwReportView.Row(
                names.apply(key),
                row.handled(),
                row.acwTotalSeconds(),
                row.acwMeanSeconds(),
                row.acwMedianSeconds(),
                row.acwP90Seconds(),
                row.acwPercent() == null ? null : row.acwPercent() / 100,
                row.overrunRate(),
                row.systemWaitMeanSeconds(),
                row.noContact(),
                row.notStarted(),
                row.leaks(),
                row.leaksPer10000(),
                key == null ? null : records(report.groupBy(), key, from, until));
    }

    /** The address of the records behind a row, where they can be listed. */
    private static @Nullable String records(GroupBy group, String key, LocalDate from, LocalDate until) {
        UriComponentsBuilder list = UriComponentsBuilder.fromPath(Place.RECORDS.path());
        return switch (group) {
            case AGENT ->
                list.queryParam("agent", "{key}")
                        .queryParam("from", from)
                        .queryParam("until", until)
                        .encode()
                        .buildAndExpand(key)
                        .toUriString();
            case DAY -> list.queryParam("from", key).queryParam("until", key).toUriString();
            case TEAM, QUEUE, CAMPAIGN, CHANNEL, CALL_TYPE, COMPLEXITY, DISPOSITION, INTERVAL, HOUR -> null;
        };
    }

    /** What changed most; else what costs most; else how much there was. */
    private static String answer(
            AcwReport report,
            AcwReport before,
            Function<@Nullable String, String> names,
            LocalDate from,
            LocalDate until) {
        double total = report.totals().acwTotalSeconds();
        if (report.totals().handled() == 0) {
            return "No after-call work %s".formatted(period(from, until));
        }
        if (!report.groupBy().isTime()) {
            Optional<String> change = change(report, before, names, from, until);
            if (change.isPresent()) {
                return change.get();
            }
            if (report.rows().size() > 1) {
                AcwRow most = report.rows().stream()
                        .max(Comparator.comparingDouble(AcwRow::acwTotalSeconds))
                        .orElseThrow();
                return "%s takes the most after-call work: %s, %s of all"
                        .formatted(
                                names.apply(most.key()),
                                Figures.amount(most.acwTotalSeconds()),
                                Figures.share(most.acwTotalSeconds() / total));
            }
        }
        return "After-call work took %s, %s for each of %s"
                .formatted(
                        Figures.amount(total),
                        Figures.clock(total / report.totals().handled()),
                        Figures.count(report.totals().handled(), "contact", "contacts"));
    }

    private static Optional<String> change(
            AcwReport report,
            AcwReport before,
            Function<@Nullable String, String> names,
            LocalDate from,
            LocalDate until) {
        Map<String, Double> earlier = before.rows().stream()
                .collect(Collectors.toMap(row -> String.valueOf(row.key()), AcwRow::acwTotalSeconds));
        if (earlier.isEmpty()) {
            return Optional.empty();
        }
        Function<AcwRow, Double> growth =
                row -> row.acwTotalSeconds() - earlier.getOrDefault(String.valueOf(row.key()), 0.0);
        return report.rows().stream()
                .max(Comparator.comparing(growth))
                .filter(row -> growth.apply(row) >= LEAST_NEWS_SECONDS
                        && growth.apply(row) >= LEAST_NEWS_SHARE * row.acwTotalSeconds())
                .map(row -> "%s took %s more after-call work than the %s before"
                        .formatted(names.apply(row.key()), Figures.amount(growth.apply(row)), days(from, until)));
    }

    private static String days(LocalDate from, LocalDate until) {
        long days = ChronoUnit.DAYS.between(from, until) + 1;
        return days == 1 ? "day" : days + " days";
    }

    private static String period(LocalDate from, LocalDate until) {
        return from.equals(until) ? "on that day" : "in these " + days(from, until);
    }

    /** The label behind a key; for no key, what that means. */
    private Function<@Nullable String, String> names(Caller caller, Page page, GroupBy group) {
        Catalog catalog = tenancy.in(caller.tenant(), catalogs::get);
        Function<String, String> names = switch (group) {
            case QUEUE -> labels(catalog.queues());
            case TEAM -> labels(catalog.teams());
            case CAMPAIGN -> labels(catalog.campaigns());
            case CALL_TYPE -> labels(catalog.callTypes());
            case DISPOSITION -> labels(catalog.dispositions());
            case DAY ->
                key -> page.day(LocalDate.parse(key).atStartOfDay(page.zone()).toInstant());
            case HOUR, INTERVAL -> key -> page.day(Instant.parse(key)) + ", " + page.clock(Instant.parse(key));
            case AGENT -> agents(caller);
            case CHANNEL, COMPLEXITY -> AcwReportViews::word;
        };
        return key -> key == null ? "No " + label(group).toLowerCase(Locale.ROOT) : names.apply(key);
    }

    private Function<String, String> agents(Caller caller) {
        Map<String, String> names =
                tenancy.in(caller.tenant(), () -> floor.list(null, null, null, MOST_AGENTS)).stream()
                        .filter(agent -> agent.name() != null)
                        .collect(Collectors.toMap(
                                agent -> agent.agentId().value(), agent -> String.valueOf(agent.name())));
        return key -> Objects.requireNonNullElse(names.get(key), key);
    }

    private static Function<String, String> labels(List<? extends CatalogItem> items) {
        Map<String, String> labels = items.stream().collect(Collectors.toMap(CatalogItem::code, CatalogItem::label));
        return key -> Objects.requireNonNullElse(labels.get(key), key);
    }

    /** {@code VOICE} as {@code Voice}. */
    private static String word(String code) {
        return code.isEmpty()
                ? code
                : Character.toUpperCase(code.charAt(0)) + code.substring(1).toLowerCase(Locale.ROOT);
    }

    private static String label(GroupBy group) {
        return switch (group) {
            case AGENT -> "Agent";
            case TEAM -> "Team";
            case QUEUE -> "Queue";
            case CAMPAIGN -> "Campaign";
            case CHANNEL -> "Channel";
            case CALL_TYPE -> "Call type";
            case COMPLEXITY -> "Complexity";
            case DISPOSITION -> "Disposition";
            case INTERVAL -> "Interval";
            case HOUR -> "Hour";
            case DAY -> "Day";
        };
    }

    private static String label(AcwField field) {
        return switch (field) {
            case KEY -> "Name";
            case ACW_MEAN_SECONDS -> "Mean";
            case ACW_P90_SECONDS -> "90th percentile";
            case OVERRUN_RATE -> "Overrun";
            case LEAKS -> "Gate leaks";
            default -> "Total time";
        };
    }

    private static String address(AcwReport report, AcwField sort, String format) {
        return UriComponentsBuilder.fromPath("/api/v1/reports/acw")
                .queryParam("from", "{from}")
                .queryParam("to", "{to}")
                .queryParam("groupBy", report.groupBy().code())
                .queryParam("zone", "{zone}")
                .queryParam("sort", sort.code())
                .queryParam("format", format)
                .encode()
                .buildAndExpand(report.from(), report.to(), report.zone().getId())
                .toUriString();
    }
}
