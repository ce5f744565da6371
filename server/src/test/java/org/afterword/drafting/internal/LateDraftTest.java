package org.afterword.drafting.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.afterword.ApiClient;
import org.afterword.ApiServer;
import org.afterword.catalog.APolicy;
import org.afterword.conversation.AnEvent;
import org.afterword.conversation.Conversations;
import org.afterword.identity.Role;
import org.afterword.platform.Await;
import org.afterword.platform.DueWork;
import org.afterword.platform.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A draft that comes late cost its agent time, which the window gets back. */
class LateDraftTest {
    private final ApiServer server = ApiServer.running();
    private final ApiServer.Center center = server.newTenant();

    @Test
    void whatAnAgentWaitedForItsDraftIsGivenBackOnceAndWithinTheCap() throws Exception {
        ApiClient administrator = center.as(Role.ADMINISTRATOR);
        String policy = Json.write(APolicy.of(
                "p",
                "{'channel': 'voice', 'direction': 'inbound'}",
                "{'mode': 'TIMEBOXED', 'windowSeconds': 600, 'systemWaitSeconds': 20, 'requiredParts': []}"));
        assertThat(administrator.put("/api/v1/policies/p", policy).status()).isLessThan(300);
        Instant ended = Instant.now().minusSeconds(60);
        center.take(
                AnEvent.of(
                        "interaction.started",
                        "late",
                        ended.minusSeconds(60).toString(),
                        "{'channel': 'voice', 'direction': 'inbound'}"),
                AnEvent.of(
                        "interaction.connected", "late", ended.minusSeconds(60).toString(), "{'agentId': 'ann'}"),
                AnEvent.of("interaction.ended", "late", ended.toString(), "{}"));
        Await.until(() -> !wrapUp().path("draft").path("status").asString().equals("none"));
        assertThat(wrapUp().path("systemWaitSeconds").asDouble()).isLessThan(10);

        drafted(Instant.now().minusSeconds(30));
        assertThat(wrapUp().path("systemWaitSeconds").asDouble()).isGreaterThanOrEqualTo(30);
        assertThat(window()).hasSeconds(620);

        drafted(ended);
        assertThat(window()).hasSeconds(620);
    }

    private void drafted(Instant plannedAt) {
        server.bean(DraftWork.class)
                .handle(
                        center.id(),
                        List.of(new DueWork.Item(
                                center.id(), Conversations.DRAFT_WORK, "late", 0, 1, Instant.EPOCH, plannedAt)));
    }

    private Duration window() throws Exception {
        JsonNode wrapUp = wrapUp();
        return Duration.between(
                Instant.parse(wrapUp.path("openedAt").asString()),
                Instant.parse(wrapUp.path("deadline").asString()));
    }

    private JsonNode wrapUp() throws Exception {
        return center.as(Role.SUPERVISOR)
                .get("/api/v1/wrap-ups?interactionId=late")
                .json()
                .path("items")
                .path(0);
    }
}
