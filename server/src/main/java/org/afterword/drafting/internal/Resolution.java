package org.afterword.drafting.internal;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.afterword.drafting.Claim;
import org.afterword.drafting.DraftInput.DesktopAction;
import org.afterword.drafting.Evidence;
import org.afterword.drafting.FollowUp;
import org.afterword.drafting.internal.Talk.Move;
import org.jspecify.annotations.Nullable;

/** How it ended: the last thing said that decides it. Nothing where nothing was said about it. */
public final class Resolution {
    public static final String RESOLVED = "resolved";
    static final String ESCALATED = "escalated";
    static final String PENDING = "pending";
    public static final String UNRESOLVED = "unresolved";

    /** What a record may say of it, whatever the catalog. */
    public static final List<String> ALL = List.of(RESOLVED, ESCALATED, PENDING, UNRESOLVED);

    private Resolution() {}

    static Optional<Claim<String>> of(Situation situation, List<Claim<FollowUp>> followUps) {
        Line escalated = last(situation, line -> line.byAgent() && line.has(Cue.ESCALATED));
        Line done = last(
                situation,
                line -> line.byAgent() && line.has(Cue.DONE) && !line.sentence().isQuestion());
        Line failed = Outcome.lastFailure(situation).orElse(null);
        Line finished = last(situation, line -> line.byCustomer() && line.has(Cue.FINISHED));
        if (escalated != null) {
            return claim(ESCALATED, 0.85, escalated.quote());
        }
        Optional<Claim<FollowUp>> promise =
                followUps.stream().filter(Resolution::leavesItOpen).findFirst();
        if (promise.isPresent()) {
            return claim(PENDING, 0.75, promise.get().evidence().getFirst());
        }
        if (failed != null) {
            return claim(UNRESOLVED, finished == null ? 0.65 : 0.55, failed.quote());
        }
        if (done != null && finished != null) {
            return claim(RESOLVED, 0.9, done.quote(), finished.quote());
        }
        if (done != null) {
            return claim(RESOLVED, 0.75, done.quote());
        }
        if (finished != null) {
            return claim(RESOLVED, 0.7, finished.quote());
        }
        Optional<DesktopAction> changed = situation.input().actions().stream()
                .filter(ActionsTaken::changedSomething)
                .reduce((earlier, later) -> later);
        if (changed.isPresent()) {
            return claim(RESOLVED, 0.65, new Evidence.Action(changed.get().id()));
        }
        return contentment(situation).flatMap(line -> claim(RESOLVED, 0.55, line.quote()));
    }

    /** Thanks or agreement with which the customer left it. */
    private static Optional<Line> contentment(Situation situation) {
        List<Move> moves =
                situation.talk().moves().stream().filter(Move::byCustomer).toList();
        return moves.subList(Math.max(0, moves.size() - LAST_MOVES), moves.size()).reversed().stream()
                .flatMap(move -> move.lines().stream())
                .filter(line -> line.has(Cue.THANKS) || (line.has(Cue.YES) && !line.has(Cue.OTHER)))
                .findFirst();
    }

    private static final int LAST_MOVES = 3;

    /** A paper that follows leaves nothing open; work that the agent still has to do does. */
    private static boolean leavesItOpen(Claim<FollowUp> claim) {
        FollowUp promise = claim.value();
        return promise != null && promise.owner() == FollowUp.Owner.AGENT && STILL_TO_DO.contains(promise.kind());
    }

    private static final Set<FollowUp.Kind> STILL_TO_DO =
            Set.of(FollowUp.Kind.CALLBACK, FollowUp.Kind.TASK, FollowUp.Kind.PROCESS);

    private static @Nullable Line last(Situation situation, Predicate<Line> is) {
        return situation.talk().lines().reversed().stream()
                .filter(is)
                .findFirst()
                .orElse(null);
    }

    private static Optional<Claim<String>> claim(String value, double confidence, Evidence... evidence) {
        return Optional.of(Claim.of("resolution", value, confidence, List.of(evidence)));
    }
}
