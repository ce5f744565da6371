package org.afterword.drafting.internal;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.afterword.conversation.InteractionId;
import org.afterword.drafting.internal.learning.Features;
import org.afterword.drafting.internal.learning.Judgement;
import org.afterword.drafting.internal.learning.Lesson;
import org.afterword.platform.Json;
import org.afterword.platform.PipelinedJdbc;
import org.afterword.platform.TenantId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;

/** Versions of what was learned, in the database; every call is part of a tenant's running transaction. */
@Repository
class ModelRepository {
    /** What happened to a version. */
    enum State {
        IN_USE,
        /** A later one was better. */
        REPLACED,
        /** It was worse than the one in use by the records held back, and never was in use. */
        REFUSED,
        /** It got worse while it was in use. */
        ROLLED_BACK
    }

    /**
     * What a model is about.
     *
     * @param reads what it was taught to look at; one that looks at something else cannot go on from it
     */
    record Subject(String name, String reads) {
        private static final String FIELDS = "fields/";

        static Subject dispositions(String embedder) {
            return new Subject("dispositions", embedder);
        }

        /** Reasons and tags. */
        static Subject codes(String embedder) {
            return new Subject("codes", embedder);
        }

        boolean isCodes() {
            return name.equals("codes");
        }

        static Subject fields(String form) {
            return new Subject(FIELDS + form, WordsLookedAt.VERSION);
        }

        /** The form whose fields it is about; null = it is about something else. */
        @Nullable
        String form() {
            return name.startsWith(FIELDS) ? name.substring(FIELDS.length()) : null;
        }
    }

    /** @param weights null = of a version that is not needed any more */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Version(long number, Instant learnedUntil, int contacts, State state, byte @Nullable [] weights) {}

    private static final String NUMBERS_IN_USE = """
            SELECT subject, reads, number FROM learned_model
             WHERE tenant_id = ? AND state = 'IN_USE' AND (reads = ? OR reads = ?)
            """;
    private static final String VERSIONS = """
            SELECT number, learned_until, contacts, state, weights FROM learned_model
             WHERE tenant_id = ? AND subject = ? AND reads = ?
            """;
    private static final String IN_USE = VERSIONS + " AND state = 'IN_USE'";
    private static final String LATEST = VERSIONS + " ORDER BY number DESC LIMIT 1";
    private static final String BEFORE =
            VERSIONS + " AND number < ? AND state = 'REPLACED' AND weights IS NOT NULL ORDER BY number DESC LIMIT 1";
    private static final String PUT = """
            INSERT INTO learned_model (tenant_id, number, subject, reads, made_at, learned_until, contacts, state, judged, weights)
            SELECT ?, coalesce(max(number), 0) + 1, ?, ?, ?, ?, ?, ?, ?::jsonb, ? FROM learned_model WHERE tenant_id = ?
            """;
    private static final String MARK =
            "UPDATE learned_model SET state = ? WHERE tenant_id = ? AND number = ? AND state = ?";

    /** The one in use and the one before it, to go back to; all others only tell their story. */
    private static final String FORGET = """
            UPDATE learned_model SET weights = NULL
             WHERE tenant_id = ? AND subject = ? AND reads = ? AND weights IS NOT NULL AND state <> 'IN_USE'
               AND number NOT IN (SELECT number FROM learned_model
                                   WHERE tenant_id = ? AND subject = ? AND reads = ? AND state = 'REPLACED'
                                   ORDER BY number DESC LIMIT 1)
            """;

    private static final String LESSONS = """
            SELECT wrap_up_id, confirmed_at, disposition, features, prior FROM confirmed_example
             WHERE tenant_id = ? AND model = ? AND features IS NOT NULL AND prior IS NOT NULL AND disposition IS NOT NULL AND confirmed_at > ?
             ORDER BY confirmed_at DESC, wrap_up_id LIMIT ?
            """;
    private static final String CODE_LESSONS = """
            SELECT wrap_up_id, confirmed_at, codes, features, code_prior FROM confirmed_example
             WHERE tenant_id = ? AND model = ? AND features IS NOT NULL AND code_prior IS NOT NULL AND codes IS NOT NULL AND confirmed_at > ?
             ORDER BY confirmed_at DESC, wrap_up_id LIMIT ?
            """;
    private static final String FILLED = """
            SELECT wrap_up_id, confirmed_at, interaction_id, disposition, reasons, fields FROM confirmed_example
             WHERE tenant_id = ? AND model = ? AND fields IS NOT NULL AND interaction_id IS NOT NULL
             ORDER BY confirmed_at DESC, wrap_up_id LIMIT ?
            """;
    private static final String COUNT_FILLED = """
            SELECT count(*) FROM confirmed_example
             WHERE tenant_id = ? AND model = ? AND fields IS NOT NULL AND interaction_id IS NOT NULL AND confirmed_at > ?
            """;
    /* Each course of learning forgets its own lessons; what both look at goes with the last of them. */
    private static final String FORGET_DISPOSITIONS = """
            UPDATE confirmed_example SET prior = NULL, features = CASE WHEN code_prior IS NOT NULL THEN features END
             WHERE tenant_id = ? AND model = ? AND prior IS NOT NULL AND confirmed_at < ?
            """;
    private static final String FORGET_CODES = """
            UPDATE confirmed_example SET code_prior = NULL, features = CASE WHEN prior IS NOT NULL THEN features END
             WHERE tenant_id = ? AND model = ? AND code_prior IS NOT NULL AND confirmed_at < ?
            """;
    private static final String COUNT = """
            SELECT count(*) FROM confirmed_example
             WHERE tenant_id = ? AND model = ? AND features IS NOT NULL AND prior IS NOT NULL AND disposition IS NOT NULL AND confirmed_at > ?
            """;

    /** None, if none of them has a code: of nothing there is nothing to learn. */
    private static final String COUNT_CODES = """
            SELECT CASE WHEN bool_or(codes <> '{}') THEN count(*) ELSE 0 END FROM confirmed_example
             WHERE tenant_id = ? AND model = ? AND features IS NOT NULL AND code_prior IS NOT NULL AND codes IS NOT NULL AND confirmed_at > ?
            """;

    private static final RowMapper<Version> VERSION = (rs, n) -> new Version(
            rs.getLong("number"),
            rs.getTimestamp("learned_until").toInstant(),
            rs.getInt("contacts"),
            State.valueOf(rs.getString("state")),
            rs.getBytes("weights"));

    private final PipelinedJdbc jdbc;

    ModelRepository(PipelinedJdbc jdbc) {
        this.jdbc = jdbc;
    }

    /** Which versions are in use of all that looks at what this embedder makes, or at words. */
    Map<Subject, Long> numbersInUse(TenantId tenant, String embedder) {
        var numbers = new HashMap<Subject, Long>();
        jdbc.query(
                        NUMBERS_IN_USE,
                        (rs, n) -> Map.entry(
                                new Subject(rs.getString("subject"), rs.getString("reads")), rs.getLong("number")),
                        tenant.value(),
                        embedder,
                        WordsLookedAt.VERSION)
                .forEach(one -> numbers.put(one.getKey(), one.getValue()));
        return numbers;
    }

    Optional<Version> inUse(TenantId tenant, Subject subject) {
        return jdbc.query(IN_USE, VERSION, tenant.value(), subject.name(), subject.reads()).stream()
                .findFirst();
    }

    /** The last one that was made, whether or not it came into use. */
    Optional<Version> latest(TenantId tenant, Subject subject) {
        return jdbc.query(LATEST, VERSION, tenant.value(), subject.name(), subject.reads()).stream()
                .findFirst();
    }

    /** The one that was in use before that version, if it can be gone back to. */
    Optional<Version> before(TenantId tenant, Subject subject, long number) {
        return jdbc.query(BEFORE, VERSION, tenant.value(), subject.name(), subject.reads(), number).stream()
                .findFirst();
    }

    /**
     * A version that was just made.
     *
     * @param contacts how many it learned from
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record NewVersion(
            Subject subject, Instant madeAt, Instant learnedUntil, int contacts, Judgement judged, byte[] weights) {}

    /** Stores a new version; one that is put into use takes the place of what was. */
    void put(TenantId tenant, NewVersion version, @Nullable Version replaced) {
        Subject subject = version.subject();
        boolean replaces = version.judged().mayReplace();
        if (replaces && replaced != null) {
            mark(tenant, replaced.number(), State.IN_USE, State.REPLACED);
        }
        jdbc.update(
                PUT,
                tenant.value(),
                subject.name(),
                subject.reads(),
                Timestamp.from(version.madeAt()),
                Timestamp.from(version.learnedUntil()),
                version.contacts(),
                (replaces ? State.IN_USE : State.REFUSED).name(),
                Json.write(version.judged()),
                replaces ? version.weights() : null,
                tenant.value());
        jdbc.update(
                FORGET,
                tenant.value(),
                subject.name(),
                subject.reads(),
                tenant.value(),
                subject.name(),
                subject.reads());
    }

    /** Takes a version out of use for the one before it. */
    void rollBack(TenantId tenant, Version worse, Version better) {
        mark(tenant, worse.number(), State.IN_USE, State.ROLLED_BACK);
        mark(tenant, better.number(), State.REPLACED, State.IN_USE);
    }

    /** @throws IllegalStateException if the version is not in that state: only one learns at a time */
    private void mark(TenantId tenant, long number, State from, State to) {
        if (jdbc.update(MARK, to.name(), tenant.value(), number, from.name()) != 1) {
            throw new IllegalStateException("learned model %d is not %s any more".formatted(number, from));
        }
    }

    /** @param confirmedAt of the record */
    record Taught(Instant confirmedAt, Lesson lesson) {}

    /** What records teach that were confirmed after {@code since}; the latest first, at most {@code limit}. */
    List<Taught> lessons(TenantId tenant, String embedder, Instant since, int limit) {
        return jdbc.query(
                LESSONS,
                (rs, n) -> new Taught(
                        rs.getTimestamp("confirmed_at").toInstant(),
                        new Lesson(
                                rs.getString("wrap_up_id"),
                                Features.parse(rs.getBytes("features")),
                                prior(Json.read(rs.getString("prior"))),
                                rs.getString("disposition"))),
                tenant.value(),
                embedder,
                Timestamp.from(since),
                limit);
    }

    /** Likewise of reasons and tags. */
    List<Taught> codeLessons(TenantId tenant, String embedder, Instant since, int limit) {
        return jdbc.query(
                CODE_LESSONS,
                (rs, n) -> new Taught(
                        rs.getTimestamp("confirmed_at").toInstant(),
                        new Lesson(
                                rs.getString("wrap_up_id"),
                                Features.parseWhole(rs.getBytes("features")),
                                prior(Json.read(rs.getString("code_prior"))),
                                Set.of((String[]) rs.getArray("codes").getArray()))),
                tenant.value(),
                embedder,
                Timestamp.from(since),
                limit);
    }

    /** How many of them there are. */
    int countCodeLessons(TenantId tenant, String embedder, Instant since) {
        return jdbc.query(COUNT_CODES, (rs, n) -> rs.getInt(1), tenant.value(), embedder, Timestamp.from(since))
                .getFirst();
    }

    /** How many records with fields were confirmed after {@code since}. */
    int countFilled(TenantId tenant, String embedder, Instant since) {
        return jdbc.query(COUNT_FILLED, (rs, n) -> rs.getInt(1), tenant.value(), embedder, Timestamp.from(since))
                .getFirst();
    }

    /** A confirmed record with a form. */
    record Filled(
            String id,
            Instant confirmedAt,
            InteractionId interaction,
            @Nullable String disposition,
            List<String> reasons,
            Map<String, String> fields) {}

    /** The records confirmed last that have fields, the latest first. */
    List<Filled> filled(TenantId tenant, String embedder, int limit) {
        return jdbc.query(
                FILLED,
                (rs, n) -> new Filled(
                        rs.getString("wrap_up_id"),
                        rs.getTimestamp("confirmed_at").toInstant(),
                        new InteractionId(rs.getString("interaction_id")),
                        rs.getString("disposition"),
                        List.of((String[]) rs.getArray("reasons").getArray()),
                        texts(Json.read(rs.getString("fields")))),
                tenant.value(),
                embedder,
                limit);
    }

    /** Frees the room of lessons that nothing learns from any more. */
    void forgetLessonsBefore(TenantId tenant, Subject subject, Instant earliest) {
        jdbc.update(
                subject.isCodes() ? FORGET_CODES : FORGET_DISPOSITIONS,
                tenant.value(),
                subject.reads(),
                Timestamp.from(earliest));
    }

    /** How many of them there are. */
    int countLessons(TenantId tenant, String embedder, Instant since) {
        return jdbc.query(COUNT, (rs, n) -> rs.getInt(1), tenant.value(), embedder, Timestamp.from(since))
                .getFirst();
    }

    private static Map<String, Double> prior(JsonNode shares) {
        var prior = new HashMap<String, Double>();
        shares.forEachEntry((code, share) -> prior.put(code, share.asDouble()));
        return prior;
    }

    private static Map<String, String> texts(JsonNode fields) {
        var texts = new HashMap<String, String>();
        fields.forEachEntry((name, value) -> texts.put(name, value.asString("")));
        return texts;
    }
}
