package org.afterword;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.afterword.AccessRules.Rule;
import org.afterword.ApiClient.Answer;
import org.afterword.conversation.AnEvent;
import org.afterword.identity.Role;
import org.afterword.platform.DataFolder;
import org.afterword.platform.EventLog;
import org.afterword.platform.PostgresDatabase;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Nothing of one tenant shows at another's door, and nothing of one agent's at a colleague's: every route of
 * {@link AccessRules} is called by strangers with ids that exist, and every answer is searched for words that only
 * {@link FilledCenter} has. That those who may do see these words is proven in {@link AccessTest}.
 */
class IsolationTest {
    /** Rows of a tenant that nothing changes by itself; of tokens, what their use changes is left out. */
    private static final List<String> STILL = List.of(
            "app_user",
            "api_token",
            "agent",
            "interaction",
            "turn",
            "inbound_event",
            "wrap_up",
            "wrap_up_record",
            "catalog_version",
            "connector",
            "language_model",
            "delivery",
            "transcription");

    private static final String CONTENT = """
            SELECT md5(coalesce(string_agg(line, chr(10) ORDER BY line), ''))
              FROM (SELECT (to_jsonb(t) - 'last_used_at')::text AS line FROM %s AS t WHERE tenant_id = ?) AS lines
            """;

    /** By what an answer can be narrowed to something of somebody else's; values of {@link FilledCenter}, or ids of it in braces. */
    private static final Map<String, String> FOREIGN = Map.ofEntries(
            Map.entry("agentId", FilledCenter.ANN),
            Map.entry("agent", FilledCenter.ANN),
            Map.entry("team", "north"),
            Map.entry("actor", "agent:" + FilledCenter.ANN),
            Map.entry("interactionId", "{interaction}"),
            Map.entry("wrapUpId", "{openWrapUp}"),
            Map.entry("wrapUp", "{openWrapUp}"),
            Map.entry("subject", "wrap-up:{openWrapUp}"),
            Map.entry("from", "{from}"),
            Map.entry("to", "{to}"),
            Map.entry("groupBy", "agent"),
            Map.entry("format", "csv"),
            Map.entry("status", "OPEN"),
            Map.entry("state", "delivered"));

    /** Parameters that name nothing: how much of an answer, in what form, and where it goes on. */
    private static final Set<String> OF_FORM = Set.of(
            "limit",
            "cursor",
            "before",
            "sort",
            "zone",
            "minutes",
            "channel",
            "kind",
            "queue",
            "topics",
            "campaign",
            "callType",
            "direction",
            "escalated",
            "turn",
            "speaker",
            "startSeconds",
            "final");

    private static final JdbcTemplate OWNER =
            new JdbcTemplate(PostgresDatabase.ofProgram().ownerDataSource());
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    final ApiServer server = ApiServer.running();
    final FilledCenter filled = FilledCenter.get();

    static List<Rule> guarded() {
        return AccessRules.all().stream()
                .filter(rule -> !rule.open() && !rule.streams() && !AccessRules.OF_FILTERS.contains(rule.route()))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"AGENT"})
    void anotherTenantsTokensReachNothing(Role role) throws Exception {
        ApiServer.Center other = server.newTenant();
        assertNothingReached(other.as(role), role.code());
    }

    @Test
    void anotherTenantsAgentOfTheSameIdReachesNothing() throws Exception {
        assertNothingReached(server.newTenant().asAgent(FilledCenter.ANN), "agent");
    }

    private void assertNothingReached(ApiClient stranger, String who) throws Exception {
        Map<String, String> before = contents();
        for (Rule rule : guarded()) {
            Answer answer = stranger.send(AccessTest.filledIn(rule, stranger.request(rule.path(filled.ids()))));

            String about = "%s %s: %d %s".formatted(who, rule, answer.status(), answer.body());
            assertNothingShown(rule, answer, about);
            if (rule.api() && rule.namesSomething() && !createsByName(rule)) {
                assertThat(answer.status()).as(about).isIn(403, 404, 412, 422);
            }
        }
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void anotherTenantsRecordingsCannotBeNamed() throws Exception {
        for (ApiServer.Center other : List.of(server.newTenant(), server.center(TenantId.DEFAULT))) {
            String interaction = "names-others-recordings";
            other.take(
                    AnEvent.of("interaction.recorded", interaction, "2026-03-02T08:58:00Z", "{'file': '7171.wav'}"),
                    AnEvent.of(
                            "interaction.recorded",
                            interaction,
                            "2026-03-02T08:59:00Z",
                            "{'file': '%s/7171.wav'}".formatted(filled.center().id())));

            for (int number : new int[] {0, 1}) {
                Answer answer = other.as(Role.ADMINISTRATOR)
                        .get("/api/v1/interactions/%s/recordings/%d".formatted(interaction, number));
                assertThat(answer.status()).as(answer.body()).isEqualTo(404);
            }
        }
    }

    /** Puts something of the caller's own tenant under the name that is in the address. */
    private static boolean createsByName(Rule rule) {
        return rule.route().equals("PUT /api/v1/agents/{id}/state");
    }

    @Test
    void aSessionOfAnotherTenantReachesNothing() throws Exception {
        ApiServer.Center other = server.newTenant();
        other.newUser("root", Role.ADMINISTRATOR);
        Browser there = other.browser();
        there.signIn("root");
        Browser here = there.at("/t/" + filled.center().id());
        here.useSession(there.session());

        for (Rule rule : guarded()) {
            Answer answer = here.send(AccessTest.filledIn(rule, here.request(rule.path(filled.ids()))));

            assertThat(answer.status()).as(rule.route()).isIn(302, 401, 403);
            assertNothingShown(rule, answer, rule.route());
        }
    }

    @Test
    void aTokenOfAnotherTenantIsRefusedAtThisOnesAddress() throws Exception {
        ApiClient stranger = server.newTenant().as(Role.ADMINISTRATOR);

        for (Rule rule : guarded()) {
            String path = "/t/" + filled.center().id() + rule.path(filled.ids());
            Answer answer = stranger.send(AccessTest.filledIn(rule, stranger.request(path)));

            assertThat(answer.status()).as(rule.route()).isEqualTo(401);
            assertNothingShown(rule, answer, rule.route());
        }
    }

    @ParameterizedTest
    @MethodSource("guarded")
    void aColleagueDoesNotSeeAnAgentsContacts(Rule rule) throws Exception {
        ApiClient bob = filled.center().asAgent(FilledCenter.BOB);
        Map<String, String> before = contents();

        Answer answer = bob.send(AccessTest.filledIn(rule, bob.request(rule.path(filled.ids()))));

        assertThat(FilledCenter.shows(answer, FilledCenter.CONTACT))
                .as(answer.body())
                .isFalse();
        assertThat(contents()).isEqualTo(before);
        if (rule.own() && rule.api() && rule.namesSomething()) {
            assertThat(answer.status()).as(answer.body()).isIn(403, 404);
        }
    }

    @Test
    void nobodyReachesSomebodyElsesByAParameter() throws Exception {
        ApiServer.Center other = server.newTenant();
        List<ApiClient> strangers = List.of(
                filled.center().asAgent(FilledCenter.BOB),
                other.asAgent(FilledCenter.ANN),
                other.as(Role.ADMINISTRATOR));
        for (Rule rule : guarded()) {
            if (rule.changes()) {
                continue;
            }
            String path = rule.path(filled.ids());
            for (String parameter : foreignParameters()) {
                String narrowed = path + (path.contains("?") ? "&" : "?") + parameter;
                for (ApiClient stranger : strangers) {
                    Answer answer = stranger.get(narrowed);

                    String about = "%s: %d %s".formatted(narrowed, answer.status(), answer.body());
                    assertThat(answer.status()).as(about).isLessThan(500);
                    assertThat(FilledCenter.shows(answer, FilledCenter.CONTACT))
                            .as(about)
                            .isFalse();
                }
            }
        }
        assertThat(filled.center().as(Role.SUPERVISOR).get("/api/v1/wrap-ups?agentId=" + FilledCenter.ANN))
                .matches(answer -> FilledCenter.shows(answer, FilledCenter.CONTACT), "shows what strangers do not see");
    }

    private List<String> foreignParameters() {
        return FOREIGN.entrySet().stream()
                .map(parameter -> {
                    String value = parameter.getValue();
                    for (Map.Entry<String, String> id : filled.ids().entrySet()) {
                        value = value.replace("{" + id.getKey() + "}", id.getValue());
                    }
                    return parameter.getKey() + "=" + value;
                })
                .toList();
    }

    @Test
    void everyParameterIsTriedOrIsOneOfForm() throws Exception {
        Answer description = filled.center().as(Role.ADMINISTRATOR).get("/openapi.json");

        var names = new TreeSet<String>();
        description.json().path("paths").findParents("in").forEach(parameter -> {
            if (parameter.path("in").asString().equals("query")) {
                names.add(parameter.path("name").asString());
            }
        });

        assertThat(names).contains("agentId", "interactionId");
        names.removeAll(FOREIGN.keySet());
        assertThat(OF_FORM).containsAll(names);
    }

    /** Every topic: what is appended to one tenant's log arrives with it, and with nobody else. */
    @ParameterizedTest
    @ValueSource(
            strings = {"desk agent.changed", "wrapUps draft.changed", "queues queue.status", "alerts alert.raised"})
    void aStreamTellsNobodyOfOthersEvents(String topicAndType) throws Exception {
        String topic = topicAndType.split(" ")[0];
        String type = topicAndType.split(" ")[1];
        String path = "/api/v1/stream?topics=" + topic;
        TenantId here = filled.center().id();
        ApiServer.Center other = server.newTenant();

        try (var supervisor = open(filled.center().as(Role.SUPERVISOR).request(path));
                var ann = open(filled.center().asAgent(FilledCenter.ANN).request(path));
                var bob = open(filled.center().asAgent(FilledCenter.BOB).request(path));
                var stranger = open(other.as(Role.SUPERVISOR).request(path));
                var namesake = open(other.asAgent(FilledCenter.ANN).request(path))) {
            String position = supervisor.readTo("event: ready").lastId();
            for (Lines others : List.of(ann, bob, stranger, namesake)) {
                others.readTo("event: ready");
            }

            append(here, type, FilledCenter.ANN, "kumquat");

            assertThat(supervisor.readTo("event: " + type).text()).contains("kumquat");
            assertThat(ann.readTo("event: " + type).text()).contains("kumquat");
            append(here, type, FilledCenter.BOB, "fence");
            append(other.id(), type, FilledCenter.ANN, "fence");
            for (Lines others : List.of(bob, stranger, namesake)) {
                assertThat(others.readTo("fence").text()).doesNotContain("kumquat");
            }
            try (var resumed = open(other.as(Role.SUPERVISOR).request(path).header("Last-Event-ID", position))) {
                append(other.id(), type, FilledCenter.ANN, "fence");
                assertThat(resumed.readTo("fence").text()).doesNotContain("kumquat");
            }
        }
    }

    @Test
    void anExportHoldsItsOwnTenantsRecordsAlone() throws Exception {
        Path outbox = server.bean(DataFolder.class).path().resolve("outbox");
        try (Stream<Path> files = Files.walk(outbox)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                boolean own =
                        file.startsWith(outbox.resolve(filled.center().id().value()));
                assertThat(Files.readString(file).contains(FilledCenter.CONTACT))
                        .as(file.toString())
                        .isEqualTo(own);
            }
        }
        String csv = "/api/v1/reports/acw?format=csv&groupBy=queue&from=%s&to=%s"
                .formatted(filled.ids().get("from"), filled.ids().get("to"));
        assertThat(filled.center().as(Role.SUPERVISOR).get(csv).body()).contains(FilledCenter.CONTACT);
        assertThat(server.newTenant().as(Role.SUPERVISOR).get(csv).body()).doesNotContain(FilledCenter.CONTACT);
        ApiClient admin = filled.center().as(Role.ADMINISTRATOR);
        ApiClient stranger = server.newTenant().as(Role.ADMINISTRATOR);
        assertThat(yaml(admin)).contains(FilledCenter.SETUP);
        assertThat(yaml(stranger)).doesNotContain(FilledCenter.SETUP);
    }

    private static String yaml(ApiClient client) throws Exception {
        return client.send(client.request("/api/v1/catalog").header("Accept", "application/yaml"))
                .body();
    }

    private static void assertNothingShown(Rule rule, Answer answer, String about) {
        assertThat(answer.status()).as(about).isLessThan(500);
        assertThat(FilledCenter.shows(answer, FilledCenter.CONTACT)).as(about).isFalse();
        assertThat(FilledCenter.shows(answer, FilledCenter.SETUP)).as(about).isFalse();
    }

    private Map<String, String> contents() {
        var contents = new TreeMap<String, String>();
        for (String table : STILL) {
            contents.put(
                    table,
                    String.valueOf(OWNER.queryForObject(
                            CONTENT.formatted(table),
                            String.class,
                            filled.center().id().value())));
        }
        return contents;
    }

    private void append(TenantId tenant, String type, String agentId, String word) {
        server.bean(Tenancy.class)
                .run(
                        tenant,
                        () -> server.bean(EventLog.class)
                                .append(new EventLog.NewEvent(
                                        Instant.parse("2126-03-02T09:00:00Z"),
                                        type,
                                        "w1",
                                        "i1",
                                        Map.of("agentId", agentId, "word", word))));
    }

    private static Lines open(HttpRequest.Builder request) throws IOException, InterruptedException {
        return new Lines(HTTP.send(request.build(), BodyHandlers.ofInputStream()));
    }

    /** A stream, read line by line. */
    private static final class Lines implements AutoCloseable {
        private final BufferedReader reader;
        private final List<String> seen = new ArrayList<>();

        Lines(HttpResponse<InputStream> response) {
            assertThat(response.statusCode()).isEqualTo(200);
            this.reader = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
        }

        /** Reads up to the end of the event that has a line with {@code text} in it. */
        Lines readTo(String text) throws IOException {
            boolean found = false;
            while (true) {
                String line = reader.readLine();
                assertThat(line).as("the stream ended after " + seen).isNotNull();
                seen.add(line);
                found |= line.contains(text);
                if (found && line.isEmpty()) {
                    return this;
                }
            }
        }

        String lastId() {
            return seen.stream()
                    .filter(line -> line.startsWith("id: "))
                    .reduce((earlier, later) -> later)
                    .orElseThrow()
                    .substring("id: ".length());
        }

        String text() {
            return String.join("\n", seen);
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }
}
