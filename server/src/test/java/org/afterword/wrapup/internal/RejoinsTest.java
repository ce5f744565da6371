package org.afterword.wrapup.internal;

import static org.afterword.wrapup.internal.WrapUpFixture.ANN;
import static org.afterword.wrapup.internal.WrapUpFixture.BEN;
import static org.afterword.wrapup.internal.WrapUpFixture.SAM;
import static org.afterword.wrapup.internal.WrapUpFixture.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.time.Duration;
import java.util.List;
import org.afterword.catalog.APolicy;
import org.afterword.catalog.PolicyRule;
import org.afterword.catalog.Queue;
import org.afterword.conversation.InteractionId;
import org.afterword.platform.Json;
import org.afterword.platform.PostgresDatabase;
import org.afterword.platform.ProblemException;
import org.afterword.wrapup.WrapUp;
import org.afterword.wrapup.WrapUpStatus;
import org.afterword.wrapup.WrapUps.Completion;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Customers who come again, and what people say of it. */
class RejoinsTest {
    @RegisterExtension
    final PostgresDatabase database = PostgresDatabase.migrated();

    private final WrapUpFixture floor = new WrapUpFixture(database);

    @Test
    void whoComesAgainSoonGoesOnWithTheContactBefore() {
        within(10, false);
        call("first", "ann", "{'phone': '555 0100'}");
        later(300);
        call("second", "ann", "{'phone': '(555) 0100'}");
        later(300);
        call("third", "ann", "{'phone': '5550100'}");

        assertThat(continues("first")).isNull();
        assertThat(continues("second")).isEqualTo("first");
        assertThat(continues("third")).isEqualTo("second");
        assertThat(contactOf("third")).isEqualTo("first");
        assertThat(floor.statusOf("first")).isEqualTo(WrapUpStatus.OPEN);
    }

    @Test
    void whoComesLaterOrToAnotherAgentOrIsSomebodyElseDoesNot() {
        within(10, false);
        call("first", "ann", "{'id': 'C-7'}");
        call("ofBen", "ben", "{'id': 'C-7'}");
        call("ofAnother", "ann", "{'id': 'C-8'}");
        call("unknown", "ann", "{'name': 'Kim'}");
        later(601);
        call("later", "ann", "{'id': 'C-7'}");

        for (String call : List.of("ofBen", "ofAnother", "unknown", "later")) {
            assertThat(continues(call)).as(call).isNull();
        }
    }

    @Test
    void whereNoQueueSaysSoEachContactIsOneOfItsOwn() {
        floor.queue(new Queue("help", "Help", List.of(), null), policy());
        call("first", "ann", "{'id': 'C-7'}");
        call("second", "ann", "{'id': 'C-7'}");

        assertThat(continues("second")).isNull();
    }

    @Test
    void itDoesNotMatterWhatBecomesKnownFirst() {
        within(10, false);
        floor.take(started("second", "{}"), connected("second", "ann"));
        ObjectNode began = (ObjectNode) connected("first", "ann");
        ObjectNode ended = (ObjectNode) floor.event("interaction.ended", "first", "{}");
        later(60);
        floor.take(
                started("first", "{'id': 'C-7'}"),
                began.put("time", floor.clock.instant().minusSeconds(200).toString()),
                ended.put("time", floor.clock.instant().minusSeconds(100).toString()));
        assertThat(continues("second")).isNull();

        floor.take(floor.event("interaction.updated", "second", "{'customer': {'id': 'C-7'}}"));

        assertThat(continues("second")).isEqualTo("first");
    }

    @Test
    void anEarlierWrapUpThatNobodyBeganIsClosedWhereTheQueueSaysSo() {
        within(10, true);
        call("first", "ann", "{'id': 'C-7'}");
        later(20);
        floor.take(started("second", "{'id': 'C-7'}"), connected("second", "ann"));

        assertThat(floor.statusOf("first")).isEqualTo(WrapUpStatus.EXPIRED);
        assertThat(floor.wrapUpOf("first").reason()).isEqualTo("continued");
        assertThat(floor.wrapUpOf("first").acwSeconds()).isEqualTo(20.0);
        JsonNode expired = dataOf("wrapup.expired").getLast();
        assertThat(expired.at("/figures/noContact").asString()).isEqualTo("CONTINUED");
        assertThat(expired.at("/release/reason").asString()).isEqualTo("continued");
    }

    @Test
    void whatWasClosedForAContactThatIsSomebodyElsesIsOwed() {
        within(10, true);
        call("first", "ann", "{'id': 'C-7'}");
        later(20);
        floor.take(started("second", "{'id': 'C-7'}"), connected("second", "ann"));
        assertThat(floor.statusOf("first")).isEqualTo(WrapUpStatus.EXPIRED);
        later(1);

        floor.take(floor.event("interaction.updated", "second", "{'customer': {'id': 'C-8'}}"));

        assertThat(continues("second")).isNull();
        assertThat(floor.statusOf("first")).isEqualTo(WrapUpStatus.DEFERRED);
        assertThat(floor.wrapUpOf("first").acwSeconds()).isEqualTo(20.0);
        floor.wrapUps.complete(ANN, floor.idOf("first"), 0, new Completion(null, List.of(), null, null));
        assertThat(floor.statusOf("first")).isEqualTo(WrapUpStatus.COMPLETED);
    }

    @Test
    void whatWasClosedIsOwedWherePeopleSeparateThem() {
        within(10, true);
        call("first", "ann", "{'id': 'C-7'}");
        later(20);
        floor.take(started("second", "{'id': 'C-7'}"), connected("second", "ann"));

        floor.rejoins.separate(ANN, new InteractionId("second"));

        assertThat(floor.statusOf("first")).isEqualTo(WrapUpStatus.DEFERRED);
    }

    @Test
    void aColleagueInTheContactGoesOnWithTheSameAndItIsToldOnce() {
        within(10, false);
        call("first", "ann", "{'id': 'C-7'}");
        floor.take(started("second", "{'id': 'C-7'}"), connected("second", "ann"));
        later(5);
        floor.take(connected("second", "ben"));
        later(5);
        floor.take(floor.event("interaction.updated", "second", "{'campaign': 'spring'}"));
        later(5);
        floor.hangUp("second");

        assertThat(dataOf("wrapup.contact-changed"))
                .extracting(event -> event.path("agentId").asString() + " "
                        + event.path("continues").asString())
                .containsExactly("ann first", "ben first");
    }

    @Test
    void whatSomebodyBeganIsLeftToThem() {
        within(10, true);
        call("first", "ann", "{'id': 'C-7'}");
        floor.wrapUps.patch(ANN, floor.idOf("first"), 0, record("{'summary': 'Asked.'}"));
        later(20);
        floor.take(started("second", "{'id': 'C-7'}"), connected("second", "ann"));

        assertThat(floor.statusOf("first")).isEqualTo(WrapUpStatus.OPEN);
        assertThat(continues("second")).isEqualTo("first");
    }

    @Test
    void anAgentClosesWhatGoesOnInTheNextRecordAndNothingElse() {
        within(10, false);
        call("first", "ann", "{'id': 'C-7'}");
        call("second", "ann", "{'id': 'C-7'}");

        floor.wrapUps.complete(ANN, floor.idOf("first"), 0, continued());
        assertThat(floor.wrapUpOf("first").noContact()).isEqualTo(WrapUp.NoContact.CONTINUED);

        assertThatThrownBy(() -> floor.wrapUps.complete(ANN, floor.idOf("second"), 0, continued()))
                .asInstanceOf(type(ProblemException.class))
                .satisfies(refused -> assertThat(refused.faults())
                        .extracting(ProblemException.Fault::pointer)
                        .containsExactly("#/noContact"));
    }

    @Test
    void aPersonSeparatesAndThatStands() {
        within(10, false);
        call("first", "ann", "{'id': 'C-7'}");
        call("second", "ann", "{'id': 'C-7'}");
        call("third", "ann", "{'id': 'C-7'}");

        Rejoins.Shown shown = floor.rejoins.separate(ANN, new InteractionId("second"));

        assertThat(shown.continues()).isNull();
        assertThat(shown.by()).isEqualTo("user:ann");
        assertThat(continues("second")).isNull();
        assertThat(contactOf("third")).isEqualTo("second");
        floor.take(floor.event("interaction.updated", "second", "{'campaign': 'spring'}"));
        assertThat(continues("second")).isNull();
        assertThat(trail("contact.separated")).containsExactly("user:ann interaction:second");
    }

    @Test
    void aPersonJoinsWhatNoRuleDoes() {
        floor.policy(policy());
        call("first", "ann", "{}");
        later(3600);
        call("second", "ann", "{}");

        floor.rejoins.join(SAM, new InteractionId("second"), new InteractionId("first"));

        assertThat(continues("second")).isEqualTo("first");
        assertThat(contactOf("second")).isEqualTo("first");
        assertThat(trail("contact.joined")).containsExactly("user:sam interaction:second");
        floor.take(floor.event("interaction.connected", "second", "{'agentId': 'ben'}"));
        assertThat(dataOf("wrapup.contact-changed").getLast().path("agentId").asString())
                .isEqualTo("ben");
    }

    @Test
    void whatBeganLaterOrIsAnothersIsNotJoined() {
        floor.policy(policy());
        call("first", "ann", "{}");
        later(10);
        call("second", "ann", "{}");
        call("ofBen", "ben", "{}");

        assertThatThrownBy(() -> floor.rejoins.join(ANN, new InteractionId("first"), new InteractionId("second")))
                .asInstanceOf(type(ProblemException.class))
                .satisfies(refused -> assertThat(refused.faults())
                        .extracting(ProblemException.Fault::pointer)
                        .containsExactly("#/with"));
        assertThatThrownBy(() -> floor.rejoins.join(ANN, new InteractionId("ofBen"), new InteractionId("first")))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> floor.rejoins.separate(BEN, new InteractionId("first")))
                .isInstanceOf(ProblemException.class);
    }

    private void within(int minutes, boolean closesEarlier) {
        floor.queue(
                new Queue("help", "Help", List.of(), null, null, null, new Queue.Rejoin(minutes, closesEarlier)),
                policy());
    }

    private static PolicyRule policy() {
        return APolicy.of("p", """
                {'mode': 'TIMEBOXED', 'windowSeconds': 7200, 'atDeadline': 'DEFER', 'requiredParts': []}""");
    }

    private static Completion continued() {
        return new Completion(null, List.of(), null, WrapUp.NoContact.CONTINUED, null);
    }

    /** One of a minute. */
    private void call(String id, String agent, String customer) {
        floor.take(started(id, customer), connected(id, agent));
        later(60);
        floor.hangUp(id);
    }

    private JsonNode started(String id, String customer) {
        return floor.event(
                "interaction.started",
                id,
                "{'channel': 'voice', 'direction': 'inbound', 'queue': 'help', 'customer': %s}".formatted(customer));
    }

    private JsonNode connected(String id, String agent) {
        return floor.event("interaction.connected", id, "{'agentId': '%s'}".formatted(agent));
    }

    private @Nullable String continues(String call) {
        InteractionId continues = floor.wrapUpOf(call).continues();
        return continues == null ? null : continues.value();
    }

    private String contactOf(String call) {
        return dataOf("wrapup.contact-changed").stream()
                .filter(event -> event.path("interactionId").asString().equals(call))
                .toList()
                .getLast()
                .at("/figures/contactId")
                .asString();
    }

    private List<JsonNode> dataOf(String type) {
        return floor
                .owner
                .queryForList(
                        "SELECT data::text FROM domain_event WHERE type = ? ORDER BY xid, number", String.class, type)
                .stream()
                .map(Json::read)
                .toList();
    }

    private List<@Nullable String> trail(String kind) {
        return floor.owner.queryForList(
                "SELECT actor || ' ' || subject FROM audit_entry WHERE kind = ?", String.class, kind);
    }

    private void later(int seconds) {
        floor.clock.advance(Duration.ofSeconds(seconds));
    }
}
