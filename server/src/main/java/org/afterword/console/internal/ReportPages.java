package org.afterword.console.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.afterword.analytics.AcwField;
import org.afterword.analytics.AcwQuery;
import org.afterword.analytics.AcwReport;
import org.afterword.analytics.AcwSort;
import org.afterword.analytics.GroupBy;
import org.afterword.analytics.Reports;
import org.afterword.identity.Caller;
import org.afterword.platform.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/** Reports on after-call work. */
@Controller
class ReportPages {
    private static final int USUAL_DAYS = 7;

    private final Reports reports;
    private final AcwReportViews views;

    ReportPages(Reports reports, AcwReportViews views) {
        this.reports = reports;
        this.views = views;
    }

    /** @param until the last day that is in */
    @GetMapping("/reports/acw")
    String acw(
            @AuthenticationPrincipal Caller caller,
            @ModelAttribute("page") Page page,
            @RequestParam(required = false) @Nullable LocalDate from,
            @RequestParam(required = false) @Nullable LocalDate until,
            @RequestParam(defaultValue = "queue") String groupBy,
            @RequestParam(required = false) @Nullable String sort,
            Model model) {
        Place.REPORTS.admit(caller);
        LocalDate lastDay = until == null ? page.now().atZone(page.zone()).toLocalDate() : until;
        LocalDate firstDay = from == null ? lastDay.minusDays(USUAL_DAYS - 1) : from;
        if (firstDay.isAfter(lastDay)) {
            throw ProblemException.invalid("#/until", "must not be before from (%s)".formatted(firstDay));
        }
        GroupBy group = ProblemException.parse("#/groupBy", () -> GroupBy.parse(groupBy));
        AcwSort order = sort == null
                ? AcwSort.usual(group)
                : new AcwSort(ProblemException.parse("#/sort", () -> AcwField.parse(sort)), false);
        Instant begin = firstDay.atStartOfDay(page.zone()).toInstant();
        Instant end = lastDay.plusDays(1).atStartOfDay(page.zone()).toInstant();
        AcwQuery query = AcwQuery.of(begin, end, group, page.zone()).sortedBy(order);
        AcwReport report = reports.acw(caller, query);
        AcwReport before = reports.acw(caller, sameLengthBefore(query));
        model.addAttribute("report", views.of(caller, page, report, before, order.field(), firstDay, lastDay));
        return "report-acw";
    }

    private static AcwQuery sameLengthBefore(AcwQuery query) {
        Duration length = Duration.of(ChronoUnit.MILLIS.between(query.from(), query.to()), ChronoUnit.MILLIS);
        return AcwQuery.of(query.from().minus(length), query.from(), query.groupBy(), query.zone());
    }
}
