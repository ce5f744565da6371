package org.afterword.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.afterword.platform.PostgresDatabase;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Any order of delivery, any cut into batches, and any repetition leave the same in the tables. */
class EventOrderTest {
    /** What depends on when events came is left out: {@code received_at}, and {@code opened_at}, which follows it. */
    private static final Map<String, String> TABLES = Map.of(
            "interaction", "SELECT (to_jsonb(t) - 'opened_at')::text FROM interaction AS t ORDER BY 1",
            "turn", "SELECT (to_jsonb(t) - 'opened_at')::text FROM turn AS t ORDER BY 1",
            "desktop_action", "SELECT (to_jsonb(t) - 'opened_at')::text FROM desktop_action AS t ORDER BY 1",
            "recording", "SELECT (to_jsonb(t) - 'opened_at')::text FROM recording AS t ORDER BY 1",
            "inbound_event", "SELECT (to_jsonb(t) - 'received_at')::text FROM inbound_event AS t ORDER BY 1",
            "event_key", "SELECT event_key::text || content_hash FROM event_key ORDER BY 1");

    @RegisterExtension
    final PostgresDatabase database = PostgresDatabase.migrated();

    final List<ObjectNode> history = List.of(
            AnEvent.of(
                    "interaction.started",
                    "c1",
                    "2026-03-02T08:58:00Z",
                    "{'channel': 'voice', 'queue': 'sales', 'customer': {'id': 'k1', 'name': 'Ann'}, 'attributes': {'plan': 'gold'}}"),
            AnEvent.of(
                    "interaction.updated",
                    "c1",
                    "2026-03-02T08:58:30Z",
                    "{'queue': 'billing', 'customer': {'id': 'k2'}}"),
            AnEvent.of(
                    "interaction.updated",
                    "c1",
                    "2026-03-02T08:58:30Z",
                    "{'queue': 'service', 'attributes': {'plan': 'red'}}"),
            AnEvent.of("interaction.connected", "c1", "2026-03-02T08:58:10Z", "{'agentId': 'a1'}"),
            AnEvent.said("c1", 0, "agent", "what is your card number?"),
            AnEvent.said("c1", 1, "customer", "4111 1111 1111"),
            AnEvent.said("c1", 2, "customer", "1111, that is all I have"),
            AnEvent.said("c1", 3, "agent", "your order is 4123456"),
            AnEvent.said("c1", 4, "customer", "thank you so much for your help"),
            AnEvent.said("c1", 5, "agent", "you are welcome, and have a nice day"),
            AnEvent.said("c1", 4, "customer", "thank you so very much for your help"),
            AnEvent.of(
                    "interaction.action",
                    "c1",
                    "2026-03-02T08:59:00Z",
                    "{'name': 'refund', 'parameters': {'amount': 250}}"),
            AnEvent.of("interaction.recorded", "c1", "2026-03-02T08:59:01Z", "{'file': 'c1.wav'}"),
            AnEvent.of("interaction.ended", "c1", "2026-03-02T08:59:30Z", "{}"),
            AnEvent.of("interaction.ended", "c1", "2026-03-02T08:59:31Z", "{'endedBy': 'agent'}"),
            AnEvent.said("c2", 0, "customer", "hello"));

    @RepeatedTest(12)
    void anyOrderLeavesTheSameTables(RepetitionInfo repetition) {
        var ordered = new ConversationFixture(database);
        ordered.take(history.stream().map(AnEvent::again).toArray(JsonNode[]::new));
        Map<String, List<String>> inOrder = tables(ordered);
        ordered.forgetAll();

        var random = new Random(repetition.getCurrentRepetition());
        List<ObjectNode> shuffled = new ArrayList<>(history);
        shuffled.addAll(history.subList(0, random.nextInt(history.size())));
        Collections.shuffle(shuffled, random);
        var permuted = new ConversationFixture(database);
        for (int from = 0, to; from < shuffled.size(); from = to) {
            to = Math.min(shuffled.size(), from + 1 + random.nextInt(5));
            permuted.take(
                    shuffled.subList(from, to).stream().map(AnEvent::again).toArray(JsonNode[]::new));
        }

        assertThat(tables(permuted)).isEqualTo(inOrder);
    }

    private static Map<String, List<String>> tables(ConversationFixture of) {
        Map<String, List<String>> rows = new TreeMap<>();
        TABLES.forEach((table, query) -> rows.put(table, of.owner.queryForList(query, String.class)));
        return rows;
    }
}
