package org.afterword.drafting.internal.check;

/**
 * Something exact that a statement says.
 *
 * @param text as it stands there
 * @param from where it begins in the statement
 * @param to   where it ends, exclusive
 */
public record Fact(Kind kind, String text, int from, int to) {
    public enum Kind {
        NAME,
        NUMBER,
        AMOUNT,
        DATE,
        TIME,
        /** An e-mail address. */
        ADDRESS
    }
}
