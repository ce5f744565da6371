package org.afterword;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.afterword.ApiClient.Answer;
import org.afterword.conversation.AnEvent;
import org.afterword.identity.Role;
import org.afterword.platform.Await;

/**
 * A contact center with something of everything in it, put there through the API, filled once in the test JVM. What a
 * customer or an agent said or is called has {@link #CONTACT} in it, what administrators set up {@link #SETUP}: words that
 * nothing else has, so that an answer that shows either to a stranger is found out. The ids have neither.
 */
final class FilledCenter {
    static final String CONTACT = "kumquat";
    static final String SETUP = "persimmon";

    /** The agent whose contacts these are. */
    static final String ANN = "agent-71";

    /** A colleague. */
    static final String BOB = "agent-72";

    /** Said by the customer. */
    static final String MARKUP = "<img src=x onerror=alert(1)>";

    private static final String CALL = "call-71c5";
    private static final String SECOND_CALL = "call-71c6";

    private final ApiServer server;
    private final ApiServer.Center center;
    private final ApiClient admin;
    private final Instant start;
    private final Map<String, String> ids = new HashMap<>();
    private final Map<Role, Browser> people = new EnumMap<>(Role.class);
    private final Map<Role, String> csrfTokens = new EnumMap<>(Role.class);

    private FilledCenter(ApiServer server) {
        this.server = server;
        this.center = server.newTenant();
        this.admin = center.as(Role.ADMINISTRATOR);
        this.start = server.bean(InstantSource.class).instant().minus(Duration.ofMinutes(10));
    }

    static FilledCenter get() {
        return Filled.CENTER;
    }

    ApiServer.Center center() {
        return center;
    }

    /** What {@link AccessRules} names in braces. */
    Map<String, String> ids() {
        return Map.copyOf(ids);
    }

    /**
     * Ids with which a change harms nothing: of things that are not there, except where a role is only looked at once the
     * thing was found.
     */
    Map<String, String> harmlessIds() {
        var harmless = new HashMap<>(ids);
        for (String name :
                new String[] {"rejected", "reservation", "tag", "user", "token", "webhook", "delivery", "transcription"
                }) {
            harmless.put(name, "nothing-of-this-name");
        }
        harmless.put("wrapUp", id("openWrapUp"));
        return harmless;
    }

    /** A signed-in person of this role; the agent is {@link #ANN}. */
    Browser person(Role role) {
        Browser browser = people.get(role);
        if (browser == null) {
            throw new IllegalArgumentException("nobody is " + role);
        }
        return browser;
    }

    /** What pages give the person to show that a change comes from them. */
    String csrfToken(Role role) throws IOException, InterruptedException {
        String known = csrfTokens.get(role);
        if (known == null) {
            known = person(role).csrfToken("/account");
            csrfTokens.put(role, known);
        }
        return known;
    }

    private String id(String name) {
        String id = ids.get(name);
        if (id == null) {
            throw new IllegalStateException("there is no " + name);
        }
        return id;
    }

    private FilledCenter fill() throws Exception {
        setUp();
        call(CALL, 0);
        complete(wrapUpOf(CALL));
        ids.put("interaction", CALL);
        ids.put("wrapUp", wrapUpOf(CALL));
        Await.until(() ->
                admin.get("/api/v1/wrap-ups/" + id("wrapUp") + "/drafts").body().contains(CONTACT));
        call(SECOND_CALL, 200);
        ids.put("openWrapUp", wrapUpOf(SECOND_CALL));
        ids.put("transcription", admin.get("/api/v1/transcriptions").text("/items/0/id"));
        reserveTheColleague();
        setAside();
        signIn();
        Await.until(() -> admin.get("/api/v1/deliveries?state=delivered")
                        .json()
                        .path("items")
                        .size()
                > 0);
        ids.put("delivery", admin.get("/api/v1/deliveries?state=delivered").text("/items/0/id"));
        Await.until(() -> report().text("/totals/handled").equals("1"));
        return this;
    }

    private void setUp() throws Exception {
        ids.put("agent", ANN);
        ids.put("from", start.minus(Duration.ofHours(1)).toString());
        ids.put("to", start.plus(Duration.ofHours(3)).toString());
        ids.put("tag", "LATE");
        must(admin.put("/api/v1/tags/LATE", "{\"label\": \"Said persimmon\"}"));
        ids.put(
                "webhook",
                must(admin.post("/api/v1/webhooks", "{\"url\": \"http://localhost:1/persimmon\"}"))
                        .text("/id"));
        ids.put(
                "token",
                must(admin.post("/api/v1/tokens", "{\"name\": \"Persimmon screen\", \"role\": \"supervisor\"}"))
                        .text("/tokenId"));
        ids.put(
                "user",
                must(admin.post("/api/v1/users", """
                        {"userName": "persimmon", "name": "Persimmon Lee", "role": "coach", "password": "%s"}
                        """.formatted(ApiServer.PASSWORD)))
                        .text("/userId"));
        must(admin.put("/api/v1/language-model", """
                {"kind": "anthropic", "url": "http://localhost:1", "model": "persimmon", "key": "sk-1", "deadlineSeconds": 1}
                """));
        Files.writeString(center.recordings().resolve("7171.wav"), "RIFF of a kumquat");
    }

    private void call(String interaction, int second) throws Exception {
        center.take(
                AnEvent.of("agent.signed-in", ANN, at(0), "{'name': 'Kumquat Ann', 'team': 'north'}"),
                AnEvent.of("agent.ready", ANN, at(1), "{}"),
                AnEvent.of("interaction.started", interaction, at(second + 2), """
                        {'channel': 'voice', 'direction': 'inbound', 'queue': 'kumquat-queue',
                         'customer': {'name': 'Kim Kumquat', 'phone': '+1 202 555 0143'}}
                        """),
                AnEvent.of("interaction.connected", interaction, at(second + 5), "{'agentId': '" + ANN + "'}"),
                AnEvent.of(
                        "interaction.said",
                        interaction,
                        at(second + 9),
                        "{'turn': 0, 'speaker': 'customer', 'text': 'I was charged twice for a kumquat. " + MARKUP
                                + "'}"),
                AnEvent.of(
                        "interaction.action",
                        interaction,
                        at(second + 20),
                        "{'name': 'refund', 'parameters': {'what': 'kumquat'}}"),
                AnEvent.of("interaction.recorded", interaction, at(second + 30), "{'file': '7171.wav'}"),
                AnEvent.of("interaction.ended", interaction, at(second + 125), "{'endedBy': 'customer'}"));
    }

    private String wrapUpOf(String interaction) throws Exception {
        return must(admin.get("/api/v1/wrap-ups?interactionId=" + interaction)).text("/items/0/id");
    }

    private void complete(String wrapUp) throws Exception {
        ApiClient ann = center.asAgent(ANN);
        must(ann.send(ann.request("/api/v1/wrap-ups/" + wrapUp + "/completion")
                .header("Content-Type", "application/json")
                .header("If-Match", "\"0\"")
                .POST(BodyPublishers.ofString("""
                                {"record": {"summary": "Refunded a kumquat.", "resolution": "resolved", "disposition": "ANSWERED"},
                                 "next": "AVAILABLE"}
                                """))));
    }

    private void reserveTheColleague() throws Exception {
        center.take(
                AnEvent.of("agent.signed-in", BOB, at(2), "{'name': 'Persimmon Bob'}"),
                AnEvent.of("agent.ready", BOB, at(3), "{}"),
                AnEvent.of("agent.signed-in", "agent-73", at(2), "{'name': 'Persimmon Cid'}"),
                AnEvent.of("agent.ready", "agent-73", at(3), "{}"));
        ids.put(
                "reservation",
                must(admin.post("/api/v1/routing/reservations", "{\"interactionId\": \"call-9\", \"ttlSeconds\": 120}"))
                        .text("/id"));
    }

    private void setAside() throws Exception {
        must(admin.send(admin.request("/api/v1/events")
                .header("Content-Type", "application/cloudevents-batch+json")
                .POST(BodyPublishers.ofString(
                        "[" + AnEvent.of("interaction.persimmon", "c", at(0), "{'text': 'persimmon'}") + "]"))));
        ids.put("rejected", must(admin.get("/api/v1/events/rejected")).text("/items/0/id"));
    }

    private void signIn() throws Exception {
        for (Role role : Role.values()) {
            String name = role == Role.AGENT ? ANN : "the-" + role.code();
            center.newUser(name, role);
            Browser browser = center.browser();
            if (browser.signIn(name).status() != 302) {
                throw new IllegalStateException(name + " cannot sign in");
            }
            people.put(role, browser);
        }
        center.newUser(BOB, Role.AGENT);
    }

    private Answer report() throws Exception {
        return admin.get("/api/v1/reports/acw?from=%s&to=%s&groupBy=queue".formatted(ids.get("from"), ids.get("to")));
    }

    private String at(int second) {
        return start.plusSeconds(second).toString();
    }

    private static Answer must(Answer answer) {
        if (answer.status() >= 300) {
            throw new IllegalStateException("%d: %s".formatted(answer.status(), answer.body()));
        }
        return answer;
    }

    /** Whether an answer's body or headers have {@code marker} in them. */
    static boolean shows(Answer answer, String marker) {
        return (answer.body() + answer.headers().map()).toLowerCase(Locale.ROOT).contains(marker);
    }

    private static final class Filled {
        static final FilledCenter CENTER = fill();

        private static FilledCenter fill() {
            try {
                return new FilledCenter(ApiServer.running()).fill();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            } catch (Exception e) {
                throw new IllegalStateException("the center cannot be filled", e);
            }
        }
    }
}
