package org.afterword.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ProportionTest {
    /** Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17, 1998, table I, method 3. */
    @Test
    void theIntervalIsWilsons() {
        assertInterval(81, 263, 0.2553, 0.3662);
        assertInterval(15, 148, 0.0624, 0.1605);
        assertInterval(0, 20, 0, 0.1611);
        assertInterval(1, 29, 0.0061, 0.1718);
    }

    private static void assertInterval(long part, long whole, double low, double high) {
        var share = Proportion.of(part, whole);
        assertThat(share.low()).isCloseTo(low, within(5e-5));
        assertThat(share.high()).isCloseTo(high, within(5e-5));
    }

    /** Newcombe, "Interval estimation for the difference between independent proportions", 1998, table II, method 10. */
    @Test
    void theDifferenceIsNewcombes() {
        assertDifference(56, 70, 48, 80, 0.0524, 0.3339);
        assertDifference(9, 10, 3, 10, 0.1705, 0.8090);
        assertDifference(10, 10, 0, 10, 0.6075, 1);
    }

    private static void assertDifference(
            long part, long whole, long otherPart, long otherWhole, double low, double high) {
        var difference = Objects.requireNonNull(Proportion.of(part, whole).minus(Proportion.of(otherPart, otherWhole)));
        assertThat(difference.low()).isCloseTo(low, within(5e-5));
        assertThat(difference.high()).isCloseTo(high, within(5e-5));
    }

    @Test
    void nothingOfNothingHasNoShare() {
        var none = Proportion.of(0, 0);

        assertThat(none.share()).isNull();
        assertThat(none.minus(Proportion.of(1, 2))).isNull();
        assertThat(Proportion.of(1, 2).minus(none)).isNull();
        assertThatIllegalArgumentException().isThrownBy(() -> Proportion.of(3, 2));
    }

    @Property
    void theShareLiesWithinItsInterval(
            @ForAll @LongRange(min = 0, max = 5000) long part, @ForAll @LongRange(min = 1, max = 5000) long rest) {
        var share = Proportion.of(part, part + rest);

        assertThat(share.share()).isBetween(share.low(), share.high());
        assertThat(share.low()).isNotNegative();
        assertThat(share.high()).isLessThanOrEqualTo(1);
    }
}
