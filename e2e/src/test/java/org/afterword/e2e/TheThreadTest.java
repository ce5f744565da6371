package org.afterword.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasValueOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.afterword.program.AfterwordProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The whole thread as people go through it: a call ends, the draft stands, the agent confirms, the supervisor sees it. */
class TheThreadTest {
    private static final int CONVERSATIONS = 10;
    private static final double PATIENCE_MILLIS = 180_000;

    /** Settings of a server, which lead to its database: none of them is the demo's. */
    private static final Map<String, String> A_SERVERS =
            Map.of("AFTERWORD_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/in-use");

    @RegisterExtension
    final DataFolder data = new DataFolder();

    @Test
    void anAgentConfirmsTenConversationsAndTheSupervisorSeesThemAlsoAfterARestart() throws IOException {
        Set<String> confirmed = new HashSet<>();
        try (var demo = AfterwordProcess.demoIn(A_SERVERS, data.path(), "--speed", "32");
                var ann = Visitor.of(demo.address());
                var sam = Visitor.of(demo.address())) {
            signIn(ann, "ann");
            ann.page().getByText("Go available").first().click();
            while (confirmed.size() < CONVERSATIONS) {
                confirmed.add(wrapUpNext(ann.page(), confirmed));
            }
            assertThat(ann.barriers()).isEmpty();
            assertThat(ann.faults()).isEmpty();

            signIn(sam, "sam");
            assertThat(sam.page().getByText("Ann Whitaker").first()).isVisible(patiently());
            assertThat(sam.barriers()).isEmpty();
            assertThat(handledByAnn(sam.page())).isGreaterThanOrEqualTo(CONVERSATIONS);
            assertThat(sam.barriers()).isEmpty();
            assertThat(sam.faults()).isEmpty();
            assertThat(demo.stop()).isZero();
        }

        try (var server = AfterwordProcess.serve(data.path());
                var sam = Visitor.of(server.address())) {
            signIn(sam, "sam");
            assertThat(handledByAnn(sam.page())).isGreaterThanOrEqualTo(CONVERSATIONS);
            assertThat(sam.faults()).isEmpty();
        }
    }

    private void signIn(Visitor visitor, String name) throws IOException {
        visitor.page().navigate("/");
        visitor.page().locator("input[name=username]").fill(name);
        visitor.page().locator("input[name=password]").fill(password(name));
        visitor.page().locator("input[name=password]").press("Enter");
        visitor.page().waitForURL(Pattern.compile(".*/(panel|floor).*"));
    }

    /** As the demo printed it. */
    private String password(String name) throws IOException {
        var line = Pattern.compile("^\\s+" + name + "\\s+(\\S+)", Pattern.MULTILINE)
                .matcher(Files.readString(data.path().resolve("demo-sign-ins.txt")));
        assertThat(line.find()).as("a sign-in of " + name).isTrue();
        return line.group(1);
    }

    /** Waits for a contact that is not confirmed yet, corrects a field of it, and confirms it by keyboard. Answers its id. */
    private static String wrapUpNext(Page page, Set<String> confirmed) {
        Locator record = page.locator("form.record[data-phase=OPEN]");
        assertThat(record).isVisible(patiently());
        String id = record.getAttribute("data-record");
        assertThat(confirmed).doesNotContain(id);

        // the draft stands, with the words it rests on; one that still takes in words could not be confirmed
        assertThat(page.getByText("The draft takes in the last words.")).hasCount(0, patientlyCounted());
        Locator summary = record.locator("textarea[data-field='/summary']");
        assertThat(summary).not().hasValue("", new HasValueOptions().setTimeout(PATIENCE_MILLIS));
        assertThat(record.locator(".part-mark").first()).not().isEmpty();
        assertThat(page.locator("[data-turn]").first()).isVisible();

        summary.fill(summary.inputValue() + " Checked.");
        if (record.locator("input[data-field='/disposition']:checked").count() == 0) {
            record.locator("input[data-field='/disposition']").first().check();
        }
        page.keyboard().press("Control+Enter");
        assertThat(page.locator("form.record[data-record='" + id + "'][data-phase=OPEN]"))
                .hasCount(0, patientlyCounted());
        return id;
    }

    private static int handledByAnn(Page page) {
        page.navigate("/reports/acw?groupBy=agent");
        String handled = page.locator(
                        "tr",
                        new Page.LocatorOptions().setHasText(Pattern.compile("\\bann\\b", Pattern.CASE_INSENSITIVE)))
                .locator("td")
                .first()
                .textContent();
        return Integer.parseInt(handled.strip());
    }

    private static HasCountOptions patientlyCounted() {
        return new HasCountOptions().setTimeout(PATIENCE_MILLIS);
    }

    private static IsVisibleOptions patiently() {
        return new IsVisibleOptions().setTimeout(PATIENCE_MILLIS);
    }
}
