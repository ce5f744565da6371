package org.afterword.drafting.internal.prose;

/** What an endpoint knows its caller by. Shown to nobody once it was entered. */
record ApiKey(String text) {
    private static final int LONGEST = 500;

    ApiKey {
        if (text.isBlank() || text.length() > LONGEST || !text.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException("a key has 1 to %d plain characters without spaces".formatted(LONGEST));
        }
    }

    /** Secrets end up in no log. */
    @Override
    public String toString() {
        return "…";
    }
}
