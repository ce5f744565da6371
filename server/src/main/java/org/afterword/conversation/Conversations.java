package org.afterword.conversation;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.afterword.conversation.Transcript.DesktopAction;
import org.afterword.conversation.Transcript.Recording;
import org.afterword.conversation.Transcript.Turn;
import org.afterword.conversation.internal.InteractionRepository;
import org.afterword.conversation.internal.InteractionRow;
import org.afterword.conversation.internal.WordsRepository;
import org.afterword.governance.Trail;
import org.afterword.identity.Caller;

/** What is known of interactions, what was said in them, done and recorded. Reads in the running tenant's transaction. */
public final class Conversations {
    /**
     * Kind of due work: an interaction, named by its id, has new words, actions or details, or has ended, and wants a draft.
     */
    public static final String DRAFT_WORK = "draft";

    /**
     * That much before its time the draft of a contact that is over is due, since somebody waits for it; those that are still talked
     * about come behind.
     */
    public static final Duration FIRST_IN_LINE = Duration.ofHours(1);

    private final InteractionRepository interactions;
    private final WordsRepository words;
    private final Trail trail;

    public Conversations(InteractionRepository interactions, WordsRepository words, Trail trail) {
        this.interactions = interactions;
        this.words = words;
        this.trail = trail;
    }

    /**
     * What is known of the interactions beside their words, in one query, to be taken in the same transaction; those nobody told of are
     * left out.
     */
    public Supplier<Map<InteractionId, InteractionDetails>> details(Collection<InteractionId> ids) {
        return ids.isEmpty() ? Map::of : interactions.details(ids);
    }

    public Optional<InteractionDetails> find(InteractionId id) {
        return Optional.ofNullable(details(List.of(id)).get().get(id));
    }

    /** All that is kept of one interaction, to be shown to {@code reader}: the trail notes it as {@code contact.read}. */
    public Optional<Transcript> transcript(Caller reader, InteractionId id) {
        Optional<Transcript> found =
                Optional.ofNullable(transcriptsForDrafting(List.of(id)).get(id));
        if (found.isPresent()) {
            trail.read(reader, "contact.read", List.of("interaction:" + id));
        }
        return found;
    }

    /**
     * All that is kept of several interactions, in two messages to the database; those nobody told of are left out. It leaves no trace:
     * for what works by itself, and nothing of it may be shown to anybody.
     */
    public Map<InteractionId, Transcript> transcriptsForDrafting(Collection<InteractionId> ids) {
        Map<InteractionId, InteractionRow> rows = ids.isEmpty() ? Map.of() : interactions.load(ids);
        if (rows.isEmpty()) {
            return Map.of();
        }
        Supplier<Map<InteractionId, List<Turn>>> turns = words.turns(rows.values());
        Supplier<Map<InteractionId, List<DesktopAction>>> actions = words.actions(rows.values());
        Supplier<Map<InteractionId, List<Recording>>> recordings = words.recordings(rows.values());
        Map<InteractionId, Transcript> transcripts = new HashMap<>();
        rows.forEach((id, row) -> transcripts.put(
                id,
                new Transcript(
                        id,
                        row.known().details(),
                        row.startedAt(),
                        row.endedAt(),
                        turns.get().getOrDefault(id, List.of()),
                        actions.get().getOrDefault(id, List.of()),
                        recordings.get().getOrDefault(id, List.of()))));
        return transcripts;
    }
}
