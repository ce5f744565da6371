package org.afterword.wrapup.internal;

import static org.afterword.wrapup.internal.WrapUpFixture.ADA;
import static org.afterword.wrapup.internal.WrapUpFixture.ANN;
import static org.afterword.wrapup.internal.WrapUpFixture.SAM;
import static org.afterword.wrapup.internal.WrapUpFixture.TENANT;
import static org.afterword.wrapup.internal.WrapUpFixture.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.afterword.catalog.APolicy;
import org.afterword.catalog.CallType;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.Disposition;
import org.afterword.conversation.InteractionId;
import org.afterword.identity.AgentId;
import org.afterword.platform.DueWork;
import org.afterword.platform.PostgresDatabase;
import org.afterword.platform.ProblemException;
import org.afterword.wrapup.ApprovedBy;
import org.afterword.wrapup.DraftTrust.Trust;
import org.afterword.wrapup.WrapUpStatus;
import org.afterword.wrapup.WrapUpView;
import org.afterword.wrapup.WrapUps;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** A policy approves what is drafted, on a real database. */
class UnattendedTest {
    private static final String DRAFT = """
            {'status': 'ready', 'turns': 4, 'learned': {'dispositions': 3},
             'disposition': {'value': 'TOLD', 'confidence': 0.97, 'check': 'supported', 'evidence': [{'turn': 0}]}}
            """;

    @RegisterExtension
    final PostgresDatabase database = PostgresDatabase.migrated();

    final WrapUpFixture floor = new WrapUpFixture(database);

    @BeforeEach
    void partsHaveEarnedIt() {
        policy("'unattended': {'callTypes': ['BALANCE'], 'confidence': 0.95}");
        floor.trust.trust = new Trust(true, Set.of("disposition", "summary"), Set.of(), false);
        floor.take(floor.event("agent.signed-in", "ann", "{}"), floor.event("agent.ready", "ann", "{}"));
    }

    @Test
    void withoutAPolicyThatSaysSoNothingIsApproved() {
        policy("'windowSeconds': 600");

        called();
        afterAMoment();

        assertThat(floor.statusOf("call")).isEqualTo(WrapUpStatus.OPEN);
        assertThat(floor.claim(UnattendedWork.KIND)).isEmpty();
    }

    @Test
    void theRecordIsApprovedAndTheAgentReleased() {
        called();
        assertThat(floor.statusOf("call"))
                .as("an agent who begins at once has begun")
                .isEqualTo(WrapUpStatus.OPEN);

        afterAMoment();

        WrapUpView approved = floor.wrapUpOf("call");
        assertThat(approved.status()).isEqualTo(WrapUpStatus.COMPLETED);
        assertThat(approved.acwSeconds()).isEqualTo(2.0);
        assertThat(approved.approvedBy()).isEqualTo(new ApprovedBy("policy", "policy:balances@1", 0.97));
        assertThat(approved.record()).isEqualTo(record("{'summary':'Told the balance.','disposition':'TOLD'}"));
        assertThat(approved.provenance().at("/~1summary/status").asString())
                .as("nobody confirmed it")
                .isEqualTo("drafted");
        assertThat(floor.stateOf("ann")).isEqualTo("AVAILABLE");
        assertThat(trail("wrapup.confirmed"))
                .containsExactly(
                        "policy:balances@1 {\"approved\":[\"/summary\",\"/disposition\"],\"rules\":[\"balances\"],\"callType\":\"BALANCE\","
                                + "\"confidence\":0.97,\"least\":0.95,\"draftId\":\"call#1\",\"version\":1}");
    }

    @Test
    void nothingLeavesBeforeTheTimeForReopeningIsOverAndThenItSaysWhoApproved() {
        called();
        afterAMoment();
        floor.clock.advance(Duration.ofSeconds(9));
        floor.work();
        assertThat(floor.announced()).doesNotContain("wrapup.completed");

        floor.clock.advance(Duration.ofSeconds(1));
        floor.work();

        JsonNode left = floor.dataOf("wrapup.completed");
        assertThat(left.path("approvedBy"))
                .isEqualTo(record("{'kind':'policy','id':'policy:balances@1','confidence':0.97}"));
        assertThat(left.path("record").path("disposition").asString()).isEqualTo("TOLD");
        assertThat(left.at("/provenance/~1disposition/approvedBy").asString()).isEqualTo("policy:balances@1");
        JsonNode figures = left.path("figures");
        assertThat(figures.path("unattended").asBoolean()).isTrue();
        assertThat(figures.path("keptParts").asInt()).as("nobody kept anything").isZero();
        assertThat(figures.path("compliance").isMissingNode())
                .as("nobody ticked anything")
                .isTrue();
        assertThat(trail("wrapup.completed"))
                .singleElement()
                .asString()
                .startsWith("system {")
                .endsWith("\"approvedBy\":\"policy:balances@1\"}");
    }

    @Test
    void anAgentTakesItBackAndIsNotOverruledAgain() {
        called();
        afterAMoment();

        WrapUpView again = floor.wrapUps.reopen(ANN, floor.idOf("call"));
        drafted();
        afterAMoment();

        assertThat(again.status()).isEqualTo(WrapUpStatus.OPEN);
        assertThat(again.approvedBy()).isNull();
        assertThat(floor.statusOf("call")).isEqualTo(WrapUpStatus.OPEN);
        WrapUpView confirmed = floor.wrapUps.complete(
                ANN,
                floor.idOf("call"),
                again.version(),
                new WrapUps.Completion(null, List.of("/summary"), null, null));
        floor.clock.advance(Duration.ofSeconds(10));
        floor.work();
        assertThat(confirmed.approvedBy()).isEqualTo(new ApprovedBy("person", "user:ann", null));
        assertThat(floor.dataOf("wrapup.completed").path("record").has("summary"))
                .as("what the policy had let out, and the agent leaves unconfirmed")
                .isFalse();
    }

    @Test
    void aPersonAmendsWhatAPolicyApprovedAndTheRestStaysAsItLeft() {
        called();
        afterAMoment();
        floor.clock.advance(Duration.ofSeconds(10));
        floor.work();

        floor.wrapUps.revise(SAM, floor.idOf("call"), record("{'summary':'Told the balance twice.'}"), "a slip");

        JsonNode revised = floor.dataOf("wrapup.revised");
        assertThat(revised.path("record"))
                .isEqualTo(record("{'summary':'Told the balance twice.','disposition':'TOLD'}"));
        assertThat(revised.at("/provenance/~1summary/status").asString()).isEqualTo("confirmed");
        assertThat(revised.at("/provenance/~1disposition/status").asString()).isEqualTo("drafted");
        assertThat(revised.path("approvedBy")).isEqualTo(record("{'kind':'person','id':'user:sam'}"));
        assertThat(revised.at("/figures/unattended").asBoolean()).isTrue();
    }

    @Test
    void whoIsDrawnGetsItPrefilledAndWhatBecomesOfItIsKnownForAnAudit() {
        floor.trust.trust = new Trust(true, Set.of("disposition", "summary"), Set.of(), true);

        called();
        afterAMoment();

        assertThat(floor.statusOf("call")).isEqualTo(WrapUpStatus.OPEN);
        assertThat(floor.wrapUpOf("call").record().path("disposition").asString())
                .isEqualTo("TOLD");
        assertThat(floor.trust.audited).containsExactly(new InteractionId("call"));
        assertThat(floor.claim(UnattendedWork.KIND)).isEmpty();
    }

    @Test
    void oneWhoBeganIsNeitherAuditedNorApproved() {
        floor.trust.trust = new Trust(true, Set.of("disposition", "summary"), Set.of(), true);
        called();
        floor.wrapUps.input(ANN, floor.idOf("call"));

        afterAMoment();

        assertThat(floor.statusOf("call")).isEqualTo(WrapUpStatus.OPEN);
        assertThat(floor.trust.audited).isEmpty();
    }

    @Test
    void aPartThatFellTurnsItOff() {
        floor.trust.trust = new Trust(true, Set.of("disposition"), Set.of("summary"), false);

        called();
        afterAMoment();

        assertThat(floor.statusOf("call")).isEqualTo(WrapUpStatus.OPEN);
    }

    @Test
    void whileMoreIsDraftedItIsLookedAtAgain() {
        floor.trust.trust = new Trust(false, Set.of("disposition", "summary"), Set.of(), false);
        called();
        afterAMoment();
        assertThat(floor.statusOf("call")).isEqualTo(WrapUpStatus.OPEN);

        floor.trust.trust = new Trust(true, Set.of("disposition", "summary"), Set.of(), false);
        afterAMoment();

        assertThat(floor.statusOf("call")).isEqualTo(WrapUpStatus.COMPLETED);
    }

    /** As after a crash: the work was done, and is handed out again. */
    @Test
    void approvingTwiceIsApprovingOnce() {
        called();
        floor.clock.advance(UnattendedWork.SETTLING);
        List<DueWork.Item> items = floor.claim(UnattendedWork.KIND);

        floor.handle(UnattendedWork.KIND, items);
        floor.handle(UnattendedWork.KIND, items);

        assertThat(floor.announced()).filteredOn("wrapup.confirmed"::equals).hasSize(1);
        assertThat(floor.wrapUpOf("call").version()).isEqualTo(1);
    }

    /** The policy waits for the agent's lock while the agent types. */
    @Test
    void whatAnAgentTypesFirstIsNotApprovedAway() throws Exception {
        called();
        floor.clock.advance(UnattendedWork.SETTLING);
        List<DueWork.Item> items = floor.claim(UnattendedWork.KIND);
        var approving = new AtomicReference<Future<?>>();
        try (ExecutorService worker = Executors.newSingleThreadExecutor()) {
            floor.tenancy.run(TENANT, () -> {
                floor.desk.lock(List.of(new AgentId("ann")));
                approving.set(worker.submit(() -> floor.handle(UnattendedWork.KIND, items)));
                floor.awaitWhoWaitsForALock();
                floor.wrapUps.patch(ANN, floor.idOf("call"), 0, record("{'summary':'Asked for a loan.'}"));
            });
            approving.get().get(1, TimeUnit.MINUTES);
        }

        WrapUpView typed = floor.wrapUpOf("call");
        assertThat(typed.status()).isEqualTo(WrapUpStatus.OPEN);
        assertThat(typed.record().path("summary").asString()).isEqualTo("Asked for a loan.");
        assertThat(typed.provenance().at("/~1summary/status").asString()).isEqualTo("typed");
    }

    /** The agent waits for the policy, and is told instead of being overwritten. */
    @Test
    void whoTypesAfterwardsIsRefusedAndCanTakeItBack() {
        called();
        afterAMoment();

        assertThatThrownBy(() ->
                        floor.wrapUps.patch(ANN, floor.idOf("call"), 0, record("{'summary':'Asked for a loan.'}")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("changes by reopening or by a revision only");
        WrapUpView again = floor.wrapUps.reopen(ANN, floor.idOf("call"));
        WrapUpView typed =
                floor.wrapUps.patch(ANN, again.id(), again.version(), record("{'summary':'Asked for a loan.'}"));

        assertThat(typed.record().path("summary").asString()).isEqualTo("Asked for a loan.");
    }

    private void policy(String settings) {
        var catalog = new Catalog(
                List.of(),
                List.of(),
                List.of(),
                List.of(new CallType("BALANCE", "Balance", null, null, null, null)),
                List.of(APolicy.of("balances", "{'mode': 'DISCRETIONARY', %s}".formatted(settings))),
                List.of(),
                List.of(new Disposition("TOLD", "Told", null, null, List.of())),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        floor.tenancy.run(TENANT, () -> floor.catalogs.put(catalog, ADA));
    }

    /** A call about its balance is over, and its draft is ready. */
    private void called() {
        floor.take(floor.event("interaction.started", "call", "{'callType':'BALANCE'}"));
        floor.connect("call", "ann");
        floor.clock.advance(Duration.ofSeconds(100));
        floor.hangUp("call");
        drafted();
    }

    private void drafted() {
        floor.drafts.propose(
                "call",
                floor.clock.instant(),
                record("{'summary':'Told the balance.','disposition':'TOLD','issue':'Balance.'}"),
                record(DRAFT));
        floor.tenancy.run(
                TENANT,
                () -> floor.unattended.drafted(floor.wrapUps.ofInteractions(List.of(new InteractionId("call")))));
    }

    private void afterAMoment() {
        floor.clock.advance(UnattendedWork.SETTLING);
        floor.work();
    }

    /** Actor and details of the entries of a kind, oldest first. */
    private List<String> trail(String kind) {
        return floor.owner.query(
                "SELECT actor || coalesce(' ' || content::text, '') FROM audit_entry AS e"
                        + " LEFT JOIN audit_content USING (tenant_id, recorded_at, number)"
                        + " WHERE kind = ? ORDER BY e.number",
                (rs, n) -> rs.getString(1),
                kind);
    }
}
