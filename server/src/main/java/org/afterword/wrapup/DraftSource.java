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
     */
    record Proposal(String draftId, Instant createdAt, String source, ObjectNode record, JsonNode draft) {}
}
