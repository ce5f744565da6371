package org.afterword.wrapup.internal;

import static org.afterword.wrapup.internal.WrapUpFixture.ANN;
import static org.afterword.wrapup.internal.WrapUpFixture.SAM;
import static org.afterword.wrapup.internal.WrapUpFixture.TENANT;
import static org.afterword.wrapup.internal.WrapUpFixture.record;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.afterword.catalog.APolicy;
import org.afterword.conversation.InteractionId;
import org.afterword.desk.AgentState;
import org.afterword.desk.NextState;
import org.afterword.identity.AgentId;
import org.afterword.identity.Caller;
import org.afterword.identity.Role;
import org.afterword.platform.Json;
import org.afterword.platform.PostgresDatabase;
import org.afterword.platform.ProblemException;
import org.afterword.wrapup.WrapUp;
import org.afterword.wrapup.WrapUpId;
import org.afterword.wrapup.WrapUpState;
import org.afterword.wrapup.WrapUps;
import org.afterword.wrapup.WrapUps.Completion;
import org.afterword.wrapup.WrapUps.Deferral;
import org.afterword.wrapup.WrapUps.OverrideAction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What the gate did can be proved from the event log alone. */
class GateTest {
    @RegisterExtension
    static final PostgresDatabase db = PostgresDatabase.migrated();

    private static final String TIMEBOXED = """
            {'mode': 'TIMEBOXED', 'windowSeconds': 60, 'atDeadline': 'DEFER', 'deferrable': true, 'requiredParts': [],
             'typingGraceSeconds': 0, 'noResponseSeconds': 0}""";

    private final WrapUpFixture floor = new WrapUpFixture(db);

    @Test
    void everyOfferAndEveryMissStandsInTheLogOnceWithWhatWasHeld() {
        floor.policy(APolicy.of("p", TIMEBOXED));
        floor.take(floor.event("agent.signed-in", "ann", "{'team': 'north', 'capacity': 3}"));
        var offered = floor.event("interaction.offered", "call", "{'agentId': 'ann'}");
        floor.take(offered);
        floor.take(offered);
        later(5);
        floor.take(floor.event("interaction.missed", "call", "{'agentId': 'ann', 'reason': 'noAnswer'}"));
        floor.connect("call", "ann");
        later(100);
        floor.hangUp("call");
        later(5);
        floor.take(floor.event("interaction.started", "next", "{'channel': 'chat', 'queue': 'help'}"));
        floor.take(floor.event("interaction.offered", "next", "{'agentId': 'ann'}"));

        assertThat(eventsOf("gate.offered"))
                .extracting(event -> event.path("interactionId").asString() + " "
                        + event.path("units").asInt() + "/"
                        + event.path("heldUnits").asInt() + "/"
                        + event.path("capacity").asInt() + " "
                        + event.path("leaked").asBoolean())
                .containsExactly("call 3/0/3 false", "next 1/3/3 true");
        assertThat(eventsOf("gate.missed"))
                .extracting(event -> event.path("interactionId").asString() + " "
                        + event.path("reason").asString())
                .containsExactly("call noAnswer");
        JsonNode leaked = floor.dataOf("gate.leaked");
        assertThat(leaked.path("kind").asString()).isEqualTo("offered");
        assertThat(leaked.path("team").asString()).isEqualTo("north");
        assertThat(leaked.path("queue").asString()).isEqualTo("help");
        assertThat(leaked.path("channel").asString()).isEqualToIgnoringCase("chat");
    }

    @Test
    void aConnectTellsWhatItAskedForAHoldWhatItKeepsAndARelease() {
        floor.policy(APolicy.of("p", TIMEBOXED));
        floor.take(floor.event("agent.signed-in", "ann", "{'capacity': 2}"));
        floor.connect("call", "ann");
        later(100);
        floor.hangUp("call");
        later(10);
        complete("call");

        JsonNode begun = floor.dataOf("wrapup.preparing");
        assertThat(begun.path("units").asInt()).isEqualTo(2);
        assertThat(begun.path("heldUnits").asInt()).isZero();
        assertThat(begun.path("heldBefore").asInt(-1)).isZero();
        JsonNode opened = floor.dataOf("wrapup.opened");
        assertThat(opened.path("heldUnits").asInt()).isEqualTo(2);
        assertThat(opened.has("heldBefore")).isFalse();
        assertThat(opened.has("release")).isFalse();
        JsonNode confirmed = floor.dataOf("wrapup.confirmed");
        assertThat(confirmed.path("heldUnits").asInt()).isZero();
        assertThat(confirmed.at("/release/reason").asString()).isEqualTo("confirmed");
        assertThat(confirmed.at("/release/at").asString())
                .isEqualTo(confirmed.at("/figures/releasedAt").asString());
        assertThat(eventsOf("agent.state-changed"))
                .extracting(event -> event.path("state").asString() + " "
                        + event.path("heldUnits").asInt())
                .contains("AFTER_CALL_WORK 2", "ENGAGED 0");
    }

    @Test
    void aReleaseTellsItsReason() {
        floor.policy(APolicy.of("p", TIMEBOXED));
        aCall("confirmed");
        complete("confirmed");
        aCall("deferred");
        floor.wrapUps.defer(ANN, floor.idOf("deferred"), new Deferral(WrapUpState.Owner.AGENT, null, "later"));
        complete("deferred");
        aCall("deadline");
        later(60);
        floor.work();
        aCall("overridden");
        floor.wrapUps.override(SAM, floor.idOf("overridden"), WrapUps.Intervention.of(OverrideAction.DEFER, "needed"));
        aCall("ended");
        floor.wrapUps.override(SAM, floor.idOf("ended"), WrapUps.Intervention.of(OverrideAction.END, "needed"));
        floor.connect("lost", "ann");
        floor.wrapUps.override(SAM, floor.idOf("lost"), WrapUps.Intervention.of(OverrideAction.RELEASE, "no end came"));
        aCall("left");
        floor.take(floor.event("agent.signed-out", "ann", "{}"));

        assertThat(releases())
                .isEqualTo(Map.of(
                        "confirmed", List.of("confirmed"),
                        "deferred", List.of("deferred"),
                        "deadline", List.of("deadline"),
                        "overridden", List.of("override"),
                        "ended", List.of("override"),
                        "lost", List.of("override"),
                        "left", List.of("signedOut")));
    }

    @Test
    void whatNeverHeldSaysSoAndWhatIsHeldAfterItsEndTellsWhatEndedThat() {
        floor.policy(APolicy.of("p", "{'mode': 'OPTIONAL', 'requiredParts': []}"));
        aCall("optional");
        floor.policy(APolicy.of("p", "{'mode': 'ON_REQUEST', 'windowSeconds': 40, 'requiredParts': []}"));
        aCall("unasked");
        assertThat(floor.owner.queryForList("""
                        SELECT data -> 'figures' ->> 'notStarted' || ' ' || (data -> 'figures' ->> 'deferred')
                          FROM domain_event WHERE type = 'wrapup.released'""", String.class)).containsExactly("true false");
        later(10);
        floor.work();
        floor.policy(APolicy.of("p", "{'mode': 'TIMEBOXED_FIXED', 'windowSeconds': 60, 'requiredParts': []}"));
        aCall("fixed");
        complete("fixed");
        later(60);
        floor.work();
        aCall("left");
        complete("left");
        later(5);
        floor.wrapUps.want(ANN, new AgentId("ann"), new NextState(AgentState.OFFLINE, null), false);

        assertThat(releases())
                .isEqualTo(Map.of(
                        "optional", List.of("notHeld"),
                        "unasked", List.of("notHeld"),
                        "fixed", List.of("deadline"),
                        "left", List.of("signedOut")));
        assertThat(eventsOf("wrapup.expired"))
                .allSatisfy(event -> {
                    assertThat(event.at("/figures/notStarted").asBoolean()).isTrue();
                    assertThat(event.at("/figures/cut").asBoolean()).isFalse();
                })
                .hasSize(2);
    }

    @Test
    void aContactThatWasNoneSaysSoInItsFigures() {
        floor.policy(APolicy.of("p", TIMEBOXED));
        aCall("call");
        floor.wrapUps.complete(
                ANN, floor.idOf("call"), 0, new Completion(null, List.of(), null, WrapUp.NoContact.SILENT, null));

        assertThat(floor.figuresOf("wrapup.confirmed").path("noContact").asString())
                .isEqualTo("SILENT");
    }

    /**
     * Reads the log as an auditor would, who has nothing else: what held, from when and until when, follows from the
     * {@code wrapup.*} events, and with it whether each offer and each connect passed the gate.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theLogAloneProvesEveryOfferAndEveryConnect(long seed) {
        floor.policy(APolicy.of("p", """
                {'mode': 'TIMEBOXED', 'windowSeconds': 25, 'atDeadline': 'DEFER', 'deferrable': true, 'requiredParts': [],
                 'holdShare': 0.5, 'typingGraceSeconds': 0, 'noResponseSeconds': 0}"""));
        var random = new Random(seed);
        var calls = new ArrayList<String>();
        for (String agent : List.of("ann", "ben")) {
            floor.take(
                    floor.event("agent.signed-in", agent, "{'capacity': 3}"), floor.event("agent.ready", agent, "{}"));
        }
        for (int step = 0; step < 240; step++) {
            later(1 + random.nextInt(8));
            floor.work();
            try {
                step(step, random, calls);
            } catch (ProblemException notNow) {
                // what the state refuses leaves no trace
            }
        }

        var audit = new Audit();
        floor.owner.query("SELECT type, data FROM domain_event ORDER BY xid, number", rs -> {
            audit.read(rs.getString("type"), Json.read(rs.getString("data")));
        });
        assertThat(audit.faults).isEmpty();
        assertThat(audit.leaks)
                .as("leaks that follow")
                .isEqualTo(audit.leaksTold)
                .isPositive();
        assertThat(audit.asked)
                .as("offers and connects that were held against it")
                .isGreaterThan(30);
    }

    private void step(int step, Random random, List<String> calls) {
        String agent = random.nextBoolean() ? "ann" : "ben";
        String call = calls.isEmpty() ? "none" : calls.get(random.nextInt(calls.size()));
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> {
                String begun = "c" + step;
                calls.add(begun);
                floor.take(
                        floor.event(
                                "interaction.started",
                                begun,
                                "{'channel': '%s', 'direction': 'inbound'}"
                                        .formatted(random.nextInt(3) == 0 ? "voice" : "chat")),
                        floor.event("interaction.offered", begun, "{'agentId': '%s'}".formatted(agent)));
                later(1);
                floor.connect(begun, agent);
            }
            case 3, 4, 5 -> floor.hangUp(call);
            case 6 ->
                floor.wrapUps.complete(
                        caller(agent),
                        idOf(call),
                        0,
                        new Completion(record("{'disposition': 'DONE'}"), List.of(), null, null));
            case 7 ->
                floor.wrapUps.defer(caller(agent), idOf(call), new Deferral(WrapUpState.Owner.AGENT, null, "later"));
            case 8 -> floor.wrapUps.override(SAM, idOf(call), WrapUps.Intervention.of(OverrideAction.END, "needed"));
            default -> {
                floor.take(floor.event("agent.signed-out", agent, "{}"));
                later(1);
                floor.take(floor.event("agent.signed-in", agent, "{}"), floor.event("agent.ready", agent, "{}"));
            }
        }
    }

    private WrapUpId idOf(String call) {
        return floor.wrapUps.list(SAM, null, new InteractionId(call), null, null, null, null, 1).items().stream()
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("contact", call))
                .id();
    }

    private static Caller caller(String agent) {
        return new Caller(TENANT, "user:" + agent, agent, Role.AGENT, new AgentId(agent));
    }

    private static final class Audit {
        private static final int CAPACITY = 3;

        private record Hold(
                String agent,
                int units,
                Instant since,
                @Nullable Instant until) {}

        private final Map<String, Hold> holds = new HashMap<>();
        private final List<String> faults = new ArrayList<>();
        private int asked;
        private int leaks;
        private int leaksTold;

        void read(String type, JsonNode data) {
            if (type.startsWith("wrapup.")) {
                wrapUp(type, data);
            } else if (type.equals("gate.offered")) {
                Instant at = Instant.parse(data.path("at").asString());
                boolean leaked = passes(
                        type,
                        data,
                        data.path("units").asInt(),
                        data.path("heldUnits").asInt(),
                        at);
                if (leaked != data.path("leaked").asBoolean()) {
                    faults.add("an offer that leaked, or not: " + data);
                }
            } else if (type.equals("gate.leaked")) {
                leaksTold++;
            }
        }

        private void wrapUp(String type, JsonNode data) {
            String id = data.path("wrapUpId").asString();
            Hold known = holds.get(id);
            int held = data.path("heldUnits").asInt();
            JsonNode release = data.path("release");
            if (type.equals("wrapup.preparing")) {
                Instant at = Instant.parse(data.at("/figures/legStartedAt").asString());
                passes(
                        type,
                        data,
                        data.path("units").asInt(),
                        data.path("heldBefore").asInt(),
                        at);
            } else if (held > 0) {
                Instant since = Instant.parse(data.at("/figures/openedAt").asString());
                holds.put(id, new Hold(data.path("agentId").asString(), held, since, null));
            } else if (known != null && known.until() == null) {
                if (release.path("reason").asString("").isEmpty()) {
                    faults.add("a hold that ends without a reason: " + type + " " + data);
                } else {
                    Instant until = Instant.parse(release.path("at").asString());
                    holds.put(id, new Hold(known.agent(), known.units(), known.since(), until));
                }
            }
        }

        private boolean passes(String type, JsonNode data, int units, int told, Instant at) {
            String agent = data.path("agentId").asString();
            int held = holds.values().stream()
                    .filter(hold -> hold.agent().equals(agent)
                            && hold.since().isBefore(at)
                            && (hold.until() == null || hold.until().isAfter(at)))
                    .mapToInt(Hold::units)
                    .sum();
            asked++;
            if (held != told) {
                faults.add("%s tells of %d held units, the log of %d: %s".formatted(type, told, held, data));
            }
            boolean leaked = held > 0 && CAPACITY - held < units;
            leaks += leaked ? 1 : 0;
            return leaked;
        }
    }

    /** The reasons for which the wrap-ups of each contact let their agents go. */
    private Map<String, List<String>> releases() {
        var releases = new TreeMap<String, List<String>>();
        floor.owner.query(
                "SELECT data FROM domain_event WHERE type LIKE 'wrapup.%' AND data -> 'release' IS NOT NULL ORDER BY xid, number",
                rs -> {
                    JsonNode data = Json.read(rs.getString("data"));
                    releases.computeIfAbsent(data.path("interactionId").asString(), id -> new ArrayList<>())
                            .add(data.at("/release/reason").asString());
                });
        return releases;
    }

    private List<JsonNode> eventsOf(String type) {
        return floor.owner.query(
                "SELECT data FROM domain_event WHERE type = ? ORDER BY xid, number",
                (rs, n) -> Json.read(rs.getString("data")),
                type);
    }

    private void aCall(String call) {
        floor.take(floor.event("agent.signed-in", "ann", "{}"), floor.event("agent.ready", "ann", "{}"));
        later(1);
        floor.connect(call, "ann");
        later(100);
        floor.hangUp(call);
        later(1);
    }

    private void complete(String call) {
        floor.wrapUps.complete(
                ANN,
                floor.idOf(call),
                floor.wrapUpOf(call).version(),
                new Completion(record("{'disposition': 'DONE'}"), List.of(), null, null));
    }

    private void later(int seconds) {
        floor.clock.advance(Duration.ofSeconds(seconds));
    }
}
