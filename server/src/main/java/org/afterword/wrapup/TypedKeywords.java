package org.afterword.wrapup;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.afterword.conversation.InteractionId;

/** What agents typed in keywords about contacts, for drafts of those that nobody heard. In the running tenant's transaction; for modules above. */
public interface TypedKeywords {
    /** Those of each wrap-up of these interactions; an interaction without any is absent. */
    Map<InteractionId, List<Keywords>> of(Collection<InteractionId> interactions);

    /**
     * Redacted, as all that is typed.
     *
     * @param text empty where they were taken out again
     */
    record Keywords(WrapUpId wrapUp, String text, Instant typedAt) {}
}
