package org.afterword.console.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An agent's panel.
 *
 * @param held       contacts that are on and wrap-ups that hold the agent, oldest first
 * @param owed       deferred wrap-ups of this agent, soonest due first
 * @param contact    the one that is shown; null = nothing to show
 * @param confirmed  what was confirmed a moment ago and can still be taken back
 * @param notReady   the reasons the agent can choose from
 * @param next       what the agent chose to be after the wrap-up: the code of a reason, or {@code OFFLINE}; null = available
 */
public record PanelView(
        Agent agent,
        List<Held> held,
        List<Owed> owed,
        @Nullable Contact contact,
        @Nullable Confirmed confirmed,
        List<Choice> notReady,
        @Nullable String next) {

    /**
     * @param pending what the agent asked for and gets once nothing holds them; null = nothing waits
     * @param rest    that the agent is in or waits for; null if there is none
     * @param mayAskForRest whether some policy gives a rest on request
     */
    public record Agent(
            String id,
            String name,
            StateSign state,
            @Nullable String reason,
            Instant since,
            @Nullable String pending,
            @Nullable Rest rest,
            boolean mayAskForRest) {}

    /** @param until null while the agent waits for it */
    public record Rest(String words, @Nullable Instant until) {}

    /** Where a contact is in its life, as the panel tells it. */
    public enum Phase {
        ON("On now"),
        OPEN("After-call work"),
        OVERDUE("Overdue"),
        DEFERRED("Owed"),
        COMPLETED("Confirmed"),
        EXPIRED("Closed by policy");

        private final String word;

        Phase(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }

        /** Whether the record can be confirmed now. */
        public boolean canConfirm() {
            return this == OPEN || this == OVERDUE || this == DEFERRED;
        }

        public boolean isEnd() {
            return this == COMPLETED || this == EXPIRED;
        }
    }

    /** @param since when the contact connected, or its wrap-up opened */
    public record Held(
            String wrapUpId,
            String customer,
            Icon channel,
            Phase phase,
            Instant since,
            @Nullable Instant deadline) {}

    public record Owed(String wrapUpId, String customer, Instant due) {}

    /**
     * @param sentence what became of the record, and by whom if not by the agent
     * @param until    when taking back ends
     */
    public record Confirmed(String wrapUpId, String sentence, Instant until) {}

    /** One value to choose. {@code path} leads to it in a tree, {@code description} says when to take it. */
    public record Choice(String code, String label, String path, String description) {
        public Choice(String code, String label) {
            this(code, label, "", "");
        }
    }

    /**
     * One contact with its record.
     *
     * @param version   the record's version, which an edit has to name
     * @param draftId   the draft shown, which a confirmation names
     * @param facts     queue, direction, call type …, already in words
     * @param talk      how long the leg took; null while it is on
     * @param due       when a deferred record is owed
     * @param extension what asking for more time gives; null = the policy gives none, or none is left
     * @param deferrable whether the agent may leave parts for later
     * @param isShort    there was less talk than the policy takes for a contact
     */
    public record Contact(
            String wrapUpId,
            String interactionId,
            long version,
            @Nullable String draftId,
            String customer,
            Icon channel,
            List<String> facts,
            Phase phase,
            Instant connectedAt,
            @Nullable Duration talk,
            @Nullable WindowView window,
            @Nullable Instant due,
            @Nullable Extension extension,
            boolean deferrable,
            boolean isShort,
            DraftStatus draft,
            Transcript transcript,
            Form form) {}

    public record Extension(Duration length, int left, boolean reasonRequired) {}

    /** @param note what to say about the draft; empty if it stands */
    public record DraftStatus(boolean growing, String note) {}

    /**
     * What was said and done.
     *
     * @param live    words may still come
     * @param absence why there are no turns, in words; null if there are some
     * @param audio   address of the recording, null without one
     */
    public record Transcript(
            List<Turn> turns,
            List<Action> actions,
            boolean live,
            @Nullable String absence,
            @Nullable String audio) {}

    public record Turn(
            int number,
            Speaker speaker,
            String text,
            @Nullable Double startSeconds) {}

    public enum Speaker {
        AGENT("A", "Agent"),
        CUSTOMER("C", "Customer"),
        SYSTEM("S", "System");

        private final String letter;
        private final String word;

        Speaker(String letter, String word) {
            this.letter = letter;
            this.word = word;
        }

        public String letter() {
            return letter;
        }

        public String word() {
            return word;
        }
    }

    public record Action(String id, Instant at, String name, String detail) {}

    /**
     * The record as a form.
     *
     * @param keywords what the agent notes where nobody was heard; null where there is no need
     * @param changes  what of the customer's data was said to be another, each to be ticked
     * @param needed   pointers to parts that are empty and without which the record cannot be confirmed
     * @param readOnly the record can no longer be edited here
     */
    public record Form(
            @Nullable Keywords keywords,
            List<Change> changes,
            Text summary,
            Several reasons,
            One disposition,
            Select resolution,
            List<Field> fields,
            List<Tick> checklist,
            List<FollowUp> followUps,
            Several tags,
            List<Offer> offers,
            Set<String> needed,
            boolean readOnly) {

        /** Pointer to the part whose drafted value is least certain: where the agent's eyes are needed first. */
        public Optional<String> leastCertain() {
            var marks = new LinkedHashMap<String, Mark>();
            marks.put("/reasons", reasons.mark());
            marks.put("/disposition", disposition.mark());
            fields.forEach(field -> marks.put("/fields/" + field.name(), field.mark()));
            marks.put("/resolution", resolution.mark());
            return marks.entrySet().stream()
                    .filter(part -> part.getValue().sign() == Sign.MACHINE
                            || part.getValue().sign() == Sign.NO_EVIDENCE)
                    .filter(part -> part.getValue().confidence() != null)
                    .min(Comparator.comparing(part -> part.getValue().confidence()))
                    .map(Map.Entry::getKey);
        }
    }

    /**
     * What was drafted and does not fill its part by itself: a person takes it over.
     *
     * @param json the part's value
     */
    public record Offer(String pointer, String label, String words, String json) {}

    public record Keywords(String value, Mark mark) {}

    /**
     * Something about the customer that is to become another in other systems.
     *
     * @param of     {@code name}, {@code phone}, {@code email} or {@code address}
     * @param before as it is known; null = it is not
     * @param ticked whether a person put it into the record; a draft only proposes it
     */
    public record Change(String of, String label, @Nullable String before, String after, boolean ticked, Mark mark) {}

    /** @param statements the drafted sentences and what each rests on, in their order in the text */
    public record Text(String value, Mark mark, List<Statement> statements) {}

    public record Statement(String text, Mark mark) {}

    /** Several values of a list; {@code suggested} are offered first. */
    public record Several(List<String> chosen, List<Choice> suggested, List<Choice> others, Mark mark) {}

    /** One value of a tree; the {@code suggested} answer to number keys. */
    public record One(@Nullable String chosen, List<Suggestion> suggested, List<Choice> others, Mark mark) {}

    public record Suggestion(Choice choice, @Nullable Double confidence) {}

    public record Select(@Nullable String chosen, List<Choice> choices, Mark mark) {}

    /** @param guess what the machine would have drafted had it found evidence; empty = nothing */
    public record Field(
            String name,
            String label,
            String description,
            Input input,
            String value,
            String guess,
            List<String> choices,
            boolean required,
            Mark mark) {}

    /** How a field is typed. */
    public enum Input {
        TEXT,
        NUMBER,
        DATE,
        TIME,
        PHONE,
        EMAIL,
        CHOICE,
        BOOLEAN
    }

    public record Tick(String code, String label, boolean done, Mark mark) {}

    public record FollowUp(
            String id,
            String pointer,
            String kind,
            String text,
            @Nullable Instant due,
            Mark mark) {}
}
