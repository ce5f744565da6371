package org.afterword.delivery.internal;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.afterword.delivery.Approval;
import org.afterword.delivery.Deliveries;
import org.afterword.delivery.Delivery;
import org.afterword.governance.Trail;
import org.afterword.governance.internal.TrailRepository;
import org.afterword.identity.Caller;
import org.afterword.identity.Role;
import org.afterword.platform.AllowedHosts;
import org.afterword.platform.DueWork;
import org.afterword.platform.EventLog;
import org.afterword.platform.Json;
import org.afterword.platform.OutgoingHttp;
import org.afterword.platform.PipelinedJdbc;
import org.afterword.platform.PostgresDatabase;
import org.afterword.platform.ProblemException;
import org.afterword.platform.Rush;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.afterword.platform.TestClock;
import org.afterword.platform.internal.EventPump;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import tools.jackson.databind.JsonNode;

class OutboxTest {
    private static final TenantId TENANT = TenantId.DEFAULT;
    private static final Caller ADMIN = new Caller(TENANT, "user:ada", "Ada", Role.ADMINISTRATOR, null);
    private static final Instant LOST = Instant.parse("2126-03-02T09:01:00Z");
    private static final Delivery.Filter ALL = new Delivery.Filter(null, null, null, 100);

    @RegisterExtension
    final PostgresDatabase db = PostgresDatabase.migrated();

    @RegisterExtension
    final WireMockExtension other = WireMockExtension.newInstance().build();

    @TempDir
    Path folder;

    /** Far ahead, so that a server which another test started finds nothing due here. */
    final TestClock clock = TestClock.at("2126-03-02T09:00:00Z");

    final PipelinedJdbc jdbc = new PipelinedJdbc(db.dataSource());
    final Tenancy tenancy = new Tenancy(jdbc, new DataSourceTransactionManager(db.dataSource()));
    final EventLog eventLog = new EventLog(tenancy, jdbc);
    final DueWork dueWork = new DueWork(tenancy, jdbc, clock);
    final Trail trail = new Trail(new TrailRepository(jdbc), tenancy, clock);
    final ConnectorRepository connectorRepository = new ConnectorRepository(tenancy, jdbc);
    final DeliveryRepository deliveryRepository = new DeliveryRepository(tenancy, jdbc);
    final Deliveries deliveries = new Deliveries(deliveryRepository, tenancy, dueWork, trail, clock);
    final AllowedHosts allowedHosts = new AllowedHosts("hosts", List.of("*"), true);
    final Outbox outbox = new Outbox(connectorRepository, deliveryRepository, dueWork, clock);
    final EventPump pump = new EventPump(
            tenancy, eventLog, jdbc, () -> List.of(TENANT), List.of(outbox), new Rush(InstantSource.system()));

    boolean fileIsOn = true;
    OutboxWorker worker;
    final RestingConnectors resting = new RestingConnectors();

    @BeforeEach
    void hire() {
        worker = new OutboxWorker(
                tenancy,
                connectorRepository,
                deliveryRepository,
                dueWork,
                outlets(),
                new BackOff(new Random(1)),
                resting,
                clock);
    }

    @Test
    void aConfirmedRecordIsQueuedOnceForEachConnectorThatWantsIt() {
        connectors().createWebhook(ADMIN, other.url("/hook"), List.of("wrapup.completed"));
        connectors().createWebhook(ADMIN, other.url("/other"), List.of("wrapup.opened"));
        append("wrapup.completed", completed("w1"));

        pump();
        pump();

        assertThat(deliveries.list(TENANT, ALL)).hasSize(2).allSatisfy(delivery -> {
            assertThat(delivery.wrapUpId()).isEqualTo("w1");
            assertThat(delivery.state()).isEqualTo(Delivery.State.PENDING);
            assertThat(delivery.approvedBy()).isEqualTo(new Approval(Approval.Kind.PERSON, "user:ann"));
        });
    }

    @Test
    void eventsThatAreReadAgainAreNotQueuedAgain() {
        append("wrapup.completed", completed("w1"));
        pump();

        tenancy.run(TENANT, () -> jdbc.update("UPDATE event_cursor SET xid = '0', number = 0"));
        pump();

        assertThat(deliveries.list(TENANT, ALL)).hasSize(1);
    }

    @Test
    void aRecordThatNobodyApprovedStaysHere() {
        var unapproved = completed("w1");
        unapproved.remove("approvedBy");
        connectors().createWebhook(ADMIN, other.url("/hook"), List.of("wrapup.expired", "wrapup.completed"));
        append("wrapup.completed", unapproved);
        append("wrapup.expired", unapproved);

        pump();
        work();

        assertThat(deliveries.list(TENANT, ALL)).extracting(Delivery::eventType).containsExactly("wrapup.expired");
        assertThat(received().path("data").has("record")).isFalse();
        assertThat(received().path("data").path("wrapUpId").asString()).isEqualTo("w1");
    }

    @Test
    void onlyAPersonOrAPolicyCanApprove() {
        var approvedByNobody = completed("w1");
        approvedByNobody.put("approvedBy", Map.of("kind", "model", "id", "m1"));
        append("wrapup.completed", approvedByNobody);
        var approvedByPolicy = completed("w2");
        approvedByPolicy.put("approvedBy", Map.of("kind", "policy", "id", "refunds"));
        append("wrapup.completed", approvedByPolicy);

        pump();

        assertThat(only().wrapUpId()).isEqualTo("w2");
        assertThat(only().approvedBy()).isEqualTo(new Approval(Approval.Kind.POLICY, "refunds"));
    }

    @Test
    void theDatabaseRefusesARecordWithoutAnApproval() {
        var smuggled = new OutgoingEvent(
                "1-1",
                clock.instant(),
                "wrapup.completed",
                "w1",
                "i1",
                null,
                "{\"data\": {\"record\": {\"summary\": \"s\"}}}");

        assertThatThrownBy(() -> tenancy.run(
                        TENANT, () -> deliveryRepository.queue("d1", "json-lines", smuggled, clock.instant())))
                .isInstanceOf(DataIntegrityViolationException.class)
                .hasMessageContaining("delivery_record_is_approved");
    }

    @Test
    void aRecordLeavesAsWebhookAndAsLine() throws IOException {
        answer(aResponse().withStatus(200));
        connectors().createWebhook(ADMIN, other.url("/hook"), List.of("wrapup.completed"));
        append("wrapup.completed", completed("w1"));
        pump();

        work();

        JsonNode line = Json.read(Files.readString(folder.resolve("default/2126-03.jsonl")));
        for (JsonNode event : List.of(received(), line)) {
            assertThat(event.path("specversion").asString()).isEqualTo("1.0");
            assertThat(event.path("type").asString()).isEqualTo("wrapup.completed");
            assertThat(event.path("source").asString()).isEqualTo("/t/default");
            assertThat(event.path("subject").asString()).isEqualTo("w1");
            assertThat(event.path("sequence").asString()).hasSize(40);
            assertThat(event.path("time").asString()).isEqualTo("2126-03-02T09:00:00.000Z");
            assertThat(event.path("data").path("record").path("summary").asString())
                    .isEqualTo("Card blocked");
        }
        assertThat(deliveries.list(TENANT, ALL)).extracting(Delivery::state).containsOnly(Delivery.State.DELIVERED);
        assertNothingIsDue();
    }

    @Test
    void theSequenceOrdersWhatHappenedToAContactWhicheverWrapUpItIsOf() {
        silenceFile();
        answer(aResponse().withStatus(200));
        connectors().createWebhook(ADMIN, other.url("/hook"), List.of("wrapup.opened", "gate.leaked"));
        for (String wrapUp : List.of("w1", "w2", "w1", "w2")) {
            append("wrapup.opened", completed(wrapUp));
        }
        append("gate.leaked", Map.of("agentId", "ann"));
        pump();

        work();

        List<JsonNode> received = other.getAllServeEvents().stream()
                .map(event -> Json.read(event.getRequest().getBodyAsString()))
                .sorted(Comparator.comparing(event -> event.path("sequence").asString()))
                .toList();
        assertThat(received)
                .extracting(event -> event.path("subject").asString())
                .containsExactly("w1", "w2", "w1", "w2", "null");
        assertThat(received)
                .extracting(event -> event.path("sequence").asString())
                .doesNotHaveDuplicates();
    }

    @Test
    void aDeliveryIsTriedAgainUntilItArrivesUnderOneId() {
        silenceFile();
        answer(aResponse().withStatus(503));
        connectors().createWebhook(ADMIN, other.url("/hook"), List.of("wrapup.completed"));
        append("wrapup.completed", completed("w1"));
        pump();

        work();
        assertThat(only().lastError()).isEqualTo("answered 503");
        answer(aResponse().withStatus(200));
        clock.advance(Duration.ofMinutes(1));
        work();

        Delivery delivery = only();
        assertThat(delivery.state()).isEqualTo(Delivery.State.DELIVERED);
        assertThat(delivery.lastError()).isNull();
        assertThat(delivery.attempts()).extracting(Delivery.Attempt::outcome).containsExactly("retry", "delivered");
        assertThat(other.getAllServeEvents())
                .extracting(event -> event.getRequest().getHeader("webhook-id"))
                .containsExactly(delivery.id(), delivery.id());
    }

    @Test
    void retryAfterSetsTheNextAttempt() {
        silenceFile();
        answer(aResponse().withStatus(429).withHeader("Retry-After", "600"));
        connectors().createWebhook(ADMIN, other.url("/hook"), List.of("wrapup.completed"));
        append("wrapup.completed", completed("w1"));
        pump();

        work();

        assertThat(only().nextAttemptAt()).isEqualTo(Instant.parse("2126-03-02T09:10:00Z"));
    }

    @Test
    void afterThreeDaysADeliveryIsLeftToAPerson() {
        silenceFile();
        answer(aResponse().withStatus(500));
        connectors().createWebhook(ADMIN, other.url("/hook"), List.of("wrapup.completed"));
        append("wrapup.completed", completed("w1"));
        pump();
        clock.advance(Duration.ofDays(3));

        work();

        assertThat(only().state()).isEqualTo(Delivery.State.FAILED);
        assertThat(only().lastError()).isEqualTo("answered 500; given up after 1 attempts");
        assertNothingIsDue();
    }

    @Test
    void aPersonCanTryAFailedDeliveryAgain() {
        silenceFile();
        answer(aResponse().withStatus(404));
        connectors().createWebhook(ADMIN, other.url("/hook"), List.of("wrapup.completed"));
        append("wrapup.completed", completed("w1"));
        pump();
        work();
        assertThat(only().state()).isEqualTo(Delivery.State.FAILED);
        answer(aResponse().withStatus(200));

        deliveries.retry(ADMIN, only().id());
        work();

        assertThat(only().state()).isEqualTo(Delivery.State.DELIVERED);
        assertThatThrownBy(() -> deliveries.retry(ADMIN, only().id())).isInstanceOf(ProblemException.class);
    }

    @Test
    void aRefusedSignatureIsTriedOnceMore() {
        silenceFile();
        answer(aResponse().withStatus(401));
        connectors().createWebhook(ADMIN, other.url("/hook"), List.of("wrapup.completed"));
        append("wrapup.completed", completed("w1"));
        pump();

        work();
        assertThat(only().state()).isEqualTo(Delivery.State.PENDING);
        work();

        assertThat(only().state()).isEqualTo(Delivery.State.FAILED);
        other.verify(2, postRequestedFor(anyUrl()));
    }

    @Test
    void whatAProcessWroteBeforeItDiedIsNotWrittenAgain() throws IOException {
        append("wrapup.completed", completed("w1"));
        pump();
        var begun = tenancy.in(TENANT, () -> deliveryRepository.beginAttempts("json-lines", 1, clock.instant(), LOST))
                .getFirst();
        new JsonLinesDelivery(folder, TENANT, clock).deliver(begun.message());
        clock.advance(Duration.ofMinutes(2));

        work();

        assertThat(Files.readAllLines(folder.resolve("default/2126-03.jsonl"))).hasSize(1);
        assertThat(only().state()).isEqualTo(Delivery.State.DELIVERED);
        assertThat(only().attempts()).extracting(Delivery.Attempt::outcome).containsExactly(null, "delivered");
    }

    @Test
    void whatWasWrittenSinceABackupIsNotWrittenAgainAfterItsRestore() throws IOException {
        append("wrapup.completed", completed("w1"));
        pump();
        clock.advance(Duration.ofMinutes(2));
        work();
        // as a restore leaves what had not been tried when the backup was written
        jdbcOfTenant(
                "UPDATE delivery SET state = 'pending', attempts = 0, first_attempt_at = created_at, next_attempt_at = created_at, delivered_at = NULL");
        jdbcOfTenant("DELETE FROM delivery_attempt");
        clock.advance(Duration.ofDays(1));

        tenancy.run(
                TENANT,
                () -> deliveryRepository
                        .beginAttempts(
                                "json-lines",
                                1,
                                clock.instant(),
                                clock.instant().plusSeconds(60))
                        .forEach(begun -> new JsonLinesDelivery(folder, TENANT, clock).deliver(begun.message())));

        assertThat(Files.readAllLines(folder.resolve("default/2126-03.jsonl"))).hasSize(1);
    }

    private void jdbcOfTenant(String sql) {
        tenancy.run(TENANT, () -> jdbc.update(sql));
    }

    @Test
    void aConnectorThatIsAwayIsNotAskedForEachDelivery() {
        silenceFile();
        answer(aResponse().withStatus(503));
        connectors().createWebhook(ADMIN, other.url("/hook"), List.of("wrapup.completed"));
        append("wrapup.completed", completed("w1"));
        pump();
        work();
        for (int i = 2; i < 10; i++) {
            append("wrapup.completed", completed("w" + i));
        }
        pump();

        work();

        other.verify(1, postRequestedFor(anyUrl()));
    }

    @Test
    void deliveriesWaitForAConnectorThatIsSwitchedOff() {
        silenceFile();
        answer(aResponse().withStatus(200));
        var webhook = connectors().createWebhook(ADMIN, other.url("/hook"), List.of("wrapup.completed"));
        append("wrapup.completed", completed("w1"));
        pump();
        configure(webhook, false);
        work();
        assertThat(only().nextAttemptAt()).isNull();

        configure(webhook, true);
        work();

        assertThat(only().state()).isEqualTo(Delivery.State.DELIVERED);
    }

    @Test
    void whatIsConfirmedWhileAConnectorIsOffWaitsForItAndIsThenTriedAsLongAsAnyOther() {
        silenceFile();
        var webhook = connectors().createWebhook(ADMIN, other.url("/hook"), List.of("wrapup.completed"));
        configure(webhook, false);
        append("wrapup.completed", completed("w1"));
        pump();
        work();
        assertThat(only().state()).isEqualTo(Delivery.State.PENDING);
        assertThat(only().nextAttemptAt()).isNull();
        assertNothingIsDue();

        clock.advance(Duration.ofDays(4));
        answer(aResponse().withStatus(503));
        configure(webhook, true);
        work();
        assertThat(only().state()).isEqualTo(Delivery.State.PENDING);
        answer(aResponse().withStatus(200));
        clock.advance(Duration.ofMinutes(1));
        work();

        assertThat(only().state()).isEqualTo(Delivery.State.DELIVERED);
    }

    @Test
    void whatWaitsForAConnectorThatIsAwayIsInNobodysWay() {
        other.stubFor(post("/away").willReturn(aResponse().withStatus(503)));
        other.stubFor(post("/well").willReturn(aResponse().withStatus(200)));
        connectors().createWebhook(ADMIN, other.url("/away"), List.of("wrapup.completed"));
        for (int i = 0; i < 50; i++) {
            append("wrapup.completed", completed("w" + i));
        }
        pump();
        work();
        clock.advance(Duration.ofMinutes(1));
        work();
        // a round, and then one that finds out whether it is back
        other.verify(17, postRequestedFor(urlEqualTo("/away")));

        connectors().createWebhook(ADMIN, other.url("/well"), List.of("wrapup.deferred"));
        append("wrapup.deferred", completed("fresh"));
        pump();

        assertThat(jdbc.queryForObject("SELECT count(*) FROM due_work", Integer.class))
                .isLessThanOrEqualTo(3);
        work();
        other.verify(1, postRequestedFor(urlEqualTo("/well")));
    }

    @Test
    void anAttemptThatNobodyJudgedIsMadeAgainOnceItCountsAsLost() {
        silenceFile();
        answer(aResponse().withStatus(200));
        var webhook = connectors().createWebhook(ADMIN, other.url("/hook"), List.of("wrapup.completed"));
        append("wrapup.completed", completed("w1"));
        pump();
        tenancy.in(TENANT, () -> deliveryRepository.beginAttempts(webhook.id(), 16, clock.instant(), LOST));

        work();
        other.verify(0, postRequestedFor(anyUrl()));
        clock.advance(Duration.ofMinutes(1));
        work();

        other.verify(1, postRequestedFor(anyUrl()));
        assertThat(only().attempts()).extracting(Delivery.Attempt::outcome).containsExactly(null, "delivered");
    }

    @Test
    void whatIsOnItsWayToARemovedWebhookFails() {
        silenceFile();
        var webhook = connectors().createWebhook(ADMIN, other.url("/hook"), List.of("wrapup.completed"));
        append("wrapup.completed", completed("w1"));
        pump();

        connectors().removeWebhook(ADMIN, webhook.id());
        work();

        assertThat(only().state()).isEqualTo(Delivery.State.FAILED);
        assertThat(only().lastError()).isEqualTo("the webhook was removed");
        assertNothingIsDue();
    }

    @Test
    void theHealthOfAConnectorIsThatOfItsLastAttempt() {
        answer(aResponse().withStatus(500));
        var webhook = connectors().createWebhook(ADMIN, other.url("/hook"), List.of("wrapup.completed"));
        assertThat(connectors().get(TENANT, webhook.id()).health().state()).isEqualTo("unused");
        append("wrapup.completed", completed("w1"));
        pump();

        work();

        assertThat(connectors().get(TENANT, webhook.id()).health())
                .isEqualTo(new ConnectorHealth("failing", 1, 0, clock.instant(), "answered 500"));
        assertThat(connectors().get(TENANT, "json-lines").health())
                .isEqualTo(new ConnectorHealth("ok", 0, 0, clock.instant(), null));
    }

    @Test
    void noTenantSeesTheDeliveriesOfAnother() {
        append("wrapup.completed", completed("w1"));
        pump();

        assertThat(deliveries.list(new TenantId("other"), ALL)).isEmpty();
    }

    private Connectors connectors() {
        return new Connectors(
                connectorRepository, deliveryRepository, outlets(), allowedHosts, tenancy, dueWork, trail, clock);
    }

    private Outlets outlets() {
        return new Outlets(folder, OutgoingHttp.client(), allowedHosts, clock);
    }

    private void configure(Connector.Webhook webhook, boolean enabled) {
        connectors()
                .configureWebhook(
                        ADMIN, webhook.id(), enabled, webhook.url().toString(), List.copyOf(webhook.eventTypes()));
    }

    private void silenceFile() {
        connectors().configureJsonLines(ADMIN, false);
        fileIsOn = false;
    }

    private void answer(ResponseDefinitionBuilder response) {
        other.stubFor(post(anyUrl()).willReturn(response));
    }

    private JsonNode received() {
        return Json.read(other.getAllServeEvents().getFirst().getRequest().getBodyAsString());
    }

    private Delivery only() {
        List<Delivery> all = deliveries.list(TENANT, ALL).stream()
                .filter(delivery -> fileIsOn || !delivery.connectorId().equals("json-lines"))
                .toList();
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private void append(String type, Map<String, Object> data) {
        tenancy.run(
                TENANT,
                () -> eventLog.append(new EventLog.NewEvent(
                        clock.instant(), type, String.valueOf(data.get("wrapUpId")), "i1", data)));
    }

    private static Map<String, Object> completed(String wrapUpId) {
        var data = new HashMap<String, Object>();
        data.put("wrapUpId", wrapUpId);
        data.put("interactionId", "i1");
        data.put("agentId", "ann");
        data.put("sequence", 7);
        data.put("record", Map.of("summary", "Card blocked"));
        data.put("provenance", Map.of());
        data.put("approvedBy", Map.of("kind", "person", "id", "user:ann"));
        return data;
    }

    private void pump() {
        pump.feed(TENANT, outbox);
    }

    /** Does what is due now, once. */
    private void work() {
        worker.handle(TENANT, dueWork.claim("delivery", clock.instant(), worker.lease(), 100));
    }

    private void assertNothingIsDue() {
        assertThat(dueWork.nextDue("delivery")).isEmpty();
    }
}
