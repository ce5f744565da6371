package org.afterword.drafting.internal.evaluation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.afterword.platform.StartupException;

/** A table as RFC 4180 has it, its first row naming the columns; values may hold lines of their own. */
final class CsvTable {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private CsvTable() {}

    /**
     * @param file   that it is of
     * @param number of the row, the first one with the names of the columns being 1
     * @param values by column
     */
    record Row(Path file, int number, Map<String, String> values) {
        /** @throws StartupException if the table has no such column */
        String get(String column) {
            String value = values.get(column);
            if (value == null) {
                throw new StartupException("%s has no column '%s'.".formatted(file, column));
            }
            return value;
        }
    }

    static List<Row> read(Path file) throws IOException {
        String text = DataFile.text(file);
        List<List<String>> rows = rows(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
        if (rows.isEmpty()) {
            throw new StartupException("%s has no row that names its columns.".formatted(file));
        }
        List<String> columns = rows.getFirst();
        var table = new ArrayList<Row>();
        for (List<String> row : rows.subList(1, rows.size())) {
            int number = table.size() + 2;
            if (row.size() != columns.size()) {
                throw new StartupException(
                        "%s, row %d: %d values, not %d.".formatted(file, number, row.size(), columns.size()));
            }
            var values = new LinkedHashMap<String, String>();
            for (int i = 0; i < columns.size(); i++) {
                values.put(columns.get(i), row.get(i));
            }
            table.add(new Row(file, number, values));
        }
        return table;
    }

    private static List<List<String>> rows(String text) {
        var rows = new ArrayList<List<String>>();
        var row = new ArrayList<String>();
        var value = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                value.append(c);
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == ',' || c == '\n')) {
                row.add(value.toString());
                value.setLength(0);
                if (c == '\n') {
                    rows.add(List.copyOf(row));
                    row.clear();
                }
            } else {
                value.append(c);
            }
        }
        if (!row.isEmpty() || !value.isEmpty()) {
            row.add(value.toString());
            rows.add(List.copyOf(row));
        }
        return rows;
    }
}
