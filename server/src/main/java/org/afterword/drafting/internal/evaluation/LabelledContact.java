package org.afterword.drafting.internal.evaluation;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.afterword.catalog.Catalog;
import org.afterword.drafting.DraftInput;
import org.afterword.drafting.DraftInput.DesktopAction;
import org.afterword.drafting.DraftInput.Speaker;
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
    public record Turn(@Nullable @JsonProperty("turn") Integer number, Who speaker, String text) {}

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
     */
    public record Truth(
            @Nullable String disposition,
            @Nullable List<String> reasons,
            @Nullable Map<String, List<String>> fields,
            @Nullable List<Integer> evidence,
            @Nullable List<String> summaries,
            @Nullable List<Judged> judged) {
        Truth(
                @Nullable String disposition,
                @Nullable List<String> reasons,
                @Nullable Map<String, List<String>> fields,
                @Nullable List<Integer> evidence,
                @Nullable List<String> summaries) {
            this(disposition, reasons, fields, evidence, summaries, null);
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
