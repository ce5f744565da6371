package org.afterword.delivery.internal;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.afterword.delivery.internal.OutletContract.event;
import static org.afterword.delivery.internal.OutletContract.first;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.afterword.platform.AllowedHosts;
import org.afterword.platform.OutgoingHttp;
import org.afterword.platform.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookDeliveryTest implements OutletContract {
    private static final WebhookSecret SECRET = new WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    @RegisterExtension
    final WireMockExtension other = WireMockExtension.newInstance().build();

    final TestClock clock = TestClock.at("2026-03-02T09:00:00Z");
    final HttpClient http = OutgoingHttp.client();

    @BeforeEach
    @Override
    public void mend() {
        answer(aResponse().withStatus(204));
    }

    @Override
    public Outlet outlet() {
        return outlet(new AllowedHosts("hosts", List.of("*"), true));
    }

    private Outlet outlet(AllowedHosts allowedHosts) {
        return new WebhookDelivery(
                new Connector.Webhook(
                        "w1",
                        true,
                        Set.of("wrapup.completed"),
                        URI.create(other.url("/hook")),
                        SECRET,
                        clock.instant()),
                http,
                allowedHosts,
                clock);
    }

    /** A receiver after Standard Webhooks drops what it has by {@code webhook-id}, and an event that only tests. */
    @Override
    public List<String> arrived() {
        Map<String, String> bodies = new LinkedHashMap<>();
        other.getAllServeEvents().stream()
                .filter(event -> event.getResponse().getStatus() < 300
                        || event.getResponse().getStatus() == 504)
                .map(ServeEvent::getRequest)
                .sorted(Comparator.comparing(LoggedRequest::getLoggedDate))
                .filter(request -> !request.getBodyAsString().contains("\"webhook.test\""))
                .forEach(request -> bodies.putIfAbsent(request.getHeader("webhook-id"), request.getBodyAsString()));
        return List.copyOf(bodies.values());
    }

    @Override
    public void breakDown() {
        answer(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
    }

    @Override
    public void loseTheNextAnswer() {
        other.stubFor(any(anyUrl())
                .inScenario("lost")
                .whenScenarioStateIs("Started")
                .willReturn(aResponse().withStatus(504))
                .willSetStateTo("found"));
    }

    private void answer(ResponseDefinitionBuilder response) {
        other.stubFor(post(urlEqualTo("/hook")).willReturn(response));
    }

    @Test
    void aMessageIsSignedAndNamed() {
        outlet().deliver(first("d1", event("one")));

        LoggedRequest request = other.getAllServeEvents().getFirst().getRequest();
        assertThat(request.getHeader("content-type")).isEqualTo("application/cloudevents+json; charset=utf-8");
        assertThat(request.getHeader("webhook-id")).isEqualTo("d1");
        assertThat(request.getHeader("webhook-timestamp")).isEqualTo("1772442000");
        assertThat(request.getHeader("webhook-signature")).isEqualTo(SECRET.sign("d1", clock.instant(), event("one")));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void aPassingTroubleIsToBeTriedAgain(int status) {
        answer(aResponse().withStatus(status));

        assertThat(outlet().deliver(first("d1", event("one"))))
                .isEqualTo(new Outcome.Retry(null, "answered " + status));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"120 | 120", "Mon, 02 Mar 2026 09:00:30 GMT | 30", "Mon, 02 Mar 2026 08:59:00 GMT | 0"})
    void retryAfterIsHonoured(String header, int seconds) {
        answer(aResponse().withStatus(503).withHeader("Retry-After", header));

        assertThat(outlet().deliver(first("d1", event("one"))))
                .isEqualTo(new Outcome.Retry(Duration.ofSeconds(seconds), "answered 503"));
    }

    @Test
    void whatCannotBeReadAsRetryAfterCountsAsAbsent() {
        answer(aResponse().withStatus(503).withHeader("Retry-After", "soon"));

        assertThat(outlet().deliver(first("d1", event("one")))).isEqualTo(new Outcome.Retry(null, "answered 503"));
    }

    @Test
    void aRefusedSignatureAsksForOtherCredentials() {
        answer(aResponse().withStatus(401));

        assertThat(outlet().deliver(first("d1", event("one")))).isEqualTo(new Outcome.Reauthenticate("answered 401"));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 409, 410, 412, 422})
    void otherRefusalsArePermanent(int status) {
        answer(aResponse().withStatus(status));

        assertThat(outlet().deliver(first("d1", event("one")))).isEqualTo(new Outcome.Permanent("answered " + status));
    }

    @Test
    void redirectsAreNotFollowed() {
        answer(aResponse().withStatus(302).withHeader("Location", other.url("/elsewhere")));

        assertThat(outlet().deliver(first("d1", event("one"))))
                .isEqualTo(new Outcome.Permanent("answered 302; redirects are not followed"));
        other.verify(0, getRequestedFor(urlEqualTo("/elsewhere")));
    }

    @Test
    void thisMachineIsNotReachedUnlessTheSettingAllowsIt() {
        Outcome outcome = outlet(new AllowedHosts("hosts", List.of("*"), false)).deliver(first("d1", event("one")));

        assertThat(outcome).isInstanceOf(Outcome.Permanent.class);
        assertThat(other.getAllServeEvents()).isEmpty();
    }
}
