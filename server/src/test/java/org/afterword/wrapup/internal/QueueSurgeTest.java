package org.afterword.wrapup.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.afterword.catalog.Queue.SurgeThreshold;

class QueueSurgeTest {
    private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");
    private static final SurgeThreshold TEN = new SurgeThreshold(10, null);

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
}
