package org.afterword.platform;

/**
 * Figures that have to be looked up in the database. Beans of this type are asked every ten seconds, whoever looks at
 * {@code /metrics} how often; each look has to be a short one, by an index and with a bound.
 */
public interface SampledFigures {
    /** Looks, and shows what it found. If it throws, {@link #forget} is called. */
    void sample();

    /** Shows nothing: what is not known is absent, not what it was before. */
    void forget();
}
