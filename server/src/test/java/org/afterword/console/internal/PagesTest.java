package org.afterword.console.internal;

import static org.assertj.core.api.Assertions.assertThat;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.afterword.console.internal.PanelView.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every page in every state obeys the rules that hold for all; the rendered pages are kept in {@code target/pages}. */
class PagesTest {
    private static final TemplateEngine ENGINE =
            TemplateEngine.createPrecompiled(null, ContentType.Html, null, "gg.jte.generated.precompiled");
    private static final Path PAGES = Path.of("target/pages");
    private static final Pattern ID = Pattern.compile("\\sid=\"([^\"]*)\"");
    private static final Pattern REFERENCE =
            Pattern.compile("\\s(?:for|aria-labelledby|aria-describedby|aria-controls)=\"([^\"]*)\"");

    /** @param html the page as a browser gets it */
    record Rendered(String name, String html) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Rendered> pages() {
        var pages = new LinkedHashMap<String, String>();
        var panel = Samples.page(null, "/panel");
        pages.put("sign-in", render("sign-in", Samples.signedOut(), "signIn", new SignInView("", null, null)));
        pages.put(
                "sign-in-failed",
                render(
                        "sign-in",
                        Samples.signedOut(),
                        "signIn",
                        new SignInView("ann", "User name and password do not match.", null)));
        pages.put(
                "account", render("account", panel, "account", new AccountView("The present password is not right.")));
        for (Phase phase : Phase.values()) {
            pages.put(
                    "panel-" + phase.name().toLowerCase(java.util.Locale.ROOT),
                    render("panel", panel, "panel", Samples.panel(Samples.contact(phase))));
        }
        pages.put("panel-available", render("panel", panel, "panel", Samples.idle(StateSign.AVAILABLE)));
        pages.put("panel-resting", render("panel", panel, "panel", Samples.idle(StateSign.RECOVERY)));
        pages.put("panel-not-ready", render("panel", panel, "panel", Samples.idle(StateSign.NOT_READY)));
        var floor = Samples.page(null, "/floor");
        pages.put("floor", render("floor", floor, "floor", Samples.floor(false)));
        pages.put("floor-wall", render("floor", floor, "floor", Samples.floor(true)));
        var report = Samples.page(null, "/reports/acw");
        pages.put("report-acw", render("report-acw", report, "report", Samples.report()));
        var records = Samples.page(null, "/records");
        pages.put("records", render("records", records, "records", Samples.records()));
        pages.put("record", render("record", records, "record", Samples.record()));
        var events = Samples.page(null, "/admin/events");
        pages.put("admin-events", render("admin/events", events, "events", Samples.rejected()));
        pages.put(
                "admin-events-none", render("admin/events", events, "events", new RejectedEventsView(List.of(), null)));
        var deliveries = Samples.page(null, "/admin/deliveries");
        pages.put("admin-deliveries", render("admin/deliveries", deliveries, "deliveries", Samples.deliveries()));
        pages.put(
                "admin-deliveries-none",
                render("admin/deliveries", deliveries, "deliveries", new DeliveriesView(List.of(), List.of(), null)));
        var drafts = Samples.page(null, "/admin/drafts");
        pages.put("admin-drafts", render("admin/drafts", drafts, "drafts", Samples.drafts(true)));
        pages.put("admin-drafts-none", render("admin/drafts", drafts, "drafts", Samples.drafts(false)));
        pages.put(
                "error",
                render(
                        "error",
                        panel,
                        "error",
                        new ErrorView(
                                404, "There is no such page", "The address may be mistyped.", "/", "To the start")));
        return pages.entrySet().stream().map(page -> new Rendered(page.getKey(), page.getValue()));
    }

    private static String render(String template, Page page, String name, Object view) {
        var output = new StringOutput();
        ENGINE.render(template + ".jte", new HashMap<>(Map.of("page", page, name, view)), output);
        return output.toString();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void noStyleAndNoScriptStandsInAPage(Rendered page) throws IOException {
        Files.createDirectories(PAGES);
        Files.writeString(PAGES.resolve(page.name() + ".html"), page.html());

        assertThat(page.html())
                .doesNotContainPattern("\\sstyle=")
                .doesNotContainPattern("<style")
                .doesNotContainPattern("\\son[a-z]+=")
                .doesNotContainPattern("<script(?![^>]*\\ssrc=)")
                .doesNotContain("javascript:");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyIdStandsOnceAndEveryReferenceLeadsToOne(Rendered page) {
        var ids = matches(ID, page.html());
        var references = matches(REFERENCE, page.html()).stream()
                .flatMap(reference -> Stream.of(reference.split(" ")))
                .toList();

        assertThat(ids).doesNotHaveDuplicates();
        assertThat(ids).containsAll(references);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void aPageHasOneHeadingOnTopOneMainAndAtMostOnePrimaryAction(Rendered page) {
        assertThat(page.html().split("<h1", -1)).hasSize(2);
        assertThat(page.html().split("<main", -1)).hasSize(2);
        String withoutDialogs = page.html().replaceAll("(?s)<dialog.*?</dialog>", "");
        assertThat(withoutDialogs.split("class=\"primary", -1)).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void theFloorHoldsLeaksAgainstContacts() {
        var floor = Samples.page(null, "/floor");

        assertThat(render("floor", floor, "floor", Samples.floor(false)))
                .contains("<dt>Gate leaks today</dt><dd class=\"\">0<small>in 1,234 contacts</small></dd>");
        assertThat(render("floor", floor, "floor", Samples.floor(true)))
                .contains(
                        "<dt>Gate leaks today</dt><dd class=\"late-text\">1<small>in 1,234 contacts, 8.1 per 10,000</small></dd>");
    }

    @Test
    void aReportHasNoColumnOfNothingButZeros() {
        var page = Samples.page(null, "/reports/acw");
        AcwReportView report = Samples.report();

        assertThat(render("report-acw", page, "report", report))
                .contains(">Waiting for systems</th>", ">No contact</th>", ">Not begun</th>", ">Gate leaks</th>");
        var calm = new AcwReportView(
                report.from(),
                report.until(),
                report.groupBy(),
                report.sort(),
                report.subject(),
                report.answer(),
                report.rows().subList(3, 4),
                report.chart(),
                report.csv(),
                report.json());
        assertThat(render("report-acw", page, "report", calm))
                .contains(">Gate leaks</th>")
                .doesNotContain(">Waiting for systems</th>", ">No contact</th>", ">Not begun</th>");
    }

    private static List<String> matches(Pattern pattern, String html) {
        var found = new ArrayList<String>();
        var matcher = pattern.matcher(html);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
