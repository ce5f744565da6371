package org.afterword.drafting.internal.evaluation;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.afterword.catalog.Catalog;
import org.afterword.drafting.DraftInput;
import org.afterword.drafting.DraftInput.DesktopAction;
import org.afterword.drafting.DraftInput.Speaker;
import org.afterword.drafting.internal.Resolution;
import org.jspecify.annotations.Nullable;

/**
 * A contact with what its record should hold: one line of a labelled set ({@code docs/evaluation.md}).
 *
 * @param language of the talk, as BCP 47; absent = {@code en}
 * @param day      from which "tomorrow" counts
 * @param zone     in which "by Friday" is meant; absent = UTC
 * @param group    whose figures are told apart as well; absent = none
 */
public record LabelledContact(
        String id,
        @Nullable String language,
        LocalDate day,
        @Nullable ZoneId zone,
        @Nullable String channel,
        @Nullable String direction,
        @Nullable String queue,
        @Nullable String callType,
        List<Turn> turns,
        List<Action> actions,
        Truth truth,
        @Nullable String group) {

    /** Turns have no times of their own here; actions are put between them as if each took that long. */
    private static final int SECONDS_PER_TURN = 10;

    /** Who speaks. */
    public enum Who {
        @JsonProperty("customer")
        CUSTOMER,
        @JsonProperty("agent")
        AGENT
    }

    /** @param number absent = one more than the turn before */
    public record Turn(@Nullable @JsonProperty("turn") Integer number, Who speaker, String text) {
        static Turn of(Who speaker, String text) {
            return new Turn(null, speaker, text);
        }
    }

    /**
     * What the agent did in another system.
     *
     * @param after the number of the turn after which; absent = at the end
     */
    public record Action(
            String name,
            @Nullable Map<String, String> parameters,
            @Nullable Map<String, String> result,
            @Nullable Integer after) {}

    /**
     * What is true of the contact; what is absent is not measured.
     *
     * @param disposition  the code of the leaf that is right
     * @param reasons      the codes of all that it was about
     * @param fields       name → the forms in which its value may stand, or all its values where it may hold several; a field that
     *                     is not there should stay empty
     * @param evidence     the numbers of the turns that say what it was about
     * @param summaries    what people wrote of it
     * @param judged       texts about it, right and wrong, with what people found of them
     * @param resolution   how it ended, one of {@link Resolution#ALL}
     * @param sentiment    how the customer sounded
     */
    public record Truth(
            @Nullable String disposition,
            @Nullable List<String> reasons,
            @Nullable Map<String, List<String>> fields,
            @Nullable List<Integer> evidence,
            @Nullable List<String> summaries,
            @Nullable List<Judged> judged,
            @Nullable String resolution,
            @Nullable Tones sentiment) {
        public Truth {
            if (resolution != null && !Resolution.ALL.contains(resolution)) {
                throw new IllegalArgumentException(
                        "resolution '%s' is none of %s".formatted(resolution, String.join(", ", Resolution.ALL)));
            }
        }

        static TruthBuilder with() {
            return new TruthBuilder();
        }
    }

    /** What is known to be true of a contact, part by part; the rest is not measured. */
    static final class TruthBuilder {
        private @Nullable String disposition;
        private @Nullable List<String> reasons;
        private @Nullable Map<String, List<String>> fields;
        private @Nullable List<Integer> evidence;
        private @Nullable List<String> summaries;
        private @Nullable List<Judged> judged;
        private @Nullable String resolution;
        private @Nullable Tones sentiment;

        TruthBuilder disposition(@Nullable String code) {
            disposition = code;
            return this;
        }

        TruthBuilder reasons(List<String> codes) {
            reasons = codes;
            return this;
        }

        TruthBuilder fields(Map<String, List<String>> values) {
            fields = values;
            return this;
        }

        TruthBuilder evidence(@Nullable List<Integer> turns) {
            evidence = turns;
            return this;
        }

        TruthBuilder summaries(List<String> texts) {
            summaries = texts;
            return this;
        }

        TruthBuilder judged(@Nullable List<Judged> texts) {
            judged = texts;
            return this;
        }

        TruthBuilder resolution(@Nullable String ending) {
            resolution = ending;
            return this;
        }

        TruthBuilder sentiment(@Nullable Tones tones) {
            sentiment = tones;
            return this;
        }

        Truth build() {
            return new Truth(disposition, reasons, fields, evidence, summaries, judged, resolution, sentiment);
        }
    }

    /** How somebody sounded. */
    public enum Tone {
        @JsonProperty("negative")
        NEGATIVE,
        @JsonProperty("neutral")
        NEUTRAL,
        @JsonProperty("positive")
        POSITIVE;

        /** @param value under 0 negative, over 0 positive */
        static Tone of(double value) {
            if (value == 0) {
                return NEUTRAL;
            }
            return value < 0 ? NEGATIVE : POSITIVE;
        }
    }

    /** How the customer sounded in the first third, in the last third, and over all. */
    public record Tones(Tone start, Tone end, Tone overall) {
        public Tones {
            if (start == null || end == null || overall == null) {
                throw new IllegalArgumentException("a sentiment has start, end and overall");
            }
        }
    }

    /**
     * A text that people held against the contact.
     *
     * @param right    whether all that it says is so
     * @param invented whether it says something of which nothing was said at all
     */
    public record Judged(String text, boolean right, boolean invented) {}

    public LabelledContact {
        turns = List.copyOf(turns == null ? List.of() : turns);
        actions = List.copyOf(actions == null ? List.of() : actions);
    }

    /** An English one that the customer began, of which nothing else is known. */
    static LabelledContact inbound(String id, LocalDate day, String channel, List<Turn> turns, Truth truth) {
        return new LabelledContact(id, "en", day, null, channel, "inbound", null, null, turns, List.of(), truth, null);
    }

    LabelledContact ofType(String type) {
        return new LabelledContact(
                id, language, day, zone, channel, direction, queue, type, turns, actions, truth, group);
    }

    LabelledContact inGroup(String name) {
        return new LabelledContact(
                id, language, day, zone, channel, direction, queue, callType, turns, actions, truth, name);
    }

    LabelledContact withActions(List<Action> done) {
        return new LabelledContact(
                id, language, day, zone, channel, direction, queue, callType, turns, done, truth, group);
    }

    String wordsOfCustomer() {
        return turns.stream()
                .filter(turn -> turn.speaker() == Who.CUSTOMER)
                .map(Turn::text)
                .collect(Collectors.joining("\n"));
    }

    /** The contact as the program would have it once it is over. */
    public DraftInput input(Catalog catalog, boolean withActions) {
        Instant start = day.atTime(9, 0).toInstant(ZoneOffset.UTC);
        var said = new ArrayList<DraftInput.Turn>();
        int number = -1;
        for (Turn turn : turns) {
            number = turn.number() == null ? number + 1 : turn.number();
            Speaker speaker = turn.speaker() == Who.AGENT ? Speaker.AGENT : Speaker.CUSTOMER;
            said.add(new DraftInput.Turn(
                    number,
                    speaker,
                    turn.text(),
                    start.plusSeconds((long) SECONDS_PER_TURN * number),
                    null,
                    null,
                    null));
        }
        var done = new ArrayList<DesktopAction>();
        for (Action action : withActions ? actions : List.<Action>of()) {
            long after = action.after() == null ? number : action.after();
            done.add(new DesktopAction(
                    "action-" + done.size(),
                    action.name(),
                    action.parameters() == null ? Map.of() : action.parameters(),
                    action.result() == null ? Map.of() : action.result(),
                    start.plusSeconds(SECONDS_PER_TURN * (after + 1) - 1)));
        }
        return new DraftInput(
                new DraftInput.Contact(
                        channel == null ? "voice" : channel, direction, queue, null, callType, null, null),
                said,
                done,
                true,
                zone == null ? ZoneOffset.UTC : zone,
                day,
                catalog);
    }
}
