package org.afterword.wrapup.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.BiPredicate;
import org.afterword.wrapup.WrapUp;
import org.afterword.wrapup.WrapUpPolicy;
import org.afterword.wrapup.internal.PolicyReplay.Outcome;
import org.afterword.wrapup.internal.PolicyReplay.Verdict;
import org.afterword.wrapup.internal.PolicyReplay.Verdict.Judged;
import org.afterword.wrapup.internal.PolicyReplay.Verdict.NotJudged;
import org.jspecify.annotations.Nullable;

/** Adds up what a replay says of each wrap-up; keeps figures and a few examples, however many there are. */
final class ReplayTally {
    private static final int EXAMPLES = 50;
    private static final long OPEN_ENDED = Long.MAX_VALUE;

    /** In what a wrap-up can go otherwise. Of the first four, at most one holds under the same assumptions. */
    private enum Kind {
        HELD_LONGER((before, after) -> bothHeld(before, after) && longer(before, after) > 0),
        HELD_SHORTER((before, after) -> bothHeld(before, after) && longer(before, after) < 0),
        RELEASED_AT_ONCE((before, after) -> before.isHeld() && !after.isHeld()),
        HELD_INSTEAD((before, after) -> !before.isHeld() && after.isHeld()),
        DEFERRED_OTHERWISE((before, after) -> before.owed() != after.owed()),
        TIMED_OUT_OTHERWISE((before, after) -> before.timedOut() != after.timedOut()),
        DIFFERING((before, after) -> !before.equals(after));

        private final BiPredicate<Outcome, Outcome> holds;

        Kind(BiPredicate<Outcome, Outcome> holds) {
            this.holds = holds;
        }

        private static boolean bothHeld(Outcome before, Outcome after) {
            return before.isHeld() && after.isHeld();
        }
    }

    /** By how much longer the second holds, in milliseconds; what nothing ends holds longer than all. */
    private static long longer(Outcome before, Outcome after) {
        Duration was = Objects.requireNonNull(before.held(), "what happened has ended");
        return after.held() == null ? OPEN_ENDED : after.held().minus(was).toMillis();
    }

    /** As {@link ReplayReport.Change}, in milliseconds. */
    private static final class Sum {
        private long legs;
        private long perhaps;
        private long least;
        private long most;
        private long openEnded;

        /**
         * @param soon   whether it is so if what is not known ended as soon as it could
         * @param late   and if it took as long as it could
         * @param bySoon by how much longer the agent would have been held then
         */
        void add(boolean soon, boolean late, long bySoon, long byLate) {
            if (soon || late) {
                boolean open = late && byLate == OPEN_ENDED;
                long from = soon ? bySoon : 0;
                legs += soon && late ? 1 : 0;
                perhaps += soon && late ? 0 : 1;
                least += from;
                most += open ? from : late ? byLate : 0;
                openEnded += open ? 1 : 0;
            }
        }

        ReplayReport.Change told() {
            return new ReplayReport.Change(legs, perhaps, seconds(least), seconds(most), openEnded);
        }
    }

    private static final class Group {
        private long legs;
        private long assumed;
        private long censored;
        private long before;
        private final Map<NotJudged, Long> notJudged = new EnumMap<>(NotJudged.class);
        private final Map<Kind, Sum> changes = new EnumMap<>(Kind.class);
        private final Sum partsMissing = new Sum();
        private final Sum held = new Sum();

        void add(PastWrapUp past, Verdict verdict) {
            legs++;
            assumed += past.wrapUp().opening() == null ? 1 : 0;
            switch (verdict) {
                case NotJudged why -> notJudged.merge(why, 1L, Long::sum);
                case Verdict.Same same -> before += same.held().toMillis();
                case Judged judged -> add(judged);
            }
        }

        private void add(Judged judged) {
            Outcome was = judged.before();
            long soon = longer(was, judged.least());
            long late = longer(was, judged.most());
            before += Objects.requireNonNull(was.held(), "what happened has ended")
                    .toMillis();
            censored += judged.isCensored() ? 1 : 0;
            boolean missing = !judged.missing().isEmpty();
            for (Kind kind : Kind.values()) {
                boolean lacks = missing && kind == Kind.DIFFERING;
                changes.computeIfAbsent(kind, k -> new Sum())
                        .add(
                                lacks || kind.holds.test(was, judged.least()),
                                lacks || kind.holds.test(was, judged.most()),
                                soon,
                                late);
            }
            partsMissing.add(missing, missing, soon, late);
            held.add(true, true, soon, late);
        }

        private ReplayReport.Change change(Kind kind) {
            return changes.getOrDefault(kind, new Sum()).told();
        }

        private long differing() {
            Sum differing = changes.getOrDefault(Kind.DIFFERING, new Sum());
            return differing.legs + differing.perhaps;
        }

        ReplayReport.Figures told() {
            var reasons = new LinkedHashMap<String, Long>();
            notJudged.forEach((why, count) -> reasons.put(why.code(), count));
            return new ReplayReport.Figures(
                    legs,
                    reasons,
                    assumed,
                    censored,
                    change(Kind.DIFFERING),
                    change(Kind.HELD_LONGER),
                    change(Kind.HELD_SHORTER),
                    change(Kind.RELEASED_AT_ONCE),
                    change(Kind.HELD_INSTEAD),
                    change(Kind.DEFERRED_OTHERWISE),
                    change(Kind.TIMED_OUT_OTHERWISE),
                    partsMissing.told(),
                    new ReplayReport.Held(
                            seconds(before),
                            seconds(before + held.least),
                            seconds(before + held.most),
                            seconds(held.least),
                            seconds(held.most),
                            held.openEnded));
        }
    }

    /** @param surely by how much it differs at least; @param perhaps and at most; in milliseconds */
    private record Found(ReplayReport.Example example, long surely, long perhaps) {
        static final Comparator<Found> LEAST_FIRST = Comparator.comparingLong(Found::surely)
                .thenComparingLong(Found::perhaps)
                .thenComparing(found -> found.example().wrapUpId());
    }

    private final ReplayGroupBy groupBy;
    private final Group totals = new Group();
    private final Map<Optional<String>, Group> groups = new HashMap<>();
    private final PriorityQueue<Found> examples = new PriorityQueue<>(Found.LEAST_FIRST);

    ReplayTally(ReplayGroupBy groupBy) {
        this.groupBy = groupBy;
    }

    void add(PastWrapUp past, Verdict verdict) {
        totals.add(past, verdict);
        groups.computeIfAbsent(Optional.ofNullable(groupBy.key(past)), key -> new Group())
                .add(past, verdict);
        if (verdict instanceof Judged judged && judged.differs()) {
            offer(past, judged);
        }
    }

    private void offer(PastWrapUp past, Judged judged) {
        Outcome was = judged.before();
        long soon = longer(was, judged.least());
        long late = longer(was, judged.most());
        long surely = soon > 0 == late > 0 ? Math.min(Math.abs(soon), Math.abs(late)) : 0;
        examples.add(new Found(example(past, judged), surely, Math.max(Math.abs(soon), Math.abs(late))));
        if (examples.size() > EXAMPLES) {
            examples.poll();
        }
    }

    private static ReplayReport.Example example(PastWrapUp past, Judged judged) {
        WrapUp wrapUp = past.wrapUp();
        return new ReplayReport.Example(
                wrapUp.id(),
                wrapUp.interaction(),
                wrapUp.agent(),
                past.details().queue(),
                past.callType(),
                past.ended(),
                side(judged.own(), wrapUp.filled(), judged.before(), judged.before()),
                side(judged.other(), wrapUp.filled(), judged.least(), judged.most()),
                judged.missing());
    }

    private static ReplayReport.Side side(
            @Nullable WrapUpPolicy policy, Collection<String> filled, Outcome least, Outcome most) {
        Duration held = Objects.requireNonNull(least.held(), "at the least it ended");
        return new ReplayReport.Side(
                policy == null ? null : policy.rule(),
                policy == null ? null : policy.mode(),
                policy == null || !policy.hasDeadline()
                        ? null
                        : policy.window(filled).toSeconds(),
                seconds(held.toMillis()),
                least.ending(),
                least.overdue(),
                most.held() == null ? null : seconds(most.held().toMillis()),
                most.ending());
    }

    ReplayReport.Figures totals() {
        return totals.told();
    }

    List<ReplayReport.Group> groups() {
        return groups.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<Optional<String>, Group> group) ->
                                -group.getValue().differing())
                        .thenComparing(group -> group.getKey().orElse("")))
                .map(group -> new ReplayReport.Group(
                        group.getKey().orElse(null), group.getValue().told()))
                .toList();
    }

    List<ReplayReport.Example> examples() {
        var all = new ArrayList<>(examples);
        all.sort(Found.LEAST_FIRST.reversed());
        return all.stream().map(Found::example).toList();
    }

    private static double seconds(long millis) {
        return millis / 1000.0;
    }
}
