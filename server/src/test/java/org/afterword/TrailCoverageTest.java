package org.afterword;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.afterword.conversation.AnEvent;
import org.afterword.identity.AdminLinks;
import org.afterword.identity.Role;
import org.afterword.platform.Await;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/**
 * Whatever changes something leaves an entry in the trail. A new endpoint that is no GET fails here until it says which entry it
 * leaves, or why it leaves none.
 */
class TrailCoverageTest {
    /** Normal use of an endpoint in a new center. */
    private interface Use {
        void by(Floor floor) throws Exception;
    }

    /**
     * What is declared of a route.
     *
     * @param kind of the entry; null = none
     * @param why  there is none, or where it is tried if not here
     */
    private record Declared(@Nullable String kind, @Nullable Use use, String why) {}

    private static final String RECORD = "{\"record\": {\"summary\": \"Asked.\", \"disposition\": \"ANSWERED\"}}";
    private static final String WHY = "{\"reason\": \"a test\"}";

    private static final Map<String, Declared> ROUTES = new LinkedHashMap<>();

    static {
        String tag = "{\"label\": \"X\"}";
        leaves("PUT /api/v1/{kind}/{code}", "catalog.changed", f -> f.admin.put("/api/v1/tags/X", tag));
        leaves("DELETE /api/v1/{kind}/{code}", "catalog.changed", f -> {
            f.admin.put("/api/v1/tags/X", tag);
            f.forget();
            f.admin.delete("/api/v1/tags/X");
        });
        leaves(
                "PUT /api/v1/catalog",
                "catalog.changed",
                f -> f.admin.put("/api/v1/catalog", "{\"tags\": [{\"code\": \"Y\", \"label\": \"Y\"}]}"));
        leaves("POST /api/v1/users", "user.created", Floor::newUser);
        leaves(
                "PATCH /api/v1/users/{userId}",
                "user.changed",
                f -> f.admin.patch("/api/v1/users/" + f.newUser(), "{\"disabled\": true}"));
        leaves("POST /api/v1/tokens", "token.issued", Floor::newToken);
        leaves(
                "DELETE /api/v1/tokens/{tokenId}",
                "token.revoked",
                f -> f.admin.delete("/api/v1/tokens/" + f.newToken()));
        leaves(
                "PUT /api/v1/connectors/{id}",
                "connector.changed",
                f -> f.admin.put("/api/v1/connectors/json-lines", "{\"enabled\": false}"));
        leaves(
                "POST /api/v1/connectors/{id}/test",
                "connector.tested",
                f -> f.admin.post("/api/v1/connectors/json-lines/test", ""));
        leaves("POST /api/v1/webhooks", "connector.created", Floor::newWebhook);
        leaves(
                "DELETE /api/v1/webhooks/{id}",
                "connector.removed",
                f -> f.admin.delete("/api/v1/webhooks/" + f.newWebhook()));
        leaves(
                "POST /api/v1/webhooks/{id}/test",
                "connector.tested",
                f -> f.admin.post("/api/v1/webhooks/" + f.newWebhook() + "/test", ""));
        leaves("PUT /api/v1/language-model", "language-model.changed", Floor::newLanguageModel);
        leaves(
                "PUT /api/v1/draft-rollout",
                "draft-rollout.changed",
                f -> f.admin.put("/api/v1/draft-rollout", "{\"holdout\": 0.05}"));
        leaves("POST /api/v1/language-model/test", "language-model.tested", f -> {
            f.newLanguageModel();
            f.admin.post("/api/v1/language-model/test", "");
        });
        leavesAsTriedBy("POST /account/password", "user.changed", "SignInTest");
        leavesAsTriedBy("POST /account/sign-out-everywhere", "user.signed-out", "SignInTest");
        leavesAsTriedBy("POST /api/v1/deliveries/{id}/retry", "delivery.retried", "OutboxTest");
        leavesAsTriedBy("POST /api/v1/transcriptions/{id}/retry", "transcription.retried", "TranscriptionWorkTest");
        leavesAsTriedBy("POST /api/v1/transcriptions/retry", "transcription.retried", "TranscriptionWorkTest");
        leaves("PUT /api/v1/agents/{id}/state", "agent.state-chosen", f -> {
            f.calls();
            f.ann.put("/api/v1/agents/ann/state", "{\"state\": \"NOT_READY\"}");
        });
        leavesAsTriedBy("POST /api/v1/agents/{id}/recovery", "agent.state-chosen", "RestServiceTest");
        leavesAsTriedBy("DELETE /api/v1/agents/{id}/recovery", "agent.state-chosen", "RestServiceTest");
        leaves("PATCH /api/v1/wrap-ups/{id}", "wrapup.record-changed", f -> f.change("PATCH", f.wrapUp(), RECORD));
        leaves(
                "POST /api/v1/wrap-ups/{id}/completion",
                "wrapup.confirmed",
                f -> f.change("POST", f.wrapUp() + "/completion", RECORD));
        leaves("POST /api/v1/wrap-ups/{id}/reopening", "wrapup.reopened", f -> {
            String wrapUp = f.wrapUp();
            f.change("POST", wrapUp + "/completion", RECORD);
            f.change("POST", wrapUp + "/reopening", "{}");
        });
        leaves(
                "POST /api/v1/wrap-ups/{id}/deferral",
                "wrapup.deferred",
                f -> f.change("POST", f.wrapUp() + "/deferral", WHY));
        leaves(
                "POST /api/v1/wrap-ups/{id}/override",
                "wrapup.expired",
                f -> f.admin.post(f.wrapUp() + "/override", "{\"action\": \"end\", \"reason\": \"a test\"}"));
        leaves(
                "PUT /api/v1/wrap-ups/{id}/call-type",
                "wrapup.call-type-chosen",
                f -> f.ann.put(f.wrapUp() + "/call-type", "{\"escalated\": true}"));
        leaves("POST /api/v1/wrap-ups/{id}/parts", "wrapup.split", f -> f.ann.post(f.wrapUp() + "/parts", "{}"));
        leaves("POST /api/v1/interactions", "contact.opened", Floor::contactByHand);
        leaves("POST /api/v1/interactions/{id}/end", "contact.closed", f -> {
            f.contactByHand();
            f.ann.post("/api/v1/interactions/m1/end", "");
        });
        leaves("POST /api/v1/interactions/{id}/separate", "contact.separated", f -> {
            f.calls();
            f.ann.post("/api/v1/interactions/c1/separate", "");
        });
        leavesAsTriedBy("POST /api/v1/interactions/{id}/join", "contact.joined", "RejoinsTest");
        leavesAsTriedBy("PUT /api/v1/surges/{queue}", "queue.surge-began", "SurgesTest");
        leavesAsTriedBy("DELETE /api/v1/surges/{queue}", "queue.surge-ended", "SurgesTest");
        leavesNone("POST /api/v1/policies/replay", "it changes nothing, and shows figures as reports do");
        leavesNone(
                "POST /api/v1/wrap-ups/{id}/hints", "it changes nothing; that the record was read is noted as always");
        leavesNone("POST /api/v1/wrap-ups/{id}/input", "that keys are pressed changes nothing that anybody reads");
        leavesAsTriedBy("POST /api/v1/agents/{id}/wrap-up-request", "wrapup.requested", "WrapUpTrailTest");
        leavesAsTriedBy("POST /api/v1/wrap-ups/{id}/extensions", "wrapup.extended", "WrapUpTrailTest");
        leavesAsTriedBy("POST /api/v1/wrap-ups/{id}/revisions", "wrapup.revised", "WrapUpTrailTest");
        leavesAsTriedBy("POST /api/v1/wrap-ups/{id}/reveal", "sensitive.revealed", "SensitiveFieldsTest");
        leaves("POST /api/v1/routing/reservations", "agent.reserved", Floor::reservation);
        leaves(
                "DELETE /api/v1/routing/reservations/{id}",
                "agent.unreserved",
                f -> f.admin.delete("/api/v1/routing/reservations/" + f.reservation()));
        leaves(
                "POST /api/v1/events/rejected/{id}/retry",
                "event.retried",
                f -> f.admin.post("/api/v1/events/rejected/" + f.rejected() + "/retry", ""));
        leaves(
                "DELETE /api/v1/events/rejected/{id}",
                "event.discarded",
                f -> f.admin.delete("/api/v1/events/rejected/" + f.rejected()));
        leaves("POST /admin-link/{secret}", "admin-link.used", f -> {
            String link = f.server.bean(AdminLinks.class).make(f.center.id());
            String path = link.substring(("/t/" + f.center.id()).length());
            f.center.browser().submit(path, Map.of("username", "root", "password", ApiServer.PASSWORD));
        });
        leavesNone("POST /api/v1/events", "what switches tell is in the log of events, which is append-only itself");
        leavesNone(
                "POST /api/v1/interactions/{interactionId}/segments",
                "its words come into the same log, as an event of ours");
        leavesNone("POST /sign-in", "it shows the form again; the sign-in that was refused before left an entry");
        leavesNone("ANY /error", "it shows what went wrong");
    }

    private static void leaves(String route, String kind, Use use) {
        ROUTES.put(route, new Declared(kind, use, ""));
    }

    private static void leavesAsTriedBy(String route, String kind, String test) {
        ROUTES.put(route, new Declared(kind, null, test));
    }

    private static void leavesNone(String route, String why) {
        ROUTES.put(route, new Declared(null, null, why));
    }

    final ApiServer server = ApiServer.running();

    @Test
    void everyRouteThatMayChangeSomethingIsDeclared() {
        var routes = new TreeSet<String>();
        server.bean(RequestMappingHandlerMapping.class).getHandlerMethods().keySet().stream()
                .flatMap(TrailCoverageTest::routes)
                .forEach(routes::add);

        assertThat(routes).containsExactlyInAnyOrderElementsOf(ROUTES.keySet());
    }

    private static Stream<String> routes(RequestMappingInfo info) {
        List<String> methods = info.getMethodsCondition().getMethods().isEmpty()
                ? List.of("ANY")
                : info.getMethodsCondition().getMethods().stream()
                        .map(method -> method.asHttpMethod().name())
                        .filter(method -> !List.of(
                                        HttpMethod.GET.name(), HttpMethod.HEAD.name(), HttpMethod.OPTIONS.name())
                                .contains(method))
                        .toList();
        return info.getPatternValues().stream()
                .map(pattern -> pattern.replaceAll("\\{(\\w+):[^/]*}", "{$1}"))
                .flatMap(pattern -> methods.stream().map(method -> method + " " + pattern));
    }

    static List<String> tried() {
        return ROUTES.entrySet().stream()
                .filter(route -> route.getValue().use() != null)
                .map(Map.Entry::getKey)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("tried")
    void itsNormalUseLeavesItsEntry(String route) throws Exception {
        Declared declared = Objects.requireNonNull(ROUTES.get(route));
        var floor = new Floor();

        Objects.requireNonNull(declared.use()).by(floor);

        List<String> entries = floor.kindsSinceForgotten();
        assertThat(entries).contains(declared.kind());
    }

    /** A new center with one agent, whose calls are as a test wants them. */
    private final class Floor {
        final ApiServer server = TrailCoverageTest.this.server;
        final ApiServer.Center center = server.newTenant();
        final ApiClient admin = center.as(Role.ADMINISTRATOR);
        final ApiClient ann = center.asAgent("ann");
        private int forgotten = kinds().size();

        /** Only what comes from now on counts. */
        void forget() {
            forgotten = kinds().size();
        }

        List<String> kindsSinceForgotten() {
            List<String> all = kinds();
            return all.subList(0, all.size() - forgotten);
        }

        /** Newest first. */
        private List<String> kinds() {
            try {
                var kinds = new ArrayList<String>();
                for (JsonNode entry : center.as(Role.COMPLIANCE_OFFICER)
                        .get("/api/v1/audit")
                        .json()
                        .path("items")) {
                    kinds.add(entry.path("kind").asString());
                }
                return kinds;
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }

        String newUser() throws Exception {
            return answered(admin.post(
                            "/api/v1/users",
                            "{\"userName\": \"sue\", \"name\": \"Sue\", \"role\": \"supervisor\", \"password\": \"%s\"}"
                                    .formatted(ApiServer.PASSWORD)))
                    .text("/userId");
        }

        String newToken() throws Exception {
            return answered(admin.post("/api/v1/tokens", "{\"name\": \"X\", \"role\": \"integration\"}"))
                    .text("/tokenId");
        }

        String newWebhook() throws Exception {
            return answered(admin.post("/api/v1/webhooks", "{\"url\": \"https://crm.example.com/hook\"}"))
                    .text("/id");
        }

        /** Where nobody answers. */
        void newLanguageModel() throws Exception {
            answered(
                    admin.put(
                            "/api/v1/language-model",
                            "{\"kind\": \"anthropic\", \"url\": \"http://localhost:1\", \"model\": \"X\", \"deadlineSeconds\": 1}"));
        }

        void contactByHand() throws Exception {
            answered(ann.post(
                    "/api/v1/interactions", "{\"id\": \"m1\", \"channel\": \"voice\", \"direction\": \"inbound\"}"));
        }

        String reservation() throws Exception {
            center.take(event("agent.signed-in", "ann", 60, "{}"), event("agent.ready", "ann", 59, "{}"));
            return answered(admin.post("/api/v1/routing/reservations", "{\"interactionId\": \"c2\"}"))
                    .text("/id");
        }

        String rejected() throws Exception {
            ApiClient connector = center.as(Role.INTEGRATION);
            connector.send(connector
                    .request("/api/v1/events")
                    .header("Content-Type", "application/cloudevents+json")
                    .POST(BodyPublishers.ofString(
                            event("interaction.sung", "c1", 60, "{}").toString())));
            return admin.get("/api/v1/events/rejected").text("/items/0/id");
        }

        void calls() throws Exception {
            center.take(
                    event("agent.signed-in", "ann", 60, "{}"),
                    event("interaction.started", "c1", 60, "{'channel': 'voice'}"),
                    event("interaction.connected", "c1", 59, "{'agentId': 'ann'}"),
                    event("interaction.ended", "c1", 10, "{}"));
        }

        /** The path of the wrap-up after a call. */
        String wrapUp() throws Exception {
            calls();
            return "/api/v1/wrap-ups/" + ann.get("/api/v1/wrap-ups").text("/items/0/id");
        }

        /** By the agent, who has read the record before. */
        void change(String method, String path, String body) throws Exception {
            String wrapUp = path.replaceFirst("(/api/v1/wrap-ups/[^/]+).*", "$1");
            ApiClient.Answer read = ann.get(wrapUp);
            answered(ann.send(ann.request(path)
                    .header("Content-Type", "application/json")
                    .header("If-Match", read.header("ETag"))
                    .method(method, BodyPublishers.ofString(body))));
        }

        private ApiClient.Answer answered(ApiClient.Answer answer) {
            assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
            return answer;
        }

        private JsonNode event(String type, String subject, long secondsAgo, String data) {
            Instant at = server.bean(InstantSource.class).instant().minusSeconds(secondsAgo);
            return AnEvent.of(type, subject, at.toString(), data);
        }
    }

    @Test
    void whatIsDoneIsSoonLinked() throws Exception {
        var floor = new Floor();
        floor.newUser();

        Await.until(() -> {
            JsonNode newest =
                    floor.admin.get("/api/v1/audit?kind=user.created").json().at("/items/0");
            return newest.path("linked").asBoolean() && newest.path("sequence").asLong() > 0;
        });
    }
}
