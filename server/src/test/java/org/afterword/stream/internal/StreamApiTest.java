package org.afterword.stream.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.afterword.ApiClient;
import org.afterword.ApiServer;
import org.afterword.identity.AgentId;
import org.afterword.identity.Caller;
import org.afterword.identity.Role;
import org.afterword.identity.Tokens;
import org.afterword.identity.Users;
import org.afterword.platform.EventLog;
import org.afterword.platform.Tenancy;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.session.FindByIndexNameSessionRepository;

class StreamApiTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    final ApiServer server = ApiServer.running();
    final ApiServer.Center center = server.newTenant();

    @Test
    void aStreamBeginsWithThePositionAndGoesOnWithWhatHappens() throws Exception {
        try (var stream = open(center.as(Role.SUPERVISOR).request("/api/v1/stream?topics=wrapUps"))) {
            assertThat(stream.response.statusCode()).isEqualTo(200);
            assertThat(stream.response.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("text/event-stream");
            assertThat(stream.until("event: ready")).contains("serverTime");

            append("draft.changed", "ann");

            assertThat(stream.until("event: draft.changed")).contains("\"agentId\":\"ann\"");
        }
    }

    @Test
    void anotherConnectionGoesOnWhereTheLastOneEnded() throws Exception {
        ApiClient supervisor = center.as(Role.SUPERVISOR);
        String id;
        try (var stream = open(supervisor.request("/api/v1/stream"))) {
            id = stream.until("id: ").substring("id: ".length());
        }
        append("draft.changed", "ann");

        try (var stream = open(supervisor.request("/api/v1/stream").header("Last-Event-ID", id))) {
            assertThat(stream.until("event: draft.changed")).contains("ann");
        }
    }

    @Test
    void anAgentIsToldOfItselfAlone() throws Exception {
        try (var stream = open(center.asAgent("ann").request("/api/v1/stream"))) {
            stream.until("event: ready");
            append("draft.changed", "bob");
            append("gate.leaked", "ann");

            assertThat(stream.next("event: ")).isEqualTo("event: gate.leaked");
        }
    }

    @Test
    void anUnknownTopicIsNamed() throws Exception {
        var answer = center.as(Role.SUPERVISOR).get("/api/v1/stream?topics=desk,weather");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text("/errors/0/detail")).contains("'weather'", "wrapUps");
    }

    @Test
    void whoIsNotSignedInHearsNothing() throws Exception {
        assertThat(server.anonymous().get("/api/v1/stream").status()).isEqualTo(401);
    }

    @Test
    void aRevokedTokenNoLongerHolds() {
        var tokens = server.bean(Tokens.class);
        var admin = new Caller(center.id(), "token:setup", "Set-up", Role.ADMINISTRATOR, null);
        var issued = tokens.issue("Panel", Role.AGENT, new AgentId("ann"), admin);
        var request = new MockHttpServletRequest();
        request.addHeader("Authorization", "Bearer " + issued.text());
        var holds = server.bean(SignIns.class).of(request, issued.token().caller(center.id()));
        assertThat(holds.getAsBoolean()).isTrue();

        tokens.revoke(issued.token().tokenId(), admin);

        assertThat(holds.getAsBoolean()).isFalse();
    }

    @Test
    void aSessionThatWasSignedOutNoLongerHolds() throws Exception {
        var user = center.newUser("ann", Role.AGENT);
        var browser = center.browser();
        browser.signIn("ann");
        var sessions = server.bean(FindByIndexNameSessionRepository.class)
                .findByPrincipalName(Users.principalName(center.id(), user.actor()));
        var request = new MockHttpServletRequest();
        request.setSession(new MockHttpSession(
                null, String.valueOf(sessions.keySet().iterator().next())));
        var holds = server.bean(SignIns.class).of(request, user.caller(center.id()));
        assertThat(holds.getAsBoolean()).isTrue();

        browser.submit("/docs/api-none", "/sign-out", Map.of());

        assertThat(holds.getAsBoolean()).isFalse();
    }

    private void append(String type, String agentId) {
        server.bean(Tenancy.class)
                .run(
                        center.id(),
                        () -> server.bean(EventLog.class)
                                .append(new EventLog.NewEvent(
                                        Instant.parse("2126-03-02T09:00:00Z"),
                                        type,
                                        "w1",
                                        "i1",
                                        Map.of("agentId", agentId))));
    }

    private static Lines open(HttpRequest.Builder request) throws IOException, InterruptedException {
        return new Lines(HTTP.send(request.build(), BodyHandlers.ofInputStream()));
    }

    private static final class Lines implements AutoCloseable {
        private final HttpResponse<InputStream> response;
        private final BufferedReader reader;

        Lines(HttpResponse<InputStream> response) {
            this.response = response;
            this.reader = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
        }

        /** The next line that begins like this. */
        String next(String start) {
            return Stream.generate(this::line)
                    .filter(line -> line.startsWith(start))
                    .findFirst()
                    .orElseThrow();
        }

        /** Reads on to a line that begins like this, and answers it, or the data line of such an event. */
        String until(String start) {
            String line = next(start);
            return line.startsWith("event: ") ? next("data: ") : line;
        }

        private String line() {
            try {
                return Optional.ofNullable(reader.readLine()).orElseThrow();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }
}
