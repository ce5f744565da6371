package org.afterword.console.internal;

import static java.time.temporal.ChronoUnit.MINUTES;
import static java.time.temporal.ChronoUnit.SECONDS;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.afterword.analytics.GateFigures;
import org.afterword.console.internal.Mark.Evidence;
import org.afterword.console.internal.PanelView.Choice;
import org.afterword.console.internal.PanelView.Input;
import org.afterword.console.internal.PanelView.Phase;
import org.afterword.console.internal.PanelView.Speaker;
import org.afterword.platform.Storage;
import org.jspecify.annotations.Nullable;

/** Pages as they look in the middle of a working day. */
final class Samples {
    static final Instant NOW = Instant.parse("2026-05-08T14:04:42Z");
    static final Instant ENDED = NOW.minusSeconds(18);

    private Samples() {}

    static Page page(@Nullable String theme, String current) {
        return new Page(
                "",
                theme,
                new Page.Person("Ann Reyes", "Agent and supervisor"),
                List.of(
                        new Page.Link("/panel", "Panel", current.equals("/panel")),
                        new Page.Link("/floor", "Floor", current.equals("/floor")),
                        new Page.Link("/reports/acw", "Reports", current.equals("/reports/acw")),
                        new Page.Link("/records", "Records", current.equals("/records")),
                        new Page.Link("/admin/events", "Rejected events", current.equals("/admin/events")),
                        new Page.Link("/admin/deliveries", "Deliveries", current.equals("/admin/deliveries"))),
                new Page.Csrf("X-CSRF-TOKEN", "_csrf", "token"),
                NOW,
                ZoneId.of("America/New_York"),
                false,
                Storage.State.WELL);
    }

    static Page signedOut() {
        var page = page(null, "");
        return new Page("", null, null, List.of(), page.csrf(), page.now(), page.zone(), false, page.storage());
    }

    static PanelView panel(PanelView.@Nullable Contact contact) {
        return new PanelView(
                new PanelView.Agent(
                        "ann",
                        "Ann Reyes",
                        StateSign.AFTER_CALL_WORK,
                        null,
                        ENDED,
                        contact == null ? null : "Lunch",
                        null,
                        true),
                List.of(
                        new PanelView.Held(
                                "w1", "Maria Lopez", Icon.CHANNEL_VOICE, Phase.OPEN, ENDED, NOW.plusSeconds(42)),
                        new PanelView.Held(
                                "w2",
                                "Jonathan Featherstonehaugh",
                                Icon.CHANNEL_CHAT,
                                Phase.ON,
                                NOW.minus(4, MINUTES),
                                null)),
                List.of(
                        new PanelView.Owed("w7", "Dan Cho", NOW.minus(20, MINUTES)),
                        new PanelView.Owed("w8", "Unknown customer", NOW.plus(90, MINUTES))),
                contact,
                new PanelView.Confirmed(
                        "w0",
                        "The record of Bea Novak: policy Balances approved it, 97 % sure of the disposition, and nobody checked it.",
                        NOW.plusSeconds(6)),
                List.of(new Choice("BREAK", "Break"), new Choice("LUNCH", "Lunch"), new Choice("TRAINING", "Training")),
                null);
    }

    static PanelView idle(StateSign state) {
        return new PanelView(
                new PanelView.Agent(
                        "ann",
                        "Ann Reyes",
                        state,
                        null,
                        NOW.minusSeconds(72),
                        null,
                        state == StateSign.RECOVERY
                                ? new PanelView.Rest("A moment for yourself", NOW.plusSeconds(48))
                                : null,
                        false),
                List.of(),
                List.of(),
                null,
                null,
                List.of(new Choice("BREAK", "Break"), new Choice("LUNCH", "Lunch")),
                null);
    }

    static PanelView.Contact contact(Phase phase) {
        boolean ended = phase != Phase.ON;
        return new PanelView.Contact(
                "w1",
                "call-20931",
                7,
                "call-20931#3",
                "Maria Lopez",
                Icon.CHANNEL_VOICE,
                List.of("Savings account", "inbound", "Billing"),
                phase,
                ENDED.minus(252, SECONDS),
                ended ? Duration.ofSeconds(252) : null,
                ended ? window(phase) : null,
                phase == Phase.DEFERRED ? NOW.plus(200, MINUTES) : null,
                phase == Phase.OPEN || phase == Phase.OVERDUE
                        ? new PanelView.Extension(Duration.ofSeconds(60), 1, true)
                        : null,
                true,
                false,
                new PanelView.DraftStatus(!ended, ended ? "" : "The draft grows while you talk."),
                transcript(!ended),
                form(ended, phase.isEnd()));
    }

    static WindowView window(Phase phase) {
        return switch (phase) {
            case OVERDUE ->
                new WindowView(
                        NOW.minusSeconds(78),
                        NOW.minusSeconds(18),
                        Duration.ofSeconds(60),
                        Duration.ZERO,
                        null,
                        Duration.ofSeconds(15));
            default ->
                new WindowView(
                        ENDED.minusSeconds(12),
                        NOW.plusSeconds(42),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(12),
                        null,
                        Duration.ofSeconds(15));
        };
    }

    static WindowView target() {
        return new WindowView(ENDED, null, null, Duration.ZERO, Duration.ofSeconds(60), Duration.ZERO);
    }

    private static Mark machine(double confidence, Evidence... evidence) {
        return new Mark(Sign.MACHINE, confidence, List.of(evidence));
    }

    static PanelView.Form form(boolean ended, boolean confirmed) {
        var may = new Evidence.Words(4, 0, 24);
        var twice = new Evidence.Words(0, 2, 27);
        var refund = new Evidence.Action("e88");
        String summary = ended
                ? "Customer was charged twice for the May fee. Refund of $30.00 started. Email follows by Friday."
                : "Customer was charged twice for the May fee.";
        return new PanelView.Form(
                ended ? new PanelView.Keywords("dbl charge, refund 30", new Mark(Sign.TYPED, null, List.of())) : null,
                List.of(
                        new PanelView.Change("phone", "Phone", "555 0100", "555 0199", ended, machine(.8, twice)),
                        new PanelView.Change("email", "E-mail", null, "maria@example.org", false, machine(.6, may))),
                new PanelView.Text(
                        summary,
                        machine(.91, twice, refund),
                        List.of(
                                new PanelView.Statement(
                                        "Customer was charged twice for the May fee.", machine(.95, twice, may)),
                                new PanelView.Statement("Refund of $30.00 started.", machine(.97, refund)),
                                new PanelView.Statement(
                                        "Email follows by Friday.", new Mark(Sign.NO_EVIDENCE, .41, List.of())))),
                new PanelView.Several(
                        List.of("DUPLICATE"),
                        List.of(new Choice("DUPLICATE", "Duplicate charge"), new Choice("FEE", "Fee question")),
                        List.of(new Choice("CARD", "Card lost"), new Choice("TRANSFER", "Transfer")),
                        machine(.97, twice)),
                new PanelView.One(
                        "REFUND",
                        List.of(
                                new PanelView.Suggestion(new Choice("REFUND", "Refund started"), .91),
                                new PanelView.Suggestion(new Choice("ESCALATED", "Escalated"), .06),
                                new PanelView.Suggestion(new Choice("INFORMATION", "Information given"), .02)),
                        List.of(
                                new Choice("CALLBACK", "Callback promised", "Open", "The agent will call again"),
                                new Choice("ABANDONED", "Customer hung up", "No result", "Nothing came of it")),
                        machine(.91, refund)),
                new PanelView.Select(
                        "pending",
                        List.of(
                                new Choice("resolved", "Resolved"),
                                new Choice("pending", "Pending"),
                                new Choice("escalated", "Escalated"),
                                new Choice("unresolved", "Unresolved")),
                        machine(.88, refund)),
                List.of(
                        new PanelView.Field(
                                "amount",
                                "Amount",
                                "What is refunded",
                                Input.NUMBER,
                                "30.00",
                                "",
                                List.of(),
                                true,
                                machine(.72, refund)),
                        new PanelView.Field(
                                "date",
                                "Charged on",
                                "",
                                Input.DATE,
                                "2026-05-03",
                                "",
                                List.of(),
                                true,
                                machine(.94, may)),
                        new PanelView.Field(
                                "account",
                                "Account",
                                "",
                                Input.CHOICE,
                                "Savings",
                                "",
                                List.of("Checking", "Savings"),
                                true,
                                new Mark(Sign.TYPED, null, List.of())),
                        new PanelView.Field(
                                "reference",
                                "Reference",
                                "",
                                Input.TEXT,
                                "",
                                "",
                                List.of(),
                                true,
                                new Mark(Sign.NOT_HEARD, null, List.of()))),
                List.of(
                        new PanelView.Tick("summary", "Summary", true, machine(1)),
                        new PanelView.Tick("status", "Status", true, machine(.9)),
                        new PanelView.Tick("tags", "Tags", true, new Mark(Sign.CONFIRMED, null, List.of())),
                        new PanelView.Tick("follow-up", "Follow-up", false, Mark.NONE)),
                List.of(new PanelView.FollowUp(
                        "f1",
                        "/followUps/f1",
                        "Email",
                        "Confirmation of the refund",
                        NOW.plus(180, MINUTES),
                        machine(.83, new Evidence.Words(5, 5, 26)))),
                new PanelView.Several(
                        List.of("refund"),
                        List.of(new Choice("refund", "Refund"), new Choice("fee", "Fee")),
                        List.of(new Choice("vip", "VIP")),
                        machine(.8)),
                confirmed
                        ? List.of()
                        : List.of(
                                new PanelView.Offer("/fields/reference", "Reference", "\"A\" 17", "\"\\\"A\\\" 17\"")),
                java.util.Set.of(),
                confirmed);
    }

    static PanelView.Transcript transcript(boolean live) {
        String[] words = {
            "I was charged twice for the monthly fee on my savings account.",
            "I am sorry about that. Let me have a look at your account.",
            "I can see two payments of thirty dollars with the same text.",
            "When did you notice it first?",
            "on the third of May, when the statement came",
            "I'll send you an email once it is done, by Friday at the latest.",
            "Thank you, that is all I wanted.",
            "I have started the refund. You will see it within three days.",
            "Great. Bye."
        };
        boolean[] customer = {true, false, false, false, true, false, true, false, true};
        var turns = new java.util.ArrayList<PanelView.Turn>();
        for (int i = 0; i < (live ? 5 : words.length); i++) {
            turns.add(new PanelView.Turn(
                    i, customer[i] ? Speaker.CUSTOMER : Speaker.AGENT, words[i], live ? null : i * 11.5));
        }
        return new PanelView.Transcript(
                turns,
                List.of(new PanelView.Action(
                        "e88", ENDED.minusSeconds(64), "refund_start", "amount $30.00, account savings")),
                live,
                null,
                live ? null : "/recordings/call-20931");
    }

    static FloorView floor(boolean wall) {
        var overdue = window(Phase.OVERDUE);
        return new FloorView(
                new FloorView.Headline(
                        List.of(
                                new FloorView.Count(StateSign.AVAILABLE, 3),
                                new FloorView.Count(StateSign.ENGAGED, 12),
                                new FloorView.Count(StateSign.AFTER_CALL_WORK, 4),
                                new FloorView.Count(StateSign.NOT_READY, 2),
                                new FloorView.Count(StateSign.OFFLINE, 7)),
                        new FloorView.Longest("dan", "Dan Cho", NOW.minusSeconds(78)),
                        wall ? new GateFigures(1, 1234) : new GateFigures(0, 1234),
                        14,
                        2),
                List.of(
                        new FloorView.Group(
                                StateSign.AFTER_CALL_WORK,
                                List.of(
                                        agent("dan", "Dan Cho", StateSign.AFTER_CALL_WORK, 78, overdue),
                                        agent("ann", "Ann Reyes", StateSign.AFTER_CALL_WORK, 30, window(Phase.OPEN)),
                                        agent("eve", "Eve Martin", StateSign.AFTER_CALL_WORK, 18, target()))),
                        new FloorView.Group(
                                StateSign.ENGAGED,
                                List.of(
                                        agent("flo", "Flo Okafor", StateSign.ENGAGED, 911, null),
                                        agent("gus", "Gus Lindqvist", StateSign.ENGAGED, 402, null),
                                        agent("hal", "Hal Weiss", StateSign.ENGAGED, 33, null))),
                        new FloorView.Group(
                                StateSign.AVAILABLE,
                                List.of(agent("ida", "Ida Brandt", StateSign.AVAILABLE, 64, null))),
                        new FloorView.Group(
                                StateSign.NOT_READY,
                                List.of(new FloorView.Agent(
                                        "jon",
                                        "Jon Adeyemi",
                                        "Travel",
                                        StateSign.NOT_READY,
                                        "Lunch",
                                        NOW.minus(22, MINUTES),
                                        null)))),
                wall);
    }

    static FloorView.Agent agent(String id, String name, StateSign state, int seconds, @Nullable WindowView window) {
        return new FloorView.Agent(id, name, "Bank", state, null, NOW.minusSeconds(seconds), window);
    }

    static FloorView.Sheet sheet() {
        return new FloorView.Sheet(
                agent("dan", "Dan Cho", StateSign.AFTER_CALL_WORK, 78, window(Phase.OVERDUE)),
                1,
                1,
                List.of(new FloorView.Line("Bea Novak", "Travel, overdue", NOW.minusSeconds(78), "call-1", false)),
                List.of(new FloorView.Line("Unknown customer", "Bank", NOW.minus(90, MINUTES), "call-2", true)));
    }

    static AcwReportView report() {
        var rows = List.of(
                row("Travel", 812, 812 * 74.2, 61, 166, .31, .11),
                row("Bank", 1204, 1204 * 38.9, 33, 71, .22, .04),
                row("Appointments", 340, 340 * 28.1, 25, 49, .17, .01),
                row("Without a queue", 2, 31, null, null, null, 0));
        return new AcwReportView(
                LocalDate.parse("2026-05-01"),
                LocalDate.parse("2026-05-08"),
                List.of(
                        new AcwReportView.Option("queue", "Queue", true),
                        new AcwReportView.Option("team", "Team", false)),
                List.of(new AcwReportView.Option("acwTotalSeconds", "Total time", true)),
                "Queue",
                "Travel costs the most after-call work: 16.7 h, 53 % of all",
                rows,
                AcwChart.of(rows, false),
                "/api/v1/reports/acw?groupBy=queue&format=csv",
                "/api/v1/reports/acw?groupBy=queue&format=json");
    }

    static RecordView record() {
        var form = form(true, true);
        return new RecordView(
                "call-20931",
                "Maria Lopez",
                Icon.CHANNEL_VOICE,
                List.of("Savings account", "inbound"),
                ENDED.minusSeconds(252),
                ENDED,
                List.of(new RecordView.Leg(
                        "w1",
                        "Ann Reyes",
                        "Approved by policy",
                        ENDED,
                        NOW,
                        "Policy Balances approved it, 97 % sure of the disposition, and nobody checked it.",
                        "0:18",
                        List.of(
                                new RecordView.Part(
                                        "Summary",
                                        List.of(form.summary().value()),
                                        form.summary().mark(),
                                        "",
                                        null),
                                new RecordView.Part(
                                        "Disposition",
                                        List.of("Refund started"),
                                        new Mark(
                                                Sign.CONFIRMED,
                                                null,
                                                form.disposition().mark().evidence()),
                                        "Ann Reyes",
                                        NOW),
                                new RecordView.Part(
                                        "Amount",
                                        List.of("30.00"),
                                        new Mark(Sign.TYPED, null, List.of()),
                                        "Ann Reyes",
                                        NOW)),
                        List.of(new RecordView.Sealed("iban", "Bank account")),
                        List.of(
                                new RecordView.Delivery("File records", DeliveriesView.State.DELIVERED, 1, NOW, null),
                                new RecordView.Delivery(
                                        "Webhook crm.example",
                                        DeliveriesView.State.RETRYING,
                                        3,
                                        NOW,
                                        "crm.example answered 503")))),
                transcript(false));
    }

    static RecordsView records() {
        return new RecordsView(
                "Records of Travel",
                List.of(new Page.Link("/records", "All", true)),
                List.of(
                        new RecordsView.Row(
                                "call-20931",
                                "Maria Lopez",
                                Icon.CHANNEL_VOICE,
                                "Ann Reyes",
                                "Bank",
                                ENDED,
                                Phase.COMPLETED.word(),
                                "0:18",
                                form(true, true).summary().value()),
                        new RecordsView.Row(
                                "chat-11",
                                "Unknown customer",
                                Icon.CHANNEL_CHAT,
                                "Dan Cho",
                                "Travel",
                                ENDED.minus(26 * 60, MINUTES),
                                Phase.DEFERRED.word(),
                                null,
                                "")),
                "/records?cursor=x");
    }

    static RejectedEventsView rejected() {
        return new RejectedEventsView(
                List.of(
                        new RejectedEventsView.Row(
                                "r1",
                                NOW.minusSeconds(200),
                                "interaction.conected",
                                "switch-1",
                                "e-77",
                                "type 'interaction.conected' is not known",
                                "{\n  \"agentId\": \"ann\"\n}"),
                        new RejectedEventsView.Row(
                                "r2",
                                NOW.minus(3, MINUTES),
                                "interaction.said",
                                "switch-1",
                                "e-78",
                                "data.turn must be 0 or more, is -1",
                                "{\n  \"turn\": -1\n}")),
                null);
    }

    static DraftsView drafts(boolean compared) {
        var grades = List.of(
                new DraftsView.Option("OFF", "not shown", false),
                new DraftsView.Option("SUGGEST", "suggested", false),
                new DraftsView.Option("PREFILL", "filled in", true),
                new DraftsView.Option("FILL_AUDITED", "let out, one in five checked", false),
                new DraftsView.Option("FILL", "let out, 2 in 100 checked", false));
        return new DraftsView(
                LocalDate.parse("2026-03-02"),
                LocalDate.parse("2026-04-26"),
                List.of(
                        new DraftsView.Option("", "All queues", true),
                        new DraftsView.Option("claims", "Claims", false)),
                compared ? "Drafts save 0:41 of after-call work a contact" : "What drafts save is not known yet",
                new DraftsView.Rollout(
                        "Of 100 contacts 5 go without a draft, drawn by lot; everybody else sees theirs.",
                        null,
                        "5",
                        "{\"claims\":{\"tags\":\"OFF\"}}",
                        List.of(
                                new DraftsView.MostOfPart("summary", "Summary", grades),
                                new DraftsView.MostOfPart("disposition", "Disposition", grades))),
                compared
                        ? "Policies approved 1,204 records with nobody looking; 9 of them were amended. By lot, people checked 297 records like them."
                        : "",
                compared
                        ? List.of(
                                new DraftsView.Effect("Contacts", "18,204", "961", "4,020", "", false),
                                new DraftsView.Effect(
                                        "After-call work", "0:24", "1:05", "1:09", "−0:41 (−0:49 to −0:33)", true))
                        : List.of(),
                compared,
                compared
                        ? List.of(new DraftsView.Part(
                                "Disposition",
                                "94 %",
                                "93 % to 95 % of 18,204",
                                "91 %",
                                "89 % to 93 % of 961",
                                870,
                                12,
                                40,
                                "0.0,10.0 50.0,8.0 100.0,14.0",
                                "2026-03-02: 90 %, 2026-03-09: 92 %, 2026-03-16: 86 %",
                                "-6 points lately"))
                        : List.of(),
                compared
                        ? List.of(new DraftsView.Confusable("Billing <error>", "Billing question", 31, "4.1 %", 100))
                        : List.of(),
                compared
                        ? List.of(new DraftsView.Version("Disposition", "m+rules-5, learned 3", "94 %", "91 %", 19_165))
                        : List.of(),
                compared
                        ? List.of(new DraftsView.Change(
                                NOW, "Tags in Claims: suggested from now on, since 20 of 60 agreed"))
                        : List.of(),
                List.of(new Page.Link("/api/v1/draft-quality?from=2026-03-02&to=2026-04-27", "Agreement", false)));
    }

    static DeliveriesView deliveries() {
        return new DeliveriesView(
                List.of(
                        new Page.Link("/admin/deliveries", "All", true),
                        new Page.Link("/admin/deliveries?state=FAILED", "Gave up", false)),
                List.of(
                        new DeliveriesView.Row(
                                "d1",
                                "https://crm.example/hook",
                                "Record of Maria Lopez",
                                "call-20931",
                                DeliveriesView.State.RETRYING,
                                3,
                                NOW.minusSeconds(90),
                                NOW.plusSeconds(40),
                                "crm.example answered 503 Service Unavailable"),
                        new DeliveriesView.Row(
                                "d2",
                                "records.jsonl",
                                "Record of Dan Cho",
                                "call-2",
                                DeliveriesView.State.DELIVERED,
                                1,
                                NOW.minus(40, MINUTES),
                                null,
                                null)),
                null);
    }

    private static AcwReportView.Row row(
            String label,
            long handled,
            double total,
            @Nullable Integer median,
            @Nullable Integer p90,
            @Nullable Double percent,
            double overrun) {
        return new AcwReportView.Row(
                label,
                handled,
                total,
                total / handled,
                median == null ? null : (double) median,
                p90 == null ? null : (double) p90,
                percent,
                overrun,
                overrun == 0 ? null : overrun * 60,
                Math.round(handled / 100.0),
                overrun > .1 ? 31 : 0,
                overrun > .1 ? 1L : 0L,
                overrun > .1 ? 10_000.0 / handled : 0,
                "/records?queue=" + label);
    }
}
