package org.afterword.wrapup.internal;

import static org.afterword.wrapup.internal.WrapUpFixture.ANN;
import static org.afterword.wrapup.internal.WrapUpFixture.SAM;
import static org.afterword.wrapup.internal.WrapUpFixture.record;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.afterword.catalog.APolicy;
import org.afterword.identity.AgentId;
import org.afterword.platform.DueWork;
import org.afterword.platform.PostgresDatabase;
import org.afterword.wrapup.WrapUpState.Owner;
import org.afterword.wrapup.WrapUpStatus;
import org.afterword.wrapup.WrapUps.Completion;
import org.afterword.wrapup.WrapUps.Deferral;
import org.afterword.wrapup.WrapUps.Intervention;
import org.afterword.wrapup.WrapUps.OverrideAction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Records that are owed and not done in time. */
class DebtsTest {
    @RegisterExtension
    static final PostgresDatabase db = PostgresDatabase.migrated();

    private static final String OVERDUE = "wrapup.debt-overdue";

    private final WrapUpFixture floor = new WrapUpFixture(db);

    @BeforeEach
    void aCall() {
        floor.policy(APolicy.of("p", """
                {'mode': 'DISCRETIONARY', 'deferrable': true, 'deferDueSeconds': 3600, 'requiredParts': []}"""));
        floor.connect("call", "ann");
        later(100);
        floor.hangUp("call");
        later(10);
    }

    @ParameterizedTest
    @EnumSource
    void oneThatIsDueAlertsOnceWhoeverOwesIt(Owner owner) {
        owe(owner);
        later(3599);
        assertThat(floor.work()).isZero();
        later(1);

        assertThat(floor.work()).isOne();

        JsonNode told = floor.dataOf(OVERDUE);
        assertThat(told.path("status").asString()).isEqualTo("DEFERRED");
        assertThat(told.path("owner").asString()).isEqualTo(owner.code());
        assertThat(told.path("assignee").asString(null)).isEqualTo(owner == Owner.COLLEAGUE ? "ben" : null);
        assertThat(told.path("dueAt").asString()).isEqualTo("2026-03-02T10:01:50.000Z");
        later(100_000);
        assertThat(floor.work()).isZero();
        assertThat(floor.statusOf("call")).isEqualTo(WrapUpStatus.DEFERRED);
    }

    @Test
    void oneThatWasPaidOrClosedAlertsNobody() {
        defer(Owner.AGENT, null);
        floor.wrapUps.complete(
                ANN, floor.idOf("call"), 0, new Completion(record("{'disposition': 'DONE'}"), List.of(), null, null));
        floor.connect("other", "ann");
        floor.hangUp("other");
        floor.wrapUps.defer(ANN, floor.idOf("other"), new Deferral(Owner.BACK_OFFICE, null, "later"));
        floor.wrapUps.override(SAM, floor.idOf("other"), Intervention.of(OverrideAction.END, "not needed"));
        later(4000);
        floor.work();

        assertThat(floor.announced()).doesNotContain(OVERDUE);
    }

    @Test
    void aDueTimeThatSomebodyChoseCounts() {
        defer(Owner.AGENT, floor.clock.instant().plusSeconds(120));
        later(120);
        floor.work();

        assertThat(floor.announced()).contains(OVERDUE);
    }

    @Test
    void aWorkerThatWasThoughtDeadRepeatsNothing() {
        defer(Owner.AGENT, null);
        later(3600);
        List<DueWork.Item> first = floor.claim(Situations.DEBT);
        later(60);
        List<DueWork.Item> second = floor.claim(Situations.DEBT);
        assertThat(second).hasSize(1);

        floor.handle(Situations.DEBT, second);
        floor.handle(Situations.DEBT, first);

        assertThat(floor.announced()).containsOnlyOnce(OVERDUE);
        assertThat(floor.work()).isZero();
    }

    @Test
    void oneThatNobodyAskedForIsNoDebt() {
        floor.policy(APolicy.of("p", "{'mode': 'ON_REQUEST', 'windowSeconds': 40}"));
        floor.connect("unasked", "ben");
        floor.hangUp("unasked");
        later(10);
        floor.work();
        later(100_000);
        floor.work();

        assertThat(floor.announced()).doesNotContain(OVERDUE);
    }

    private void owe(Owner owner) {
        if (owner != Owner.COLLEAGUE) {
            defer(owner, null);
            return;
        }
        floor.take(floor.event("agent.signed-in", "ben", "{}"));
        defer(Owner.AGENT, null);
        floor.wrapUps.override(
                SAM,
                floor.idOf("call"),
                new Intervention(OverrideAction.REASSIGN, "Ann has gone home", null, new AgentId("ben")));
    }

    private void defer(Owner owner, @Nullable Instant dueAt) {
        floor.wrapUps.defer(ANN, floor.idOf("call"), new Deferral(owner, dueAt, "later"));
    }

    private void later(int seconds) {
        floor.clock.advance(Duration.ofSeconds(seconds));
    }
}
