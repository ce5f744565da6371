package org.afterword.conversation;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.afterword.conversation.internal.InteractionRepository;
import org.afterword.conversation.internal.InteractionRow;
import org.afterword.conversation.internal.WordsRepository;
import org.afterword.governance.Trail;
import org.afterword.identity.Caller;
import org.jspecify.annotations.Nullable;

/** What is known of interactions, what was said in them, done and recorded. Reads in the running tenant's transaction. */
public final class Conversations {
    /**
     * Kind of due work: an interaction, named by its id, has new words, actions or details, or has ended, and wants a draft.
     */
    public static final String DRAFT_WORK = "draft";

    private final InteractionRepository interactions;
    private final WordsRepository words;
    private final Trail trail;

    public Conversations(InteractionRepository interactions, WordsRepository words, Trail trail) {
        this.interactions = interactions;
        this.words = words;
        this.trail = trail;
    }

    /** What is known of the interactions beside their words, in one query; those nobody told of are left out. */
    public Map<InteractionId, InteractionDetails> details(Collection<InteractionId> ids) {
        return ids.isEmpty() ? Map.of() : interactions.details(ids);
    }

    public Optional<InteractionDetails> find(InteractionId id) {
        return Optional.ofNullable(details(List.of(id)).get(id));
    }

    /** All that is kept of one interaction, to be shown to {@code reader}: the trail notes it as {@code contact.read}. */
    public Optional<Transcript> transcript(Caller reader, InteractionId id) {
        Optional<Transcript> found = transcriptForDrafting(id);
        if (found.isPresent()) {
            trail.read(reader, "contact.read", List.of("interaction:" + id));
        }
        return found;
    }

    /** The same for what works by itself. It leaves no trace, so nothing of it may be shown to anybody. */
    public Optional<Transcript> transcriptForDrafting(InteractionId id) {
        @Nullable InteractionRow row = interactions.load(List.of(id)).get(id);
        return row == null
                ? Optional.empty()
                : Optional.of(new Transcript(
                        id,
                        row.known().details(),
                        row.startedAt(),
                        row.endedAt(),
                        words.turns(row),
                        words.actions(row),
                        words.recordings(row)));
    }
}
