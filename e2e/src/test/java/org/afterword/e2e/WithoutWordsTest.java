package org.afterword.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.HasValueOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.afterword.program.AfterwordProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an agent does on the panel that no draft does for them: keywords where nobody was heard, and ticking what changed. */
class WithoutWordsTest {
    private static final double PATIENCE_MILLIS = 60_000;

    @RegisterExtension
    final DataFolder data = new DataFolder();

    @Test
    void keywordsBecomeTheRecordAndOnlyATickedChangeIsInIt() throws IOException {
        try (var server = AfterwordProcess.serve(data.path());
                var ann = Visitor.of(server.address())) {
            var contacts = new Contacts(server::address);
            Page page = ann.page();
            contacts.post(
                    "/api/v1/users",
                    "{'userName':'ann','name':'Ann','role':'agent','agentId':'ann','password':'a long password of ann'}");
            signIn(page);

            call(contacts, "silent", List.of());
            Locator keywords = page.getByLabel("Keywords", new Page.GetByLabelOptions().setExact(true));
            assertThat(keywords).isVisible(patiently());
            Locator summary = page.locator("textarea[data-field='/summary']");
            keywords.focus();
            page.keyboard().type("refund damaged box, callback fri");
            assertThat(summary)
                    .hasValue(Pattern.compile(".*Refund damaged box\\. Callback Friday\\."), valuePatiently());
            assertThat(page.locator("#main .follow-up input").first()).hasValue("Callback Friday.");
            assertThat(ann.barriers()).isEmpty();
            complete(contacts, "silent");

            call(contacts, "moved", List.of("My new number is 555-010-9999."));
            Locator change = page.locator("input[data-field='/customerChanges/phone']");
            assertThat(change).isVisible(patiently());
            assertThat(change).not().isChecked();
            assertThat(page.locator("li:has(input[data-field='/customerChanges/phone'])"))
                    .containsText("+1 555 010 1234");
            assertThat(record(contacts, "moved")).doesNotContain("\"customerChanges\":{\"phone\":{\"old\"");
            assertThat(ann.barriers()).isEmpty();

            change.focus();
            page.keyboard().press("Space");
            assertThat(page.getByText("Saved", new Page.GetByTextOptions().setExact(true)))
                    .isVisible(patiently());
            assertThat(record(contacts, "moved"))
                    .contains("\"customerChanges\":{\"phone\":{\"new\":\"555-010-9999\",\"old\":\"+1 555 010 1234\"}}");
            assertThat(change).isChecked();

            page.keyboard().press("Space");
            assertThat(change).not().isChecked();
            assertThat(ann.faults()).isEmpty();
        }
    }

    private static void signIn(Page page) {
        page.navigate("/");
        page.locator("input[name=username]").fill("ann");
        page.locator("input[name=password]").fill("a long password of ann");
        page.locator("input[name=password]").press("Enter");
        page.waitForURL(Pattern.compile(".*/panel.*"));
    }

    /** A call of ann's that is over. */
    private static void call(Contacts contacts, String call, List<String> said) throws IOException {
        Instant start = Instant.now().minusSeconds(60);
        contacts.send(List.of(
                Contacts.event(
                        call + "-1",
                        "interaction.started",
                        call,
                        start,
                        "{'channel':'voice','customer':{'id':'C-1','name':'Kim Lee','phone':'+1 555 010 1234'}}"),
                Contacts.event(call + "-2", "interaction.connected", call, start, "{'agentId':'ann'}")));
        for (int i = 0; i < said.size(); i++) {
            contacts.send(List.of(Contacts.event(
                    call + "-said-" + i,
                    "interaction.said",
                    call,
                    start.plusSeconds(i + 1),
                    "{'turn':%d,'speaker':'customer','text':'%s'}".formatted(i, said.get(i)))));
        }
        contacts.send(List.of(Contacts.event(
                call + "-3", "interaction.ended", call, start.plusSeconds(30), "{'endedBy':'customer'}")));
    }

    private static void complete(Contacts contacts, String call) throws IOException {
        Contacts.Answer found = contacts.get("/api/v1/wrap-ups?interactionId=" + call);
        String id = found.all("id").getFirst();
        contacts.postAs(
                "ann", "/api/v1/wrap-ups/" + id + "/completion", "{'noContact':'TEST'}", found.number("version"));
    }

    private static String record(Contacts contacts, String call) throws IOException {
        return contacts.get("/api/v1/wrap-ups?interactionId=" + call).body();
    }

    private static IsVisibleOptions patiently() {
        return new IsVisibleOptions().setTimeout(PATIENCE_MILLIS);
    }

    private static HasValueOptions valuePatiently() {
        return new HasValueOptions().setTimeout(PATIENCE_MILLIS);
    }
}
