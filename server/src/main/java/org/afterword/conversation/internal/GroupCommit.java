package org.afterword.conversation.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.afterword.platform.ProblemException;

/**
 * Has callers that come at the same time served together. A caller who finds nobody at work is served at once; those who come
 * meanwhile wait, and the first of them then works for all that wait. So nobody waits for company, and the more there are,
 * the less each costs. The work is done by the callers' own threads; there are no others.
 *
 * @param <C> what a caller brings
 * @param <A> what a caller is answered
 */
public final class GroupCommit<C, A> {
    /** More is waiting than can be taken. */
    public static final class Full extends Exception {
        private static final long serialVersionUID = 1;

        private Full() {
            super("too much is waiting", null, false, false);
        }
    }

    /**
     * @param groups      how many are at work at the same time
     * @param mostInGroup weight of a group; a caller that weighs more is served alone
     * @param mostWaiting weight of all that wait or are being served
     */
    public record Limits(int groups, int mostInGroup, int mostWaiting) {}

    /** What a waiting caller is told. */
    private sealed interface Call<A> {
        record Answered<A>(A answer) implements Call<A> {}

        /** The group that it is in has to be served, and it is the first of it. */
        record Lead<A>() implements Call<A> {}
    }

    private final class Seat {
        final C caller;
        final int weight;
        final CompletableFuture<Call<A>> called = new CompletableFuture<>();

        /** Of whoever leads: itself and the others that it serves. */
        List<Seat> group = List.of();

        Seat(C caller) {
            this.caller = caller;
            this.weight = weigh.applyAsInt(caller);
        }
    }

    private final Limits limits;
    private final ToIntFunction<C> weigh;
    private final Function<C, ? extends Collection<?>> exclusive;
    private final Function<List<C>, List<A>> work;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Seat> waiting = new ArrayDeque<>();
    private int atWork;
    private int weight;

    /**
     * @param exclusive what only one caller of a group may bring; the second comes into a later group
     * @param work      serves a group, and answers each in their order; called by several threads
     */
    public GroupCommit(
            Limits limits,
            ToIntFunction<C> weigh,
            Function<C, ? extends Collection<?>> exclusive,
            Function<List<C>, List<A>> work) {
        this.limits = limits;
        this.weigh = weigh;
        this.exclusive = exclusive;
        this.work = work;
    }

    /**
     * Serves {@code caller}, with others or alone. Where a group fails, each of its callers is served alone, so that nobody fails for
     * what another brought; but a {@link ProblemException} is meant for all of them.
     *
     * @throws Full at once, and then nothing was done
     */
    public A serve(C caller) throws Full {
        var seat = new Seat(caller);
        boolean leads;
        lock.lock();
        try {
            if (weight > 0 && weight + seat.weight > limits.mostWaiting) {
                throw new Full();
            }
            weight += seat.weight;
            leads = atWork < limits.groups;
            if (leads) {
                atWork++;
                seat.group = List.of(seat);
            } else {
                waiting.add(seat);
            }
        } finally {
            lock.unlock();
        }
        return leads
                ? lead(seat)
                : switch (await(seat.called)) {
                    case Call.Answered<A>(A answer) -> answer;
                    case Call.Lead<A> _ -> lead(seat);
                };
    }

    /** How many wait for their turn. */
    int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    private A lead(Seat first) {
        try {
            return serveTogether(first);
        } finally {
            handOn(first.group);
        }
    }

    /** Answers the first of the group, and tells the others. */
    private A serveTogether(Seat first) {
        List<Seat> others = first.group.subList(1, first.group.size());
        try {
            List<A> answers =
                    work.apply(first.group.stream().map(seat -> seat.caller).toList());
            for (int i = 1; i < answers.size(); i++) {
                first.group.get(i).called.complete(new Call.Answered<>(answers.get(i)));
            }
            return answers.getFirst();
        } catch (ProblemException | Error failure) {
            others.forEach(seat -> seat.called.completeExceptionally(failure));
            throw failure;
        } catch (RuntimeException failure) {
            others.forEach(this::serveAlone);
            if (others.isEmpty()) {
                throw failure;
            }
            return work.apply(List.of(first.caller)).getFirst();
        }
    }

    private void serveAlone(Seat seat) {
        try {
            seat.called.complete(
                    new Call.Answered<>(work.apply(List.of(seat.caller)).getFirst()));
        } catch (RuntimeException | Error failure) {
            seat.called.completeExceptionally(failure);
        }
    }

    /** Makes the next group of those that wait, and has the first of it lead. */
    private void handOn(List<Seat> served) {
        lock.lock();
        try {
            served.forEach(seat -> weight -= seat.weight);
            Seat first = waiting.peekFirst();
            if (first == null) {
                atWork--;
            } else {
                first.group = nextGroup();
                first.called.complete(new Call.Lead<>());
            }
        } finally {
            lock.unlock();
        }
    }

    private List<Seat> nextGroup() {
        List<Seat> group = new ArrayList<>();
        Set<Object> brought = new HashSet<>();
        int groupWeight = 0;
        while (!waiting.isEmpty()) {
            Seat next = waiting.getFirst();
            Collection<?> brings = exclusive.apply(next.caller);
            boolean fits = group.isEmpty()
                    || groupWeight + next.weight <= limits.mostInGroup
                            && brings.stream().noneMatch(brought::contains);
            if (!fits) {
                break;
            }
            group.add(waiting.removeFirst());
            groupWeight += next.weight;
            brought.addAll(brings);
        }
        return group;
    }

    private static <T> T await(CompletableFuture<T> called) {
        try {
            return called.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error error -> throw error;
                case null, default -> throw e;
            }
        }
    }
}
