package org.afterword.conversation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.afterword.conversation.Transcript.DesktopAction;
import org.afterword.conversation.Transcript.Recording;
import org.afterword.conversation.Transcript.Turn;
import org.afterword.conversation.internal.InteractionRepository;
import org.afterword.conversation.internal.InteractionRow;
import org.afterword.conversation.internal.WordsRepository;
import org.afterword.governance.Trail;
import org.afterword.identity.AgentId;
import org.afterword.identity.Caller;
import org.jspecify.annotations.Nullable;

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

    /**
     * How far a contact has come.
     *
     * @param startedAt when it began; null where that is not known
     * @param hasWords  whether anybody told what was said in it
     */
    public record Course(@Nullable Instant startedAt, boolean hasWords) {}

    /** Nothing if nobody told of the interaction. */
    public Optional<Course> course(InteractionId id) {
        return Optional.ofNullable(interactions.load(List.of(id)).get(id))
                .map(row -> new Course(row.startedAt(), words.hasTurns(row)));
    }

    /** The id under which a contact is kept: the switch's own, where {@code id} was opened by hand and turned out to be that. */
    public InteractionId known(InteractionId id) {
        return known(List.of(id), byHand(List.of(id), List.of(), Instant.EPOCH).get())
                .iterator()
                .next();
    }

    private static Set<InteractionId> known(Collection<InteractionId> ids, List<ByHand> byHand) {
        Map<InteractionId, InteractionId> joined = new HashMap<>();
        byHand.stream()
                .filter(ByHand::isKnownOtherwise)
                .forEach(contact -> joined.put(contact.interaction(), contact.joined()));
        return ids.stream().map(id -> joined.getOrDefault(id, id)).collect(Collectors.toSet());
    }

    /**
     * The contacts that were opened by hand: those among {@code ids}, those that joined one of them, and those that {@code agents}
     * have opened since then. To be taken in the same transaction.
     */
    public Supplier<List<ByHand>> byHand(Collection<InteractionId> ids, Collection<AgentId> agents, Instant since) {
        return ids.isEmpty() && agents.isEmpty() ? List::of : interactions.byHand(ids, agents, since);
    }

    /** Stores which calls these turned out to be. */
    public void join(Collection<ByHand> contacts) {
        interactions.join(contacts);
    }

    /** All that is kept of one interaction, to be shown to {@code reader}: the trail notes it as {@code contact.read}. */
    public Optional<Transcript> transcript(Caller reader, InteractionId id) {
        Optional<Transcript> found =
                transcriptsForDrafting(List.of(id)).values().stream().findFirst();
        if (found.isPresent()) {
            trail.read(reader, "contact.read", List.of("interaction:" + id));
        }
        return found;
    }

    /**
     * All that is kept of several interactions, in two messages to the database; those nobody told of are left out, and one that was
     * opened by hand and turned out to be a call comes as that. It leaves no trace: for what works by itself, and nothing of it may be
     * shown to anybody.
     */
    public Map<InteractionId, Transcript> transcriptsForDrafting(Collection<InteractionId> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        Supplier<List<ByHand>> asked = byHand(ids, List.of(), Instant.EPOCH);
        Map<InteractionId, InteractionRow> rows = interactions.load(ids);
        if (rows.isEmpty()) {
            return Map.of();
        }
        List<ByHand> byHand = asked.get();
        Set<InteractionId> known = known(ids, byHand);
        if (!known.equals(Set.copyOf(ids))) {
            return transcriptsForDrafting(known);
        }
        Map<InteractionId, List<InteractionId>> joined = new HashMap<>();
        for (ByHand contact : byHand) {
            if (contact.isKnownOtherwise()) {
                joined.computeIfAbsent(contact.joined(), id -> new ArrayList<>())
                        .add(contact.interaction());
            }
        }
        // what was told of it under the id by hand belongs to it
        Map<InteractionId, InteractionRow> all = new HashMap<>(rows);
        if (!joined.isEmpty()) {
            all.putAll(interactions.load(
                    joined.values().stream().flatMap(List::stream).toList()));
        }
        Supplier<Map<InteractionId, List<Turn>>> turns = words.turns(all.values());
        Supplier<Map<InteractionId, List<DesktopAction>>> actions = words.actions(all.values());
        Supplier<Map<InteractionId, List<Recording>>> recordings = words.recordings(all.values());
        Map<InteractionId, Transcript> transcripts = new HashMap<>();
        rows.forEach((id, row) -> {
            List<InteractionId> ofContact = new ArrayList<>(List.of(id));
            ofContact.addAll(joined.getOrDefault(id, List.of()));
            InteractionDetails details = row.known().details();
            for (InteractionId other : joined.getOrDefault(id, List.of())) {
                InteractionRow told = all.get(other);
                details = told == null ? details : details.over(told.known().details());
            }
            transcripts.put(
                    id,
                    new Transcript(
                            id,
                            details,
                            row.startedAt(),
                            row.endedAt(),
                            of(ofContact, turns.get()),
                            of(ofContact, actions.get()),
                            of(ofContact, recordings.get())));
        });
        return transcripts;
    }

    private static <T> List<T> of(List<InteractionId> ids, Map<InteractionId, List<T>> found) {
        return ids.stream()
                .flatMap(id -> found.getOrDefault(id, List.of()).stream())
                .toList();
    }
}
