package org.afterword.wrapup.internal;

import static org.afterword.wrapup.internal.WrapUpFixture.ANN;
import static org.afterword.wrapup.internal.WrapUpFixture.BEN;
import static org.afterword.wrapup.internal.WrapUpFixture.SAM;
import static org.afterword.wrapup.internal.WrapUpFixture.TENANT;
import static org.afterword.wrapup.internal.WrapUpFixture.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.afterword.catalog.APolicy;
import org.afterword.conversation.InteractionId;
import org.afterword.identity.AgentId;
import org.afterword.identity.Caller;
import org.afterword.platform.PostgresDatabase;
import org.afterword.platform.ProblemException;
import org.afterword.wrapup.WrapUpId;
import org.afterword.wrapup.WrapUpStatus;
import org.afterword.wrapup.WrapUpView;
import org.afterword.wrapup.WrapUps.Completion;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Contacts by hand, stored and read again. */
class ContactsByHandTest {
    @RegisterExtension
    final PostgresDatabase database = PostgresDatabase.migrated();

    private final WrapUpFixture floor = new WrapUpFixture(database);

    @BeforeEach
    void annIsThere() {
        floor.policy(APolicy.of("p", """
                {'mode': 'TIMEBOXED', 'windowSeconds': 60, 'atDeadline': 'DEFER', 'deferrable': true, 'requiredParts': [],
                 'noResponseSeconds': 0}"""));
        floor.take(floor.event("agent.signed-in", "ann", "{}"), floor.event("agent.ready", "ann", "{}"));
    }

    @Test
    void aContactByHandIsOneLikeAnyOther() {
        WrapUpView wrapUp =
                open("{'channel': 'voice', 'direction': 'inbound', 'queue': 'help', 'customer': {'name': 'Kim'}}");

        assertThat(wrapUp.manual()).isTrue();
        assertThat(wrapUp.alsoKnownAs()).isEmpty();
        assertThat(wrapUp.queue()).isEqualTo("help");
        assertThat(wrapUp.customer()).extracting("name").isEqualTo("Kim");
        assertThat(floor.stateOf("ann")).isEqualTo("ENGAGED");
        later(90);
        close("hand");
        later(10);
        confirm(wrapUp.id());

        assertThat(floor.stateOf("ann")).isEqualTo("AVAILABLE");
        assertThat(floor.wrapUpOf("hand").acwSeconds()).isEqualTo(10.0);
        assertThat(floor.rowsOf("inbound_event")).anyMatch(row -> row.contains("interaction.opened"));
    }

    @Test
    void aRepeatChangesNothing() {
        WrapUpView first = open("{'channel': 'voice', 'direction': 'inbound'}");
        later(5);
        ContactsByHand.Contact again = floor.byHand.open(
                ANN, new InteractionId("hand"), null, record("{'channel': 'voice', 'direction': 'inbound'}"), null);

        assertThat(again.begun()).isFalse();
        assertThat(again.wrapUp().startedAt()).isEqualTo(first.startedAt());
        assertThat(floor.count("wrap_up")).isOne();
        later(10);
        Instant ended = close("hand").openedAt();
        later(10);
        assertThat(close("hand").openedAt()).isEqualTo(ended);
    }

    @Test
    void bothIdsFindTheContactThatItsSwitchToldOfLater() {
        WrapUpId id = open("{'channel': 'voice', 'direction': 'inbound', 'campaign': 'spring'}")
                .id();
        floor.wrapUps.patch(ANN, id, 0, record("{'summary': 'Asked.'}"));
        later(20);
        ObjectNode connected = (ObjectNode) floor.event("interaction.connected", "call", "{'agentId': 'ann'}");
        floor.take(
                floor.event(
                        "interaction.started", "call", "{'channel': 'voice', 'direction': 'inbound', 'queue': 'help'}"),
                connected.put("time", floor.clock.instant().minusSeconds(25).toString()),
                floor.event("interaction.said", "call", "{'turn': 0, 'speaker': 'customer', 'text': 'Good morning.'}"));

        WrapUpView wrapUp = floor.wrapUps.get(ANN, id);
        assertThat(wrapUp.interactionId()).isEqualTo(new InteractionId("call"));
        assertThat(wrapUp.alsoKnownAs()).containsExactly(new InteractionId("hand"));
        assertThat(wrapUp.queue()).isEqualTo("help");
        assertThat(wrapUp.campaign()).isEqualTo("spring");
        assertThat(wrapUp.record().path("summary").asString()).isEqualTo("Asked.");
        assertThat(floor.idOf("hand")).isEqualTo(floor.idOf("call")).isEqualTo(id);
        assertThat(floor.count("wrap_up")).isOne();
        assertThat(floor.count("leg")).isOne();
        InteractionId known = floor.tenancy.in(TENANT, () -> floor.conversations.known(new InteractionId("hand")));
        assertThat(floor.tenancy
                        .in(TENANT, () -> floor.conversations.transcript(SAM, known))
                        .orElseThrow()
                        .turns())
                .hasSize(1);

        later(30);
        close("call");
        later(5);
        confirm(id, 1);
        later(10);
        floor.work();
        JsonNode completed = floor.dataOf("wrapup.completed");
        assertThat(completed.path("interactionId").asString()).isEqualTo("call");
        assertThat(completed.path("alsoKnownAs").asString()).isEqualTo("hand");
        assertThat(floor.wrapUpOf("call").acwSeconds()).isEqualTo(5.0);
    }

    @Test
    void aCallThatIsOnIsTheContactThatIsOpenedByHand() {
        floor.connect("call", "ann");
        WrapUpId id = floor.idOf("call");
        later(30);

        ContactsByHand.Contact contact = floor.byHand.open(
                ANN, new InteractionId("hand"), null, record("{'channel': 'voice', 'direction': 'inbound'}"), null);

        assertThat(contact.begun()).isFalse();
        assertThat(contact.wrapUp().id()).isEqualTo(id);
        assertThat(contact.wrapUp().interactionId()).isEqualTo(new InteractionId("call"));
        later(5);
        floor.hangUp("call");
        assertThat(floor.statusOf("hand")).isEqualTo(WrapUpStatus.OPEN);
    }

    @Test
    void aContactOpenedByTheIdThatItsSwitchHasTellsOfOneContact() {
        WrapUpId id = open("{'channel': 'voice', 'direction': 'inbound'}").id();
        later(5);
        floor.connect("hand", "ann");

        assertThat(floor.count("wrap_up")).isOne();
        assertThat(floor.idOf("hand")).isEqualTo(id);
        assertThat(floor.wrapUpOf("hand").alsoKnownAs()).isEmpty();
        floor.hangUp("hand");
        assertThat(floor.statusOf("hand")).isEqualTo(WrapUpStatus.OPEN);
        floor.take(floor.event("interaction.said", "hand", "{'turn': 0, 'speaker': 'customer', 'text': 'Hello.'}"));
        assertThat(floor.tenancy
                        .in(TENANT, () -> floor.conversations.transcript(SAM, new InteractionId("hand")))
                        .orElseThrow()
                        .turns())
                .hasSize(1);
    }

    @Test
    void whatItsSwitchHasToldOfByThatIdIsAnswered() {
        floor.connect("hand", "ann");

        ContactsByHand.Contact contact = floor.byHand.open(
                ANN, new InteractionId("hand"), null, record("{'channel': 'voice', 'direction': 'inbound'}"), null);

        assertThat(contact.begun()).isFalse();
        assertThat(contact.wrapUp().id()).isEqualTo(floor.idOf("hand"));
        assertThat(contact.wrapUp().manual()).isFalse();
        assertThatThrownBy(() -> floor.byHand.open(
                        BEN,
                        new InteractionId("hand"),
                        null,
                        record("{'channel': 'voice', 'direction': 'inbound'}"),
                        null))
                .hasMessageContaining("another one already");
    }

    @Test
    void whatIsToldUnderTheIdByHandLaterBelongsToTheCall() {
        WrapUpId id = open("{'channel': 'voice', 'direction': 'inbound'}").id();
        floor.connect("call", "ann");
        later(5);
        floor.hangUp("call");
        confirm(id);
        later(7200);
        floor.work();

        floor.take(floor.event("interaction.said", "hand", "{'turn': 0, 'speaker': 'customer', 'text': 'Hello.'}"));

        assertThat(floor.count("wrap_up")).isOne();
        assertThat(floor.wrapUps.get(ANN, id).interactionId()).isEqualTo(new InteractionId("call"));
        assertThat(floor.tenancy
                        .in(TENANT, () -> floor.conversations.transcript(SAM, new InteractionId("hand")))
                        .orElseThrow()
                        .turns())
                .hasSize(1);
    }

    @Test
    void whoWasJoinedByItsSwitchIsReleasedAndReservedLikeAnyAgent() {
        open("{'channel': 'voice', 'direction': 'inbound'}");
        later(5);
        floor.connect("call", "ann");
        floor.hangUp("call");
        later(60);
        floor.work();

        assertThat(floor.statusOf("call")).isEqualTo(WrapUpStatus.DEFERRED);
        assertThat(floor.stateOf("ann")).isEqualTo("AVAILABLE");
        assertThat(floor.owner.queryForObject("SELECT carried FROM agent WHERE agent_id = 'ann'", Integer.class))
                .isZero();
        floor.connect("next", "ann");
        floor.hangUp("next");
        assertThat(floor.statusOf("next")).isEqualTo(WrapUpStatus.OPEN);
    }

    @Test
    void aSupervisorOpensOneForAnAgent() {
        ContactsByHand.Contact contact = floor.byHand.open(
                SAM, null, new AgentId("ann"), record("{'channel': 'chat', 'direction': 'inbound'}"), null);

        assertThat(contact.begun()).isTrue();
        assertThat(contact.wrapUp().agentId()).isEqualTo(new AgentId("ann"));
        assertThat(floor.owner.queryForList(
                        "SELECT actor || ' ' || subject FROM audit_entry WHERE kind = 'contact.opened'", String.class))
                .containsExactly("user:sam interaction:" + contact.wrapUp().interactionId());
    }

    @Test
    void whatCannotBeTakenIsNamed() {
        assertThat(faults(ANN, null, "{'channel': 'pigeon', 'direction': 'inbound'}", null))
                .containsExactly("#/channel");
        assertThat(faults(ANN, null, "{'channel': 'voice'}", null)).containsExactly("#/direction");
        assertThat(faults(SAM, null, "{'channel': 'voice', 'direction': 'inbound'}", null))
                .containsExactly("#/agentId");
        assertThat(faults(
                        ANN,
                        null,
                        "{'channel': 'voice', 'direction': 'inbound'}",
                        floor.clock.instant().minusSeconds(901)))
                .containsExactly("#/startedAt");
        assertThat(faults(ANN, null, "{'channel': 'voice', 'direction': 'inbound', 'callType': 'NOPE'}", null))
                .containsExactly("#/callType");
        assertThat(floor.count("wrap_up")).isZero();
        assertThat(floor.count("rejected_event")).isZero();
    }

    @Test
    void nobodyOpensOrEndsWhatIsAnothers() {
        open("{'channel': 'voice', 'direction': 'inbound'}");
        floor.connect("call", "ben");

        assertThatThrownBy(() -> floor.byHand.open(
                        ANN, null, new AgentId("ben"), record("{'channel': 'voice', 'direction': 'inbound'}"), null))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> floor.byHand.open(
                        BEN,
                        new InteractionId("hand"),
                        null,
                        record("{'channel': 'voice', 'direction': 'inbound'}"),
                        null))
                .hasMessageContaining("another one already");
        assertThatThrownBy(() -> floor.byHand.close(BEN, new InteractionId("hand")))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> floor.byHand.close(SAM, new InteractionId("call")))
                .hasMessageContaining("told of by a switch");
    }

    @Test
    void cardNumbersInWhatIsSaidOfACustomerAreMasked() {
        open("{'channel': 'voice', 'direction': 'inbound', 'customer': {'name': 'Kim 4111 1111 1111 1111'}}");

        assertThat(floor.rowsOf("inbound_event")).noneMatch(row -> row.contains("4111 1111"));
        assertThat(floor.rowsOf("interaction")).noneMatch(row -> row.contains("4111 1111"));
    }

    private List<String> faults(Caller caller, @Nullable String agent, String data, @Nullable Instant startedAt) {
        try {
            floor.byHand.open(caller, null, agent == null ? null : new AgentId(agent), record(data), startedAt);
            return List.of();
        } catch (ProblemException refused) {
            return refused.faults().stream()
                    .map(ProblemException.Fault::pointer)
                    .toList();
        }
    }

    private WrapUpView open(String data) {
        return floor.byHand
                .open(ANN, new InteractionId("hand"), null, record(data), null)
                .wrapUp();
    }

    private WrapUpView close(String id) {
        return floor.byHand.close(ANN, new InteractionId(id)).wrapUp();
    }

    private void confirm(WrapUpId id) {
        confirm(id, 0);
    }

    private void confirm(WrapUpId id, long version) {
        floor.wrapUps.complete(
                ANN, id, version, new Completion(record("{'disposition': 'DONE'}"), List.of(), null, null));
    }

    private void later(int seconds) {
        floor.clock.advance(Duration.ofSeconds(seconds));
    }
}
