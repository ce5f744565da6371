package org.afterword.wrapup;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.function.Supplier;
import org.afterword.conversation.InteractionId;
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
     * @param source  what made it
     * @param sources JSON pointers to parts that something else made, and what that is
     */
    record Proposal(
            String draftId,
            Instant createdAt,
            String source,
            ObjectNode record,
            JsonNode draft,
            Map<String, String> sources) {
        public Proposal {
            sources = Map.copyOf(sources);
        }

        /** Of one writer. */
        public Proposal(String draftId, Instant createdAt, String source, ObjectNode record, JsonNode draft) {
            this(draftId, createdAt, source, record, draft, Map.of());
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
