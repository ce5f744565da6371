package org.afterword.drafting.internal.language;

/**
 * A value that was said.
 *
 * @param kind  what kind of value it is
 * @param value in canonical form, the same however it was said: {@code 2026-03-09}, {@code 17:30}, {@code $1,500}
 * @param from  where it begins in the text it was found in
 * @param to    where it ends, exclusive
 */
public record Mention(Kind kind, String value, int from, int to) {
    public enum Kind {
        EMAIL,
        PHONE,
        DATE,
        TIME,
        AMOUNT,
        NUMBER
    }

    Mention movedBy(int places) {
        return new Mention(kind, value, from + places, to + places);
    }
}
