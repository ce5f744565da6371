package org.afterword.drafting.internal.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.StringLength;
import org.afterword.conversation.InteractionId;
import org.afterword.drafting.Grade;
import org.afterword.drafting.Rollout;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DrawTest {
    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    private static final int CONTACTS = 20_000;

    /** Five standard errors: once in two million draws. */
    @Property(tries = 20)
    void asManyContactsGoWithoutAsTheShareSays(
            @ForAll @DoubleRange(max = 0.5) double share, @ForAll @StringLength(32) String salt) {
        double heldOut = (double) heldOut(share, salt).size() / CONTACTS;

        assertThat(Math.abs(heldOut - share)).isLessThanOrEqualTo(5 * Math.sqrt(share * (1 - share) / CONTACTS));
    }

    /** So a share can be raised without giving a draft to who had none. */
    @Property(tries = 10)
    void whoGoesWithoutStaysWithoutWhereMoreDo(
            @ForAll @DoubleRange(max = 0.25) double share, @ForAll @StringLength(32) String salt) {
        assertThat(heldOut(share * 2, salt)).containsAll(heldOut(share, salt));
    }

    @Test
    void anotherTenantDrawsOthers() {
        assertThat(heldOut(0.1, "one")).isNotEqualTo(heldOut(0.1, "other"));
    }

    private static Set<Integer> heldOut(double share, String salt) {
        Draw draw = draw(null, share, salt);
        return IntStream.range(0, CONTACTS)
                .filter(i -> draw.arm(new InteractionId("call-" + i), NOW) == Arm.HELD_OUT)
                .boxed()
                .collect(Collectors.toSet());
    }

    @Test
    void beforeTheEndOfTheShadowTimeNobodySeesADraft() {
        Draw draw = draw(NOW.plusSeconds(1), 0.5, "salt");

        assertThat(draw.arm(new InteractionId("call"), NOW)).isEqualTo(Arm.SHADOW);
        assertThat(draw.arm(new InteractionId("call"), NOW.plusSeconds(1))).isNotEqualTo(Arm.SHADOW);
    }

    @Test
    void aPartDoesNeitherMoreThanItEarnedNorMoreThanItMay() {
        var rollout = new Rollout(
                null,
                0,
                Map.of("summary", Grade.OFF, "tags", Grade.SUGGEST),
                Map.of("claims", Map.of("summary", Grade.PREFILL)));
        var draw = new Draw(
                rollout,
                true,
                "",
                Map.of(
                        "claims", Map.of("disposition", Grade.SUGGEST, "tags", Grade.OFF),
                        "", Map.of("fields", Grade.OFF)));

        assertThat(draw.grades("claims")).isEqualTo(Map.of("disposition", Grade.SUGGEST, "tags", Grade.OFF));
        assertThat(draw.grades("sales")).isEqualTo(Map.of("summary", Grade.OFF, "tags", Grade.SUGGEST));
        assertThat(draw.grades(null))
                .isEqualTo(Map.of("summary", Grade.OFF, "tags", Grade.SUGGEST, "fields", Grade.OFF));
    }

    /** A part that is trusted more is looked at less, and never not at all. */
    @Test
    void aLotDecidesWhatPeopleGoOnChecking() {
        Draw draw = draw(null, 0, "salt");

        Set<Integer> young = audited(draw, List.of(Grade.FILL, Grade.FILL_AUDITED));
        Set<Integer> trusted = audited(draw, List.of(Grade.FILL));

        assertThat(young.size()).isBetween(CONTACTS / 5 - 300, CONTACTS / 5 + 300);
        assertThat(trusted.size()).isBetween(CONTACTS / 50 - 100, CONTACTS / 50 + 100);
        assertThat(young).containsAll(trusted);
        assertThat(heldOut(0.2, "salt"))
                .as("another lot than that of the holdout")
                .isNotEqualTo(young);
    }

    private static Set<Integer> audited(Draw draw, List<Grade> grades) {
        return IntStream.range(0, CONTACTS)
                .filter(i -> draw.isAudited(new InteractionId("call-" + i), grades))
                .boxed()
                .collect(Collectors.toSet());
    }

    private static Draw draw(@Nullable Instant shadowUntil, double holdout, String salt) {
        return new Draw(new Rollout(shadowUntil, holdout, Map.of(), Map.of()), true, salt, Map.of());
    }
}
