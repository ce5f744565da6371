package org.afterword.analytics.internal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.afterword.analytics.AcwField;
import org.afterword.analytics.AcwQuery;
import org.afterword.analytics.AcwReport;
import org.afterword.analytics.AcwSort;
import org.afterword.analytics.DraftEffect;
import org.afterword.analytics.GroupBy;
import org.afterword.analytics.RecoveryReport;
import org.afterword.analytics.Reports;
import org.afterword.identity.Caller;
import org.afterword.platform.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ReportsApi {
    private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);

    private final Reports reports;

    ReportsApi(Reports reports) {
        this.reports = reports;
    }

    /**
     * After-call work by group.
     *
     * @param sort   a field of the rows, largest numbers first; with a minus in front the other way round
     * @param format json, or csv: the rows without the totals
     */
    @GetMapping("/api/v1/reports/acw")
    ResponseEntity<?> acw(
            @RequestParam Instant from,
            @RequestParam Instant to,
            @RequestParam(defaultValue = "agent") String groupBy,
            @RequestParam(defaultValue = "30") int minutes,
            @RequestParam(defaultValue = "UTC") String zone,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(defaultValue = "json") String format,
            @AuthenticationPrincipal Caller caller) {
        AcwQuery query = query(from, to, groupBy, minutes, zone, sort);
        return switch (format) {
            case "json" -> ResponseEntity.ok(reports.acw(caller, query));
            case "csv" -> csv(reports.acw(caller, query));
            default ->
                throw ProblemException.invalid(
                        "#/format", "there is no format '%s', only json and csv".formatted(format));
        };
    }

    /** How much agents recovered, week by week; {@code from} and {@code to} are Mondays. */
    @GetMapping("/api/v1/reports/recovery")
    RecoveryReport recovery(
            @RequestParam LocalDate from,
            @RequestParam LocalDate to,
            @RequestParam(defaultValue = "tenant") String groupBy,
            @AuthenticationPrincipal Caller caller) {
        return reports.recovery(
                caller, from, to, ProblemException.parse("#/groupBy", () -> RecoveryReport.By.parse(groupBy)));
    }

    /** What drafts save: contacts with one beside contacts that went without. */
    @GetMapping("/api/v1/reports/drafts")
    DraftEffect drafts(
            @RequestParam Instant from,
            @RequestParam Instant to,
            @RequestParam(required = false) @Nullable String queue,
            @AuthenticationPrincipal Caller caller) {
        return reports.drafts(caller, from, to, queue);
    }

    private static AcwQuery query(
            Instant from, Instant to, String groupBy, int minutes, String zone, @Nullable String sort) {
        GroupBy by = ProblemException.parse("#/groupBy", () -> GroupBy.parse(groupBy));
        ZoneId zoneId = ProblemException.parse("#/zone", () -> ZoneId.of(zone));
        AcwSort order = ProblemException.parse("#/sort", () -> sort == null ? AcwSort.usual(by) : AcwSort.parse(sort));
        return ProblemException.parse("#", () -> new AcwQuery(from, to, by, minutes, zoneId, order));
    }

    private static ResponseEntity<String> csv(AcwReport report) {
        String header =
                Csv.line(Arrays.stream(AcwField.values()).map(AcwField::code).toList());
        String rows = report.rows().stream()
                .map(row -> Csv.line(Arrays.stream(AcwField.values())
                        .map(field -> field.of(row))
                        .toList()))
                .collect(Collectors.joining());
        String name = "acw-by-%s-%s.csv"
                .formatted(report.groupBy().code(), report.from().toString().substring(0, 10));
        return ResponseEntity.ok()
                .contentType(CSV)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(name).build().toString())
                .body(header + rows);
    }
}
