package org.afterword.drafting.internal.prose;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.afterword.conversation.InteractionId;
import org.afterword.platform.Json;
import org.afterword.platform.PipelinedJdbc;
import org.afterword.platform.TenantId;
import org.afterword.wrapup.DraftSource.Proposal;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a language model made of drafts, beside the drafts as they were; every call is part of a tenant's running transaction. */
@Repository
public class ModelDrafts {
    /** What kind of writer this is, as drafts name it. */
    public static final String SOURCE = "languageModel";

    private static final String FIND = "SELECT * FROM model_draft WHERE tenant_id = ? AND interaction_id = ANY (?)";
    private static final String PUT = """
            INSERT INTO model_draft AS m
                   (tenant_id, interaction_id, number, made_at, base_at, base, outcome, told, written, shown, proposal)
            VALUES (?, ?, 1, ?, ?, ?::jsonb, ?, ?::jsonb, ?::jsonb, ?::jsonb, ?::jsonb)
                ON CONFLICT (tenant_id, interaction_id) DO UPDATE
               SET number = m.number + 1, made_at = excluded.made_at, base_at = excluded.base_at, base = excluded.base,
                   outcome = excluded.outcome, told = excluded.told, written = excluded.written, shown = excluded.shown,
                   proposal = excluded.proposal
            """;

    private final PipelinedJdbc jdbc;

    public ModelDrafts(PipelinedJdbc jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param number   grows with each that takes the place of another
     * @param baseAt   {@link Proposal#createdAt} of the built-in draft that it was given
     * @param base     that draft
     * @param told     what became of it and what it took, as the API shows it
     * @param written  what the model wrote, each statement with its check; null where that could not be read
     * @param shown    the draft with the prose that stands; null where nothing does
     * @param proposal of {@code shown}
     */
    record ModelDraft(
            long number,
            Instant madeAt,
            Instant baseAt,
            JsonNode base,
            String outcome,
            JsonNode told,
            @Nullable JsonNode written,
            @Nullable JsonNode shown,
            @Nullable JsonNode proposal) {
        boolean isOf(Proposal draft) {
            return baseAt.equals(draft.createdAt());
        }
    }

    /**
     * The built-in drafts as they are to be shown: with the model's prose in them where it stands, and with why not where it does
     * not. What the model made of an earlier draft counts no more.
     */
    public Supplier<Map<InteractionId, Proposal>> over(
            TenantId tenant, Collection<InteractionId> interactions, Supplier<Map<InteractionId, Proposal>> builtIn) {
        Supplier<Map<InteractionId, ModelDraft>> models = find(tenant, interactions);
        return () -> {
            Map<InteractionId, Proposal> shown = new HashMap<>(builtIn.get());
            models.get().forEach((id, model) -> shown.computeIfPresent(id, (_, draft) -> over(draft, model)));
            return shown;
        };
    }

    static Proposal over(Proposal draft, ModelDraft model) {
        if (!model.isOf(draft)) {
            return draft;
        }
        if (model.shown() != null && model.proposal() != null) {
            return new Proposal(
                    draft.draftId() + "." + model.number(),
                    model.madeAt(),
                    draft.source(),
                    (ObjectNode) model.proposal(),
                    with(model.shown(), model.told()),
                    model.told()
                            .path("parts")
                            .valueStream()
                            .collect(Collectors.toMap(part -> "/" + part.asString(), _ -> SOURCE)));
        }
        return new Proposal(
                draft.draftId(), draft.createdAt(), draft.source(), draft.record(), with(draft.draft(), model.told()));
    }

    private static JsonNode with(JsonNode draft, JsonNode told) {
        return ((ObjectNode) draft.deepCopy()).set(SOURCE, told);
    }

    Supplier<Map<InteractionId, ModelDraft>> find(TenantId tenant, Collection<InteractionId> interactions) {
        return interactions.isEmpty()
                ? Map::of
                : jdbc.ask(
                        FIND,
                        ModelDrafts::drafts,
                        tenant.value(),
                        interactions.stream().map(InteractionId::value).toArray(String[]::new));
    }

    Optional<ModelDraft> find(TenantId tenant, InteractionId interaction) {
        return Optional.ofNullable(find(tenant, List.of(interaction)).get().get(interaction));
    }

    private static Map<InteractionId, ModelDraft> drafts(ResultSet rs) throws SQLException {
        var found = new HashMap<InteractionId, ModelDraft>();
        while (rs.next()) {
            found.put(
                    new InteractionId(rs.getString("interaction_id")),
                    new ModelDraft(
                            rs.getLong("number"),
                            rs.getTimestamp("made_at").toInstant(),
                            rs.getTimestamp("base_at").toInstant(),
                            Json.read(rs.getString("base")),
                            rs.getString("outcome"),
                            Json.read(rs.getString("told")),
                            json(rs.getString("written")),
                            json(rs.getString("shown")),
                            json(rs.getString("proposal"))));
        }
        return found;
    }

    private static @Nullable JsonNode json(@Nullable String text) {
        return text == null ? null : Json.read(text);
    }

    /** {@code draft.number} is given here. */
    void put(TenantId tenant, InteractionId interaction, ModelDraft draft) {
        jdbc.update(
                PUT,
                tenant.value(),
                interaction.value(),
                Timestamp.from(draft.madeAt()),
                Timestamp.from(draft.baseAt()),
                draft.base().toString(),
                draft.outcome(),
                draft.told().toString(),
                text(draft.written()),
                text(draft.shown()),
                text(draft.proposal()));
    }

    private static @Nullable String text(@Nullable JsonNode json) {
        return json == null ? null : json.toString();
    }
}
