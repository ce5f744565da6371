package org.afterword.platform;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How many of how many, with the interval that holds the true share in 95 of 100 cases (Wilson's score interval: E. B. Wilson,
 * "Probable inference, the law of succession, and statistical inference", JASA 22, 1927).
 *
 * @param share null where there is none to take it from, as are {@code low} and {@code high}
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Proportion(
        long part,
        long whole,
        @Nullable Double share,
        @Nullable Double low,
        @Nullable Double high) {
    /** The normal distribution's quantile of .975. */
    public static final double Z = 1.959964;

    /** @throws IllegalArgumentException unless 0 ≤ part ≤ whole */
    public static Proportion of(long part, long whole) {
        if (part < 0 || part > whole) {
            throw new IllegalArgumentException("%d of %d is no share".formatted(part, whole));
        }
        if (whole == 0) {
            return new Proportion(0, 0, null, null, null);
        }
        double share = (double) part / whole;
        double centre = (share + Z * Z / (2 * whole)) / (1 + Z * Z / whole);
        double reach = Z / (1 + Z * Z / whole) * Math.sqrt(share * (1 - share) / whole + Z * Z / (4.0 * whole * whole));
        return new Proportion(
                part, whole, share, Math.clamp(centre - reach, 0, share), Math.clamp(centre + reach, share, 1));
    }

    /**
     * This share less the other (R. G. Newcombe, "Interval estimation for the difference between independent proportions", Statistics
     * in Medicine 17, 1998, method 10); null where one of them is not there.
     */
    public @Nullable Difference minus(Proportion other) {
        if (share == null
                || low == null
                || high == null
                || other.share == null
                || other.low == null
                || other.high == null) {
            return null;
        }
        double difference = share - other.share;
        return new Difference(
                difference,
                difference - Math.hypot(share - low, other.high - other.share),
                difference + Math.hypot(high - share, other.share - other.low));
    }

    /** What one figure has more than another, with its interval of 95 %. */
    public record Difference(double value, double low, double high) {
        /** Whether chance alone hardly makes such a difference. */
        public boolean isClear() {
            return low > 0 || high < 0;
        }
    }
}
