package org.afterword.speech.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.afterword.conversation.ContactEvent.Recorded;
import org.afterword.conversation.InteractionId;
import org.afterword.conversation.Speaker;
import org.afterword.platform.Json;
import org.afterword.platform.Tenancy;
import org.afterword.speech.Transcription;
import org.afterword.speech.Transcription.State;
import org.afterword.speech.internal.audio.Frames;
import org.afterword.speech.internal.voice.Quiet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;

/** The table {@code transcription}, for the tenant of the running transaction. */
public final class TranscriptionRepository {
    /** The kind of due work that goes on with a recording; its id is the transcription's. */
    public static final String DUE_WORK = "transcription";

    private static final String ADD = """
            INSERT INTO transcription (tenant_id, created_at, transcription_id, interaction_id, file, url, channels, recorded_at,
                                       state, reason)
            VALUES (:tenant, :now::timestamptz, :id, :interaction, :file, :url, :channels::jsonb, :recordedAt::timestamptz,
                    :state, :reason)
            """;

    private static final String LOAD = """
            SELECT interaction_id, file, channels, recorded_at, state, first_turn, done_frames, utterances, failures,
                   spoken_frames, silence_frames, hold_frames, spoken_until
              FROM transcription
             WHERE tenant_id = :tenant AND transcription_id = :id
            """;

    /** What else is known of the same contact's recordings, of those whose work has begun. */
    private static final String OTHERS = """
            SELECT count(*) AS begun, coalesce(bool_or(o.file = t.file), false) AS same_file, max(o.first_turn) AS last_first_turn
              FROM transcription AS t
              JOIN transcription AS o ON o.tenant_id = t.tenant_id AND o.interaction_id = t.interaction_id
                                     AND o.transcription_id <> t.transcription_id AND o.first_turn IS NOT NULL
             WHERE t.tenant_id = :tenant AND t.transcription_id = :id
            """;

    private static final String BEGIN = """
            UPDATE transcription
               SET state = 'running', first_turn = :firstTurn, next_attempt_at = NULL
             WHERE tenant_id = :tenant AND transcription_id = :id AND state IN ('waiting', 'running')
            """;

    /** Changes no row if somebody else has gone on meanwhile. */
    private static final String ADVANCE = """
            UPDATE transcription
               SET done_frames = :to, total_seconds = :totalSeconds, utterances = utterances + :utterances, turns = turns + :turns,
                   unreliable = unreliable + :unreliable, recognizer = :recognizer, spoken_frames = :spoken,
                   silence_frames = :silence, hold_frames = :hold, spoken_until = :spokenUntil, failures = 0, reason = NULL
             WHERE tenant_id = :tenant AND transcription_id = :id AND state = 'running' AND done_frames = :from
            """;

    private static final String FINISH = """
            UPDATE transcription
               SET state = 'done', total_seconds = :totalSeconds, silence_frames = :silence, hold_frames = :hold, failures = 0,
                   reason = NULL, ended_at = :now::timestamptz
             WHERE tenant_id = :tenant AND transcription_id = :id AND state = 'running' AND done_frames = :from
            """;
    private static final String END = """
            UPDATE transcription
               SET state = :state, reason = :reason, failures = :failures, next_attempt_at = NULL, ended_at = :now::timestamptz
             WHERE tenant_id = :tenant AND transcription_id = :id AND state IN ('waiting', 'running')
            """;
    private static final String TRY_LATER = """
            UPDATE transcription
               SET state = 'waiting', reason = :reason, failures = :failures, next_attempt_at = :next::timestamptz
             WHERE tenant_id = :tenant AND transcription_id = :id AND state IN ('waiting', 'running')
            """;
    private static final String TRY_AGAIN = """
            UPDATE transcription
               SET state = 'waiting', failures = 0, next_attempt_at = NULL, ended_at = NULL
             WHERE tenant_id = :tenant AND transcription_id = :id AND file IS NOT NULL
               AND state IN ('waiting', 'failed', 'unconfigured')
            """;
    private static final String OLDEST = """
            SELECT transcription_id FROM transcription
             WHERE tenant_id = :tenant AND state = :state AND state NOT IN ('done', 'skipped')
             ORDER BY transcription_id
             LIMIT :most
            """;

    private static final String SHOWN = """
            SELECT transcription_id, interaction_id, file, url, state, reason, recognizer, done_frames, total_seconds, turns,
                   unreliable, spoken_frames, silence_frames, hold_frames, failures, created_at, next_attempt_at, ended_at
              FROM transcription
             WHERE tenant_id = :tenant
            """;
    private static final String FIND = SHOWN + " AND transcription_id = :id";
    private static final String LIST = SHOWN + """
               AND (:before::text IS NULL OR transcription_id < :before) AND (:state::text IS NULL OR state = :state)
               AND (:interaction::text IS NULL OR interaction_id = :interaction)
             ORDER BY transcription_id DESC
             LIMIT :limit
            """;
    private static final String COUNTS = """
            SELECT (SELECT count(*) FROM (SELECT FROM transcription
                     WHERE tenant_id = :tenant AND state = 'failed' LIMIT :most) AS f) AS failed,
                   (SELECT count(*) FROM (SELECT FROM transcription
                     WHERE tenant_id = :tenant AND state IN ('waiting', 'running') LIMIT :most) AS w) AS waiting
            """;

    /**
     * A recording to go on with.
     *
     * @param firstTurn  null until it is begun
     * @param doneFrames worked through
     * @param utterances worked through
     * @param failures   in a row
     */
    record Work(
            String id,
            InteractionId interaction,
            String file,
            Map<Integer, Speaker> channels,
            Instant recordedAt,
            State state,
            @Nullable Integer firstTurn,
            long doneFrames,
            int utterances,
            int failures,
            Quiet quiet) {}

    /**
     * The contact's other recordings whose work has begun.
     *
     * @param sameFile      one of them is of the same file
     * @param lastFirstTurn the greatest number that one begins with; null if there is none
     */
    record Others(int begun, boolean sameFile, @Nullable Integer lastFirstTurn) {}

    /** How far the work at a recording came in a stretch of it. */
    record Progress(
            long from,
            long to,
            @Nullable Double totalSeconds,
            int utterances,
            int turns,
            int unreliable,
            Quiet quiet,
            String recognizer) {}

    /** Counted up to a bound. */
    record Counts(int waiting, int failed) {}

    private final Tenancy tenancy;
    private final JdbcClient jdbc;

    public TranscriptionRepository(Tenancy tenancy, JdbcTemplate jdbc) {
        this.tenancy = tenancy;
        this.jdbc = JdbcClient.create(jdbc);
    }

    void add(String id, Recorded recorded, State state, @Nullable String reason, Instant now) {
        sql(ADD, id)
                .param("now", now.toString())
                .param("interaction", recorded.interaction().value())
                .param("file", recorded.file())
                .param("url", recorded.url())
                .param("channels", Json.write(recorded.channels()))
                .param("recordedAt", recorded.at().toString())
                .param("state", state.code())
                .param("reason", reason)
                .update();
    }

    /** Nothing if there is none, or it is no file. */
    Optional<Work> load(String id) {
        return sql(LOAD, id).query((rs, n) -> work(id, rs)).optional().filter(work -> !work.file.isEmpty());
    }

    Others others(String id) {
        return sql(OTHERS, id)
                .query((rs, n) -> new Others(
                        rs.getInt("begun"), rs.getBoolean("same_file"), rs.getObject("last_first_turn", Integer.class)))
                .single();
    }

    void begin(String id, int firstTurn) {
        sql(BEGIN, id).param("firstTurn", firstTurn).update();
    }

    /** False if somebody else went on with it meanwhile. */
    boolean advance(String id, Progress progress) {
        return sql(ADVANCE, id)
                        .param("from", progress.from)
                        .param("to", progress.to)
                        .param("totalSeconds", progress.totalSeconds)
                        .param("utterances", progress.utterances)
                        .param("turns", progress.turns)
                        .param("unreliable", progress.unreliable)
                        .param("recognizer", progress.recognizer)
                        .param("spoken", progress.quiet.spokenFrames())
                        .param("silence", progress.quiet.silenceFrames())
                        .param("hold", progress.quiet.holdFrames())
                        .param("spokenUntil", progress.quiet.spokenUntil())
                        .update()
                == 1;
    }

    void finish(String id, long frames, Quiet quiet, Instant now) {
        sql(FINISH, id)
                .param("from", frames)
                .param("totalSeconds", Frames.seconds(frames))
                .param("silence", quiet.silenceFrames())
                .param("hold", quiet.holdFrames())
                .param("now", now.toString())
                .update();
    }

    void end(String id, State state, String reason, int failures, Instant now) {
        sql(END, id)
                .param("state", state.code())
                .param("reason", reason)
                .param("failures", failures)
                .param("now", now.toString())
                .update();
    }

    void tryLater(String id, String reason, int failures, Instant next) {
        sql(TRY_LATER, id)
                .param("reason", reason)
                .param("failures", failures)
                .param("next", next.toString())
                .update();
    }

    /** False if it is done with or being worked at, or there is none. */
    public boolean tryAgain(String id) {
        return sql(TRY_AGAIN, id).update() == 1;
    }

    public List<String> oldest(State state, int most) {
        return sql(OLDEST)
                .param("state", state.code())
                .param("most", most)
                .query((rs, n) -> rs.getString("transcription_id"))
                .list();
    }

    public Optional<Transcription> find(String id) {
        return sql(FIND, id).query((rs, n) -> transcription(rs)).optional();
    }

    public List<Transcription> list(Transcription.Filter filter) {
        State state = filter.state();
        return sql(LIST)
                .param("before", filter.before())
                .param("state", state == null ? null : state.code())
                .param("interaction", filter.interactionId())
                .param("limit", filter.limit())
                .query((rs, n) -> transcription(rs))
                .list();
    }

    /** Counts up to {@code most} of each. */
    Counts counts(int most) {
        return sql(COUNTS)
                .param("most", most)
                .query((rs, n) -> new Counts(rs.getInt("waiting"), rs.getInt("failed")))
                .single();
    }

    private JdbcClient.StatementSpec sql(String sql) {
        return jdbc.sql(sql).param("tenant", tenancy.current().value());
    }

    private JdbcClient.StatementSpec sql(String sql, String id) {
        return sql(sql).param("id", id);
    }

    private static Work work(String id, ResultSet rs) throws SQLException {
        String file = rs.getString("file");
        return new Work(
                id,
                new InteractionId(rs.getString("interaction_id")),
                file == null ? "" : file,
                Json.mapper().readValue(rs.getString("channels"), new TypeReference<Map<Integer, Speaker>>() {}),
                rs.getTimestamp("recorded_at").toInstant(),
                State.parse(rs.getString("state")),
                rs.getObject("first_turn", Integer.class),
                rs.getLong("done_frames"),
                rs.getInt("utterances"),
                rs.getInt("failures"),
                new Quiet(
                        rs.getLong("spoken_frames"),
                        rs.getLong("silence_frames"),
                        rs.getLong("hold_frames"),
                        rs.getLong("spoken_until")));
    }

    private static Transcription transcription(ResultSet rs) throws SQLException {
        return new Transcription(
                rs.getString("transcription_id"),
                rs.getString("interaction_id"),
                rs.getString("file"),
                rs.getString("url"),
                State.parse(rs.getString("state")),
                rs.getString("reason"),
                rs.getString("recognizer"),
                Frames.seconds(rs.getLong("done_frames")),
                rs.getObject("total_seconds", Double.class),
                rs.getInt("turns"),
                rs.getInt("unreliable"),
                Frames.seconds(rs.getLong("spoken_frames")),
                Frames.seconds(rs.getLong("silence_frames")),
                Frames.seconds(rs.getLong("hold_frames")),
                rs.getInt("failures"),
                rs.getTimestamp("created_at").toInstant(),
                instant(rs, "next_attempt_at"),
                instant(rs, "ended_at"));
    }

    private static @Nullable Instant instant(ResultSet rs, String column) throws SQLException {
        Timestamp timestamp = rs.getTimestamp(column);
        return timestamp == null ? null : timestamp.toInstant();
    }
}
