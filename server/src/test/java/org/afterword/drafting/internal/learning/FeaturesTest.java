package org.afterword.drafting.internal.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.BufferUnderflowException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class FeaturesTest {
    @Property(tries = 100)
    void whatIsStoredIsReadAgain(@ForAll List<@AlphaChars @StringLength(max = 12) String> words) {
        Features once = Features.parse(of("customer", words).toBytes());

        assertThat(Features.parse(once.toBytes())).isEqualTo(once);
        assertThat(once.hashes()).isEqualTo(of("customer", words).hashes());
    }

    @Property(tries = 100)
    void linesAreReadAgainOneByOne(
            @ForAll @Size(max = 8) List<List<@AlphaChars @StringLength(max = 12) String>> lines) {
        Features once = Features.parse(new FeatureCollector()
                .with(
                        new float[] {1},
                        lines.stream().map(words -> of("line", words)).toList())
                .toBytes());

        assertThat(once.lines()).hasSameSizeAs(lines);
        assertThat(Features.parse(once.toBytes())).isEqualTo(once);
    }

    @Property(tries = 50)
    void aZoneWeighsTheSameHoweverMuchIsSaidInIt(
            @ForAll @Size(min = 1, max = 200) List<@AlphaChars @StringLength(min = 1, max = 8) String> words) {
        double square = 0;
        for (float weight : of("customer", words).weights()) {
            square += weight * weight;
        }

        assertThat(Math.sqrt(square)).isCloseTo(2, within(1e-3));
    }

    @Test
    void aWordSaysSomethingElseInAnotherZone() {
        Set<Integer> first =
                Arrays.stream(of("first", List.of("refund")).hashes()).boxed().collect(Collectors.toSet());

        assertThat(of("customer", List.of("refund")).hashes())
                .isNotEmpty()
                .doesNotContain(first.toArray(Integer[]::new));
    }

    @Test
    void whoNeverStopsTalkingCostsNoMore() {
        assertThat(of("customer", Collections.nCopies(100_000, "and")).hashes().length)
                .isEqualTo(of("customer", Collections.nCopies(3_000, "and")).hashes().length);
    }

    @Test
    void whatWasCutOffIsNotReadAsLess() {
        byte[] stored = of("customer", List.of("refund")).toBytes();

        assertThatThrownBy(() -> Features.parse(Arrays.copyOf(stored, stored.length - 1)))
                .isInstanceOf(BufferUnderflowException.class);
    }

    private static Features of(String zone, List<String> words) {
        return new FeatureCollector().words(zone, 2, List.of(words)).with(new float[] {0.5f});
    }
}
