package org.afterword.drafting.internal;

import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.afterword.conversation.InteractionId;
import org.afterword.drafting.ConfirmedExamples.Example;
import org.afterword.drafting.Grade;
import org.afterword.drafting.Lessons;
import org.afterword.drafting.Vector;
import org.afterword.drafting.internal.learning.Lesson;
import org.afterword.drafting.internal.proof.Arm;
import org.afterword.platform.Columns;
import org.afterword.platform.Json;
import org.afterword.platform.PipelinedJdbc;
import org.afterword.platform.TenantId;
import org.afterword.wrapup.DraftSource.Proposal;
import org.afterword.wrapup.WrapUpId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Drafts and confirmed examples in the database; every call is part of a tenant's running transaction. */
@Repository
public class DraftRepository {
    private static final String FIND = "SELECT * FROM draft WHERE tenant_id = ? AND interaction_id = ANY (?)";

    /** Keeps what is stored where that has read more: of two nodes that drafted the same contact, the slower one may come last. */
    private static final String PUT = """
            INSERT INTO draft (tenant_id, interaction_id, number, created_at, source, draft, proposal, arm, grades)
            SELECT ?, interaction_id, 1, ?, ?, draft::jsonb, proposal::jsonb, arm, grades::jsonb
              FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[]) AS d (interaction_id, draft, proposal, arm, grades)
             ORDER BY interaction_id
                ON CONFLICT (tenant_id, interaction_id) DO UPDATE
               SET number = draft.number + (draft.proposal <> excluded.proposal)::int, created_at = excluded.created_at, source = excluded.source,
                   draft = excluded.draft, proposal = excluded.proposal, grades = excluded.grades,
                   audited = draft.audited AND draft.proposal = excluded.proposal
             WHERE (coalesce((excluded.draft ->> 'turns')::int, 0), coalesce((excluded.draft ->> 'noted')::bigint, 0),
                    excluded.draft ->> 'status' <> 'growing')
                >= (coalesce((draft.draft ->> 'turns')::int, 0), coalesce((draft.draft ->> 'noted')::bigint, 0),
                    draft.draft ->> 'status' <> 'growing')
         RETURNING interaction_id, arm, xmax = 0 AS is_first
            """;

    private static final String AUDIT = "UPDATE draft SET audited = true WHERE tenant_id = ? AND interaction_id = ?";

    private static final String PUT_EXAMPLE = """
            INSERT INTO confirmed_example
                   (tenant_id, wrap_up_id, confirmed_at, model, fingerprint, disposition, reasons, features, prior,
                    interaction_id, fields, codes, code_prior)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?::jsonb, ?, ?::jsonb)
                ON CONFLICT (tenant_id, wrap_up_id) DO UPDATE
               SET confirmed_at = excluded.confirmed_at, model = excluded.model, fingerprint = excluded.fingerprint,
                   disposition = excluded.disposition, reasons = excluded.reasons, features = excluded.features,
                   prior = excluded.prior, interaction_id = excluded.interaction_id, fields = excluded.fields,
                   codes = excluded.codes, code_prior = excluded.code_prior
            """;
    private static final String EXAMPLES = """
            SELECT wrap_up_id, confirmed_at, fingerprint, disposition, reasons, codes,
                   features IS NOT NULL AND prior IS NOT NULL AND disposition IS NOT NULL AS teaches_disposition,
                   features IS NOT NULL AND code_prior IS NOT NULL AND codes IS NOT NULL AS teaches_codes
              FROM confirmed_example WHERE tenant_id = ?
            """;
    private static final String LATEST_EXAMPLES = EXAMPLES + " AND model = ? ORDER BY confirmed_at DESC LIMIT ?";
    private static final String EXAMPLES_BY_ID = EXAMPLES + " AND wrap_up_id = ANY (?)";
    private static final String CONFIRMED = """
            SELECT wrap_up_id, confirmed_at FROM confirmed_example
             WHERE tenant_id = ? AND model = ? AND confirmed_at >= ?::timestamptz ORDER BY confirmed_at DESC LIMIT ?
            """;

    private static final RowMapper<Confirmed> EXAMPLE = (rs, n) -> new Confirmed(
            new WrapUpId(rs.getString("wrap_up_id")),
            rs.getTimestamp("confirmed_at").toInstant(),
            new Example(
                    vector(rs.getBytes("fingerprint")),
                    rs.getString("disposition"),
                    List.of((String[]) rs.getArray("reasons").getArray()),
                    tags(rs.getArray("codes"))),
            rs.getBoolean("teaches_disposition"),
            rs.getBoolean("teaches_codes"));

    private final PipelinedJdbc jdbc;

    public DraftRepository(PipelinedJdbc jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A draft as it was made, with who sees what of it.
     *
     * @param grades  part → what it may do, where that is anything but to fill the record for a person to confirm
     * @param audited a policy would have approved it, and a person got it by lot
     */
    public record Made(Proposal draft, Arm arm, Map<String, Grade> grades, boolean audited) {}

    public Supplier<Map<InteractionId, Made>> made(TenantId tenant, Collection<InteractionId> interactions) {
        return interactions.isEmpty()
                ? Map::of
                : jdbc.ask(
                        FIND,
                        DraftRepository::made,
                        tenant.value(),
                        interactions.stream().map(InteractionId::value).toArray(String[]::new));
    }

    private static Map<InteractionId, Made> made(ResultSet rs) throws SQLException {
        var found = new HashMap<InteractionId, Made>();
        while (rs.next()) {
            var interaction = new InteractionId(rs.getString("interaction_id"));
            found.put(
                    interaction,
                    new Made(
                            new Proposal(
                                    interaction + "#" + rs.getLong("number"),
                                    rs.getTimestamp("created_at").toInstant(),
                                    rs.getString("source"),
                                    (ObjectNode) Json.read(rs.getString("proposal")),
                                    Json.read(rs.getString("draft"))),
                            Arm.valueOf(rs.getString("arm")),
                            grades(Json.read(rs.getString("grades"))),
                            rs.getBoolean("audited")));
        }
        return found;
    }

    private static Map<String, Grade> grades(JsonNode stored) {
        var grades = new TreeMap<String, Grade>();
        stored.forEachEntry((part, grade) -> grades.put(part, Grade.valueOf(grade.asString())));
        return grades;
    }

    /** A person gets by lot what a policy would have approved. */
    public void audit(TenantId tenant, InteractionId interaction) {
        jdbc.update(AUDIT, tenant.value(), interaction.value());
    }

    /** As they were made, whoever may see them. */
    public Supplier<Map<InteractionId, Proposal>> find(TenantId tenant, Collection<InteractionId> interactions) {
        Supplier<Map<InteractionId, Made>> made = made(tenant, interactions);
        return () -> {
            var drafts = new HashMap<InteractionId, Proposal>();
            made.get().forEach((interaction, one) -> drafts.put(interaction, one.draft()));
            return drafts;
        };
    }

    public Optional<Proposal> find(TenantId tenant, InteractionId interaction) {
        return Optional.ofNullable(find(tenant, List.of(interaction)).get().get(interaction));
    }

    /**
     * @param shown    as the API shows it
     * @param proposal in the shape of a record
     * @param arm      counts for the first draft of a contact alone
     */
    public record NewDraft(
            InteractionId interaction, JsonNode shown, JsonNode proposal, Arm arm, Map<String, Grade> grades) {}

    /** @param isFirst whether the contact had none before */
    public record Stored(InteractionId interaction, Arm arm, boolean isFirst) {}

    /** Stores each draft, but for those of which one is stored that has read more. Answers of which contacts one was stored. */
    public List<Stored> put(TenantId tenant, Instant at, String source, Collection<NewDraft> drafts) {
        return drafts.isEmpty()
                ? List.of()
                : jdbc.query(
                        PUT,
                        (rs, n) -> new Stored(
                                new InteractionId(rs.getString("interaction_id")),
                                Arm.valueOf(rs.getString("arm")),
                                rs.getBoolean("is_first")),
                        tenant.value(),
                        Timestamp.from(at),
                        source,
                        Columns.of(drafts, NewDraft::interaction),
                        Columns.of(drafts, draft -> Json.write(draft.shown())),
                        Columns.of(drafts, draft -> Json.write(draft.proposal())),
                        Columns.of(drafts, NewDraft::arm),
                        Columns.of(drafts, draft -> Json.write(draft.grades())));
    }

    /**
     * What a confirmed record teaches.
     *
     * @param model  of the embedder that the fingerprint and the lessons are from
     * @param fields name → value, without sensitive ones
     */
    public record NewExample(
            WrapUpId wrapUp,
            InteractionId interaction,
            Instant at,
            String model,
            Example example,
            Lessons lessons,
            Map<String, String> fields) {}

    public void putExample(TenantId tenant, NewExample taught) {
        Lesson disposition = taught.lessons().disposition();
        Lesson codes = taught.lessons().codes();
        Lesson either = codes == null ? disposition : codes;
        jdbc.later(
                PUT_EXAMPLE,
                tenant.value(),
                taught.wrapUp().value(),
                Timestamp.from(taught.at()),
                taught.model(),
                bytes(taught.example().fingerprint()),
                taught.example().disposition(),
                taught.example().reasons().toArray(String[]::new),
                either == null ? null : either.features().toBytes(),
                disposition == null ? null : Json.write(disposition.prior()),
                taught.interaction().value(),
                taught.fields().isEmpty() ? null : Json.write(taught.fields()),
                codes == null ? null : codes.codes().toArray(String[]::new),
                codes == null ? null : Json.write(codes.prior()));
    }

    /**
     * An example and the record that it was learned from.
     *
     * @param teachesDisposition whether the model of dispositions learns from it
     * @param teachesCodes       likewise the one of reasons and tags
     */
    public record Confirmed(
            WrapUpId wrapUp, Instant at, Example example, boolean teachesDisposition, boolean teachesCodes) {}

    private static @Nullable List<String> tags(@Nullable Array codes) throws SQLException {
        return codes == null
                ? null
                : Arrays.stream((String[]) codes.getArray())
                        .filter(code -> code.startsWith(Ranking.TAG))
                        .map(code -> code.substring(Ranking.TAG.length()))
                        .toList();
    }

    /** The latest examples, at most {@code limit}, so that memory stays bounded. */
    List<Confirmed> examples(TenantId tenant, String model, int limit) {
        return jdbc.query(LATEST_EXAMPLES, EXAMPLE, tenant.value(), model, limit);
    }

    List<Confirmed> examples(TenantId tenant, Collection<WrapUpId> wrapUps) {
        return wrapUps.isEmpty()
                ? List.of()
                : jdbc.query(
                        EXAMPLES_BY_ID,
                        EXAMPLE,
                        tenant.value(),
                        wrapUps.stream().map(WrapUpId::value).toArray(String[]::new));
    }

    /** Which records there are examples of that were confirmed since then, and when; the latest, at most {@code limit}. */
    Map<WrapUpId, Instant> confirmed(TenantId tenant, String model, Instant since, int limit) {
        var found = new HashMap<WrapUpId, Instant>();
        jdbc.query(
                CONFIRMED,
                rs -> {
                    found.put(
                            new WrapUpId(rs.getString("wrap_up_id")),
                            rs.getTimestamp("confirmed_at").toInstant());
                },
                tenant.value(),
                model,
                since.toString(),
                limit);
        return found;
    }

    private static byte[] bytes(Vector vector) {
        float[] values = vector.toArray();
        ByteBuffer buffer = ByteBuffer.allocate(values.length * Float.BYTES);
        for (float value : values) {
            buffer.putFloat(value);
        }
        return buffer.array();
    }

    private static Vector vector(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        var values = new float[bytes.length / Float.BYTES];
        for (int i = 0; i < values.length; i++) {
            values[i] = buffer.getFloat();
        }
        return Vector.of(values);
    }
}
