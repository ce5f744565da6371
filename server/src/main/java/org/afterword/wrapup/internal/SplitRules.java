package org.afterword.wrapup.internal;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.afterword.conversation.InteractionDetails;
import org.afterword.desk.LegSpan;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemType;
import org.afterword.wrapup.WrapUp;
import org.afterword.wrapup.WrapUpId;
import org.afterword.wrapup.WrapUpPolicy;
import org.afterword.wrapup.WrapUpState.Cause;
import org.afterword.wrapup.WrapUpState.Deferred;
import org.afterword.wrapup.WrapUpState.Expired;
import org.afterword.wrapup.WrapUpState.Overdue;
import org.afterword.wrapup.WrapUpState.Owner;
import org.afterword.wrapup.WrapUpState.Preparing;

/**
 * What a person splits off a wrap-up, because the contact concerned several cases or customers: another record of the same
 * leg. It takes no units and shares the window of the leg's first wrap-up; each is confirmed, put off and closed by itself, and
 * the agent is free when none of them runs any more.
 */
final class SplitRules {
    /** A contact that needs more records than that was none. */
    static final int MOST_PARTS = 20;

    private SplitRules() {}

    /**
     * Begins another record of the leg of {@code id}: in its window if there is one, owed if that is over.
     *
     * @param situation with all wrap-ups of that leg
     * @param filled    JSON pointers to what the person said of it
     */
    static Situation split(Situation situation, WrapUpId id, WrapUpId newId, Set<String> filled) {
        WrapUp first = situation.firstOf(situation.get(id));
        if (situation.partsOf(first).size() >= MOST_PARTS) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "Wrap-up %s has %d parts, and no more are split off one.".formatted(first.id(), MOST_PARTS));
        }
        WrapUp part = WrapUp.splitOff(first, newId, filled);
        if (first.state() instanceof Preparing) {
            return situation.with(part, "split");
        }
        if (first.state().holds()) {
            return situation.with(inWindow(situation, part), "split");
        }
        if (first.state() instanceof Deferred owed) {
            Instant released = Objects.requireNonNull(owed.releasedAt(), "nothing holds");
            Instant due = owed.cause() == Cause.UNASKED
                    ? released.plus(first.fixedPolicy().deferDue())
                    : owed.dueAt();
            return situation.with(part.withState(new Deferred(released, due, owed.owner(), Cause.SPLIT)), "split");
        }
        throw AfterCallRules.refused(
                first, "Only what is still to be written is split; reopen it, or revise its record.");
    }

    /** Where the window of its leg is by now: open, or overdue. */
    static WrapUp inWindow(Situation situation, WrapUp wrapUp) {
        WrapUp first = situation.firstOf(wrapUp);
        WrapUp shared = wrapUp.isPart() ? wrapUp.sharing(first) : wrapUp;
        boolean over = Stream.concat(Stream.of(first), situation.partsOf(first).stream())
                .anyMatch(any -> any.state() instanceof Overdue);
        return over ? shared.withState(new Overdue()) : shared.openUntil(first.deadline());
    }

    /** What was split off a leg's wrap-up goes the way of that, as its leg is known now. */
    static Situation followed(Situation situation, AfterCallRules.LegChange change, PolicyChoice policies) {
        Optional<WrapUp> first = situation.findByLeg(change.span().key());
        Situation now = situation;
        for (WrapUp part : first.map(situation::partsOf).orElse(List.of())) {
            now = followed(now, first.get(), part, change.details(), policies);
        }
        return now;
    }

    private static Situation followed(
            Situation situation, WrapUp first, WrapUp part, InteractionDetails details, PolicyChoice policies) {
        if (part.state() instanceof Expired over && over.reason().equals(ByHandRules.JOINED)) {
            return situation;
        }
        WrapUp moved = part.withSpan(first.span(), first.channel(), 0);
        if (part.state() instanceof Preparing) {
            return first.state() instanceof Preparing
                    ? situation.with(moved)
                    : ended(situation, first, moved.under(policy(situation, first, part, details, policies)));
        }
        if (moved.equals(part)) {
            return situation;
        }
        return AfterCallRules.wasReleasedByItsEnd(part)
                ? AfterCallRules.releaseMoved(situation, moved)
                : corrected(situation, first, moved);
    }

    /** That of the first one; a person's other word for what it is about says which parts it asks for. */
    private static WrapUpPolicy policy(
            Situation situation, WrapUp first, WrapUp part, InteractionDetails details, PolicyChoice policies) {
        WrapUpPolicy policy = first.fixedPolicy();
        return part.choice().equals(first.choice())
                ? policy
                : policy.askingAs(
                        policies.choose(AfterCallRules.contact(situation.agent(), details, part, policies)),
                        part.filled());
    }

    private static Situation ended(Situation situation, WrapUp first, WrapUp part) {
        LegSpan span = part.span();
        Instant end = Objects.requireNonNull(span.endedAt(), "its leg has ended");
        // what it is about may give a recovery where the first one gives none
        Situation rested = span.lateStart() || span.lateEnd() ? situation : RestRules.byRule(situation, part, end);
        return opened(rested, first, part);
    }

    /** It goes into the window of its leg. Where none opened it is owed: it was begun, since somebody wants it. */
    private static Situation opened(Situation situation, WrapUp first, WrapUp part) {
        if (first.state().holds()) {
            return situation.with(inWindow(situation, part), "opened");
        }
        Instant released = Objects.requireNonNull(first.state().releasedAt(), "its leg has ended, and nothing runs");
        LegSpan span = part.span();
        Cause cause = first.state() instanceof Deferred owed && owed.cause() != Cause.UNASKED
                ? owed.cause()
                : span.lateStart() || span.lateEnd() ? Cause.LATE : Cause.BEGUN;
        Instant due = released.plus(part.fixedPolicy().deferDue());
        return situation.with(
                part.sharing(first).withState(new Deferred(released, due, Owner.AGENT, cause)), "deferred");
    }

    private static Situation corrected(Situation situation, WrapUp first, WrapUp part) {
        boolean inWindow = part.state().runs() || AfterCallRules.isOwedBySigningOut(part);
        Situation told = situation.with(inWindow ? part.sharing(first) : part, "corrected");
        return AfterCallRules.signedOut(told, told.get(part.id()));
    }

    /** A window has opened for the first one after all: what was split off and begun goes into it. */
    static Situation joined(Situation situation, WrapUpId id) {
        WrapUp first = situation.get(id);
        Situation now = situation;
        for (WrapUp part : situation.partsOf(first)) {
            if (part.state() instanceof Deferred owed && owed.cause() == Cause.BEGUN) {
                now = now.with(part.sharing(first).openUntil(first.deadline()), "opened");
            }
        }
        return now;
    }
}
