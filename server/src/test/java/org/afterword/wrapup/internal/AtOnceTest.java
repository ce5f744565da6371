package org.afterword.wrapup.internal;

import static org.afterword.wrapup.internal.WrapUpFixture.ANN;
import static org.afterword.wrapup.internal.WrapUpFixture.SAM;
import static org.afterword.wrapup.internal.WrapUpFixture.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.time.Duration;
import java.util.List;
import org.afterword.catalog.APolicy;
import org.afterword.desk.AgentState;
import org.afterword.desk.NextState;
import org.afterword.identity.AgentId;
import org.afterword.platform.PostgresDatabase;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemType;
import org.afterword.wrapup.WrapUpStatus;
import org.afterword.wrapup.WrapUpView;
import org.afterword.wrapup.WrapUps.Completion;
import org.afterword.wrapup.WrapUps.Intervention;
import org.afterword.wrapup.WrapUps.OverrideAction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What comes of it when two things happen to one wrap-up at about the same time, in either order: docs/live-core.md lists them. That
 * there is an order, whatever is sent at once, is held by {@link RacesTest}.
 */
class AtOnceTest {
    @RegisterExtension
    static final PostgresDatabase db = PostgresDatabase.migrated();

    private final WrapUpFixture floor = new WrapUpFixture(db);

    @Test
    void aSecondTabThatHasNotSeenTheFirstOnesChangeIsShownItAndOverwritesNothing() {
        aCall("DEFER");
        typed(0, "from the first tab");

        assertThatThrownBy(() -> typed(0, "from the second tab"))
                .asInstanceOf(type(ProblemException.class))
                .satisfies(refusal -> {
                    assertThat(refusal.type()).isEqualTo(ProblemType.STALE);
                    assertThat(String.valueOf(refusal.members().get("record"))).contains("from the first tab");
                });
        assertThat(summary()).isEqualTo("from the first tab");
    }

    @Test
    void whatASecondTabConfirmsOtherwiseIsRefusedAndWhatTheFirstConfirmedStands() {
        aCall("DEFER");
        confirm(0, "first");

        assertThatThrownBy(() -> confirm(0, "second"))
                .asInstanceOf(type(ProblemException.class))
                .extracting(ProblemException::type)
                .isEqualTo(ProblemType.STALE);
        assertThatThrownBy(() -> confirm(1, "second")).isInstanceOf(ProblemException.class);
        assertThat(summary()).isEqualTo("first");
        assertThat(floor.announced()).containsOnlyOnce("wrapup.confirmed");
    }

    @Test
    void aConfirmationWhoseAnswerWasLostIsSentAgainAndIsOne() {
        aCall("DEFER");
        var next = new NextState(AgentState.NOT_READY, "BREAK");
        var completion = new Completion(record("{'summary': 'Done.'}"), List.of(), null, next);
        WrapUpView first = floor.wrapUps.complete(ANN, floor.idOf("call"), 0, completion);
        // meanwhile a supervisor has made the agent available
        floor.clock.advance(Duration.ofSeconds(1));
        floor.wrapUps.want(SAM, new AgentId("ann"), new NextState(AgentState.AVAILABLE, null), false);

        WrapUpView again = floor.wrapUps.complete(ANN, floor.idOf("call"), 0, completion);

        assertThat(again.completedAt()).isEqualTo(first.completedAt());
        assertThat(floor.stateOf("ann")).as("a repeat chooses nothing again").isEqualTo("AVAILABLE");
        assertThat(floor.announced()).containsOnlyOnce("wrapup.confirmed");
    }

    @Test
    void aConfirmationThatComesJustAfterADeadlineThatDefersPaysTheDebt() {
        aCall("DEFER");
        theDeadlineComes();
        confirm(0, "just too late");

        assertThat(floor.statusOf("call")).isEqualTo(WrapUpStatus.COMPLETED);
        assertThat(floor.wrapUpOf("call").acwSeconds()).isEqualTo(60.0);
        assertThat(floor.wrapUps.owed(ANN, new AgentId("ann"), 10)).isEmpty();
    }

    @Test
    void aConfirmationThatComesJustAfterADeadlineThatClosesIsRefusedAndWhatWasTypedStays() {
        aCall("EXPIRE");
        typed(0, "half a sentence");
        theDeadlineComes();

        assertThatThrownBy(() -> confirm(1, "a whole one")).hasMessageContaining("closed by policy (deadline)");
        assertThat(summary()).isEqualTo("half a sentence");
        assertThat(floor.wrapUpOf("call").provenance().toString()).doesNotContain("confirmed");
    }

    @Test
    void aDeadlineThatComesJustAfterAConfirmationDoesNothing() {
        aCall("EXPIRE");
        floor.clock.advance(Duration.ofMillis(59_999));
        var due = floor.claim(Situations.DEADLINE);
        confirm(0, "just in time");
        floor.clock.advance(Duration.ofMillis(1));
        floor.handle(Situations.DEADLINE, due);
        floor.work();

        assertThat(floor.statusOf("call")).isEqualTo(WrapUpStatus.COMPLETED);
        assertThat(summary()).isEqualTo("just in time");
    }

    @Test
    void whoSignsOutInAnotherTabOwesWhatIsTypedAndTheOpenTabCanStillConfirmIt() {
        aCall("DEFER");
        typed(0, "so far");
        floor.wrapUps.want(ANN, new AgentId("ann"), new NextState(AgentState.OFFLINE, null), false);
        assertThat(floor.statusOf("call")).isEqualTo(WrapUpStatus.DEFERRED);
        assertThat(summary()).isEqualTo("so far");

        typed(1, "so far, and the rest");
        var next = new NextState(AgentState.AVAILABLE, null);
        floor.wrapUps.complete(ANN, floor.idOf("call"), 2, new Completion(null, List.of(), null, next));

        assertThat(floor.statusOf("call")).isEqualTo(WrapUpStatus.COMPLETED);
        assertThat(floor.stateOf("ann")).as("paying a debt brings nobody back").isEqualTo("OFFLINE");
    }

    @Test
    void aBrowserThatIsClosedLosesNothingAndConfirmsNothing() {
        aCall("DEFER");
        typed(0, "so far");
        theDeadlineComes();

        WrapUpView owed = floor.wrapUpOf("call");
        assertThat(owed.status()).isEqualTo(WrapUpStatus.DEFERRED);
        assertThat(summary()).isEqualTo("so far");
        assertThat(owed.provenance().toString()).contains("typed").doesNotContain("confirmed");
        assertThat(floor.stateOf("ann")).as("nobody was there").isEqualTo("NOT_READY");
    }

    @Test
    void whatASupervisorEndsWhileTheAgentTypesIsKeptAndTheAgentIsTold() {
        aCall("DEFER");
        typed(0, "half a sentence");
        floor.wrapUps.override(SAM, floor.idOf("call"), Intervention.of(OverrideAction.END, "a test call"));

        assertThatThrownBy(() -> typed(1, "a whole one")).hasMessageContaining("EXPIRED");
        assertThat(summary()).isEqualTo("half a sentence");
    }

    @Test
    void ofTwoSupervisorsTheOneWhoComesSecondIsToldWhatTheFirstDid() {
        aCall("DEFER");
        floor.wrapUps.override(SAM, floor.idOf("call"), new Intervention(OverrideAction.EXTEND, "hard", 30, null));
        floor.wrapUps.override(SAM, floor.idOf("call"), Intervention.of(OverrideAction.END, "a test call"));

        assertThatThrownBy(() -> floor.wrapUps.override(
                        SAM, floor.idOf("call"), new Intervention(OverrideAction.EXTEND, "hard", 30, null)))
                .hasMessageContaining("EXPIRED");
        assertThatThrownBy(() -> floor.wrapUps.override(
                        SAM, floor.idOf("call"), Intervention.of(OverrideAction.END, "a test call")))
                .hasMessageContaining("closed already");
    }

    @Test
    void aCallThatComesWhileARecordIsOpenLeavesItOpenAndItsWordsAlone() {
        aCall("DEFER");
        typed(0, "of the first call");
        floor.connect("forced", "ann");

        assertThat(floor.statusOf("call")).isEqualTo(WrapUpStatus.OPEN);
        assertThat(summary()).isEqualTo("of the first call");
        assertThat(floor.wrapUpOf("forced").record()).isEmpty();
    }

    private void aCall(String atDeadline) {
        floor.policy(APolicy.of("p", """
                {'mode': 'TIMEBOXED', 'windowSeconds': 60, 'atDeadline': '%s', 'noResponseSeconds': 30, 'requiredParts': []}""".formatted(atDeadline)));
        floor.take(floor.event("agent.signed-in", "ann", "{}"));
        floor.take(floor.event("agent.ready", "ann", "{}"));
        floor.connect("call", "ann");
        floor.clock.advance(Duration.ofSeconds(100));
        floor.hangUp("call");
    }

    private void theDeadlineComes() {
        floor.clock.advance(Duration.ofSeconds(60));
        floor.work();
    }

    private void typed(long version, String summary) {
        floor.wrapUps.patch(ANN, floor.idOf("call"), version, record("{'summary': '%s'}".formatted(summary)));
    }

    private void confirm(long version, String summary) {
        floor.wrapUps.complete(
                ANN,
                floor.idOf("call"),
                version,
                new Completion(record("{'summary': '%s'}".formatted(summary)), List.of(), null, null));
    }

    private String summary() {
        return floor.wrapUpOf("call").record().path("summary").asString("");
    }
}
