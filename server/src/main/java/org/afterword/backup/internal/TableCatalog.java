package org.afterword.backup.internal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What tables there are, read from the database's own catalog, so that a new one is backed up without anybody thinking of it. */
final class TableCatalog {
    /** Written by Flyway; sessions, which end with the installation that they were of; and what is true of that database's clock alone. */
    private static final Set<String> LEFT_OUT =
            Set.of("flyway_schema_history", "spring_session", "spring_session_attributes", "time_line");

    private static final String TABLES = """
            SELECT c.relname, c.relrowsecurity,
                   ARRAY(SELECT a.attname::text
                           FROM pg_attribute AS a
                          WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
                          ORDER BY a.attnum) AS columns,
                   ARRAY(SELECT DISTINCT other.relname::text
                           FROM pg_constraint AS f
                           JOIN pg_class AS other ON other.oid = f.confrelid
                          WHERE f.conrelid = c.oid AND f.contype = 'f' AND f.confrelid <> c.oid AND f.conparentid = 0) AS needed
              FROM pg_class AS c
             WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
             ORDER BY c.relname
            """;
    private static final String SEQUENCES = """
            SELECT sequencename, last_value
              FROM pg_sequences
             WHERE schemaname = 'public' AND last_value IS NOT NULL
             ORDER BY sequencename
            """;
    private static final String PARTITIONS = """
            SELECT parent.relname AS parent, right(part.relname, 6) AS month
              FROM pg_inherits AS i
              JOIN pg_class AS parent ON parent.oid = i.inhparent
              JOIN pg_class AS part ON part.oid = i.inhrelid
             WHERE parent.relnamespace = 'public'::regnamespace AND parent.relkind = 'p'
               AND part.relname ~ ('^' || parent.relname || '_[0-9]{6}$')
             ORDER BY parent.relname, part.relname
            """;

    /**
     * @param byTenant whether row-level security keeps its rows apart
     * @param columns  those that hold something of their own, in order
     * @param needed   tables that must be filled before
     */
    record Table(String name, boolean byTenant, List<String> columns, Set<String> needed) {}

    private TableCatalog() {}

    /** All that is backed up, in an order in which it can be filled again. */
    static List<Table> tables(Connection connection) throws SQLException {
        var found = new ArrayList<Table>();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(TABLES)) {
            while (row.next()) {
                if (!LEFT_OUT.contains(row.getString("relname"))) {
                    found.add(new Table(
                            row.getString("relname"),
                            row.getBoolean("relrowsecurity"),
                            texts(row, "columns"),
                            Set.copyOf(texts(row, "needed"))));
                }
            }
        }
        return inOrder(found);
    }

    /** Each after those it needs, otherwise by name. */
    private static List<Table> inOrder(List<Table> tables) {
        var waiting = new ArrayList<>(tables);
        var ordered = new LinkedHashMap<String, Table>();
        while (!waiting.isEmpty()) {
            var ready = waiting.stream()
                    .filter(table -> ordered.keySet().containsAll(table.needed()))
                    .toList();
            if (ready.isEmpty()) {
                throw new IllegalStateException("the foreign keys of %s go in a circle"
                        .formatted(waiting.stream().map(Table::name).toList()));
            }
            ready.forEach(table -> ordered.put(table.name(), table));
            waiting.removeAll(ready);
        }
        return List.copyOf(ordered.values());
    }

    static Map<String, Long> sequences(Connection connection) throws SQLException {
        var found = new TreeMap<String, Long>();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(SEQUENCES)) {
            while (row.next()) {
                found.put(row.getString("sequencename"), row.getLong("last_value"));
            }
        }
        return found;
    }

    static Map<String, List<String>> partitions(Connection connection) throws SQLException {
        var found = new TreeMap<String, List<String>>();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(PARTITIONS)) {
            while (row.next()) {
                found.computeIfAbsent(row.getString("parent"), parent -> new ArrayList<>())
                        .add(row.getString("month"));
            }
        }
        return found;
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return Arrays.stream((Object[]) row.getArray(column).getArray())
                .map(String.class::cast)
                .toList();
    }
}
