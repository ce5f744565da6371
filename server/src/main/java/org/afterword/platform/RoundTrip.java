package org.afterword.platform;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.jdbc.core.ArgumentPreparedStatementSetter;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;

/**
 * Queries that do not depend on each other, sent to the database in one message and answered in one. On a busy machine it is the waiting
 * for one's turn between two messages that takes the time.
 */
public final class RoundTrip {
    private final List<String> queries = new ArrayList<>();
    private final List<Object> arguments = new ArrayList<>();
    private final List<RowCallbackHandler> readers = new ArrayList<>();

    /** @param reader gets the rows of {@code query}, once {@link #run} is called, in the order of the queries */
    public RoundTrip query(String query, RowCallbackHandler reader, Object... itsArguments) {
        queries.add(query);
        readers.add(reader);
        arguments.addAll(Arrays.asList(itsArguments));
        return this;
    }

    public void run(JdbcTemplate jdbc) {
        var setter = new ArgumentPreparedStatementSetter(arguments.toArray());
        jdbc.execute(String.join(";", queries), (PreparedStatement statement) -> {
            setter.setValues(statement);
            statement.execute();
            for (RowCallbackHandler reader : readers) {
                read(statement, reader);
                statement.getMoreResults();
            }
            return null;
        });
    }

    private static void read(PreparedStatement statement, RowCallbackHandler reader) throws SQLException {
        try (ResultSet rows = statement.getResultSet()) {
            while (rows.next()) {
                reader.processRow(rows);
            }
        }
    }
}
