package org.afterword.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.afterword.platform.Json;
import org.afterword.platform.PostgresDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Card numbers and security codes are put wherever an event has room for them, and looked for in every table and log. */
class NothingForbiddenIsStoredTest {
    static final String CARD = "5105105105105100";
    static final String CODE = "7391";

    /** Not as a part of ids, hashes and fractions of seconds, which hold any four digits now and then. */
    static final Pattern CODE_ALONE = Pattern.compile("(?<![0-9a-f.])" + CODE + "(?![0-9a-f])");

    /** As they would stand in a row or a line: digits with anything but digits between. */
    private static final String TABLES = """
            SELECT c.oid::regclass::text
              FROM pg_class AS c
             WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
            """;

    @RegisterExtension
    final PostgresDatabase database = PostgresDatabase.migrated();

    final ConversationFixture here = new ConversationFixture(database);
    final ListAppender<ILoggingEvent> log = new ListAppender<>();
    final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    final Level level = root.getLevel();

    @BeforeEach
    void listen() {
        log.start();
        root.addAppender(log);
        root.setLevel(Level.TRACE);
        ((Logger) LoggerFactory.getLogger("org.springframework.jdbc.core.StatementCreatorUtils")).setLevel(Level.INFO);
    }

    @AfterEach
    void stopListening() {
        root.detachAppender(log);
        root.setLevel(level);
    }

    @Test
    void inWhatIsSaid() {
        here.take(
                AnEvent.said("c1", 0, "agent", "Your card number?"),
                AnEvent.said("c1", 1, "customer", "5105 1051 0510 5100"),
                AnEvent.said("c1", 2, "agent", "And the security code?"),
                AnEvent.said("c1", 3, "customer", "seven three nine one"));
        here.take(AnEvent.said("c2", 0, "customer", "it is 5105 1051"));
        here.take(AnEvent.said("c2", 1, "agent", "yes"));
        here.take(AnEvent.said("c2", 2, "customer", "oh five one oh five one double oh"));
        here.take(AnEvent.said("c3", 1, "customer", CODE));
        here.take(AnEvent.said("c3", 0, "agent", "your cvv?"));

        assertNothingForbidden();
        assertThat(here.texts("c2")).containsExactly("it is [card number]", "yes", "[card number]");
    }

    @Test
    void inEveryTextOfAnEvent() {
        List<JsonNode> events = new ArrayList<>();
        for (String text : List.of(CARD, "5105-1051-0510-5100", "cvv " + CODE)) {
            events.add(AnEvent.of("agent.not-ready", "a1", "2026-03-02T08:59:00Z", "{}"));
            ((ObjectNode) events.getLast().path("data")).put("reason", text);
            events.add(AnEvent.of(
                    "interaction.updated", "c1", "2026-03-02T08:59:00Z", "{'attributes': {}, 'customer': {}}"));
            var data = (ObjectNode) events.getLast().path("data");
            data.withObjectProperty("attributes").put(text, text).put("cvv", CODE);
            data.withObjectProperty("customer")
                    .put("name", text)
                    .put("phone", text)
                    .put("email", text);
            data.put("unknown", text);
            events.add(AnEvent.of(
                    "interaction.action", "c1", "2026-03-02T08:59:00Z", "{'name': 'pay', 'parameters': {}}"));
            ((ObjectNode) events.getLast().path("data").path("parameters"))
                    .put("card", Long.parseLong(CARD))
                    .put("securityCode", Integer.parseInt(CODE))
                    .put("note", text)
                    .putArray("digits")
                    .add("5105")
                    .add("1051")
                    .add("0510")
                    .add("5100");
            events.add(AnEvent.of("interaction.ended", "c1", "2026-03-02T08:59:00Z", "{}")
                    .put("extension", text));
        }
        assertThat(here.take(events.toArray(JsonNode[]::new)).rejected()).isEmpty();

        assertNothingForbidden();
    }

    @Test
    void inEventsThatAreSetAside() {
        List<ObjectNode> events = Stream.of(CARD, "cvv " + CODE)
                .flatMap(text -> Stream.of(
                        AnEvent.of("interaction.ended", text, "2026-03-02T08:59:00Z", "{}"),
                        AnEvent.of(text, "c1", "2026-03-02T08:59:00Z", "{}"),
                        AnEvent.of("interaction.ended", "c1", text, "{}"),
                        AnEvent.of("interaction.ended", "c1", "2026-03-02T08:59:00Z", "{}")
                                .put("id", text),
                        AnEvent.of("interaction.ended", "c1", "2026-03-02T08:59:00Z", "{}")
                                .put("source", text),
                        AnEvent.of("interaction.connected", "c1", "2026-03-02T08:59:00Z", "{}")
                                .set("data", Json.object().put("agentId", text)),
                        AnEvent.of("interaction.ended", "c1", "2026-03-02T08:59:00Z", "{}")
                                .put("datacontenttype", "text/plain")
                                .put("data", text),
                        AnEvent.of("interaction.ended", "c1", "2026-03-02T08:59:00Z", "{}")
                                .put(
                                        "data_base64",
                                        Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)))))
                .toList();
        for (int turn = 0; turn < 2; turn++) {
            ObjectNode bad = AnEvent.said("c1", turn, "nobody", CODE);
            ObjectNode worse = AnEvent.said("c1", turn, "customer", "");
            ((ObjectNode) worse.path("data")).put("text", Integer.parseInt(CODE));
            here.take(
                    bad,
                    worse,
                    Json.mapper().createArrayNode().add(CARD),
                    Json.mapper().getNodeFactory().stringNode(CODE));
        }

        assertThat(here.take(events.toArray(JsonNode[]::new)).accepted()).isZero();

        assertNothingForbidden();
        assertThat(here.count("rejected_event")).isGreaterThan(10);
    }

    @Test
    void inEventsThatMakeTheCoreFail() {
        here.core.failsAt = event -> true;
        here.take(
                AnEvent.said("c1", 0, "agent", "the cvv?"),
                AnEvent.said("c1", 1, "customer", CODE),
                AnEvent.said("c1", 2, "customer", CARD),
                AnEvent.of(
                        "interaction.missed",
                        "c1",
                        "2026-03-02T08:59:00Z",
                        "{'agentId': 'a1', 'reason': '" + CARD + "'}"));

        assertNothingForbidden();
        assertThat(here.count("rejected_event")).isEqualTo(4);
    }

    private void assertNothingForbidden() {
        for (String table : here.owner.queryForList(TABLES, String.class)) {
            here.owner
                    .queryForList("SELECT t::text FROM " + table + " AS t", String.class)
                    .forEach(row -> assertClean(table, row));
        }
        List.copyOf(log.list).forEach(event -> assertClean("log", event.getFormattedMessage()));
    }

    private static void assertClean(@Nullable String place, @Nullable String text) {
        String digits = String.valueOf(text).replace("zero", "0").replaceAll("[\\s.,-]", "");
        assertThat(digits).as(place).doesNotContain(CARD).doesNotContain("51051051");
        assertThat(text).as(place).doesNotContainPattern(CODE_ALONE).doesNotContain("seven three nine one");
    }
}
