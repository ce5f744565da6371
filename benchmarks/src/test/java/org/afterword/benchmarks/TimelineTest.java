package org.afterword.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TimelineTest {
    private static final double TEN_MINUTES = 600;
    private static final Path CHECKOUT = Path.of("..");

    @Test
    void aFloorOfTwoThousandAgentsHasSevenContactsAndAHundredAndThirtyTurnsASecond() throws IOException {
        List<Timeline.Due> events = tenMinutes();

        assertThat(perSecond(events, "ended")).isCloseTo(7, within(0.5));
        assertThat(perSecond(events, "said")).isCloseTo(130, within(7.0));
        assertThat(perSecond(events, "said") * TEN_MINUTES / events.size()).isCloseTo(0.7, within(0.02));
    }

    @Test
    void itIsInItsFullRunFromZeroOnAndInOrder() throws IOException {
        List<Timeline.Due> events = tenMinutes();

        assertThat(events).isSortedAccordingTo((a, b) -> Double.compare(a.seconds(), b.seconds()));
        long inTheFirstMinute =
                events.stream().filter(due -> due.seconds() < 60).count();
        assertThat((double) inTheFirstMinute).isCloseTo(events.size() / 10.0, within(events.size() / 50.0));
    }

    @Test
    void everyEventIsACloudEventWithAKeyOfItsOwn() throws IOException {
        Contact contact = new Deck("test", Conversation.readAll(CHECKOUT, 15), 10).next();

        List<JsonNode> events = contact.steps().stream()
                .map(step -> contact.eventOfContactSince(Instant.EPOCH, step))
                .map(JsonMapper.shared()::readTree)
                .toList();

        assertThat(events).extracting(event -> event.path("id").asString()).doesNotHaveDuplicates();
        assertThat(events.getFirst().path("type").asString()).isEqualTo("interaction.started");
        assertThat(events.getLast().path("type").asString()).isEqualTo("interaction.ended");
        assertThat(events.getLast().path("time").asString()).isGreaterThan("1970-01-01T00:00:30");
        assertThat(events)
                .allSatisfy(
                        event -> assertThat(event.path("subject").asString()).isEqualTo("test-0"));
    }

    private static List<Timeline.Due> tenMinutes() throws IOException {
        Timeline timeline = BusyFloor.timeline(Conversation.readAll(CHECKOUT, 15));
        var events = new ArrayList<Timeline.Due>();
        Timeline.Due due = timeline.next();
        while (due.seconds() < TEN_MINUTES) {
            if (due.seconds() >= 0) {
                events.add(due);
            }
            due = timeline.next();
        }
        return events;
    }

    private static double perSecond(List<Timeline.Due> events, String type) {
        return events.stream().filter(due -> due.step().type().equals(type)).count() / TEN_MINUTES;
    }
}
