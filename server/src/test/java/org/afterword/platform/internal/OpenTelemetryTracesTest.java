package org.afterword.platform.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.afterword.ApiServer;
import org.afterword.conversation.AnEvent;
import org.afterword.identity.Role;
import org.afterword.platform.Await;
import org.afterword.platform.Json;
import org.afterword.platform.Traces;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpenTelemetryTracesTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    final ByteArrayOutputStream received = new ByteArrayOutputStream();
    final ApiServer.Center center = ApiServer.running().newTenant();
    HttpServer collector;
    OpenTelemetryTraces traces;

    @BeforeEach
    void collect() throws Exception {
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            synchronized (received) {
                received.writeBytes(body);
            }
            exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        traces = new OpenTelemetryTraces(
                URI.create("http://127.0.0.1:" + collector.getAddress().getPort()), 1);
        Traces.use(traces);
    }

    @AfterEach
    void goHome() {
        traces.close();
        collector.stop(0);
    }

    @Test
    void aRequestAndTheWorkThatFollowsAreToldByTheirIdsWithoutAWordOfWhatWasSaid() throws Exception {
        var connector = center.as(Role.INTEGRATION);
        var started = AnEvent.of(
                "interaction.started",
                "i-traced",
                "2026-03-02T08:59:00Z",
                "{'channel': 'voice', 'direction': 'inbound', 'customer': {'name': 'Erika Mustermann'}}");
        var said = AnEvent.said("i-traced", 1, "customer", "My parcel to Heidelberg is lost.");

        var answer = connector.send(connector
                .request("/api/v1/events")
                .header("Content-Type", "application/cloudevents-batch+json")
                .header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(Json.write(java.util.List.of(started, said)))));

        assertThat(answer.header("X-Request-Id")).isEqualTo(TRACE);
        Await.until(() -> spans().contains("i-traced") && spans().contains("POST /api/v1/events"));
        assertThat(spans())
                .contains("afterword.tenant", center.id().value(), "afterword.actor", "token:", "http.route")
                .contains("due work draft")
                .contains(new String(HexFormat.of().parseHex(TRACE), StandardCharsets.ISO_8859_1))
                .doesNotContain("Mustermann", "Heidelberg", "parcel");
    }

    @Test
    void aFailureIsToldByItsKindAlone() throws Exception {
        assertThatThrownBy(() -> Traces.run("parcels", () -> {
                    throw new IllegalStateException("the parcel to Heidelberg");
                }))
                .isInstanceOf(IllegalStateException.class);

        Await.until(() -> spans().contains("java.lang.IllegalStateException"));
        assertThat(spans()).contains("parcels").doesNotContain("Heidelberg");
    }

    /** What came in, with texts as they are. */
    private String spans() {
        synchronized (received) {
            return received.toString(StandardCharsets.ISO_8859_1);
        }
    }
}
