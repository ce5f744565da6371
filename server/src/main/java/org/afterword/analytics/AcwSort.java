package org.afterword.analytics;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** An order of rows: largest numbers first, keys as the alphabet goes, or all of that the other way round; none comes last. */
public record AcwSort(AcwField field, boolean reversed) {
    /** What costs most first; times as they pass. */
    public static AcwSort usual(GroupBy groupBy) {
        return new AcwSort(groupBy.isTime() ? AcwField.KEY : AcwField.ACW_TOTAL_SECONDS, false);
    }

    /** Reads {@code acwTotalSeconds}, or {@code -acwTotalSeconds} for the reverse. */
    public static AcwSort parse(String text) {
        boolean reversed = text.startsWith("-");
        return new AcwSort(AcwField.parse(reversed ? text.substring(1) : text), reversed);
    }

    public Comparator<AcwRow> comparator() {
        boolean byKey = field == AcwField.KEY;
        Comparator<AcwRow> keys = Comparator.comparing(AcwRow::key, order(!(byKey && reversed)));
        Comparator<AcwRow> numbers = Comparator.comparing(this::number, order(reversed));
        return byKey ? keys : numbers.thenComparing(keys);
    }

    private static <T extends Comparable<T>> Comparator<@Nullable T> order(boolean ascending) {
        Comparator<T> order = ascending ? Comparator.<T>naturalOrder() : Comparator.<T>reverseOrder();
        return Comparator.nullsLast(order);
    }

    private @Nullable Double number(AcwRow row) {
        return field.of(row) instanceof Number number ? number.doubleValue() : null;
    }
}
