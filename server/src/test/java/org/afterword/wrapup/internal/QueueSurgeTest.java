package org.afterword.wrapup.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.afterword.catalog.Queue;
import org.afterword.catalog.Queue.SurgeThreshold;
import org.junit.jupiter.api.Test;

class QueueSurgeTest {
    private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");
    private static final Queue TEN =
            new Queue("q", "Q", List.of(), null, new SurgeThreshold(10, null), new Queue.Calm(7, 300, 50, 60));

    /** Counted a second time: it begins with two in a row that pass, and ends with two in a row that do not. */
    @Property(tries = 500)
    void twoInARowBeginASurgeAndTwoInARowEndIt(@ForAll List<@IntRange(min = 5, max = 15) Integer> waiting) {
        QueueSurge surge = QueueSurge.calm("q");
        var seen = new ArrayList<Boolean>();
        boolean expected = false;
        for (int i = 0; i < waiting.size(); i++) {
            Instant at = NINE.plusSeconds(10L * i);
            surge = surge.after(TEN, at, waiting.get(i), 0);
            seen.add(waiting.get(i) >= 10);
            if (seen.size() > 1 && seen.getLast().equals(seen.get(seen.size() - 2))) {
                expected = seen.getLast();
            }
            assertThat(surge.isOn(at)).as("after %s", waiting.subList(0, i + 1)).isEqualTo(expected);
        }
    }

    /** Counted a second time: the last two were calm, and at neither did it surge. */
    @Property(tries = 500)
    void itIsQuietAfterTwoCalmStatusesInARowWithoutASurge(@ForAll List<@IntRange(min = 5, max = 12) Integer> waiting) {
        QueueSurge surge = QueueSurge.calm("q");
        int calm = 0;
        for (int i = 0; i < waiting.size(); i++) {
            Instant at = NINE.plusSeconds(10L * i);
            surge = surge.after(TEN, at, waiting.get(i), 0);
            calm = waiting.get(i) <= 7 && !surge.isOn(at) ? calm + 1 : 0;
            assertThat(surge.isQuiet(at))
                    .as("after %s", waiting.subList(0, i + 1))
                    .isEqualTo(calm >= 2);
            assertThat(surge.isQuiet(at.plusSeconds(300))).isFalse();
        }
    }

    @Test
    void whatASupervisorDeclaresIsNotQuiet() {
        QueueSurge quiet = QueueSurge.calm("q").after(TEN, NINE, 0, 0).after(TEN, NINE.plusSeconds(10), 0, 0);
        assertThat(quiet.isQuiet(NINE.plusSeconds(11))).isTrue();

        assertThat(quiet.declared(NINE.plusSeconds(11), NINE.plusSeconds(900), "why", "user:sam")
                        .isQuiet(NINE.plusSeconds(12)))
                .isFalse();
    }
}
