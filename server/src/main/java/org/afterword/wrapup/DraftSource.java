package org.afterword.wrapup;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.afterword.conversation.InteractionId;
import org.afterword.platform.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the machine proposes for the records of interactions. Implemented one module higher; called in a tenant's transaction. */
public interface DraftSource {
    /** The latest proposals, to be taken in the same transaction; an interaction without one is absent. */
    Supplier<Map<InteractionId, Proposal>> find(Collection<InteractionId> interactions);

    /**
     * @param draftId names the draft and its state, for the provenance
     * @param record  the proposed parts in the shape of a record, only those whose check did not fail
     * @param draft   the whole draft as the API shows it
     * @param source  what made it; empty where nobody is to see it
     * @param sources JSON pointers to parts that something else made, and what that is
     */
    record Proposal(
            String draftId,
            Instant createdAt,
            String source,
            ObjectNode record,
            JsonNode draft,
            Map<String, String> sources) {
        private static final List<String> TEXTS = List.of("summary", "issue", "resolutionText");
        private static final Set<String> KEPT = Set.of("supported", "unsupported");

        public Proposal {
            sources = Map.copyOf(sources);
        }

        /** Of one writer. */
        public Proposal(String draftId, Instant createdAt, String source, ObjectNode record, JsonNode draft) {
            this(draftId, createdAt, source, record, draft, Map.of());
        }

        /** One that nobody is to see; {@code draft} says why. */
        public static Proposal withheld(String draftId, Instant createdAt, JsonNode draft) {
            return new Proposal(draftId, createdAt, "", Json.object(), draft);
        }

        public boolean isWithheld() {
            return source.isEmpty();
        }

        /** As a record under this policy takes it; null = none holds yet. */
        public Proposal under(@Nullable WrapUpPolicy policy) {
            if (isWithheld() || policy == null || !policy.keepsUnsupported()) {
                return this;
            }
            ObjectNode filled = record.deepCopy();
            for (String part : TEXTS) {
                if (draft.path("grades").has(part)) {
                    continue; // it does not fill the record by itself
                }
                String text = draft.path(part)
                        .path("statements")
                        .valueStream()
                        .filter(claim -> KEPT.contains(claim.path("check").asString("")))
                        .map(claim -> claim.path("value").asString(""))
                        .collect(Collectors.joining(" "));
                if (!text.isBlank()) {
                    filled.put(part, text);
                }
            }
            return new Proposal(draftId, createdAt, source, filled, draft, sources);
        }

        /** What made the part. */
        public String sourceOf(String pointer) {
            return sources.getOrDefault(pointer, source);
        }

        /** What the draft as a whole goes by: who wrote something in place of another, else who made all of it. */
        public String writer() {
            return sources.values().stream().findFirst().orElse(source);
        }
    }
}
