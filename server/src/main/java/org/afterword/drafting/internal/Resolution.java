package org.afterword.drafting.internal;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
                line -> line.byAgent() && line.has(Cue.DONE) && !line.sentence().isQuestion() && !isStep(line));
        Line failed = Outcome.lastFailure(situation).orElse(null);
        Line finished = last(
                situation, line -> line.byCustomer() && (line.has(Cue.FINISHED) || wantsNothingElse(situation, line)));
        Line tried = Tried.last(situation.talk()).orElse(null);
        Line working = tried != null && Tried.works(tried) && !isBefore(situation, tried, failed) ? tried : null;
        if (working != null && !isBefore(situation, working, escalated) && !promisedLater(followUps, working)) {
            return claim(RESOLVED, 0.85, working.quote());
        }
        if (escalated != null) {
            return claim(ESCALATED, 0.85, escalated.quote());
        }
        Optional<Claim<FollowUp>> promise =
                followUps.stream().filter(Resolution::leavesItOpen).findFirst();
        if (promise.isPresent()) {
            return claim(PENDING, 0.75, promise.get().evidence().getFirst());
        }
        if (tried != null
                && !Tried.works(tried)
                && isOfLast(FRESH_MOVES, situation, tried)
                && !isBefore(situation, tried, done)) {
            return claim(UNRESOLVED, 0.7, tried.quote());
        }
        if (failed != null && working == null) {
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

    private static final Pattern STEP = Pattern.compile(
            "\\b(?:when|once|after|until|if|as soon as) (?:(?!i\\b|we\\b)\\w+ ){1,5}(?:is|are|has|have|you)\\b");

    /** A step of an instruction is not done yet; what was told before it is. */
    private static boolean isStep(Line line) {
        String said = line.lowerText();
        Matcher step = STEP.matcher(said);
        return step.find() && !Cue.in(said.substring(0, step.start())).contains(Cue.DONE);
    }

    /** Whether the agent promised something that leaves it open after that. */
    private static boolean promisedLater(List<Claim<FollowUp>> followUps, Line line) {
        return followUps.stream()
                .filter(Resolution::leavesItOpen)
                .flatMap(claim -> claim.evidence().stream())
                .anyMatch(of -> of instanceof Evidence.Quote quote
                        && quote.turn() > line.turn().number());
    }

    /** "Anything else?" "Not right now." */
    private static boolean wantsNothingElse(Situation situation, Line line) {
        Line before = before(situation, line);
        return line.has(Cue.NO) && before != null && before.byAgent() && before.has(Cue.ANYTHING_ELSE);
    }

    private static boolean isBefore(Situation situation, Line line, @Nullable Line other) {
        List<Line> lines = situation.talk().lines();
        return other != null && lines.indexOf(line) < lines.indexOf(other);
    }

    /** "Yes, that's much better", where nothing was asked; a yes to a question says nothing of how it ended. */
    private static boolean isPleased(Situation situation, Line line) {
        Line before = before(situation, line);
        return line.has(Cue.YES)
                && !line.has(Cue.OTHER)
                && line.saysSomething()
                && (before == null || !before.sentence().isQuestion());
    }

    private static @Nullable Line before(Situation situation, Line line) {
        List<Line> lines = situation.talk().lines();
        int before = lines.indexOf(line) - 1;
        return before < 0 ? null : lines.get(before);
    }

    /** Thanks or agreement with which the customer left it. */
    private static Optional<Line> contentment(Situation situation) {
        return lastMoves(LAST_MOVES, situation).reversed().stream()
                .flatMap(move -> move.lines().stream())
                .filter(line -> line.has(Cue.THANKS) || isPleased(situation, line))
                .findFirst();
    }

    /** What did not work a while ago may since. */
    private static boolean isOfLast(int moves, Situation situation, Line line) {
        return lastMoves(moves, situation).stream()
                .anyMatch(move -> move.lines().contains(line));
    }

    private static List<Move> lastMoves(int count, Situation situation) {
        List<Move> moves =
                situation.talk().moves().stream().filter(Move::byCustomer).toList();
        return moves.subList(Math.max(0, moves.size() - count), moves.size());
    }

    private static final int LAST_MOVES = 2;
    private static final int FRESH_MOVES = 3;

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
