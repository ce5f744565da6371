package org.afterword.platform;

import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns rows into columns of text, for statements that take a batch of any size as a handful of arrays. */
public final class Columns {
    private Columns() {}

    public static <T> @Nullable String[] of(Collection<T> rows, Function<? super T, ? extends @Nullable Object> value) {
        var column = new @Nullable String[rows.size()];
        int i = 0;
        for (T row : rows) {
            Object cell = value.apply(row);
            column[i++] = cell == null ? null : cell.toString();
        }
        return column;
    }
}
