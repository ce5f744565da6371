package org.afterword.wrapup.internal;

import static org.afterword.wrapup.internal.WrapUpFixture.SAM;
import static org.afterword.wrapup.internal.WrapUpFixture.TENANT;
import static org.afterword.wrapup.internal.WrapUpFixture.record;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.afterword.catalog.APolicy;
import org.afterword.catalog.Queue;
import org.afterword.conversation.Channel;
import org.afterword.desk.AgentOverview;
import org.afterword.desk.Rest;
import org.afterword.identity.AgentId;
import org.afterword.identity.Caller;
import org.afterword.identity.Role;
import org.afterword.platform.PostgresDatabase;
import org.afterword.wrapup.WrapUpState.Owner;
import org.afterword.wrapup.WrapUps.Completion;
import org.afterword.wrapup.WrapUps.Deferral;
import org.afterword.wrapup.WrapUps.Intervention;
import org.afterword.wrapup.WrapUps.OverrideAction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A calm queue gives those who owe records time for them. */
class ProtectedTimeTest {
    @RegisterExtension
    static final PostgresDatabase db = PostgresDatabase.migrated();

    private final WrapUpFixture floor = new WrapUpFixture(db);

    @BeforeEach
    void threeAreFreeAndTwoOweRecords() {
        floor.queue(
                new Queue("help", "Help", List.of("care"), null, null, new Queue.Calm(2, 300, 40, 60)),
                APolicy.of(
                        "p",
                        "{'mode': 'DISCRETIONARY', 'deferrable': true, 'deferDueSeconds': 3600, 'requiredParts': []}"));
        for (String agent : List.of("ann", "ben", "cyd")) {
            floor.take(
                    floor.event("agent.signed-in", agent, "{'skills': ['care']}"),
                    floor.event("agent.ready", agent, "{}"));
        }
        owes("ben", "first");
        owes("ann", "second");
    }

    @Test
    void afterTwoCalmStatusesWhoOwesTheOldestComesFirstAndNoMoreThanTheQueueSays() {
        status(1);
        assertThat(protectedNow()).isEmpty();
        status(2);

        assertThat(protectedNow()).containsExactly("ben");
        assertThat(eligible()).containsExactlyInAnyOrder("ann", "cyd");
        status(0);
        assertThat(protectedNow()).containsExactly("ben");
    }

    @Test
    void itIsNoSecretAndTheAgentKnowsUntilWhen() {
        calm();

        AgentOverview seen = floor.tenancy.in(
                TENANT, () -> floor.floor.find(new AgentId("ben")).orElseThrow());
        assertThat(seen.state().name()).isEqualTo("NOT_READY");
        assertThat(seen.reason()).isEqualTo("PROTECTED_TIME");
        assertThat(own("ben").rest())
                .isEqualTo(new AgentOverview.RestShown(
                        Rest.Kind.OWED_WORK,
                        floor.clock.instant(),
                        floor.clock.instant().plusSeconds(300)));
        assertThat(floor.dataOf("rest.began").path("cause").asString()).isEqualTo("queue:help");
    }

    @Test
    void itEndsOnceNothingIsOwedAndTheNextOneMayHaveIts() {
        calm();
        later(30);
        floor.wrapUps.complete(
                caller("ben"),
                floor.idOf("first"),
                0,
                new Completion(record("{'disposition': 'DONE'}"), List.of(), null, null));

        assertThat(floor.dataOf("rest.ended").path("reason").asString()).isEqualTo("paid");
        assertThat(eligible()).contains("ben");
        status(0);
        assertThat(protectedNow()).containsExactly("ann");
    }

    @Test
    void itEndsOnceTheLastRecordIsSomebodyElses() {
        calm();
        later(30);
        floor.wrapUps.override(
                SAM,
                floor.idOf("first"),
                new Intervention(OverrideAction.REASSIGN, "Ben has enough to do", null, new AgentId("cyd")));

        assertThat(floor.dataOf("rest.ended").path("reason").asString()).isEqualTo("paid");
        assertThat(eligible()).contains("ben");
    }

    @Test
    void itEndsByItsTimeAndComesAgainAfterItsPause() {
        calm();
        later(300);
        floor.work();
        assertThat(protectedNow()).isEmpty();
        calm();
        assertThat(protectedNow()).containsExactly("ann");

        later(3300);
        floor.work();
        calm();

        assertThat(protectedNow()).containsExactly("ben");
    }

    @Test
    void whatWasPromisedIsKeptWhenTheQueueGetsBusy() {
        calm();
        status(30);
        status(30);

        assertThat(protectedNow()).containsExactly("ben");
        later(300);
        floor.work();
        status(30);
        assertThat(protectedNow()).isEmpty();
    }

    @Test
    void aSurgeIsNoCalm() {
        floor.surges.declare(SAM, "help", floor.clock.instant().plusSeconds(900), "rain");
        calm();

        assertThat(protectedNow()).isEmpty();
    }

    @Test
    void whoIsBusyOrAwayOrLacksTheSkillGetsNone() {
        floor.connect("now", "ben");
        floor.take(floor.event("agent.signed-in", "dan", "{}"), floor.event("agent.ready", "dan", "{}"));
        owes("dan", "third");
        floor.take(floor.event("agent.not-ready", "ann", "{}"));
        calm();

        assertThat(protectedNow()).isEmpty();
    }

    private void owes(String agent, String call) {
        floor.connect(call, agent);
        later(60);
        floor.hangUp(call);
        floor.wrapUps.defer(caller(agent), floor.idOf(call), new Deferral(Owner.AGENT, null, "later"));
    }

    private static Caller caller(String agent) {
        return new Caller(TENANT, "user:" + agent, agent, Role.AGENT, new AgentId(agent));
    }

    private void calm() {
        status(0);
        status(0);
    }

    private void status(int waiting) {
        later(10);
        floor.take(floor.event("queue.status", "help", "{'waiting': %d, 'longestWaitSeconds': 0}".formatted(waiting)));
        floor.work();
    }

    private void later(int seconds) {
        floor.clock.advance(Duration.ofSeconds(seconds));
    }

    private AgentOverview own(String agent) {
        return floor.tenancy.in(
                TENANT, () -> floor.floor.findSelf(new AgentId(agent)).orElseThrow());
    }

    private List<String> eligible() {
        return floor.routing.eligible(TENANT, Channel.VOICE, "help").stream()
                .map(agent -> agent.agentId().value())
                .toList();
    }

    private List<String> protectedNow() {
        return floor.owner.query(
                "SELECT agent_id FROM agent WHERE reason = 'PROTECTED_TIME' ORDER BY agent_id",
                (rs, n) -> rs.getString(1));
    }
}
