package org.afterword.drafting.internal.evaluation;

/** How many values were drafted, how many should have been, and how many are both. */
record Hits(int right, int drafted, int wanted) {
    Hits and(Hits other) {
        return new Hits(right + other.right, drafted + other.drafted, wanted + other.wanted);
    }

    boolean areAll() {
        return right == drafted && right == wanted;
    }
}
