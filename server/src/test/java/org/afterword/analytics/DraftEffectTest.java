package org.afterword.analytics;

import static org.afterword.analytics.AnalyticsFixture.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Objects;
import org.afterword.analytics.DraftEffect.Measure;
import org.afterword.platform.PostgresDatabase;
import org.afterword.platform.Proportion;
import org.afterword.platform.TestClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DraftEffectTest {
    private static final long DAY = 86_400;

    @RegisterExtension
    final PostgresDatabase db = PostgresDatabase.migrated();

    final AnalyticsFixture center = new AnalyticsFixture(db, TestClock.at("2026-05-01T00:00:00Z"));

    private long legs;
    private double share = 0.1;

    /** 40 contacts of 30 and 50 s in turn against 50 of 80 and 100 s: means 40 and 90, variances 100 × 40/39 and 100 × 50/49. */
    @Test
    void theDifferenceOfMeansHasWelchsInterval() {
        for (int i = 0; i < 40; i++) {
            contact("shown", i % 2 == 0 ? 30 : 50, Map.of());
        }
        for (int i = 0; i < 50; i++) {
            contact("heldOut", i % 2 == 0 ? 80 : 100, Map.of());
        }
        center.leg("ann", 0, 60, 10_000, Map.of());
        center.pump();

        DraftEffect effect = effect();

        assertThat(effect.shown().contacts()).isEqualTo(40);
        assertThat(effect.heldOut().acwSeconds()).isEqualTo(90);
        Proportion.Difference saved = difference(effect, Measure.ACW);
        assertThat(saved.value()).isEqualTo(-50);
        double reach = 1.959964 * Math.sqrt(100.0 / 39 + 100.0 / 49);
        assertThat(saved.low()).isCloseTo(-50 - reach, within(1e-9));
        assertThat(saved.high()).isCloseTo(-50 + reach, within(1e-9));
        assertThat(saved.isClear()).isTrue();
        assertThat(difference(effect, Measure.EFFORT).value()).isEqualTo(-50);
    }

    /** Half of all went without while contacts took long; pooled, drafts would seem to save 30 s. */
    @Test
    void theSeasonIsNotTakenForTheDraftsDoingWhereTheShareChanged() {
        share = 0.5;
        contacts("shown", 40, 100);
        contacts("heldOut", 40, 110);
        share = 0.1;
        contacts("shown", 120, 20);
        contacts("heldOut", 40, 30);
        center.pump();

        Proportion.Difference saved = difference(effect(), Measure.ACW);

        assertThat(saved.value()).isCloseTo(-10, within(1e-9));
        assertThat(effect().shown().acwSeconds()).isEqualTo(40);
        assertThat(effect().heldOut().acwSeconds()).isEqualTo(70);
    }

    /** Where nobody goes without any more, the time by hand is all there is to compare with. */
    @Test
    void whatCameAfterTheShadowTimeIsComparedWithIt() {
        share = 0;
        contacts("shadow", 40, 90);
        contacts("shown", 40, 50);
        center.pump();

        assertThat(effect().effects())
                .extracting(DraftEffect.Effect::difference)
                .containsOnlyNulls();
        Proportion.Difference since =
                Objects.requireNonNull(effect().sinceThen().getFirst().difference());
        assertThat(since.value()).isEqualTo(-40);
    }

    private void contacts(String arm, int count, long acw) {
        for (int i = 0; i < count; i++) {
            contact(arm, acw, Map.of());
        }
    }

    @Test
    void ofFewContactsNoDifferenceIsTold() {
        for (int i = 0; i < 29; i++) {
            contact("shown", 40, Map.of());
        }
        for (int i = 0; i < 30; i++) {
            contact("heldOut", 90, Map.of());
        }
        center.pump();

        assertThat(effect().effects())
                .extracting(DraftEffect.Effect::difference)
                .containsOnlyNulls();
        assertThat(effect().shown().acwSeconds()).isEqualTo(40);
    }

    @Test
    void whoCameAgainWithinAWeekIsCountedByTheArmOfTheFirstContact() {
        contact("shown", 40, Map.of("customerKey", "k1"));
        contact("shown", 40, Map.of("customerKey", "k2"));
        contact("shown", 40, Map.of());
        later(6 * DAY, Map.of("customerKey", "k1"));
        later(8 * DAY, Map.of("customerKey", "k2"));
        center.pump();

        assertThat(effect().shown().repeated()).isEqualTo(Proportion.of(1, 2));
    }

    @Test
    void ofAContactThatWasAWeekAgoOrLessNobodyKnowsWhetherItIsRepeated() {
        var young = new AnalyticsFixture(db, TestClock.at("2026-03-08T09:00:00Z"));
        young.append("draft.drawn", "i1", Map.of("interactionId", "i1", "arm", "shown"));
        young.leg("ann", 0, 60, 100, Map.of("customerKey", "k1"));
        young.pump();

        assertThat(young.reports()
                        .drafts(AnalyticsFixture.SUPERVISOR, at(0), at(DAY), null)
                        .shown()
                        .repeated())
                .isEqualTo(Proportion.of(0, 0));
    }

    @Test
    void aContactOfTwoLegsCountsOnceWithBoth() {
        contact("shown", 40, Map.of());
        center.wrapUp(
                "w-second",
                "i1",
                "bob",
                1000,
                "COMPLETED",
                Map.of(
                        "legStartedAt",
                        at(100),
                        "legEndedAt",
                        at(160),
                        "releasedAt",
                        at(180),
                        "acwSeconds",
                        20,
                        "talkSeconds",
                        60,
                        "firstPart",
                        true));
        center.pump();

        assertThat(effect().shown().contacts()).isEqualTo(1);
        assertThat(effect().shown().acwSeconds()).isEqualTo(60);
        assertThat(effect().shown().effortSeconds()).isEqualTo(60 + 60 + 60);
    }

    @Test
    void whatWasNoContactAndOtherQueuesAreLeftOut() {
        contact("shown", 40, Map.of("queue", "billing"));
        contact("shown", 40, Map.of("queue", "sales"));
        contact("shown", 40, Map.of("queue", "billing", "noContact", "SILENT"));
        center.pump();

        assertThat(center.reports()
                        .drafts(AnalyticsFixture.SUPERVISOR, at(0), at(DAY), "billing")
                        .shown()
                        .contacts())
                .isEqualTo(1);
    }

    /** Of 60 seconds, at the beginning of the period. */
    private void contact(String arm, long acw, Map<String, Object> more) {
        legs++;
        center.append("draft.drawn", "i" + legs, Map.of("interactionId", "i" + legs, "arm", arm, "share", share));
        center.leg("ann", 0, 60, 60 + acw, more);
    }

    private void later(long seconds, Map<String, Object> more) {
        legs++;
        center.leg("ann", seconds, seconds + 60, seconds + 100, more);
    }

    private DraftEffect effect() {
        return center.reports().drafts(AnalyticsFixture.SUPERVISOR, at(0), at(DAY), null);
    }

    private static Proportion.Difference difference(DraftEffect effect, Measure measure) {
        return effect.effects().stream()
                .filter(one -> one.measure() == measure)
                .map(DraftEffect.Effect::difference)
                .findFirst()
                .orElseThrow();
    }
}
