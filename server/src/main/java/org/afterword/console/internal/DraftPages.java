package org.afterword.console.internal;

import java.time.Instant;
import java.time.LocalDate;
import org.afterword.analytics.DraftEffect;
import org.afterword.analytics.Reports;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.Catalogs;
import org.afterword.drafting.DraftProof;
import org.afterword.drafting.DraftQuality;
import org.afterword.identity.Caller;
import org.afterword.platform.ProblemException;
import org.afterword.platform.Tenancy;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/** What drafts are worth, and who sees them. */
@Controller
class DraftPages {
    private static final int USUAL_DAYS = 56;

    private final DraftProof proof;
    private final Reports reports;
    private final Catalogs catalogs;
    private final Tenancy tenancy;

    DraftPages(DraftProof proof, Reports reports, Catalogs catalogs, Tenancy tenancy) {
        this.proof = proof;
        this.reports = reports;
        this.catalogs = catalogs;
        this.tenancy = tenancy;
    }

    /** @param until the last day that is in */
    @GetMapping("/admin/drafts")
    String drafts(
            @AuthenticationPrincipal Caller caller,
            @ModelAttribute("page") Page page,
            @RequestParam(required = false) @Nullable LocalDate from,
            @RequestParam(required = false) @Nullable LocalDate until,
            @RequestParam(required = false) @Nullable String queue,
            Model model) {
        Place.DRAFTS.admit(caller);
        LocalDate lastDay = until == null ? page.now().atZone(page.zone()).toLocalDate() : until;
        LocalDate firstDay = from == null ? lastDay.minusDays(USUAL_DAYS - 1) : from;
        if (firstDay.isAfter(lastDay)) {
            throw ProblemException.invalid("#/until", "must not be before from (%s)".formatted(firstDay));
        }
        String of = queue == null || queue.isEmpty() ? null : queue;
        Instant begin = firstDay.atStartOfDay(page.zone()).toInstant();
        Instant end = lastDay.plusDays(1).atStartOfDay(page.zone()).toInstant();
        DraftEffect effect = reports.drafts(caller, begin, end, of);
        DraftQuality quality = proof.quality(caller, firstDay, lastDay.plusDays(1), of);
        Catalog catalog = tenancy.in(caller.tenant(), catalogs::get);
        model.addAttribute("drafts", new DraftViews(catalog, page).of(proof.rollout(caller), effect, quality, lastDay));
        return "admin/drafts";
    }
}
