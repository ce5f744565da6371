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
import org.afterword.identity.AgentId;
import org.afterword.platform.Json;
import org.afterword.platform.PostgresDatabase;
import org.afterword.platform.ProblemException;
import org.afterword.wrapup.WrapUpId;
import org.afterword.wrapup.WrapUpState;
import org.afterword.wrapup.WrapUpStatus;
import org.afterword.wrapup.WrapUpView;
import org.afterword.wrapup.WrapUps;
import org.afterword.wrapup.WrapUps.Completion;
import org.afterword.wrapup.WrapUps.Deferral;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Parts of a contact, stored and read again. */
class SplitsTest {
    @RegisterExtension
    final PostgresDatabase database = PostgresDatabase.migrated();

    private final WrapUpFixture floor = new WrapUpFixture(database);

    @BeforeEach
    void aCallHasEnded() {
        floor.policy(APolicy.of("p", """
                {'mode': 'TIMEBOXED', 'windowSeconds': 60, 'atDeadline': 'DEFER', 'deferrable': true,
                 'extensions': {'count': 1, 'seconds': 30}, 'noResponseSeconds': 0, 'typingGraceSeconds': 0}"""));
        floor.connect("call", "ann");
        later(100);
        floor.hangUp("call");
    }

    @Test
    void aPartHasARecordOfItsOwnWithWhatWasGiven() {
        floor.drafts.propose("call", floor.clock.instant(), record("{'summary': 'Drafted of the whole.'}"));

        WrapUpView part = split("{'id': 'C-7', 'verifiedBy': 'pin'}", "{'system': 'crm', 'id': '4711'}");

        assertThat(part.status()).isEqualTo(WrapUpStatus.OPEN);
        assertThat(part.partOf()).isEqualTo(floor.idOf("call"));
        assertThat(part.deadline()).isEqualTo(floor.wrapUpOf("call").deadline());
        assertThat(part.record())
                .isEqualTo(
                        record(
                                "{'customer': {'id': 'C-7', 'verifiedBy': 'pin'}, 'cases': [{'system': 'crm', 'id': '4711'}]}"));
        assertThat(part.provenance().at("/~1customer~1id/status").asString()).isEqualTo("typed");
        assertThat(part.provenance().at("/~1cases/by").asString()).isEqualTo("user:ann");
        assertThat(part.draftId()).isNull();
        assertThat(floor.wrapUps.get(ANN, part.id()).version()).isOne();
        assertThat(floor.wrapUpOf("call").record()).isEqualTo(record("{'summary': 'Drafted of the whole.'}"));
    }

    @Test
    void whoAsksAgainForTheSameGetsTheSame() {
        WrapUpView part = split(null, "{'system': 'crm', 'id': '4711'}");

        assertThat(split(null, "{'system': 'crm', 'id': '4711'}").id()).isEqualTo(part.id());
        assertThat(split(null, "{'system': 'crm', 'id': '4712'}").id()).isNotEqualTo(part.id());
        assertThat(floor.partsOf("call")).hasSize(2);
    }

    @Test
    void eachRecordGoesOutByItselfAndTheTimeCountsOnce() {
        WrapUpId part = split(null, null).id();
        later(20);
        confirm(floor.idOf("call"), 0);
        assertThat(floor.stateOf("ann")).isEqualTo("AFTER_CALL_WORK");
        later(10);
        assertThat(floor.work()).isOne(); // its reopening time is over
        later(5);
        confirm(part, 0);
        assertThat(floor.stateOf("ann")).isEqualTo("AVAILABLE");
        later(10);
        floor.work();

        assertThat(floor.wrapUpOf("call").acwSeconds()).isEqualTo(35.0);
        assertThat(floor.wrapUps.get(ANN, part).acwSeconds()).isNull();
        List<JsonNode> completed = dataOf("wrapup.completed");
        assertThat(completed).hasSize(2);
        assertThat(completed.get(0).has("partOf")).isFalse();
        assertThat(completed.get(0).at("/figures/firstPart").asBoolean()).isTrue();
        assertThat(completed.get(1).path("partOf").asString())
                .isEqualTo(floor.idOf("call").value());
        assertThat(completed.get(1).at("/figures/firstPart").asBoolean(true)).isFalse();
        assertThat(completed.get(1).at("/figures/acwSeconds").isMissingNode()).isTrue();
        assertThat(dataOf("wrapup.released"))
                .singleElement()
                .extracting(released -> released.at("/release/reason").asString())
                .isEqualTo("confirmed");
        assertThat(floor.owner.queryForList("SELECT id FROM due_work WHERE kind LIKE 'wrapup.%'", String.class))
                .isEmpty();
    }

    @Test
    void theDeadlineOfTheLegIsPlannedAsLongAsSomethingOfItIsOpen() {
        WrapUpId part = split(null, null).id();
        confirm(floor.idOf("call"), 0);
        later(59);
        floor.work();
        assertThat(floor.wrapUps.get(ANN, part).status()).isEqualTo(WrapUpStatus.OPEN);
        later(1);
        assertThat(floor.work()).isOne();

        assertThat(floor.wrapUps.get(ANN, part).status()).isEqualTo(WrapUpStatus.DEFERRED);
        assertThat(floor.stateOf("ann")).isEqualTo("AVAILABLE");
        assertThat(dataOf("wrapup.released"))
                .singleElement()
                .extracting(released -> released.at("/release/reason").asString())
                .isEqualTo("deadline");
        assertThat(floor.wrapUps.owed(ANN, new AgentId("ann"), 10))
                .extracting(WrapUps.Owed::id)
                .containsExactly(part);
    }

    @Test
    void whatIsPutOffHoldsItsAgentForItsPartsAlsoAfterItIsReadAgain() {
        WrapUpId part = split(null, null).id();
        floor.wrapUps.defer(ANN, floor.idOf("call"), new Deferral(WrapUpState.Owner.AGENT, null, "later"));
        assertThat(floor.wrapUpOf("call").releasedAt()).isNull();
        later(10);
        WrapUpView longer = floor.wrapUps.extend(ANN, part, null);
        assertThat(longer.extensionsLeft()).isZero();
        later(60);
        floor.take(floor.event("agent.not-ready", "ann", "{'reason': 'LUNCH'}"));
        assertThat(floor.stateOf("ann")).isEqualTo("AFTER_CALL_WORK");

        floor.wrapUps.override(SAM, part, WrapUps.Intervention.of(WrapUps.OverrideAction.END, "enough"));

        assertThat(floor.stateOf("ann")).isEqualTo("NOT_READY");
        assertThat(floor.wrapUpOf("call").acwSeconds()).isEqualTo(70.0);
        assertThat(floor.wrapUpOf("call").status()).isEqualTo(WrapUpStatus.DEFERRED);
        assertThat(dataOf("wrapup.released"))
                .singleElement()
                .extracting(released -> released.at("/release/reason").asString())
                .isEqualTo("override");
    }

    @Test
    void aDowntimeIsGivenBackToAPartWhoseFirstIsDone() {
        WrapUpId part = split(null, null).id();
        confirm(floor.idOf("call"), 0);
        floor.uptime.beat();
        later(20);
        floor.uptime.beat();

        WrapUpView view = floor.wrapUps.get(ANN, part);
        assertThat(Duration.between(view.openedAt(), view.deadline())).hasSeconds(80);
        later(45);
        floor.work();
        assertThat(floor.wrapUps.get(ANN, part).status()).isEqualTo(WrapUpStatus.OPEN);
    }

    @Test
    void aLegThatWasSplitMovesWithAllItsRecords() {
        floor.take(floor.event("interaction.connected", "other", "{'agentId': 'ann', 'legId': 'l1'}"));
        WrapUpId part = floor.splits
                .split(ANN, floor.idOf("other"), null, record("{'id': '4711'}"))
                .wrapUp()
                .id();
        String earlier = floor.clock.instant().minusSeconds(60).toString();
        var event = (ObjectNode) floor.event("interaction.connected", "other", "{'agentId': 'ann', 'legId': 'l1'}");
        floor.take(event.put("time", earlier));

        assertThat(floor.wrapUps.get(ANN, part).startedAt()).hasToString(earlier);
        assertThat(floor.wrapUpOf("other").startedAt()).hasToString(earlier);
        assertThat(floor.wrapUps.get(ANN, part).record().at("/cases/0/id").asString())
                .isEqualTo("4711");
        assertThat(floor.count("wrap_up")).isEqualTo(3);
    }

    @Test
    void aPartThatIsConfirmedIsRevisedLikeAnyRecord() {
        WrapUpId part = split(null, null).id();
        confirm(part, 0);
        later(10);
        floor.work();

        assertThat(floor.wrapUps
                        .revise(ANN, part, record("{'summary': 'Other.'}"), "a slip")
                        .revision())
                .isOne();
    }

    @Test
    void theTrailTellsWhoSplitWhat() {
        WrapUpId part = split("{'id': 'C-7'}", null).id();

        assertThat(floor.owner.queryForList("""
                        SELECT actor || ' ' || subject || ' ' || content::text
                          FROM audit_entry JOIN audit_content USING (tenant_id, recorded_at, number)
                         WHERE kind = 'wrapup.split'""", String.class))
                .singleElement()
                .asString()
                .startsWith("user:ann wrap-up:" + part)
                .contains(floor.idOf("call").value())
                .contains("/customer/id")
                .doesNotContain("C-7");
    }

    @Test
    void whatIsGivenIsRedactedAndChecked() {
        WrapUpView part = split("{'id': '4111 1111 1111 1111'}", null);
        assertThat(part.record().at("/customer/id").asString()).doesNotContain("4111 1111");

        assertThatThrownBy(() -> split("{'id': 7}", "{'system': 'crm'}"))
                .asInstanceOf(type(ProblemException.class))
                .satisfies(refused -> assertThat(refused.faults())
                        .extracting(ProblemException.Fault::pointer)
                        .containsExactly("#/customer/id", "#/case/id"));
    }

    @Test
    void nobodySplitsWhatIsAnothers() {
        assertThatThrownBy(() -> floor.splits.split(BEN, floor.idOf("call"), null, null))
                .isInstanceOf(ProblemException.class);
    }

    private WrapUpView split(@Nullable String customer, @Nullable String ofCase) {
        return floor.splits
                .split(
                        ANN,
                        floor.idOf("call"),
                        customer == null ? null : record(customer),
                        ofCase == null ? null : record(ofCase))
                .wrapUp();
    }

    private void confirm(WrapUpId id, long version) {
        floor.wrapUps.complete(
                ANN, id, version, new Completion(record("{'disposition': 'DONE'}"), List.of(), null, null));
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

    private void later(int seconds) {
        floor.clock.advance(Duration.ofSeconds(seconds));
    }
}
