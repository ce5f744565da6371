package org.afterword.wrapup.internal;

import static org.afterword.wrapup.internal.PureDesk.timeboxed;
import static org.afterword.wrapup.internal.WrapUpFixture.ANN;
import static org.afterword.wrapup.internal.WrapUpFixture.SAM;
import static org.afterword.wrapup.internal.WrapUpFixture.record;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.afterword.catalog.PolicySettings.AtDeadline;
import org.afterword.desk.AgentState;
import org.afterword.desk.NextState;
import org.afterword.identity.AgentId;
import org.afterword.platform.PostgresDatabase;
import org.afterword.wrapup.WrapUpState;
import org.afterword.wrapup.WrapUps;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the trail tells of a record: who did what to it, and what the program did by itself. */
class WrapUpTrailTest {
    @RegisterExtension
    final PostgresDatabase database = PostgresDatabase.migrated();

    final WrapUpFixture floor = new WrapUpFixture(database);

    @BeforeEach
    void aCallHasEnded() {
        floor.policy(timeboxed(60, AtDeadline.DEFER));
        floor.take(floor.event("agent.signed-in", "ann", "{}"), floor.event("agent.ready", "ann", "{}"));
        floor.connect("call", "ann");
        floor.clock.advance(Duration.ofSeconds(100));
        floor.hangUp("call");
    }

    @Test
    void whatSomebodyTypedIsNamedAndNotRepeated() {
        floor.wrapUps.patch(
                ANN, floor.idOf("call"), 0, record("{'summary':'Wants a refund.','fields':{'amount':'30'}}"));

        assertThat(entries("wrapup.record-changed"))
                .containsExactly("user:ann {\"parts\":[\"/summary\",\"/fields/amount\"],\"version\":1}");
    }

    @Test
    void aCompletionTellsWhatWasConfirmedAndWhatWasNot() {
        floor.drafts.propose("call", floor.clock.instant(), record("{'summary':'Drafted.','disposition':'DONE'}"));

        floor.wrapUps.complete(
                ANN,
                floor.idOf("call"),
                0,
                new WrapUps.Completion(record("{'disposition':'DONE'}"), List.of("/summary"), "call#1", null));

        assertThat(entries("wrapup.confirmed"))
                .containsExactly("user:ann {\"parts\":[\"/disposition\"],\"confirmed\":[\"/disposition\"],"
                        + "\"unconfirmed\":[\"/summary\"],\"version\":1,\"draftId\":\"call#1\"}");
    }

    @Test
    void aRecordThatGoesOutSaysWhoApprovedIt() {
        confirm();
        floor.clock.advance(Duration.ofSeconds(10));
        floor.work();

        assertThat(entries("wrapup.completed"))
                .singleElement()
                .asString()
                .startsWith("system {")
                .endsWith("\"approvedBy\":\"user:ann\"}");
    }

    @Test
    void aRevisionTellsWhyAndWhichParts() {
        confirm();
        floor.clock.advance(Duration.ofSeconds(10));
        floor.work();

        floor.wrapUps.revise(SAM, floor.idOf("call"), record("{'summary':'Other.'}"), "a slip");

        assertThat(entries("wrapup.revised"))
                .containsExactly(
                        "user:sam {\"reason\":\"a slip\",\"parts\":[\"/summary\"],\"version\":2,\"revision\":1}");
    }

    @Test
    void moreTimeAndDeferralTellWhy() {
        floor.wrapUps.override(
                SAM,
                floor.idOf("call"),
                new WrapUps.Intervention(WrapUps.OverrideAction.EXTEND, "a hard case", 30, null));
        floor.wrapUps.defer(
                ANN, floor.idOf("call"), new WrapUps.Deferral(WrapUpState.Owner.BACK_OFFICE, null, "not mine"));

        assertThat(entries("wrapup.extended"))
                .containsExactly("user:sam {\"reason\":\"a hard case\",\"override\":\"EXTEND\",\"seconds\":30}");
        assertThat(entries("wrapup.deferred"))
                .containsExactly("user:ann {\"reason\":\"not mine\",\"owner\":\"BACK_OFFICE\"}");
    }

    @Test
    void whoAsksForAWindowOrSaysWhatTheContactIsAboutIsNoted() {
        floor.connect("next", "ann");
        floor.wrapUps.request(ANN, new AgentId("ann"));
        floor.wrapUps.choose(ANN, floor.idOf("next"), null, true);

        assertThat(entries("wrapup.requested")).singleElement().asString().startsWith("user:ann");
        assertThat(entries("wrapup.call-type-chosen")).containsExactly("user:ann {\"escalated\":true}");
    }

    @Test
    void whatADeadlineDoesIsTheSystemsDoing() {
        floor.clock.advance(Duration.ofSeconds(60));
        floor.work();

        assertThat(entries("wrapup.deferred"))
                .singleElement()
                .asString()
                .startsWith("system {")
                .endsWith("\"cause\":\"DEADLINE\"}");
    }

    @Test
    void whoSignsOutDefersWhatIsOpen() {
        floor.wrapUps.want(ANN, new AgentId("ann"), new NextState(AgentState.OFFLINE, null), false);

        assertThat(entries("wrapup.deferred")).singleElement().asString().startsWith("user:ann");
    }

    @Test
    void whatFollowsFromEventsIsInTheLogOfEventsAlone() {
        assertThat(floor.announced()).contains("wrapup.preparing");
        assertThat(entries("wrapup.preparing")).isEmpty();
    }

    private void confirm() {
        floor.wrapUps.complete(
                ANN,
                floor.idOf("call"),
                0,
                new WrapUps.Completion(record("{'disposition':'DONE'}"), List.of(), null, null));
    }

    /** Actor and details of the entries of a kind, oldest first. */
    private List<String> entries(String kind) {
        return floor.owner.query(
                "SELECT actor || coalesce(' ' || content::text, '') FROM audit_entry AS e"
                        + " LEFT JOIN audit_content USING (tenant_id, recorded_at, number)"
                        + " WHERE kind = ? ORDER BY e.number",
                (rs, n) -> rs.getString(1),
                kind);
    }
}
