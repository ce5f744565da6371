package org.afterword.platform;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ArgumentPreparedStatementSetter;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementCallback;
import org.springframework.jdbc.core.PreparedStatementSetter;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A {@link JdbcTemplate} that sends several statements in one message. On a busy machine a message and its answer take longer than
 * most statements do, because both sides wait for their turn at a processor.
 *
 * <p>In a tenant's transaction ({@link Tenancy}), what is written {@link #later} and what is {@link #ask asked} waits for the next statement,
 * whichever that is, and goes ahead of it in the same message; what still waits at the end goes with the commit. So the order of
 * statements is the order of the calls, nothing that is read can miss what was written, and a failure shows where the message is
 * sent. In no such transaction nothing waits.
 */
public class PipelinedJdbc extends JdbcTemplate {
    /**
     * How many statements are sent in one message. Driver and database keep what they made of a message's text for the next time, and a
     * text that is long seldom comes again.
     */
    static final int LONGEST = 24;

    private static final Part COMMIT = new Part("COMMIT", new Object[0], statement -> {}, false);

    /**
     * One statement of a message, and who gets its answer.
     *
     * @param mayBeRefused whether the reader may throw for what the statement did, which must not be committed by then
     */
    private record Part(String sql, @Nullable Object[] arguments, AnswerReader reader, boolean mayBeRefused) {
        Part(String sql, @Nullable Object[] arguments, AnswerReader reader) {
            this(sql, arguments, reader, false);
        }
    }

    private interface AnswerReader {
        /** @param statement stands at the answer of one part */
        void read(PreparedStatement statement) throws SQLException;
    }

    /** What one transaction has not sent yet. */
    private static final class Waiting {
        private List<Part> parts = new ArrayList<>();
        private boolean isOpened;
    }

    public PipelinedJdbc(DataSource dataSource) {
        super(dataSource);
    }

    /** Lets statements of the running transaction wait from here on; {@code sql} goes ahead of the first, if there is any. */
    void open(String sql, @Nullable Object... arguments) {
        var waiting = new Waiting();
        waiting.parts.add(new Part(sql, arguments, statement -> {}));
        TransactionSynchronizationManager.bindResource(transaction(), waiting);
    }

    private void flush() {
        List<Part> parts = take();
        if (!parts.isEmpty()) {
            send(parts);
        }
    }

    /** Sends what waits, together with the commit where that can be. Else the commit is left to whoever does it. */
    void flushAndCommit() {
        Waiting waiting = waiting();
        if (waiting != null && waiting.parts.size() > (waiting.isOpened ? 0 : 1)) {
            List<Part> parts = take();
            if (parts.stream().noneMatch(Part::mayBeRefused)) {
                parts.add(COMMIT);
            }
            send(parts);
        }
    }

    /** Forgets what waits: the transaction is over. */
    void close() {
        TransactionSynchronizationManager.unbindResourceIfPossible(transaction());
    }

    /** A statement whose answer nobody needs: what it writes, or that it locks. */
    public void later(String sql, @Nullable Object... arguments) {
        write(new Part(sql, arguments, statement -> {}));
    }

    /** As {@link #later}, for one row: where it changes none, or several, {@code otherwise} is thrown when it is sent. */
    public void oneRowLater(String sql, Supplier<? extends RuntimeException> otherwise, @Nullable Object... arguments) {
        AnswerReader check = statement -> {
            if (statement.getUpdateCount() != 1) {
                throw otherwise.get();
            }
        };
        write(new Part(sql, arguments, check, true));
    }

    private void write(Part part) {
        Waiting waiting = waiting();
        if (waiting == null) {
            send(List.of(part));
        } else {
            waiting.parts.add(part);
        }
    }

    /**
     * A query whose answer is not needed yet. Whoever needs several that do not depend on each other asks for all before taking the first
     * answer, and gets all with one message.
     *
     * @return to be called in the same transaction, or once it has committed
     */
    public <T extends @Nullable Object> Supplier<T> ask(
            String query, ResultSetExtractor<T> reader, @Nullable Object... arguments) {
        var answer = new Answer<T>(reader);
        write(new Part(query, arguments, answer::read));
        return answer;
    }

    private final class Answer<T extends @Nullable Object> implements Supplier<T> {
        private final ResultSetExtractor<T> reader;
        private boolean isRead;
        private @Nullable T value;

        Answer(ResultSetExtractor<T> reader) {
            this.reader = reader;
        }

        void read(PreparedStatement statement) throws SQLException {
            try (ResultSet rows = statement.getResultSet()) {
                value = reader.extractData(rows);
                isRead = true;
            }
        }

        @Override
        @SuppressWarnings("NullAway") // null only where T may be
        public T get() {
            if (!isRead) {
                flush();
            }
            if (!isRead) {
                throw new IllegalStateException("the transaction that asked was rolled back");
            }
            return value;
        }
    }

    @Override
    public <T extends @Nullable Object> T query(
            String sql, @Nullable PreparedStatementSetter setter, ResultSetExtractor<T> reader) {
        if (!(setter instanceof Arguments arguments) || waiting() == null) {
            return super.query(sql, setter, reader);
        }
        var answer = new Answer<T>(reader);
        sendWith(new Part(sql, arguments.values, answer::read));
        return answer.get();
    }

    @Override
    public <T extends @Nullable Object> T query(String sql, ResultSetExtractor<T> reader) {
        return waiting() == null ? super.query(sql, reader) : query(sql, new Arguments(), reader);
    }

    @Override
    public int update(String sql, @Nullable PreparedStatementSetter setter) {
        if (!(setter instanceof Arguments arguments) || waiting() == null) {
            return super.update(sql, setter);
        }
        var count = new int[1];
        sendWith(new Part(sql, arguments.values, statement -> count[0] = statement.getUpdateCount()));
        return count[0];
    }

    /** Whatever else is done with the database goes through here first. */
    @Override
    protected DataSource obtainDataSource() {
        flush();
        return super.obtainDataSource();
    }

    /** So that arguments can be set among those of other statements. */
    @Override
    protected PreparedStatementSetter newArgPreparedStatementSetter(@Nullable Object @Nullable [] arguments) {
        return new Arguments(arguments == null ? new @Nullable Object[0] : arguments);
    }

    private static final class Arguments extends ArgumentPreparedStatementSetter {
        private final @Nullable Object[] values;

        Arguments(@Nullable Object... values) {
            super(values);
            this.values = values;
        }
    }

    private List<Part> take() {
        Waiting waiting = waiting();
        if (waiting == null) {
            return List.of();
        }
        List<Part> parts = waiting.parts;
        waiting.parts = new ArrayList<>();
        waiting.isOpened = true;
        return parts;
    }

    private void sendWith(Part last) {
        var parts = new ArrayList<>(take());
        parts.add(last);
        send(parts);
    }

    private void send(List<Part> parts) {
        for (int from = 0; from < parts.size(); from += LONGEST) {
            sendOne(parts.subList(from, Math.min(parts.size(), from + LONGEST)));
        }
    }

    private void sendOne(List<Part> parts) {
        String text = parts.stream().map(Part::sql).collect(Collectors.joining(";"));
        var arguments = new ArrayList<@Nullable Object>();
        parts.forEach(part -> arguments.addAll(Arrays.asList(part.arguments)));
        execute(text, (PreparedStatementCallback<@Nullable Void>) statement -> {
            new Arguments(arguments.toArray()).setValues(statement);
            statement.execute();
            for (Part part : parts) {
                part.reader.read(statement);
                statement.getMoreResults();
            }
            return null;
        });
    }

    private @Nullable Waiting waiting() {
        return (Waiting) TransactionSynchronizationManager.getResource(transaction());
    }

    /** What stands for the running transaction: its connection's holder, so that one that is suspended keeps what is its own. */
    private Object transaction() {
        Object holder = TransactionSynchronizationManager.getResource(super.obtainDataSource());
        return holder == null ? this : holder;
    }
}
