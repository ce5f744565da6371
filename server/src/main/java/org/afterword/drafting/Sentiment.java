package org.afterword.drafting;

/** How the customer sounded, −1 (very unhappy) to 1 (very happy): over all, in the first and in the last third. */
public record Sentiment(double overall, double start, double end) {
    public Sentiment {
        for (double part : new double[] {overall, start, end}) {
            if (!(part >= -1 && part <= 1)) {
                throw new IllegalArgumentException("sentiment %s is not between -1 and 1".formatted(part));
            }
        }
    }
}
