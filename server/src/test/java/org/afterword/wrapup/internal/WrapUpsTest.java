package org.afterword.wrapup.internal;

import static org.afterword.wrapup.internal.PureDesk.timeboxed;
import static org.afterword.wrapup.internal.WrapUpFixture.ADA;
import static org.afterword.wrapup.internal.WrapUpFixture.ANN;
import static org.afterword.wrapup.internal.WrapUpFixture.BEN;
import static org.afterword.wrapup.internal.WrapUpFixture.SAM;
import static org.afterword.wrapup.internal.WrapUpFixture.TENANT;
import static org.afterword.wrapup.internal.WrapUpFixture.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.afterword.catalog.APolicy;
import org.afterword.catalog.CallType;
import org.afterword.catalog.Checklist;
import org.afterword.catalog.PolicySettings.AtDeadline;
import org.afterword.conversation.Channel;
import org.afterword.conversation.InteractionId;
import org.afterword.desk.AgentState;
import org.afterword.desk.NextState;
import org.afterword.desk.Reservation;
import org.afterword.identity.AgentId;
import org.afterword.identity.Caller;
import org.afterword.identity.Role;
import org.afterword.platform.DueWork;
import org.afterword.platform.PostgresDatabase;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemType;
import org.afterword.wrapup.WrapUpState;
import org.afterword.wrapup.WrapUpStatus;
import org.afterword.wrapup.WrapUps;
import org.afterword.wrapup.WrapUps.Completion;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WrapUpsTest {
    @RegisterExtension
    static final PostgresDatabase db = PostgresDatabase.migrated();

    private final WrapUpFixture floor = new WrapUpFixture(db);

    @BeforeEach
    void aWindowOfAMinuteThatDefers() {
        floor.policy(timeboxed(60, AtDeadline.DEFER));
    }

    @Test
    void anAgentIsHeldFromTheEndOfTheCallUntilTheRecordIsConfirmed() {
        aCallOf("ann", "call");
        assertThat(floor.stateOf("ann")).isEqualTo("AFTER_CALL_WORK");
        assertThat(floor.routing.eligible(TENANT, Channel.VOICE, null)).isEmpty();

        floor.clock.advance(Duration.ofSeconds(20));
        var done = floor.wrapUps.complete(ANN, floor.idOf("call"), 0, confirming("{'disposition':'DONE'}"));

        assertThat(done.acwSeconds()).isEqualTo(20.0);
        assertThat(floor.stateOf("ann")).isEqualTo("AVAILABLE");
        assertThat(floor.routing.eligible(TENANT, Channel.VOICE, null)).hasSize(1);
    }

    @Test
    void aDeadlineTakesEffectOnceAlsoWhenItsWorkIsDoneTwice() {
        aCallOf("ann", "call");
        assertThat(floor.work()).isZero();

        floor.clock.advance(Duration.ofSeconds(60));
        assertThat(floor.work()).isEqualTo(1);
        assertThat(floor.work()).isZero();

        assertThat(floor.statusOf("call")).isEqualTo(WrapUpStatus.DEFERRED);
        assertThat(floor.announced()).containsOnlyOnce("wrapup.deferred");
        assertThat(floor.stateOf("ann")).isEqualTo("AVAILABLE");
    }

    @Test
    void aDeadlineThatAVanishedNodeHadClaimedTakesEffectWithinFiveSecondsAndOnce() {
        aCallOf("ann", "call");
        floor.clock.advance(Duration.ofSeconds(60));
        List<DueWork.Item> claimed = floor.claim(Situations.DEADLINE);

        floor.clock.advance(Duration.ofSeconds(3));
        assertThat(floor.work()).isEqualTo(1);
        // it had not vanished, but was slow
        floor.handle(Situations.DEADLINE, claimed);

        assertThat(floor.statusOf("call")).isEqualTo(WrapUpStatus.DEFERRED);
        assertThat(floor.announced()).containsOnlyOnce("wrapup.deferred");
    }

    @Test
    void aDeadlineThatPassedWhileWeWereDownIsCreditedWithinItsCapAndThenTakesEffect() {
        floor.uptime.beat();
        aCallOf("ann", "call");
        floor.clock.advance(Duration.ofMinutes(5));

        floor.uptime.beat();

        // up at 5 min; the window of 60 s got its cap of 60 s, which has passed as well
        assertThat(floor.wrapUpOf("call").credits())
                .singleElement()
                .extracting("kind", "seconds")
                .containsExactly("outage", 60.0);
        assertThat(floor.work()).isEqualTo(1);
        assertThat(floor.statusOf("call")).isEqualTo(WrapUpStatus.DEFERRED);
    }

    @Test
    void whatAPersonTypedIsNeverCoveredByADraft() {
        aCallOf("ann", "call");
        floor.drafts.propose("call", floor.clock.instant(), record("{'summary':'Drafted.','disposition':'DONE'}"));

        floor.wrapUps.patch(ANN, floor.idOf("call"), 0, record("{'summary':'Typed.'}"));
        floor.drafts.propose("call", floor.clock.instant(), record("{'summary':'Drafted anew.','disposition':'DONE'}"));

        var shown = floor.wrapUpOf("call");
        assertThat(shown.record().path("summary").asString()).isEqualTo("Typed.");
        assertThat(shown.provenance().path("/summary").path("status").asString())
                .isEqualTo("typed");
        assertThat(shown.provenance().path("/disposition").path("status").asString())
                .isEqualTo("drafted");
        assertThat(shown.version()).isEqualTo(1);
    }

    @Test
    void whatAPersonEmptiedStaysEmptyWhateverTheDraftSays() {
        aCallOf("ann", "call");
        floor.drafts.propose("call", floor.clock.instant(), record("{'fields':{'amount':'30'},'disposition':'DONE'}"));

        floor.wrapUps.patch(ANN, floor.idOf("call"), 0, record("{'fields':{'amount':null}}"));

        assertThat(floor.wrapUpOf("call").record().has("fields")).isFalse();
    }

    @Test
    void confirmingTakesWhatWasDraftedAndCountsWhatWasKept() {
        aCallOf("ann", "call");
        floor.drafts.propose("call", floor.clock.instant(), record("{'summary':'Drafted.','disposition':'DONE'}"));

        var done = floor.wrapUps.complete(ANN, floor.idOf("call"), 0, confirming("{'summary':'Better said.'}"));

        assertThat(done.record().path("summary").asString()).isEqualTo("Better said.");
        assertThat(done.record().path("disposition").asString()).isEqualTo("DONE");
        assertThat(done.provenance().path("/disposition").path("status").asString())
                .isEqualTo("confirmed");
        assertThat(floor.owner.queryForObject("SELECT result ->> 'keptParts' FROM wrap_up", String.class))
                .isEqualTo("1");
        assertThat(floor.owner.queryForObject("SELECT result ->> 'editedParts' FROM wrap_up", String.class))
                .isEqualTo("1");
    }

    @Test
    void aDraftThatChangedAfterItWasReadIsNotConfirmed() {
        aCallOf("ann", "call");
        var id = floor.idOf("call");
        floor.drafts.propose("call", floor.clock.instant(), record("{'summary':'Drafted.','disposition':'DONE'}"));
        var read = floor.wrapUpOf("call");
        floor.drafts.propose("call", floor.clock.instant(), record("{'summary':'Drafted anew.','disposition':'DONE'}"));

        assertThatThrownBy(() -> floor.wrapUps.complete(ANN, id, 0, confirmingDraft(read.draftId())))
                .isInstanceOfSatisfying(ProblemException.class, stale -> {
                    assertThat(stale.type()).isEqualTo(ProblemType.STALE);
                    assertThat(stale.members())
                            .containsEntry("draftId", floor.wrapUpOf("call").draftId());
                });

        var done = floor.wrapUps.complete(
                ANN, id, 0, confirmingDraft(floor.wrapUpOf("call").draftId()));
        assertThat(done.record().path("summary").asString()).isEqualTo("Drafted anew.");
    }

    @Test
    void aTimeOutInventsNoAnswer() {
        floor.policy(timeboxed(60, AtDeadline.EXPIRE));
        aCallOf("ann", "call");
        floor.drafts.propose("call", floor.clock.instant(), record("{'summary':'Drafted.'}"));

        floor.clock.advance(Duration.ofSeconds(61));
        floor.work();

        var expired = floor.wrapUpOf("call");
        assertThat(expired.status()).isEqualTo(WrapUpStatus.EXPIRED);
        assertThat(expired.provenance().path("/summary").path("status").asString())
                .isEqualTo("timedOut");
        assertThat(expired.record().has("disposition")).isFalse();
        assertThat(floor.announced()).doesNotContain("wrapup.completed");
    }

    @Test
    void theTimeOfGraceCountsAsOverrunWhereTheDeadlineReleases() {
        floor.policy(withGrace(20));
        aCallOf("ann", "call");
        floor.clock.advance(Duration.ofSeconds(80));
        floor.work();

        assertThat(floor.figuresOf("wrapup.deferred").path("overrunSeconds").asDouble())
                .isEqualTo(20.0);
        assertThat(floor.figuresOf("wrapup.deferred").path("cut").asBoolean()).isTrue();
    }

    @Test
    void aRecordOfWhichNobodyConfirmedAPartIsAnnouncedWithWhoClosedIt() {
        floor.policy(withGrace(0));
        aCallOf("ann", "call");
        floor.wrapUps.complete(ANN, floor.idOf("call"), 0, new Completion(null, List.of(), null, null));
        floor.clock.advance(Duration.ofSeconds(10));
        floor.work();

        assertThat(floor.dataOf("wrapup.completed").at("/approvedBy/id").asString())
                .isEqualTo("user:ann");
    }

    @Test
    void whatNobodyConfirmedStaysInTheHouse() {
        aCallOf("ann", "call");
        var id = floor.idOf("call");
        floor.drafts.propose("call", floor.clock.instant(), record("{'summary':'Drafted.','disposition':'DONE'}"));
        floor.wrapUps.complete(ANN, id, 0, new Completion(null, List.of("/summary"), null, null));
        floor.clock.advance(Duration.ofSeconds(10));
        floor.work();

        var left = floor.dataOf("wrapup.completed");
        assertThat(left.at("/record/disposition").asString()).isEqualTo("DONE");
        assertThat(left.path("record").has("summary")).isFalse();
        assertThat(left.path("provenance").has("/summary")).isFalse();

        floor.wrapUps.revise(SAM, id, record("{'resolution':'resolved'}"), "was missing");
        var revised = floor.dataOf("wrapup.revised");
        assertThat(revised.path("record").has("summary")).isFalse();
        assertThat(revised.at("/provenance/~1disposition/by").asString()).isEqualTo("user:ann");
        assertThat(revised.at("/provenance/~1resolution/by").asString()).isEqualTo("user:sam");
    }

    @Test
    void whatAPersonTypedStaysAlsoIfTheDraftHadSaidTheSame() {
        aCallOf("ann", "call");
        floor.drafts.propose("call", floor.clock.instant(), record("{'summary':'The same.'}"));

        floor.wrapUps.patch(ANN, floor.idOf("call"), 0, record("{'summary':'The same.'}"));
        floor.drafts.propose("call", floor.clock.instant(), record("{'summary':'Something else.'}"));

        assertThat(floor.wrapUpOf("call").record().path("summary").asString()).isEqualTo("The same.");
    }

    @Test
    void aProgramAnswersForNothingSoItConfirmsNoRecord() {
        aCallOf("ann", "call");
        var id = floor.idOf("call");
        var program = new Caller(TENANT, "token:01", "CRM", Role.INTEGRATION, null);
        var anns = new Caller(TENANT, "token:02", "Ann's script", Role.AGENT, new AgentId("ann"));

        floor.wrapUps.patch(program, id, 0, record("{'summary':'From the CRM.'}"));
        assertThatThrownBy(() -> floor.wrapUps.complete(program, id, 1, confirming("{'disposition':'DONE'}")))
                .hasMessageContaining("stands for no person");
        floor.wrapUps.complete(anns, id, 1, confirming("{'disposition':'DONE'}"));
        floor.clock.advance(Duration.ofSeconds(10));
        floor.work();
        assertThatThrownBy(() -> floor.wrapUps.revise(program, id, record("{'summary':'Else.'}"), "nightly"))
                .hasMessageContaining("stands for no person");
    }

    @Test
    void noCardNumberIsKeptInAReason() {
        String typed = "card 4111 1111 1111 1111";
        aCallOf("ann", "call");
        var id = floor.idOf("call");
        floor.wrapUps.extend(ANN, id, typed);
        floor.wrapUps.want(ANN, new AgentId("ann"), new NextState(AgentState.NOT_READY, typed), false);
        floor.wrapUps.defer(ANN, id, new WrapUps.Deferral(WrapUpState.Owner.AGENT, null, typed));
        floor.wrapUps.complete(ANN, id, 0, confirming("{'disposition':'DONE'}"));
        floor.clock.advance(Duration.ofSeconds(10));
        floor.work();
        floor.wrapUps.revise(SAM, id, record("{'summary':'Amended.'}"), typed);
        aCallOf("ann", "next");
        floor.wrapUps.override(
                SAM, floor.idOf("next"), new WrapUps.Intervention(WrapUps.OverrideAction.EXTEND, typed, 60, null));
        floor.wrapUps.complete(
                ANN,
                floor.idOf("next"),
                0,
                new Completion(
                        record("{'disposition':'DONE'}"), List.of(), null, new NextState(AgentState.NOT_READY, typed)));

        for (String table : List.of(
                "wrap_up", "wrap_up_revision", "agent", "agent_fact", "domain_event", "audit_entry", "audit_content")) {
            assertThat(floor.rowsOf(table)).as(table).isNotEmpty().noneMatch(row -> row.contains("1111"));
        }
    }

    @Test
    void complianceIsScoredByTheChecklistOfTheCallType() {
        floor.catalog(
                List.of(new CallType("REFUND", "Refund", null, null, null, "refunds")),
                List.of(checklist("general", "greeted"), checklist("refunds", "id", "amount")),
                timeboxed(60, AtDeadline.DEFER));
        floor.take(floor.event("interaction.started", "call", "{'channel':'voice','callType':'REFUND'}"));
        aCallOf("ann", "call");

        floor.wrapUps.complete(
                ANN, floor.idOf("call"), 0, confirming("{'disposition':'DONE','checklist':{'id':true}}"));

        assertThat(floor.figuresOf("wrapup.confirmed").path("compliance").asDouble())
                .isEqualTo(0.5);
    }

    private static Checklist checklist(String code, String... items) {
        return new Checklist(
                code,
                code,
                java.util.stream.Stream.of(items)
                        .map(item -> new Checklist.Item(item, item, null, List.of(), List.of()))
                        .toList());
    }

    @Test
    void aSupervisorReleasesAnAgentFromACallWhoseEndWasLost() {
        floor.connect("lost", "ann");
        floor.clock.advance(Duration.ofMinutes(40));
        var id = floor.idOf("lost");
        assertThatThrownBy(() -> floor.wrapUps.override(
                        ANN, id, WrapUps.Intervention.of(WrapUps.OverrideAction.RELEASE, "I am stuck")))
                .isInstanceOf(ProblemException.class);

        floor.wrapUps.override(
                SAM, id, WrapUps.Intervention.of(WrapUps.OverrideAction.RELEASE, "the switch lost its end"));

        assertThat(floor.stateOf("ann")).isEqualTo("AVAILABLE");
        assertThat(floor.wrapUpOf("lost").reason()).isEqualTo("the switch lost its end");
        assertThat(floor.routing.eligible(TENANT, Channel.VOICE, null)).hasSize(1);
        assertThat(floor.rowsOf("audit_entry"))
                .anyMatch(row -> row.contains("leg.released") && row.contains("user:sam"));
        assertThatThrownBy(() -> floor.wrapUps.override(
                        SAM, id, WrapUps.Intervention.of(WrapUps.OverrideAction.RELEASE, "again")))
                .hasMessageContaining("only a leg that is still on");
        floor.hangUp("lost");
        assertThat(floor.statusOf("lost")).isEqualTo(WrapUpStatus.DEFERRED);
    }

    @Test
    void aLeakIsToldOnceAlsoIfItsReasonComesLater() {
        floor.connect("call", "ann");
        floor.clock.advance(Duration.ofSeconds(100));
        var ended = floor.event("interaction.ended", "call", "{}");
        floor.clock.advance(Duration.ofSeconds(5));
        floor.connect("forced", "ann");
        floor.take(ended);
        assertThat(floor.announced()).containsOnlyOnce("gate.leaked");

        floor.wrapUps.complete(ANN, floor.idOf("call"), 0, confirming("{'disposition':'DONE'}"));
        floor.hangUp("forced");
        floor.take(floor.event("agent.ready", "ann", "{}"));
        assertThat(floor.announced()).containsOnlyOnce("gate.leaked");
    }

    @Test
    void whatIsKnownOfAnAgentOutlivesItsFacts() {
        floor.take(floor.event("agent.signed-in", "ann", "{'name':'Ann','team':'north','capacity':3}"));
        for (int i = 0; i < 60; i++) {
            floor.clock.advance(Duration.ofMinutes(1));
            floor.take(floor.event("agent.ready", "ann", "{}"));
        }
        floor.take(floor.event("agent.signed-in", "ann", "{'team':'south'}"));

        var ann = floor.tenancy.in(
                TENANT, () -> floor.floor.find(new AgentId("ann")).orElseThrow());
        assertThat(ann.name()).isEqualTo("Ann");
        assertThat(ann.team()).isEqualTo("south");
        assertThat(ann.capacity()).isEqualTo(3);
        assertThat(floor.count("agent_fact")).isLessThan(60);
    }

    @Test
    void aDeadlineThatCameUpEarlyIsPlannedForWhatItIsByThen() {
        aCallOf("ann", "call");
        var id = floor.idOf("call");
        var early = floor.dueWork.claim(
                Situations.DEADLINE, floor.clock.instant().plusSeconds(60), Duration.ofSeconds(30), 10);
        floor.wrapUps.extend(ANN, id, null);

        floor.handle(Situations.DEADLINE, early);

        assertThat(floor.dueWork.nextDue(Situations.DEADLINE))
                .contains(floor.clock.instant().plusSeconds(90));
    }

    @Test
    void whatAnAgentOwesComesByItsDueTime() {
        for (int i = 0; i < 3; i++) {
            aCallOf("ann", "call" + i);
            floor.wrapUps.defer(
                    ANN,
                    floor.idOf("call" + i),
                    new WrapUps.Deferral(
                            WrapUpState.Owner.AGENT, floor.clock.instant().plusSeconds(3600 - 1000 * i), "later"));
        }
        aCallOf("ann", "other");
        floor.wrapUps.defer(
                ANN, floor.idOf("other"), new WrapUps.Deferral(WrapUpState.Owner.BACK_OFFICE, null, "not mine"));

        assertThat(floor.wrapUps.owed(ANN, new AgentId("ann"), 2))
                .extracting(owed -> owed.interactionId().value())
                .containsExactly("call2", "call1");
        assertThatThrownBy(() -> floor.wrapUps.owed(BEN, new AgentId("ann"), 2)).isInstanceOf(ProblemException.class);
    }

    @Test
    void aCardNumberThatSomebodyTypesIsNeverStored() {
        aCallOf("ann", "call");

        floor.wrapUps.patch(ANN, floor.idOf("call"), 0, record("{'summary':'Paid with 4111 1111 1111 1111.'}"));

        assertThat(floor.wrapUpOf("call").record().path("summary").asString()).isEqualTo("Paid with [card number].");
    }

    @Test
    void twoPeopleAtOnceLoseNothing() {
        aCallOf("ann", "call");
        var id = floor.idOf("call");
        floor.wrapUps.patch(ANN, id, 0, record("{'summary':'Ann was first.'}"));

        assertThatThrownBy(() -> floor.wrapUps.patch(SAM, id, 0, record("{'summary':'Sam was late.'}")))
                .asInstanceOf(type(ProblemException.class))
                .satisfies(stale -> {
                    assertThat(stale.type()).isEqualTo(ProblemType.STALE);
                    assertThat(stale.members().toString()).contains("Ann was first.");
                });
        assertThat(floor.wrapUpOf("call").record().path("summary").asString()).isEqualTo("Ann was first.");
    }

    @Test
    void aRepeatedCompletionAnswersAsTheFirstDidAndADifferentOneIsRefused() {
        aCallOf("ann", "call");
        var id = floor.idOf("call");
        var first = floor.wrapUps.complete(ANN, id, 0, confirming("{'disposition':'DONE'}"));

        var again = floor.wrapUps.complete(ANN, id, 0, confirming("{'disposition':'DONE'}"));
        assertThat(again.completedAt()).isEqualTo(first.completedAt());
        assertThat(floor.announced()).containsOnlyOnce("wrapup.confirmed");

        assertThatThrownBy(() -> floor.wrapUps.complete(SAM, id, 0, confirming("{'summary':'Else.'}")))
                .asInstanceOf(type(ProblemException.class))
                .extracting(ProblemException::type)
                .isEqualTo(ProblemType.STALE);
    }

    @Test
    void everythingThatIsMissingOrWrongIsNamedAtOnce() {
        floor.policy(APolicy.of(
                "strict", "{'mode': 'TIMEBOXED', 'windowSeconds': 60, 'requiredParts': ['/summary', '/resolution']}"));
        aCallOf("ann", "call");

        assertThatThrownBy(
                        () -> floor.wrapUps.complete(ANN, floor.idOf("call"), 0, confirming("{'disposition':'NOPE'}")))
                .asInstanceOf(type(ProblemException.class))
                .satisfies(refusal -> assertThat(refusal.faults())
                        .extracting(ProblemException.Fault::pointer)
                        .containsExactlyInAnyOrder("#/record/disposition", "#/record/summary", "#/record/resolution"));
        assertThat(floor.stateOf("ann")).isEqualTo("AFTER_CALL_WORK");
    }

    @Test
    void aRecordGoesOutOnceItsReopeningTimeIsOverAndOnlyARevisionAmendsItThen() {
        aCallOf("ann", "call");
        var id = floor.idOf("call");
        floor.wrapUps.complete(ANN, id, 0, confirming("{'disposition':'DONE'}"));
        floor.clock.advance(Duration.ofSeconds(10));
        floor.work();
        assertThat(floor.announced()).containsOnlyOnce("wrapup.completed");

        assertThatThrownBy(() -> floor.wrapUps.patch(ANN, id, 1, record("{'summary':'Late.'}")))
                .isInstanceOf(ProblemException.class);
        var revised = floor.wrapUps.revise(SAM, id, record("{'summary':'Amended.'}"), "was empty");

        assertThat(revised.revision()).isEqualTo(1);
        assertThat(floor.announced()).contains("wrapup.revised");
        assertThat(floor.owner.queryForObject("SELECT actor FROM wrap_up_revision", String.class))
                .isEqualTo("user:sam");
    }

    /** The part of invariant 5 that the store has to keep: whatever is tried on a final record, only a revision changes it. */
    @Test
    void nothingButARevisionChangesAFinalRecord() {
        aCallOf("ann", "call");
        var id = floor.idOf("call");
        floor.wrapUps.complete(ANN, id, 0, confirming("{'summary':'Said.','disposition':'DONE'}"));
        floor.clock.advance(Duration.ofSeconds(10));
        floor.work();
        var done = floor.wrapUpOf("call");
        List<Runnable> attempts = List.of(
                () -> floor.wrapUps.patch(ANN, id, done.version(), record("{'summary':'Late.'}")),
                () -> floor.wrapUps.complete(ANN, id, done.version(), confirming("{'summary':'Late.'}")),
                () -> floor.wrapUps.reopen(ANN, id),
                () -> floor.wrapUps.extend(ANN, id, "more"),
                () -> floor.wrapUps.defer(ANN, id, new WrapUps.Deferral(WrapUpState.Owner.AGENT, null, "later")),
                () -> floor.wrapUps.override(SAM, id, WrapUps.Intervention.of(WrapUps.OverrideAction.END, "again")),
                () -> floor.wrapUps.override(
                        SAM, id, new WrapUps.Intervention(WrapUps.OverrideAction.EXTEND, "again", 60, null)));

        assertThat(attempts)
                .allSatisfy(attempt -> assertThatThrownBy(attempt::run)
                        .asInstanceOf(type(ProblemException.class))
                        .extracting(ProblemException::type)
                        .isEqualTo(ProblemType.CONFLICT));
        floor.drafts.propose("call", floor.clock.instant(), record("{'summary':'Drafted late.','tags':['LATE']}"));
        floor.connect("call", "ann");
        floor.hangUp("call");
        floor.clock.advance(Duration.ofHours(2));
        floor.work();

        var kept = floor.wrapUps.get(ANN, id);
        assertThat(kept.record()).isEqualTo(done.record());
        assertThat(kept.provenance()).isEqualTo(done.provenance());
        assertThat(kept.version()).isEqualTo(done.version());
    }

    @Test
    void anotherAgentSeesAndTouchesNothingOfIt() {
        aCallOf("ann", "call");
        var id = floor.idOf("call");

        assertThatThrownBy(() -> floor.wrapUps.get(BEN, id)).hasMessageContaining("There is no wrap-up");
        assertThatThrownBy(() -> floor.wrapUps.complete(BEN, id, 0, confirming("{'disposition':'DONE'}")))
                .hasMessageContaining("There is no wrap-up");
        assertThat(floor.wrapUps
                        .list(BEN, null, null, null, null, null, null, 10)
                        .items())
                .isEmpty();
        assertThatThrownBy(() ->
                        floor.wrapUps.want(BEN, new AgentId("ann"), new NextState(AgentState.OFFLINE, null), false))
                .asInstanceOf(type(ProblemException.class))
                .extracting(ProblemException::type)
                .isEqualTo(ProblemType.FORBIDDEN);
    }

    @Test
    void aRepeatedBatchChangesNothing() {
        var connected = floor.event("interaction.connected", "call", "{'agentId':'ann'}");
        floor.take(connected);
        floor.clock.advance(Duration.ofSeconds(30));
        var ended = floor.event("interaction.ended", "call", "{}");
        floor.take(ended);
        var before = floor.announced();

        floor.take(connected, ended, ended);

        assertThat(floor.announced()).isEqualTo(before);
        assertThat(floor.count("wrap_up")).isEqualTo(1);
        assertThat(floor.count("leg")).isEqualTo(1);
    }

    @Test
    void ofManyWhoReserveAtOnceEachAgentIsGivenOnce() throws Exception {
        for (String agent : List.of("ann", "ben", "cem", "dee")) {
            floor.take(floor.event("agent.signed-in", agent, "{}"), floor.event("agent.ready", agent, "{}"));
            floor.clock.advance(Duration.ofSeconds(1));
        }
        Callable<String> reserve = () -> {
            String call = "call-" + Thread.currentThread().threadId();
            try {
                Reservation reservation = floor.routing.reserve(
                        ADA, new InteractionId(call), Channel.VOICE, null, Duration.ofSeconds(30));
                return reservation.agent().value();
            } catch (ProblemException e) {
                return e.type().name();
            }
        };
        List<String> given;
        try (var clients =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            given = clients.invokeAll(java.util.Collections.nCopies(8, reserve)).stream()
                    .map(future -> future.resultNow())
                    .toList();
        }

        assertThat(given).containsOnlyOnce("ann", "ben", "cem", "dee");
        assertThat(given).filteredOn("NOBODY_ELIGIBLE"::equals).hasSize(4);
    }

    @Test
    void aReservationIsIdempotentByInteractionAndEndsWithTheCall() {
        floor.take(floor.event("agent.signed-in", "ann", "{}"), floor.event("agent.ready", "ann", "{}"));
        var call = new InteractionId("call");
        var first = floor.routing.reserve(ADA, call, Channel.VOICE, null, Duration.ofSeconds(30));
        assertThat(floor.routing.reserve(ADA, call, Channel.VOICE, null, Duration.ofSeconds(30)))
                .isEqualTo(first);

        floor.connect("call", "ann");
        floor.hangUp("call");
        floor.wrapUps.complete(ANN, floor.idOf("call"), 0, confirming("{'disposition':'DONE'}"));

        assertThat(floor.routing.eligible(TENANT, Channel.VOICE, null)).hasSize(1);
        assertThat(floor.announced()).doesNotContain("gate.leaked");
    }

    private static org.afterword.catalog.PolicyRule withGrace(int seconds) {
        return APolicy.of(
                "grace",
                "{'mode': 'TIMEBOXED', 'windowSeconds': 60, 'graceSeconds': %d, 'atDeadline': 'DEFER', 'requiredParts': []}"
                        .formatted(seconds));
    }

    private void aCallOf(String agent, String call) {
        floor.connect(call, agent);
        floor.clock.advance(Duration.ofSeconds(100));
        floor.hangUp(call);
    }

    private static WrapUps.Completion confirmingDraft(@Nullable String draftId) {
        return new Completion(null, List.of(), draftId, null);
    }

    private static WrapUps.Completion confirming(String json) {
        return new Completion(record(json), List.of(), null, null);
    }
}
