package org.afterword.wrapup;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.afterword.conversation.Channel;
import org.afterword.conversation.InteractionId;
import org.afterword.desk.LegKey;
import org.afterword.desk.LegSpan;
import org.afterword.identity.AgentId;
import org.jspecify.annotations.Nullable;

/**
 * The after-call work of one leg, without the record's content. A leg has one that holds its agent, and those that a person
 * split off it.
 *
 * @param partOf      the wrap-up that it was split off, of the same leg; null for the first one
 * @param span        the leg as the facts tell it
 * @param legUnits    units the leg takes while it is on
 * @param heldUnits   units the wrap-up keeps while it {@link WrapUpState#holds()}; 0 before its policy is fixed
 * @param policy      null while the leg is on
 * @param deadline    of its window, with extensions and credits; stays known once the window is over. Null where there is none
 * @param cut         the deadline released the agent, not a person: nobody knows how long it would have taken
 * @param wasDeferred it is or was owed
 * @param started     a person put something into the record
 * @param circumstances what the rules go by beside the leg and the policy
 * @param extensions  how often it was extended
 * @param credits     time added to the window, with the reason
 * @param result      what the confirmed record says for the figures; null before
 * @param confirmedBy who confirmed the record last, as the trail names it, a policy as {@link WrapUpPolicy#asActor}; null before
 * @param sequence    grows with every change that is announced
 */
public record WrapUp(
        WrapUpId id,
        @Nullable WrapUpId partOf,
        LegSpan span,
        Channel channel,
        int legUnits,
        int heldUnits,
        @Nullable WrapUpPolicy policy,
        WrapUpState state,
        @Nullable Instant deadline,
        boolean cut,
        boolean wasDeferred,
        boolean started,
        Circumstances circumstances,
        int extensions,
        List<Credit> credits,
        @Nullable Result result,
        @Nullable String confirmedBy,
        long sequence) {

    /** @param kind {@code extension}, {@code outage} or {@code override} */
    public record Credit(
            String kind,
            Duration length,
            Instant at,
            @Nullable String reason) {}

    /**
     * What a person said the contact is about, late in the call or after it.
     *
     * @param callType  null = nothing
     * @param escalated it is of high complexity, whatever its call type
     */
    public record Choice(@Nullable String callType, boolean escalated) {
        public static final Choice NONE = new Choice(null, false);
    }

    /**
     * What was known when the policy was fixed, so that it can be told later how another policy would have gone.
     *
     * @param knownAt when the end of the leg became known as it is, or a window was asked for after it
     * @param surging the queue surged, whether or not the policy has a variant for that
     * @param choice  what a person had said by then
     */
    public record Opening(Instant knownAt, boolean surging, Choice choice) {
        public Opening {
            choice = choice == null ? Choice.NONE : choice;
        }
    }

    /**
     * What the rules go by beside the leg and the policy.
     *
     * @param filled    JSON pointers to what a person had put into the record when the window opened; grows until then
     * @param requested the agent asked for a window, which counts where its policy gives one on request
     * @param choice    what a person said the contact is about
     * @param inputAt   when the agent last pressed a key; null before the first
     * @param stops     when the clock of the window stood still, in the order of their beginnings
     * @param assignee  the colleague who was given the record; null while it is its agent's, or the back office's
     * @param opening   null before its policy is fixed, and where that was before openings were kept
     * @param dueTold   the due time of an owed record whose passing was announced; null before
     * @param contact   what its contact is beside a leg of an interaction
     */
    public record Circumstances(
            Set<String> filled,
            boolean requested,
            Choice choice,
            @Nullable Instant inputAt,
            List<ClockStop> stops,
            @Nullable AgentId assignee,
            @Nullable Opening opening,
            @Nullable Instant dueTold,
            Contact contact) {
        public static final Circumstances NONE =
                new Circumstances(Set.of(), false, Choice.NONE, null, List.of(), null, null, null, Contact.PLAIN);

        public Circumstances {
            filled = filled == null ? Set.of() : Collections.unmodifiableSet(new TreeSet<>(filled));
            choice = choice == null ? Choice.NONE : choice;
            stops = stops == null ? List.of() : List.copyOf(stops);
            contact = contact == null ? Contact.PLAIN : contact;
        }

        private Circumstances with(Consumer<Change> change) {
            var changed = new Change(this);
            change.accept(changed);
            return new Circumstances(
                    changed.filled,
                    changed.requested,
                    changed.choice,
                    changed.inputAt,
                    changed.stops,
                    changed.assignee,
                    changed.opening,
                    changed.dueTold,
                    changed.contact);
        }

        /** Circumstances on their way to others, so that each change names only what it changes. */
        private static final class Change {
            private Set<String> filled;
            private boolean requested;
            private Choice choice;
            private @Nullable Instant inputAt;
            private List<ClockStop> stops;
            private @Nullable AgentId assignee;
            private @Nullable Opening opening;
            private @Nullable Instant dueTold;
            private Contact contact;

            Change(Circumstances of) {
                filled = of.filled;
                requested = of.requested;
                choice = of.choice;
                inputAt = of.inputAt;
                stops = of.stops;
                assignee = of.assignee;
                opening = of.opening;
                dueTold = of.dueTold;
                contact = of.contact;
            }
        }
    }

    /**
     * What a contact is beside a leg of an interaction.
     *
     * @param byHand    the id under which it was opened by hand, which may have turned out to be a switch's call; null where it was not
     * @param continues the contact that it continues; null = none
     * @param began     the first of those that continue each other; null = itself
     * @param linkedBy  the person who said what it continues, or that it does not, as the trail names them; null = by rule
     */
    public record Contact(
            @Nullable InteractionId byHand,
            @Nullable InteractionId continues,
            @Nullable InteractionId began,
            @Nullable String linkedBy) {
        public static final Contact PLAIN = new Contact(null, null, null, null);
    }

    /** Why there was nothing to record. */
    public enum NoContact {
        /** Less talk than the policy takes for a contact. */
        SHORT,
        WRONG_NUMBER,
        SILENT,
        TEST,
        /** There was one, and it goes on in the next, whose record tells of both. */
        CONTINUED
    }

    /**
     * What a confirmed record says for the figures.
     *
     * @param compliance share of the checklist that is ticked, 0 to 1; null where there is no checklist
     * @param keptParts  parts confirmed as they were drafted
     * @param editedParts parts that were drafted and changed
     * @param noContact  null where there was a contact
     * @param unattended how sure the draft was of the disposition where a policy approved it, and nobody looked; null = a person confirmed it
     */
    public record Result(
            @Nullable String disposition,
            @Nullable Double compliance,
            int keptParts,
            int editedParts,
            @Nullable String draftSource,
            @Nullable NoContact noContact,
            @Nullable Double unattended) {
        /** Of a contact that there was, confirmed by a person. */
        public Result(
                @Nullable String disposition,
                @Nullable Double compliance,
                int keptParts,
                int editedParts,
                @Nullable String draftSource) {
            this(disposition, compliance, keptParts, editedParts, draftSource, null, null);
        }

        /** Approved by a policy: nobody kept or edited anything, and nobody ticked a checklist. */
        public static Result unattended(String disposition, String draftSource, double confidence) {
            return new Result(disposition, null, 0, 0, draftSource, null, confidence);
        }
    }

    public WrapUp {
        credits = List.copyOf(credits);
        if (state.holds() && policy == null) {
            throw new IllegalArgumentException("wrap-up %s holds without a policy".formatted(id));
        }
        if (state instanceof WrapUpState.Overdue && deadline == null) {
            throw new IllegalArgumentException("wrap-up %s is overdue without a deadline".formatted(id));
        }
    }

    public static WrapUp preparing(WrapUpId id, LegSpan span, Channel channel, int legUnits) {
        return new WrapUp(
                id,
                null,
                span,
                channel,
                legUnits,
                0,
                null,
                new WrapUpState.Preparing(),
                null,
                false,
                false,
                false,
                Circumstances.NONE,
                0,
                List.of(),
                null,
                null,
                0);
    }

    /**
     * Another record of the same leg, which takes no units. It asks for what the first one asks for, and counts as begun, since a
     * person wants it.
     *
     * @param filled JSON pointers to what that person said of it
     */
    public static WrapUp splitOff(WrapUp first, WrapUpId id, Set<String> filled) {
        var circumstances = first.circumstances.with(change -> {
            change.filled = filled;
            change.requested = false;
            change.inputAt = null;
            change.stops = List.of();
            change.dueTold = null;
        });
        return new WrapUp(
                        id,
                        first.id,
                        first.span,
                        first.channel,
                        0,
                        0,
                        first.policy,
                        new WrapUpState.Preparing(),
                        null,
                        false,
                        false,
                        true,
                        circumstances,
                        0,
                        List.of(),
                        null,
                        null,
                        0)
                .sharing(first);
    }

    /** Whether a person split it off another one. */
    public boolean isPart() {
        return partOf != null;
    }

    public LegKey leg() {
        return span.key();
    }

    public InteractionId interaction() {
        return span.key().interaction();
    }

    public AgentId agent() {
        return span.agent();
    }

    public WrapUpStatus status() {
        return state.status();
    }

    /** When the window opened: the end of the leg. Null while it is on. */
    public @Nullable Instant openedAt() {
        return span.endedAt();
    }

    /** From the end of the leg to the release of the agent; null while it is held, and of a part: its leg's time counts once. */
    public @Nullable Duration acwTime() {
        Instant released = state.releasedAt();
        Instant ended = span.endedAt();
        if (released == null || ended == null || isPart()) {
            return null;
        }
        Duration time = Duration.between(ended, released);
        return time.isNegative() ? Duration.ZERO : time;
    }

    /** The fixed policy; throws {@link IllegalStateException} while the leg is on. */
    public WrapUpPolicy fixedPolicy() {
        if (policy == null) {
            throw new IllegalStateException("wrap-up %s has no policy before its window opens".formatted(id));
        }
        return policy;
    }

    public WrapUp withState(WrapUpState newState) {
        return with(copy -> {
            copy.state = newState;
            copy.wasDeferred = wasDeferred
                    || newState instanceof WrapUpState.Deferred owed && owed.cause() != WrapUpState.Cause.UNASKED;
        });
    }

    /** The window holds until then, or until the agent ends it. */
    public WrapUp openUntil(@Nullable Instant newDeadline) {
        return with(copy -> {
            copy.state = new WrapUpState.Open();
            copy.deadline = newDeadline;
            copy.wasDeferred = false;
            copy.cut = false;
        });
    }

    public WrapUp withDeadline(@Nullable Instant newDeadline) {
        return with(copy -> copy.deadline = newDeadline);
    }

    /** The deadline released the agent. */
    public WrapUp cutBy(WrapUpState newState) {
        return withState(newState).with(copy -> copy.cut = true);
    }

    public WrapUp withSpan(LegSpan newSpan, Channel newChannel, int newLegUnits) {
        return with(copy -> {
            copy.span = newSpan;
            copy.channel = newChannel;
            copy.legUnits = newLegUnits;
        });
    }

    /** Of a part: its window is that of the first one of its leg, as that is now. */
    public WrapUp sharing(WrapUp first) {
        return with(copy -> {
            copy.deadline = first.deadline;
            copy.extensions = first.extensions;
            copy.credits = first.credits;
            Instant input = inputAt();
            boolean later = input != null && (first.inputAt() == null || input.isAfter(first.inputAt()));
            copy.circumstances = circumstances.with(change -> {
                change.inputAt = later ? input : first.inputAt();
                change.stops = first.stops();
            });
        });
    }

    /** Fixes the policy, and with it the units that are kept. */
    public WrapUp under(WrapUpPolicy fixed) {
        return with(copy -> {
            copy.policy = fixed;
            copy.heldUnits = fixed.heldUnits(legUnits);
        });
    }

    /** A person put something into the record, which holds these parts of a person's by now. */
    public WrapUp written(Set<String> parts, Instant at) {
        return with(copy -> {
            copy.started = true;
            copy.circumstances = circumstances.with(change -> {
                change.filled = state instanceof WrapUpState.Preparing ? parts : filled();
                change.inputAt = at;
            });
        });
    }

    /** The agent pressed a key. */
    public WrapUp withInput(Instant at) {
        Instant known = inputAt();
        return known != null && !at.isAfter(known) ? this : in(change -> change.inputAt = at);
    }

    /** The agent asked for a window. */
    public WrapUp markRequested() {
        return in(change -> change.requested = true);
    }

    /** The fixed policy asks for other parts since a person said something else of the contact; the units stay. */
    public WrapUp asking(WrapUpPolicy asking) {
        return with(copy -> copy.policy = asking);
    }

    public WrapUp withChoice(Choice chosen) {
        return in(change -> change.choice = chosen);
    }

    public WrapUp withStops(List<ClockStop> known) {
        return in(change -> change.stops = known);
    }

    /** Its record is somebody else's now; null gives it back to the agent of its leg. */
    public WrapUp assignedTo(@Nullable AgentId colleague) {
        return in(change -> change.assignee = colleague);
    }

    /** Its policy is fixed by what is known now. */
    public WrapUp opened(Instant knownAt, boolean surging) {
        return in(change -> change.opening = new Opening(knownAt, surging, choice()));
    }

    /** That its leg has ended, or that a window is asked for, became known then. */
    public WrapUp knownAt(Instant at) {
        Opening opening = opening();
        return opening == null
                ? this
                : in(change -> change.opening = new Opening(at, opening.surging(), opening.choice()));
    }

    /** It was announced that this due time has passed. */
    public WrapUp withDueTold(Instant due) {
        return in(change -> change.dueTold = due);
    }

    /** Its contact was opened by hand under this id; null = was not. */
    public WrapUp withByHand(@Nullable InteractionId id) {
        Contact known = contact();
        return in(change -> change.contact = new Contact(id, known.continues(), known.began(), known.linkedBy()));
    }

    /**
     * Its contact continues another one.
     *
     * @param continues null = none
     * @param root      the first of all that continue each other; null = itself
     * @param by        null = by rule
     */
    public WrapUp continuing(@Nullable InteractionId continues, @Nullable InteractionId root, @Nullable String by) {
        return in(change -> change.contact = new Contact(byHand(), continues, root, by));
    }

    /**
     * Its leg turned out to be that of {@code first}: it becomes a part of that, and holds nothing. What nobody began is closed, with
     * its own times; what was begun goes the way of a part.
     *
     * @param reason why it is closed, if it is
     */
    public WrapUp asPartOf(WrapUp first, String reason) {
        Instant ended = span.endedAt() == null ? span.startedAt() : span.endedAt();
        boolean begun = started || isPart() || state instanceof WrapUpState.Completed;
        boolean open = begun && (state instanceof WrapUpState.Preparing || state.runs());
        return with(copy -> {
            copy.partOf = first.id;
            copy.span = open ? first.span : span.of(first.leg(), ended);
            copy.legUnits = 0;
            copy.heldUnits = 0;
            copy.state = open
                    ? new WrapUpState.Preparing()
                    : begun
                            ? state.released(state.releasedAt() == null ? ended : state.releasedAt())
                            : new WrapUpState.Expired(ended, reason);
        });
    }

    private WrapUp in(Consumer<Circumstances.Change> change) {
        return with(copy -> copy.circumstances = circumstances.with(change));
    }

    public Set<String> filled() {
        return circumstances.filled();
    }

    public boolean requested() {
        return circumstances.requested();
    }

    public Choice choice() {
        return circumstances.choice();
    }

    public @Nullable Instant inputAt() {
        return circumstances.inputAt();
    }

    public Contact contact() {
        return circumstances.contact();
    }

    /** Its contact continues another one, or a person said that it does not. */
    public boolean isLinked() {
        return contact().continues() != null || contact().linkedBy() != null;
    }

    public @Nullable InteractionId byHand() {
        return contact().byHand();
    }

    /** The first of the contacts that continue each other, which this is one of. */
    public InteractionId began() {
        InteractionId root = contact().began();
        return root == null ? interaction() : root;
    }

    public List<ClockStop> stops() {
        return circumstances.stops();
    }

    public @Nullable AgentId assignee() {
        return circumstances.assignee();
    }

    public @Nullable Opening opening() {
        return circumstances.opening();
    }

    public @Nullable Instant dueTold() {
        return circumstances.dueTold();
    }

    public WrapUp credited(Credit credit) {
        return with(copy -> {
            copy.credits = Stream.concat(credits.stream(), Stream.of(credit)).toList();
            copy.extensions = credit.kind().equals("extension") ? extensions + 1 : extensions;
        });
    }

    /** What is confirmed, and by whom; null takes a confirmation back. */
    public WrapUp confirmed(@Nullable Result newResult, @Nullable String by) {
        return with(copy -> {
            copy.result = newResult;
            copy.confirmedBy = by;
        });
    }

    public WrapUp withSequence(long next) {
        return with(copy -> copy.sequence = next);
    }

    private WrapUp with(Consumer<Copy> change) {
        var copy = new Copy(this);
        change.accept(copy);
        return copy.done();
    }

    /** A wrap-up on its way to another one, so that each change names only what it changes. */
    private static final class Copy {
        private final WrapUpId id;
        private @Nullable WrapUpId partOf;
        private LegSpan span;
        private Channel channel;
        private int legUnits;
        private int heldUnits;
        private @Nullable WrapUpPolicy policy;
        private WrapUpState state;
        private @Nullable Instant deadline;
        private boolean cut;
        private boolean wasDeferred;
        private boolean started;
        private Circumstances circumstances;
        private int extensions;
        private List<Credit> credits;
        private @Nullable Result result;
        private @Nullable String confirmedBy;
        private long sequence;

        Copy(WrapUp of) {
            id = of.id;
            partOf = of.partOf;
            span = of.span;
            channel = of.channel;
            legUnits = of.legUnits;
            heldUnits = of.heldUnits;
            policy = of.policy;
            state = of.state;
            deadline = of.deadline;
            cut = of.cut;
            wasDeferred = of.wasDeferred;
            started = of.started;
            circumstances = of.circumstances;
            extensions = of.extensions;
            credits = of.credits;
            result = of.result;
            confirmedBy = of.confirmedBy;
            sequence = of.sequence;
        }

        WrapUp done() {
            return new WrapUp(
                    id,
                    partOf,
                    span,
                    channel,
                    legUnits,
                    heldUnits,
                    policy,
                    state,
                    deadline,
                    cut,
                    wasDeferred,
                    started,
                    circumstances,
                    extensions,
                    credits,
                    result,
                    confirmedBy,
                    sequence);
        }
    }
}
