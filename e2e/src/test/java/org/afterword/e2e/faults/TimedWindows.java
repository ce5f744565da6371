package org.afterword.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Windows whose lengths are taken by this machine's monotonic clock. */
final class TimedWindows {
    private static final Duration WINDOW = Duration.ofSeconds(25);
    private static final Duration ALLOWED = Duration.ofSeconds(2);
    private static final int AGENTS = 10;
    private static final String POLICY = """
            {"label": "Timed", "when": {"channel": "chat"},
             "settings": {"mode": "TIMEBOXED", "windowSeconds": %d, "atDeadline": "EXPIRE", "requiredParts": [],
                          "graceSeconds": 0, "noResponseSeconds": 0, "systemWaitSeconds": 0}}
            """.formatted(WINDOW.toSeconds());

    interface Step {
        void happen() throws Exception;
    }

    private final Api api;
    private int rounds;

    TimedWindows(Api api) {
        this.api = api;
        assertThat(api.clear("PUT", "/api/v1/policies/TIMED", POLICY).isOk()).isTrue();
    }

    /** Windows open, {@code step} happens, and they end by themselves; later others do, for which the step lies before their time. */
    void endInTime(Step step) throws Exception {
        String during = chats();
        long opened = System.nanoTime();
        step.happen();
        assertEnd(during, opened);
        String after = chats();
        assertEnd(after, System.nanoTime());
    }

    private String chats() {
        String round = "round" + rounds++;
        String events = IntStream.range(0, AGENTS)
                .mapToObj(i -> """
                        {"specversion": "1.0", "source": "/timed", "id": "%1$s-%2$d-s", "type": "interaction.started", "subject": "%1$s-%2$d", "data": {"channel": "chat"}},
                        {"specversion": "1.0", "source": "/timed", "id": "%1$s-%2$d-c", "type": "interaction.connected", "subject": "%1$s-%2$d", "data": {"agentId": "%1$s-%2$d"}},
                        {"specversion": "1.0", "source": "/timed", "id": "%1$s-%2$d-e", "type": "interaction.ended", "subject": "%1$s-%2$d", "data": {}}
                        """.formatted(round, i))
                .collect(Collectors.joining(",", "[", "]"));
        assertThat(api.clear("POST", "/api/v1/events", events)
                        .body()
                        .path("accepted")
                        .asInt())
                .isEqualTo(3 * AGENTS);
        return round;
    }

    private void assertEnd(String round, long opened) {
        Map<String, Duration> took = new HashMap<>();
        while (took.size() < AGENTS) {
            Duration now = Duration.ofNanos(System.nanoTime() - opened);
            assertThat(now).as("%s, of which %s ended", round, took).isLessThan(WINDOW.multipliedBy(4));
            for (JsonNode wrapUp : api.clear("GET", "/api/v1/wrap-ups?status=EXPIRED&limit=200", null)
                    .body()
                    .path("items")) {
                String contact = wrapUp.path("interactionId").asString();
                if (contact.startsWith(round + "-")) {
                    took.putIfAbsent(contact, Duration.ofNanos(System.nanoTime() - opened));
                }
            }
            Api.pause(Duration.ofMillis(50));
        }
        Trial.say("windows of %s took %s".formatted(WINDOW, took.values()));
        assertThat(took.values())
                .allSatisfy(length -> assertThat(length).isBetween(WINDOW.minus(ALLOWED), WINDOW.plus(ALLOWED)));
    }
}
