package org.afterword.demo.internal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.afterword.platform.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A stand-in for the product behind real HTTP: just enough desk, gate and wrap-ups for the demo to play against. */
final class FakeProduct implements AutoCloseable {
    /** @param at when it came in, by the test's clock */
    record Event(String id, String type, String subject, JsonNode data, Instant at) {}

    record Completion(String agent, String interaction, JsonNode body, Instant at) {}

    private static final class Agent {
        final Set<String> skills = new HashSet<>();
        String state = "OFFLINE";

        @Nullable
        String interaction;
    }

    private final WallClock clock;
    private final HttpServer http;
    private final Map<String, Agent> agents = new LinkedHashMap<>();
    private final Map<String, String> queues = new HashMap<>();
    private final Map<String, String> openWrapUps = new LinkedHashMap<>();
    final List<Event> events = new ArrayList<>();
    final List<Completion> completions = new ArrayList<>();
    final List<String> requests = new ArrayList<>();
    private int busyFor;

    FakeProduct(WallClock clock) {
        this.clock = clock;
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.createContext("/", this::handle);
        http.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    /** Answers the next requests with 503. */
    void beBusyFor(int requests) {
        busyFor = requests;
    }

    void setState(String agent, String state) {
        agents.computeIfAbsent(agent, id -> new Agent()).state = state;
    }

    List<Event> eventsOf(String subject) {
        return events.stream().filter(event -> event.subject().equals(subject)).toList();
    }

    List<Event> events(String type, Predicate<Event> which) {
        return events.stream()
                .filter(event -> event.type().equals(type) && which.test(event))
                .toList();
    }

    @Override
    public void close() {
        http.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(exchange.getRequestMethod() + " " + path);
        exchange.getResponseHeaders().add("ETag", "\"1\"");
        if (busyFor > 0) {
            busyFor--;
            answer(exchange, 503, Json.object());
        } else if (path.equals("/api/v1/events")) {
            Json.read(body).forEach(this::take);
            answer(exchange, 202, Json.object().put("accepted", 1));
        } else if (path.equals("/api/v1/routing/reservations")) {
            reserve(exchange, Json.read(body));
        } else if (path.endsWith("/state")) {
            setState(path.split("/")[4], Json.read(body).path("state").asString());
            answer(exchange, 200, Json.object());
        } else if (path.startsWith("/api/v1/agents/")) {
            desk(exchange, path.substring("/api/v1/agents/".length()));
        } else if (path.equals("/api/v1/wrap-ups")) {
            String interaction = exchange.getRequestURI().getQuery().replaceFirst(".*interactionId=", "");
            ObjectNode found = Json.object();
            found.putArray("items").addObject().put("id", interaction);
            answer(exchange, 200, found);
        } else if (path.endsWith("/completion")) {
            complete(exchange, path.split("/")[4], Json.read(body));
        } else if (path.startsWith("/api/v1/wrap-ups/")) {
            ObjectNode wrapUp =
                    Json.object().put("status", openWrapUps.containsKey(path.split("/")[4]) ? "OPEN" : "COMPLETED");
            wrapUp.putObject("record").put("disposition", "no-resolution").put("resolution", "resolved");
            answer(exchange, 200, wrapUp);
        } else {
            answer(exchange, 201, Json.object().put("token", "t"));
        }
    }

    private void take(JsonNode json) {
        var event = new Event(
                json.path("id").asString(),
                json.path("type").asString(),
                json.path("subject").asString(),
                json.path("data"),
                clock.now());
        events.add(event);
        String agentId = event.data().path("agentId").asString(event.subject());
        switch (event.type()) {
            case "agent.signed-in" -> {
                setState(agentId, "NOT_READY");
                event.data()
                        .path("skills")
                        .forEach(skill -> agent(agentId).skills.add(skill.asString()));
            }
            case "agent.ready" -> setState(agentId, "AVAILABLE");
            case "interaction.started" ->
                queues.put(event.subject(), event.data().path("queue").asString());
            case "interaction.connected" -> {
                setState(agentId, "ENGAGED");
                agent(agentId).interaction = event.subject();
            }
            case "interaction.ended" -> end(event.subject());
            default -> {}
        }
    }

    private void end(String interaction) {
        agents.forEach((id, agent) -> {
            if (interaction.equals(agent.interaction)) {
                agent.interaction = null;
                agent.state = "AFTER_CALL_WORK";
                openWrapUps.put(interaction, id);
            }
        });
    }

    private void reserve(HttpExchange exchange, JsonNode request) throws IOException {
        String queue = request.path("queue").asString();
        for (var agent : agents.entrySet()) {
            if (agent.getValue().state.equals("AVAILABLE")
                    && agent.getValue().skills.contains(queue)) {
                answer(exchange, 201, Json.object().put("id", "r").put("agentId", agent.getKey()));
                return;
            }
        }
        answer(exchange, 409, Json.object());
    }

    private void desk(HttpExchange exchange, String id) throws IOException {
        Agent agent = agents.get(id);
        if (agent == null) {
            answer(exchange, 404, Json.object());
            return;
        }
        ObjectNode desk = Json.object().put("state", agent.state);
        var legs = desk.putArray("legs");
        if (agent.interaction != null) {
            legs.addObject().put("interactionId", agent.interaction);
        }
        answer(exchange, 200, desk);
    }

    private void complete(HttpExchange exchange, String wrapUp, JsonNode body) throws IOException {
        String agent = openWrapUps.remove(wrapUp);
        if (agent == null) {
            answer(exchange, 409, Json.object());
            return;
        }
        completions.add(new Completion(agent, wrapUp, body, clock.now()));
        setState(agent, body.path("next").asString());
        answer(exchange, 200, Json.object());
    }

    private Agent agent(String id) {
        return agents.computeIfAbsent(id, unknown -> new Agent());
    }

    private static void answer(HttpExchange exchange, int status, JsonNode body) throws IOException {
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
