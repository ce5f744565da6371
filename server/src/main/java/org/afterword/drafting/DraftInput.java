package org.afterword.drafting;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.afterword.catalog.Catalog;
import org.jspecify.annotations.Nullable;

/**
 * All that a draft is made from. Turns and actions may come in any order; they are sorted here, and of two turns with the same
 * number the one said later counts.
 *
 * @param ended         whether the contact is over: only then the draft is ready, else it is growing
 * @param zone          the tenant's zone, in which "by Friday" is meant
 * @param referenceDate the day of the contact in that zone, from which "tomorrow" counts
 * @param notes         what agents typed about it in keywords, for where nobody was heard; blank ones are left out
 */
public record DraftInput(
        Contact contact,
        List<Turn> turns,
        List<DesktopAction> actions,
        boolean ended,
        ZoneId zone,
        LocalDate referenceDate,
        Catalog catalog,
        List<Note> notes) {

    public enum Speaker {
        AGENT,
        CUSTOMER,
        SYSTEM
    }

    /** What is known of the contact beside its words; of the customer, as other systems have it. */
    public record Contact(
            String channel,
            @Nullable String direction,
            @Nullable String queue,
            @Nullable String campaign,
            @Nullable String callType,
            @Nullable String customerId,
            @Nullable String customerName,
            @Nullable String customerPhone,
            @Nullable String customerEmail,
            @Nullable String customerAddress) {

        /** Of a customer who is known by id and name at most. */
        public Contact(
                String channel,
                @Nullable String direction,
                @Nullable String queue,
                @Nullable String campaign,
                @Nullable String callType,
                @Nullable String customerId,
                @Nullable String customerName) {
            this(channel, direction, queue, campaign, callType, customerId, customerName, null, null, null);
        }
    }

    /**
     * One turn of the talk, redacted.
     *
     * @param language as whoever wrote it down states, as a BCP 47 tag; null = nothing was said
     */
    public record Turn(
            int number,
            Speaker speaker,
            String text,
            @Nullable Instant time,
            @Nullable Double startSeconds,
            @Nullable Double endSeconds,
            @Nullable String language) {

        public static Turn of(int number, Speaker speaker, String text) {
            return new Turn(number, speaker, text, null, null, null, null);
        }
    }

    /** What the agent did in another system; parameters and results as text. */
    public record DesktopAction(
            String id,
            String name,
            Map<String, String> parameters,
            Map<String, String> result,
            @Nullable Instant time) {
        public DesktopAction {
            parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
            result = Collections.unmodifiableMap(new TreeMap<>(result));
        }
    }

    /**
     * Keywords of one agent, redacted.
     *
     * @param wrapUpId of the record that they stand in
     * @param time     when they were typed
     */
    public record Note(
            String wrapUpId, String text, @Nullable Instant time) {}

    private static final Comparator<@Nullable Instant> EARLIEST_FIRST = Comparator.nullsLast(Comparator.naturalOrder());

    public DraftInput {
        var byNumber = new TreeMap<Integer, Turn>();
        for (Turn turn : turns) {
            byNumber.merge(turn.number(), turn, DraftInput::later);
        }
        turns = List.copyOf(byNumber.values());
        actions = actions.stream()
                .sorted(Comparator.comparing(DesktopAction::time, EARLIEST_FIRST)
                        .thenComparing(DesktopAction::id))
                .toList();
        notes = notes.stream()
                .filter(note -> !note.text().isBlank())
                .sorted(Comparator.comparing(Note::time, EARLIEST_FIRST).thenComparing(Note::wrapUpId))
                .toList();
    }

    /** Of which no agent noted anything. */
    public DraftInput(
            Contact contact,
            List<Turn> turns,
            List<DesktopAction> actions,
            boolean ended,
            ZoneId zone,
            LocalDate referenceDate,
            Catalog catalog) {
        this(contact, turns, actions, ended, zone, referenceDate, catalog, List.of());
    }

    /** The same contact with these turns. */
    public DraftInput withTurns(List<Turn> others) {
        return new DraftInput(contact, others, actions, ended, zone, referenceDate, catalog, notes);
    }

    /** The same contact with these notes. */
    public DraftInput withNotes(List<Note> others) {
        return new DraftInput(contact, turns, actions, ended, zone, referenceDate, catalog, others);
    }

    /** Whether anybody was heard; without words the draft comes from the rest. */
    public boolean heard() {
        return turns.stream()
                .anyMatch(t -> t.speaker() != Speaker.SYSTEM && !t.text().isBlank());
    }

    private static Turn later(Turn one, Turn other) {
        int byTime = Comparator.nullsFirst(Comparator.<Instant>naturalOrder()).compare(one.time(), other.time());
        int byText = byTime != 0 ? byTime : one.text().compareTo(other.text());
        return byText >= 0 ? one : other;
    }
}
