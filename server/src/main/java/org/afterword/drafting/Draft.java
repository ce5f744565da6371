package org.afterword.drafting;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The record as the machine proposes it, in the shape of the API.
 *
 * @param reason         for people: why there is none, where {@code status} is {@link Status#FAILED}, or why nobody sees one where it is
 *                       {@link Status#NONE}; else which of the words it was not made from, and why
 * @param source         what kind of writer made it ({@code builtIn}), or made its texts ({@code languageModel})
 * @param model          which version of it
 * @param createdAt      when it was made; set by whoever keeps drafts, see {@link #madeAt}
 * @param millis         how long that took
 * @param summary        the whole contact in at most 35 words
 * @param issue          what the customer wanted
 * @param resolutionText what was done about it
 * @param actions        what the agent did
 * @param nextSteps      what was promised for later, in words
 * @param reasons        codes of the reasons, most certain first
 * @param fields         form field → value as text: dates ISO, times {@code HH:mm}, choices as the form spells them
 * @param checklist      item → true; an item that is not there is not ticked
 * @param customerChanges what of the customer's data was said to be another than what is known: {@code name}, {@code phone}, {@code email} or
 *                       {@code address} → the change. Proposed only: no draft fills it in
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Draft(
        Status status,
        @Nullable String reason,
        @Nullable String source,
        @Nullable String model,
        @Nullable Instant createdAt,
        @Nullable Long millis,
        Statements summary,
        Statements issue,
        Statements resolutionText,
        List<Claim<String>> actions,
        List<Claim<String>> nextSteps,
        List<Claim<String>> reasons,
        List<Claim<String>> tags,
        List<Claim<FollowUp>> followUps,
        Map<String, Claim<String>> fields,
        Map<String, Claim<Boolean>> checklist,
        @Nullable Ranked disposition,
        @Nullable Claim<String> resolution,
        @Nullable Claim<Sentiment> sentiment,
        Map<String, Claim<CustomerChange>> customerChanges) {

    public enum Status {
        /** Nothing has been drafted yet. */
        @JsonProperty("none")
        NONE,
        /** The contact is still on. */
        @JsonProperty("growing")
        GROWING,
        @JsonProperty("ready")
        READY,
        @JsonProperty("failed")
        FAILED
    }

    /** A text as its statements, in reading order. */
    public record Statements(List<Claim<String>> statements) {
        public static final Statements NONE = new Statements(List.of());

        public Statements {
            statements = List.copyOf(statements);
        }
    }

    /** The most likely code with the next ones after it, most likely first. */
    public record Ranked(@JsonUnwrapped Claim<String> claim, List<Alternative> alternatives) {
        /** Below this, half of the first ones were wrong when measured ({@code docs/drafts.md}): a person chooses. */
        public static final double LEAST_TO_FILL = 0.4;

        public Ranked {
            alternatives = List.copyOf(alternatives);
        }

        /** Whether the first one goes into the record, rather than being shown as the first of several. */
        public boolean fills() {
            return claim.confidence() >= LEAST_TO_FILL;
        }
    }

    public record Alternative(String code, double confidence) {}

    public Draft {
        if (status == Status.FAILED && reason == null) {
            throw new IllegalArgumentException("a draft that failed has a reason");
        }
        actions = List.copyOf(actions);
        nextSteps = List.copyOf(nextSteps);
        reasons = List.copyOf(reasons);
        tags = List.copyOf(tags);
        followUps = List.copyOf(followUps);
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        checklist = Collections.unmodifiableMap(new LinkedHashMap<>(checklist));
        // drafts that were stored before there were any know of none
        customerChanges =
                customerChanges == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(customerChanges));
    }

    /** Whether nobody was heard, or nobody who is understood: parts that only words can tell say so. */
    public boolean unheard() {
        return sentiment != null && sentiment.check() == Claim.Check.NOT_HEARD;
    }

    /** Before anything was drafted. */
    public static Draft none() {
        return empty(Status.NONE, null);
    }

    /** Before people, where they are not to see one; {@code why} is for them. */
    public static Draft withheld(String why) {
        return empty(Status.NONE, why);
    }

    /** Where drafting broke; {@code reason} is for people. */
    public static Draft failed(String reason) {
        return empty(Status.FAILED, reason);
    }

    /** The same draft, with when it was made and how long that took. */
    public Draft madeAt(Instant when, Duration took) {
        return new Draft(
                status,
                reason,
                source,
                model,
                when,
                took.toMillis(),
                summary,
                issue,
                resolutionText,
                actions,
                nextSteps,
                reasons,
                tags,
                followUps,
                fields,
                checklist,
                disposition,
                resolution,
                sentiment,
                customerChanges);
    }

    /** The same draft with other texts: who wrote them is its source then. */
    public Draft withTexts(
            String writer, String version, Statements newSummary, Statements newIssue, Statements newResolutionText) {
        return new Draft(
                status,
                reason,
                writer,
                version,
                createdAt,
                millis,
                newSummary,
                newIssue,
                newResolutionText,
                actions,
                nextSteps,
                reasons,
                tags,
                followUps,
                fields,
                checklist,
                disposition,
                resolution,
                sentiment,
                customerChanges);
    }

    /** The same draft with these ticks. */
    public Draft withChecklist(Map<String, Claim<Boolean>> ticks) {
        return new Draft(
                status,
                reason,
                source,
                model,
                createdAt,
                millis,
                summary,
                issue,
                resolutionText,
                actions,
                nextSteps,
                reasons,
                tags,
                followUps,
                fields,
                ticks,
                disposition,
                resolution,
                sentiment,
                customerChanges);
    }

    /** The same draft with these fields, follow-ups and next steps. */
    public Draft with(
            Map<String, Claim<String>> otherFields,
            List<Claim<FollowUp>> otherFollowUps,
            List<Claim<String>> otherNextSteps) {
        return new Draft(
                status,
                reason,
                source,
                model,
                createdAt,
                millis,
                summary,
                issue,
                resolutionText,
                actions,
                otherNextSteps,
                reasons,
                tags,
                otherFollowUps,
                otherFields,
                checklist,
                disposition,
                resolution,
                sentiment,
                customerChanges);
    }

    /** The same draft with what was said to be another of the customer's data. */
    public Draft withCustomerChanges(Map<String, Claim<CustomerChange>> changes) {
        return new Draft(
                status,
                reason,
                source,
                model,
                createdAt,
                millis,
                summary,
                issue,
                resolutionText,
                actions,
                nextSteps,
                reasons,
                tags,
                followUps,
                fields,
                checklist,
                disposition,
                resolution,
                sentiment,
                changes);
    }

    private static Draft empty(Status status, @Nullable String reason) {
        return new Draft(
                status,
                reason,
                null,
                null,
                null,
                null,
                Statements.NONE,
                Statements.NONE,
                Statements.NONE,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                null,
                null,
                null,
                Map.of());
    }
}
