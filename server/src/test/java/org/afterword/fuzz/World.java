package org.afterword.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.afterword.ApiClient;
import org.afterword.ApiServer;
import org.afterword.Browser;
import org.afterword.conversation.AnEvent;
import org.afterword.identity.Role;
import org.afterword.platform.Json;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/** A contact center to throw things at: who may act in it, and what is known of it that an input can name. */
final class World {
    static final String ADMINISTRATOR = "administrator";
    static final String INTEGRATION = "integration";
    static final int AGENTS = 24;

    /** Agents with tokens of their own, who can complete. */
    static final int ACTING = 6;

    /** What the addresses of the pages begin with, and the people who may look at them. */
    static final String PAGES = "{token:pages}";

    static final List<String> PEOPLE = List.of("page-supervisor", "page-administrator", "a0");

    private static final String MINE = "Fuzz";
    private static final int KEPT = 200;
    private static final Pattern TOKEN = Pattern.compile("\\{token:([a-z0-9-]+)}");

    final ApiServer.Center center;
    final InstantSource clock;
    private final ApiServer server;
    private final ApiClient administrator;
    private final Map<String, String> tokens = new LinkedHashMap<>();
    private final Map<String, ConcurrentLinkedDeque<String>> known = new ConcurrentHashMap<>();
    private final AtomicInteger interactions = new AtomicInteger();

    World(ApiServer server) throws IOException, InterruptedException {
        this.server = server;
        center = server.newTenant();
        clock = server.bean(InstantSource.class);
        administrator = center.as(Role.ADMINISTRATOR);
        addToken(ADMINISTRATOR, "{\"name\": \"Fuzz\", \"role\": \"administrator\"}");
        addToken(INTEGRATION, "{\"name\": \"Fuzz\", \"role\": \"integration\"}");
        addToken("supervisor", "{\"name\": \"Fuzz\", \"role\": \"supervisor\"}");
        for (int i = 0; i < ACTING; i++) {
            addToken("a" + i, "{\"name\": \"Fuzz\", \"role\": \"agent\", \"agentId\": \"a%d\"}".formatted(i));
        }
        tokens.put("pages", "/t/" + center.id());
        for (String person : PEOPLE) {
            tokens.put("session-" + person, signIn(person).session());
        }
        for (int i = 0; i < 3 * ACTING; i++) {
            call("seed-" + i, "a" + i % ACTING);
        }
        center.newUser("u-known", Role.SUPERVISOR);
        addToken("known", "{\"name\": \"Known\", \"role\": \"agent\", \"agentId\": \"a1\"}");
        look();
    }

    private Browser signIn(String person) throws IOException, InterruptedException {
        Role role = person.equals("page-supervisor")
                ? Role.SUPERVISOR
                : person.equals("page-administrator") ? Role.ADMINISTRATOR : Role.AGENT;
        center.newUser(person, role);
        Browser browser = center.browser();
        browser.signIn(person);
        return browser;
    }

    private void addToken(String name, String body) throws IOException, InterruptedException {
        tokens.put(name, administrator.post("/api/v1/tokens", body).text("/token"));
    }

    /** A whole call as it should be, with a wrap-up at its end. */
    void call(String id, String agent) throws IOException, InterruptedException {
        String from = clock.instant().minusSeconds(30).toString();
        String to = clock.instant().minusSeconds(1).toString();
        center.take(
                AnEvent.of("interaction.started", id, from, "{'channel': 'chat', 'queue': 'support'}"),
                AnEvent.of("interaction.connected", id, from, "{'agentId': '%s'}".formatted(agent)),
                AnEvent.of("interaction.said", id, from, "{'turn': 0, 'speaker': 'customer', 'text': 'Hello.'}"),
                AnEvent.of("interaction.ended", id, to, "{}"));
    }

    /** Notes what the API shows, so that inputs can name it. */
    void look() throws IOException, InterruptedException {
        for (JsonNode wrapUp : items("/api/v1/wrap-ups?limit=100")) {
            note(
                    "wrapUp:" + wrapUp.path("agentId").asString(),
                    wrapUp.path("id").asString());
            note("wrapUp", wrapUp.path("id").asString());
        }
        JsonNode rejected =
                administrator.get("/api/v1/events/rejected?limit=20").json();
        rejected.path("items")
                .forEach(event -> note("rejected", event.path("id").asString()));
        items("/api/v1/deliveries?limit=20")
                .forEach(delivery -> note("delivery", delivery.path("id").asString()));
        // those that the inputs need themselves are left alone
        for (JsonNode user : items("/api/v1/users")) {
            if (!PEOPLE.contains(user.path("userName").asString())) {
                note("user", user.path("userId").asString());
            }
        }
        for (JsonNode token : items("/api/v1/tokens")) {
            if (!token.path("name").asString().equals(MINE)) {
                note("token", token.path("tokenId").asString());
            }
        }
    }

    private List<JsonNode> items(String path) throws IOException, InterruptedException {
        JsonNode answer = administrator.get(path).json();
        if (answer.path("next").isString()) {
            note("cursor", answer.path("next").asString());
        }
        return answer.path("items").valueStream().toList();
    }

    void note(String what, String id) {
        if (id.isEmpty()) {
            throw new AssertionError("a " + what + " has no id");
        }
        var ids = known.computeIfAbsent(what, _ -> new ConcurrentLinkedDeque<>());
        ids.addLast(id);
        if (ids.size() > KEPT) {
            ids.pollFirst();
        }
    }

    /** Something noted, or {@code otherwise} as long as nothing is. */
    String known(String what, String otherwise, Random random) {
        var ids =
                known.getOrDefault(what, new ConcurrentLinkedDeque<>()).stream().toList();
        return ids.isEmpty() ? otherwise : Rubbish.one(random, ids);
    }

    /** An interaction of the last few; there are always new ones. */
    String interaction(Random random) {
        int newest = random.nextInt(25) == 0 ? interactions.incrementAndGet() : interactions.get();
        return "c" + Math.max(0, newest - random.nextInt(6));
    }

    String agent(Random random) {
        return "a" + random.nextInt(AGENTS);
    }

    /** The request with tokens in place. */
    byte[] signed(byte[] request) {
        return withTokens(request, tokens);
    }

    static byte[] withTokens(byte[] request, Map<String, String> tokens) {
        String text = new String(request, StandardCharsets.ISO_8859_1);
        return TOKEN.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(tokens.getOrDefault(match.group(1), "none")))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    RequestMappingHandlerMapping mapping() {
        return server.bean(RequestMappingHandlerMapping.class);
    }

    JsonNode openApi() throws IOException, InterruptedException {
        return Json.read(administrator.get("/openapi.json").body());
    }
}
