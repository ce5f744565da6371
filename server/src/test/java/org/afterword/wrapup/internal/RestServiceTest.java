package org.afterword.wrapup.internal;

import static org.afterword.wrapup.internal.WrapUpFixture.ANN;
import static org.afterword.wrapup.internal.WrapUpFixture.BEN;
import static org.afterword.wrapup.internal.WrapUpFixture.SAM;
import static org.afterword.wrapup.internal.WrapUpFixture.TENANT;
import static org.afterword.wrapup.internal.WrapUpFixture.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.afterword.catalog.APolicy;
import org.afterword.conversation.Channel;
import org.afterword.desk.AgentOverview;
import org.afterword.desk.AgentState;
import org.afterword.desk.Rest;
import org.afterword.identity.AgentId;
import org.afterword.platform.Json;
import org.afterword.platform.PostgresDatabase;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemType;
import org.afterword.wrapup.WrapUps.Completion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Rests, stored and read again: who sees them, what routing gets, what is announced. */
class RestServiceTest {
    @RegisterExtension
    static final PostgresDatabase db = PostgresDatabase.migrated();

    private static final AgentId ANN_ID = new AgentId("ann");

    private static final String BY_RULE = """
            {'mode': 'DISCRETIONARY', 'requiredParts': [],
             'recovery': {'seconds': 60, 'byRule': true, 'capSeconds': 600, 'capHours': 8}}""";
    private static final String ON_REQUEST = """
            {'mode': 'DISCRETIONARY', 'requiredParts': [],
             'recovery': {'seconds': 60, 'onRequest': true, 'capSeconds': 60, 'capHours': 8}}""";

    private final WrapUpFixture floor = new WrapUpFixture(db);

    @Test
    void whoRecoversIsOfferedNothingUntilItsTimeIsOver() {
        aCall(BY_RULE);
        complete();
        assertThat(eligible()).isEmpty();
        later(59);
        floor.work();
        assertThat(eligible()).isEmpty();
        assertThat(own().state()).isEqualTo(AgentState.RECOVERY);

        later(1);

        assertThat(eligible()).containsExactly("ann");
        assertThat(floor.work()).isOne();
        assertThat(own().state()).isEqualTo(AgentState.AVAILABLE);
        assertThat(own().rest()).isNull();
        assertThat(floor.wrapUpOf("call").acwSeconds()).isEqualTo(10.0);
    }

    @Test
    void theAgentSeesItAndNobodyElseDoes() {
        aCall(BY_RULE);
        complete();

        assertThat(own().state()).isEqualTo(AgentState.RECOVERY);
        assertThat(own().rest())
                .isEqualTo(new AgentOverview.RestShown(
                        Rest.Kind.RECOVERY,
                        floor.clock.instant(),
                        floor.clock.instant().plusSeconds(60)));
        AgentOverview seen =
                floor.tenancy.in(TENANT, () -> floor.floor.find(ANN_ID).orElseThrow());
        assertThat(seen.state()).isEqualTo(AgentState.NOT_READY);
        assertThat(seen.wanted()).isEqualTo(AgentState.NOT_READY);
        assertThat(seen.reason()).isNull();
        assertThat(seen.wantedReason()).isNull();
        assertThat(seen.rest()).isNull();
        floor.tenancy.run(TENANT, () -> {
            assertThat(floor.floor.list(AgentState.RECOVERY, null, null, 10)).isEmpty();
            assertThat(floor.floor.list(AgentState.NOT_READY, null, null, 10)).containsExactly(seen);
            assertThat(floor.floor.states()).doesNotContainKey(AgentState.RECOVERY);
        });
    }

    @Test
    void itIsAnnouncedAsBeingNotReadyAndApartFromThatToTheAgentAlone() {
        aCall(BY_RULE);
        complete();
        later(60);
        floor.work();

        assertThat(eventsOf("agent.state-changed"))
                .extracting(event -> event.path("state").asString())
                .endsWith("AFTER_CALL_WORK", "NOT_READY", "AVAILABLE");
        assertThat(eventsOf("agent.state-changed")).noneMatch(event -> event.has("reason"));
        JsonNode began = floor.dataOf("rest.began");
        assertThat(began.path("kind").asString()).isEqualTo("RECOVERY");
        assertThat(began.path("cause").asString()).isEqualTo("rule");
        assertThat(began.path("queue").asString()).isEqualTo("help");
        JsonNode ended = floor.dataOf("rest.ended");
        assertThat(ended.path("restId")).isEqualTo(began.path("restId"));
        assertThat(ended.path("reason").asString()).isEqualTo("time");
        assertThat(Duration.between(
                        Instant.parse(ended.path("from").asString()),
                        Instant.parse(ended.path("until").asString())))
                .hasSeconds(60);
    }

    @Test
    void aContactThatIsForcedOnTheAgentEndsItAndIsNoLeak() {
        aCall(BY_RULE);
        complete();
        later(30);
        floor.connect("forced", "ann");

        assertThat(floor.dataOf("rest.ended").path("reason").asString()).isEqualTo("contact");
        assertThat(floor.announced()).doesNotContain("gate.leaked");
        later(60);
        assertThat(floor.claim(Situations.REST)).isEmpty();
    }

    @Test
    void anOfferToWhoRestsIsCountedApart() {
        aCall(BY_RULE);
        complete();
        later(5);
        floor.take(floor.event("interaction.offered", "other", "{'agentId': 'ann'}"));

        JsonNode offer = floor.dataOf("gate.offered");
        assertThat(offer.path("resting").asBoolean()).isTrue();
        assertThat(offer.path("leaked").asBoolean()).isFalse();
    }

    @Test
    void theAgentAsksForOneAndEndsIt() {
        aCall(ON_REQUEST);
        floor.rests.ask(ANN, ANN_ID);
        assertThat(own().rest()).isEqualTo(new AgentOverview.RestShown(Rest.Kind.RECOVERY, null, null));
        complete();
        assertThat(own().state()).isEqualTo(AgentState.RECOVERY);
        later(20);

        floor.rests.end(ANN, ANN_ID);

        assertThat(own().state()).isEqualTo(AgentState.AVAILABLE);
        assertThat(eligible()).containsExactly("ann");
        assertThat(floor.dataOf("rest.ended").path("reason").asString()).isEqualTo("agent");
        later(60);
        assertThat(floor.claim(Situations.REST)).isEmpty();
    }

    @Test
    void whoAsksAMomentAfterTheRecordHasGoneOutGetsIt() {
        aCall(ON_REQUEST);
        complete();
        later(30);
        floor.work();

        floor.rests.ask(ANN, ANN_ID);

        assertThat(own().state()).isEqualTo(AgentState.RECOVERY);
    }

    @Test
    void whoHasHadEnoughIsToldWhenTheNextOneIsPossible() {
        aCall(ON_REQUEST);
        floor.rests.ask(ANN, ANN_ID);
        complete();
        later(60);
        floor.work();
        floor.connect("next", "ann");

        assertThatThrownBy(() -> floor.rests.ask(ANN, ANN_ID))
                .asInstanceOf(type(ProblemException.class))
                .satisfies(refusal -> {
                    assertThat(refusal.type()).isEqualTo(ProblemType.CONFLICT);
                    assertThat(refusal.detail())
                            .contains("possible at " + floor.clock.instant().plus(Duration.ofHours(8)));
                });
    }

    @Test
    void nobodyAsksForAnother() {
        aCall(ON_REQUEST);

        assertThatThrownBy(() -> floor.rests.ask(SAM, ANN_ID)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> floor.rests.ask(BEN, ANN_ID)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> floor.rests.end(SAM, ANN_ID)).isInstanceOf(ProblemException.class);
    }

    @Test
    void theTrailTellsThatTheAgentChoseAndNotWhat() {
        aCall(ON_REQUEST);
        floor.rests.ask(ANN, ANN_ID);
        complete();
        floor.rests.end(ANN, ANN_ID);

        assertThat(floor.owner.queryForList("""
                        SELECT concat_ws(' ', actor, kind, content::json ->> 'state', content::json ->> 'afterWrapUp')
                          FROM audit_entry AS e LEFT JOIN audit_content USING (tenant_id, recorded_at, number)
                         WHERE kind LIKE 'agent.%' ORDER BY e.number""", String.class))
                .containsExactly(
                        "user:ann agent.state-chosen NOT_READY true", "user:ann agent.state-chosen AVAILABLE false");
    }

    @Test
    void whatIsStoredIsKeptThoughLegsAndFactsAreFoldedIn() {
        aCall(BY_RULE);
        complete();
        later(60);
        floor.work();
        for (int call = 0; call < 30; call++) {
            later(120);
            floor.take(floor.event("agent.ready", "ann", "{}"));
        }

        assertThat(floor.owner.queryForList("SELECT rests -> 0 ->> 'endedAt' FROM agent", String.class))
                .singleElement()
                .asString()
                .isEqualTo("2026-03-02T09:02:50.000Z");
        assertThat(own().state()).isEqualTo(AgentState.AVAILABLE);
    }

    /** The contacts that count against the guard are older than the lateness bound, beyond which they are folded in otherwise. */
    @Test
    void aGuardLooksBackAsFarAsItSays() {
        floor.policy(APolicy.of("p", """
                        {'mode': 'OPTIONAL', 'requiredParts': [],
                         'occupancyGuard': {'percent': 99, 'minutes': 30, 'restSeconds': 60}}"""), APolicy.of("strict", "{'queue': 'help'}", """
                        {'occupancyGuard': {'percent': 80, 'minutes': 30, 'restSeconds': 60}}"""));
        floor.take(floor.event("agent.signed-in", "ann", "{}"), floor.event("agent.ready", "ann", "{}"));
        for (int call = 0; call < 20; call++) {
            contact("busy" + call, "none", 55, 5);
        }
        for (int call = 0; call < 9; call++) {
            contact("quiet" + call, "none", 40, 20);
        }
        assertThat(own().state()).isEqualTo(AgentState.AVAILABLE);
        contact("last", "help", 40, 0);

        assertThat(own().rest())
                .isEqualTo(new AgentOverview.RestShown(
                        Rest.Kind.OCCUPANCY,
                        floor.clock.instant(),
                        floor.clock.instant().plusSeconds(60)));
        AgentOverview seen =
                floor.tenancy.in(TENANT, () -> floor.floor.find(ANN_ID).orElseThrow());
        assertThat(seen.reason()).isEqualTo("OCCUPANCY_GUARD");
        assertThat(seen.rest()).isNull();
    }

    private void contact(String call, String queue, int seconds, int pause) {
        floor.take(floor.event("interaction.started", call, "{'channel': 'voice', 'queue': '%s'}".formatted(queue)));
        floor.connect(call, "ann");
        later(seconds);
        floor.hangUp(call);
        later(pause);
    }

    private void aCall(String policy) {
        floor.policy(APolicy.of("p", policy));
        floor.take(floor.event("agent.signed-in", "ann", "{}"), floor.event("agent.ready", "ann", "{}"));
        floor.take(floor.event("interaction.started", "call", "{'channel': 'voice', 'queue': 'help'}"));
        floor.connect("call", "ann");
        later(100);
        floor.hangUp("call");
        later(10);
    }

    private void later(int seconds) {
        floor.clock.advance(Duration.ofSeconds(seconds));
    }

    private void complete() {
        floor.wrapUps.complete(
                ANN, floor.idOf("call"), 0, new Completion(record("{'disposition': 'DONE'}"), List.of(), null, null));
    }

    private AgentOverview own() {
        return floor.tenancy.in(TENANT, () -> floor.floor.findSelf(ANN_ID).orElseThrow());
    }

    private List<String> eligible() {
        return floor.routing.eligible(TENANT, Channel.VOICE, null).stream()
                .map(agent -> agent.agentId().value())
                .toList();
    }

    private List<JsonNode> eventsOf(String type) {
        return floor.owner.query(
                "SELECT data FROM domain_event WHERE type = ? ORDER BY xid, number",
                (rs, n) -> Json.read(rs.getString(1)),
                type);
    }
}
