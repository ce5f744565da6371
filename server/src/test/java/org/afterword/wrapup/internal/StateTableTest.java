package org.afterword.wrapup.internal;

import static org.afterword.wrapup.internal.PureDesk.agentId;
import static org.afterword.wrapup.internal.PureDesk.interaction;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.afterword.catalog.APolicy;
import org.afterword.conversation.Channel;
import org.afterword.conversation.ContactEvent;
import org.afterword.conversation.Direction;
import org.afterword.conversation.InteractionDetails;
import org.afterword.conversation.LegRole;
import org.afterword.desk.Agent;
import org.afterword.desk.AgentState;
import org.afterword.desk.NextState;
import org.afterword.platform.ProblemException;
import org.afterword.wrapup.WrapUp;
import org.afterword.wrapup.WrapUpId;
import org.afterword.wrapup.WrapUpState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Does everything that can happen to a wrap-up in each of its states, and holds the table in docs/live-core.md against what
 * becomes of it. {@code -Dtests.write=true} writes the table anew.
 */
class StateTableTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "live-core.md");
    private static final String BEGIN = "<!-- the table of states begins; StateTableTest writes it -->\n";
    private static final String END_OF_TABLE = "<!-- the table of states ends -->\n";

    private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");
    private static final Instant END = NINE.plusSeconds(100);
    private static final WrapUp.Result DONE = new WrapUp.Result("DONE", null, 0, 0, null);
    private static final InteractionDetails DETAILS = InteractionDetails.UNKNOWN;

    private static final String PART_IS_CONFIRMED = "what was split off is confirmed";

    /** A desk with one wrap-up in one state, and what the time is there. */
    private static final class Case {
        final PureDesk desk;
        Instant now = NINE;
        int events;
        private @Nullable WrapUpId part;
        private boolean lookingAtThePart;

        Case(String mode) {
            desk = new PureDesk(APolicy.of("p", """
                    {'mode': '%s', 'windowSeconds': 60, 'extensions': {'count': 2, 'seconds': 30}, 'deferrable': true,
                     'requiredParts': [], 'noResponseSeconds': 0}""".formatted(mode)));
            desk.receive(connected("call", LegRole.PRIMARY), NINE);
        }

        WrapUpId id() {
            return lookingAtThePart
                    ? Objects.requireNonNull(part)
                    : desk.wrapUp("call").id();
        }

        /** What the table is about. */
        WrapUp looked() {
            return desk.find(id());
        }

        Case split() {
            part = desk.split(desk.wrapUp("call").id());
            return this;
        }

        Case lookingAtThePart() {
            lookingAtThePart = true;
            return this;
        }

        Case at(Instant time) {
            now = time;
            return this;
        }

        ContactEvent.Envelope event() {
            return new ContactEvent.Envelope("switch", "e" + events++, now, now);
        }

        ContactEvent connected(String call, LegRole role) {
            return new ContactEvent.Connected(event(), interaction(call), agentId("ann"), null, role);
        }

        void receive(ContactEvent... received) {
            desk.receive(List.of(received), now);
        }

        void change(java.util.function.BiFunction<Situation, WrapUpId, Situation> rule) {
            desk.change(id(), s -> rule.apply(s, id()));
        }

        Case ended() {
            at(END).receive(new ContactEvent.Ended(event(), interaction("call"), null));
            return this;
        }

        Case confirmed(int second) {
            at(END.plusSeconds(second));
            change((s, id) -> desk.rules.completed(s, id, DONE, "user:ann", null, now));
            return this;
        }

        Case swept(int second) {
            at(END.plusSeconds(second));
            desk.sweep(now);
            return this;
        }

        Case deferred() {
            at(END.plusSeconds(20));
            change((s, id) -> desk.rules.deferred(s, id, AfterCallRules.Deferral.toTheAgent("later"), now));
            return this;
        }
    }

    private static Map<String, java.util.function.Supplier<Case>> states() {
        var states = new LinkedHashMap<String, java.util.function.Supplier<Case>>();
        states.put("PREPARING", () -> new Case("TIMEBOXED").at(END.minusSeconds(5)));
        states.put("OPEN", () -> new Case("TIMEBOXED").ended().at(END.plusSeconds(20)));
        states.put("OVERDUE", () -> new Case("TIMEBOXED").ended().swept(70));
        states.put("DEFERRED", () -> new Case("TIMEBOXED").ended().deferred().at(END.plusSeconds(30)));
        states.put(
                "DEFERRED, nobody asked for a window yet (`ON_REQUEST`)",
                () -> new Case("ON_REQUEST").ended().at(END.plusSeconds(5)));
        states.put(
                "COMPLETED, reopening time running",
                () -> new Case("TIMEBOXED").ended().confirmed(20).at(END.plusSeconds(25)));
        states.put(
                "COMPLETED, held to the deadline (`TIMEBOXED_FIXED`)",
                () -> new Case("TIMEBOXED_FIXED").ended().confirmed(20).at(END.plusSeconds(25)));
        states.put(
                "COMPLETED, final",
                () -> new Case("TIMEBOXED").ended().confirmed(20).swept(31));
        states.put("EXPIRED", () -> new Case("OPTIONAL").ended().at(END.plusSeconds(5)));
        states.put(
                "OPEN, split off one that is open too",
                () -> new Case("TIMEBOXED")
                        .ended()
                        .at(END.plusSeconds(20))
                        .split()
                        .lookingAtThePart());
        states.put(
                "COMPLETED, and something that was split off is open",
                () -> new Case("TIMEBOXED").ended().split().confirmed(20).at(END.plusSeconds(25)));
        return states;
    }

    private static Map<String, Consumer<Case>> events() {
        var events = new LinkedHashMap<String, Consumer<Case>>();
        events.put("the leg ends", c -> c.receive(new ContactEvent.Ended(c.event(), interaction("call"), null)));
        events.put(
                "the leg turns out to have ended 30 s sooner",
                c -> c.desk.receive(
                        new ContactEvent.Left(
                                new ContactEvent.Envelope("switch", "sooner", END.minusSeconds(30), c.now),
                                interaction("call"),
                                agentId("ann"),
                                null),
                        c.now));
        events.put("what is due comes: the deadline, the end of the reopening time, or the record that is owed", c -> {
            Instant due = AfterCallRules.dueAt(c.desk.situation(agentId("ann")), c.desk.wrapUp("call"))
                    .or(() -> Optional.ofNullable(Situations.finalAt(c.looked())))
                    .or(() -> DebtRules.dueAt(c.looked()))
                    .orElse(c.now);
            c.desk.sweep(due.isAfter(c.now) ? due : c.now);
        });
        events.put("the agent presses a key just before the deadline", c -> {
            WrapUp wrapUp = c.looked();
            c.at(Objects.requireNonNullElse(wrapUp.deadline(), c.now).minusSeconds(1));
            c.change((s, id) -> WindowRules.input(s, id, c.now));
        });
        events.put("the agent asks for a window", c -> c.change((s, id) -> c.desk.rules.requested(s, c.now)));
        events.put("the agent extends it", c -> c.change((s, id) -> WindowRules.extended(s, id, null, c.now)));
        events.put(
                "the agent confirms the record, and wants a break next",
                c -> c.change((s, id) -> c.desk.rules.completed(
                        s, id, DONE, "user:ann", new NextState(AgentState.NOT_READY, "BREAK"), c.now)));
        events.put(
                "the agent defers it",
                c -> c.change(
                        (s, id) -> c.desk.rules.deferred(s, id, AfterCallRules.Deferral.toTheAgent("later"), c.now)));
        events.put("the agent reopens it", c -> c.change((s, id) -> c.desk.rules.reopened(s, id, c.now)));
        events.put(
                "the agent names another call type, or escalates",
                c -> c.change((s, id) ->
                        c.desk.rules.chosen(s, id, new WrapUp.Choice("OTHER", true), DETAILS, c.desk.policies, c.now)));
        events.put(
                "the agent signs out",
                c -> c.receive(new ContactEvent.AgentSignedOut(c.event(), agentId("ann"), null)));
        events.put("the agent calls somebody for 20 s", c -> {
            c.receive(
                    new ContactEvent.Started(
                            c.event(),
                            interaction("out"),
                            new InteractionDetails(
                                    Channel.VOICE, Direction.OUTBOUND, null, null, null, null, null, Map.of())),
                    c.connected("out", LegRole.PRIMARY));
            c.at(c.now.plusSeconds(20)).receive(new ContactEvent.Ended(c.event(), interaction("out"), null));
        });
        events.put(
                "the agent has waited 4 s for an application",
                c -> c.receive(
                        new ContactEvent.DesktopApp(c.event(), agentId("ann"), "CRM", true, 4, interaction("call"))));
        events.put(
                "a supervisor extends it by 60 s",
                c -> c.change((s, id) -> WindowRules.extendedByOverride(s, id, Duration.ofSeconds(60), "why", c.now)));
        events.put(
                "a supervisor defers it",
                c -> c.change((s, id) ->
                        c.desk.rules.deferredByOverride(s, id, AfterCallRules.Deferral.toTheAgent("why"), c.now)));
        events.put(
                "a supervisor gives it to a colleague",
                c -> c.change((s, id) -> c.desk.rules.reassigned(s, id, agentId("ben"), "why", c.now)));
        events.put("a supervisor ends it", c -> c.change((s, id) -> c.desk.rules.ended(s, id, "why", c.now)));
        events.put("a supervisor releases the leg", c -> {
            if (c.looked().state() instanceof WrapUpState.Preparing) {
                c.desk.release(c.looked(), c.now);
            }
        });
        events.put(
                "our own outage of 30 s ends",
                c -> c.change((s, id) -> WindowRules.outageCredited(
                        s, s.firstOf(s.get(id)).id(), c.now.minusSeconds(30), c.now, Duration.ofSeconds(60))));
        events.put("the agent splits it", c -> c.desk.split(c.id()));
        events.put(PART_IS_CONFIRMED, c -> {
            WrapUpId part = c.part;
            if (part != null) {
                c.desk.change(part, s -> c.desk.rules.completed(s, part, DONE, "user:ann", null, c.now));
            }
        });
        return events;
    }

    /** What the rules answer, in the words of the table. */
    private static String outcome(Case c, Consumer<Case> event) {
        WrapUp before = c.looked();
        Situation old = c.desk.situation(agentId("ann"));
        try {
            event.accept(c);
        } catch (ProblemException refusal) {
            String why = refusal.detail();
            int sentence = why.indexOf(". ");
            return "| | refused: " + (sentence < 0 ? why : why.substring(sentence + 2));
        }
        Situation now = c.desk.situation(agentId("ann"));
        WrapUp after = now.get(before.id());
        var effects = new ArrayList<String>();
        now
                .announcements()
                .subList(old.announcements().size(), now.announcements().size())
                .stream()
                .filter(said -> said.wrapUp().equals(after.id()))
                .map(said -> "`" + said.type() + "`")
                .distinct()
                .forEach(effects::add);
        if (old.agent().heldUnits() < now.agent().heldUnits()
                && after.state().holds()
                && !before.state().holds()) {
            effects.add("the agent is held");
        } else if (old.agent().heldUnits() > now.agent().heldUnits()) {
            effects.add("the agent is free");
        }
        if (before.deadline() != null
                && after.deadline() != null
                && !after.deadline().equals(before.deadline())) {
            long moved = Duration.between(before.deadline(), after.deadline()).toSeconds();
            effects.add("deadline %+d s".formatted(moved));
        }
        if (AfterCallRules.dueAt(old, before).isPresent() && after.state().equals(before.state())) {
            AfterCallRules.dueAt(now, after)
                    .filter(due -> Objects.equals(before.deadline(), after.deadline()))
                    .map(due ->
                            Duration.between(AfterCallRules.dueAt(old, before).orElseThrow(), due))
                    .filter(moved -> !moved.isZero())
                    .ifPresent(moved -> effects.add("takes effect %+d s".formatted(moved.toSeconds())));
        }
        List<WrapUp> parts = now.partsOf(now.firstOf(after));
        if (parts.size() > old.partsOf(old.firstOf(before)).size()) {
            effects.add("`split`: a part that is " + parts.getLast().status());
        }
        if (now.agent().owed() != old.agent().owed()) {
            effects.add("the agent owes %+d"
                    .formatted(now.agent().owed() - old.agent().owed()));
        }
        if (shows(now.agent())
                && !Objects.equals(
                        now.agent().presence().reason(), old.agent().presence().reason())) {
            effects.add("the agent wants " + now.agent().presence().reason());
        }
        if (!Objects.equals(now.agent().afterWrapUp(), old.agent().afterWrapUp())
                && now.agent().afterWrapUp() != null) {
            effects.add("the choice waits for the release");
        }
        boolean nothing = after.equals(before) && effects.isEmpty();
        String cause = after.state() instanceof WrapUpState.Deferred owed
                ? " (" + owed.cause() + ")"
                : after.state() instanceof WrapUpState.Expired expired ? " (" + expired.reason() + ")" : "";
        boolean same = after.state().getClass().equals(before.state().getClass());
        return "| %s | %s"
                .formatted(
                        nothing
                                ? ""
                                : same && !(after.state() instanceof WrapUpState.Deferred)
                                        ? ""
                                        : after.status() + cause,
                        nothing ? "nothing" : effects.isEmpty() ? "noted" : String.join(", ", effects));
    }

    private static boolean shows(Agent agent) {
        return agent.presence().reason() != null;
    }

    private static String table() {
        var table = new StringBuilder();
        states().forEach((name, state) -> {
            table.append("\n### ").append(name).append("\n\n| what happens | next | effects |\n| --- | --- | --- |\n");
            events().forEach((what, event) -> {
                if (state.get().part != null || !what.equals(PART_IS_CONFIRMED)) {
                    table.append("| ")
                            .append(what)
                            .append(' ')
                            .append(outcome(state.get(), event))
                            .append(" |\n");
                }
            });
        });
        return table.append('\n').toString();
    }

    @Test
    void theTableInTheDocumentIsWhatTheRulesDo() throws IOException {
        String document = Files.readString(DOCUMENT);
        int from = document.indexOf(BEGIN) + BEGIN.length();
        int until = document.indexOf(END_OF_TABLE);
        if (Boolean.getBoolean("tests.write")) {
            Files.writeString(DOCUMENT, document.substring(0, from) + table() + document.substring(until));
            return;
        }
        assertThat(document.substring(from, until))
                .as("the rules have changed; read what that means, and write the table anew with -Dtests.write=true")
                .isEqualTo(table());
    }

    /** Nothing that the table does is left out of it: each announcement of the rules is somewhere in it. */
    @Test
    void everyAnnouncementOfTheRulesStandsInTheTable() {
        Set<String> announcements = Set.of(
                "opened",
                "overdue",
                "deferred",
                "expired",
                "confirmed",
                "completed",
                "reopened",
                "extended",
                "released",
                "requested",
                "paused",
                "resumed",
                "call-type-chosen",
                "split",
                "corrected",
                "debt-overdue");
        assertThat(announcements).allSatisfy(type -> assertThat(table()).contains("`" + type + "`"));
    }
}
