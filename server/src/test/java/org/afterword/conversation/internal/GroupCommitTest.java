package org.afterword.conversation.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final List<List<Integer>> groups = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch firstIsServed = new CountDownLatch(1);
    private final CountDownLatch firstMayEnd = new CountDownLatch(1);

    @AfterEach
    void end() {
        firstMayEnd.countDown();
        callers.shutdownNow();
    }

    @Test
    void whoComesAloneIsServedAtOnce() throws Exception {
        var commit = new GroupCommit<Integer, String>(limits(1, 10, 100), i -> 1, List::of, this::answer);

        assertThat(commit.serve(7)).isEqualTo("answer 7");
        assertThat(groups).containsExactly(List.of(7));
    }

    @Test
    void thoseWhoComeMeanwhileAreServedTogetherInTheirOrder() throws Exception {
        var commit = new GroupCommit<>(limits(1, 10, 100), i -> 1, List::of, this::answerOnceFirstMayEnd);

        List<Future<String>> answers = serve(commit, 0, 1, 2, 3);

        for (int i = 0; i < answers.size(); i++) {
            assertThat(answers.get(i).get()).isEqualTo("answer " + i);
        }
        assertThat(groups).containsExactly(List.of(0), List.of(1, 2, 3));
    }

    @Test
    void aGroupIsNoHeavierThanAllowedUnlessOneAloneIs() throws Exception {
        var commit = new GroupCommit<>(limits(1, 10, 100), i -> i, List::of, this::answerOnceFirstMayEnd);

        for (Future<String> answer : serve(commit, 0, 4, 6, 20, 1)) {
            answer.get();
        }

        assertThat(groups).containsExactly(List.of(0), List.of(4, 6), List.of(20), List.of(1));
    }

    @Test
    void twoWhoBringTheSameAreServedOneAfterTheOther() throws Exception {
        var commit = new GroupCommit<>(limits(1, 10, 100), i -> 1, i -> List.of(i % 10), this::answerOnceFirstMayEnd);

        for (Future<String> answer : serve(commit, 0, 1, 2, 11)) {
            answer.get();
        }

        assertThat(groups).containsExactly(List.of(0), List.of(1, 2), List.of(11));
    }

    @Test
    void nobodyFailsForWhatAnotherBrought() throws Exception {
        var commit = new GroupCommit<>(limits(1, 10, 100), i -> 1, List::of, (List<Integer> group) -> {
            List<String> answers = answerOnceFirstMayEnd(group);
            if (group.contains(2)) {
                throw new IllegalStateException("2 is bad");
            }
            return answers;
        });

        List<Future<String>> answers = serve(commit, 0, 1, 2, 3);

        assertThat(answers.get(1).get()).isEqualTo("answer 1");
        assertThat(answers.get(3).get()).isEqualTo("answer 3");
        assertThatThrownBy(() -> answers.get(2).get())
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("2 is bad");
    }

    @Test
    void aProblemIsMeantForAllOfAGroup() throws Exception {
        var commit = new GroupCommit<>(limits(1, 10, 100), i -> 1, List::of, (List<Integer> group) -> {
            List<String> answers = answerOnceFirstMayEnd(group);
            if (group.size() > 1) {
                throw new ProblemException(ProblemType.UNAVAILABLE, "The database is away.");
            }
            return answers;
        });

        List<Future<String>> answers = serve(commit, 0, 1, 2);

        assertThat(answers.get(0).get()).isEqualTo("answer 0");
        for (Future<String> answer : answers.subList(1, 3)) {
            assertThatThrownBy(answer::get).hasRootCauseInstanceOf(ProblemException.class);
        }
        assertThat(groups).containsExactly(List.of(0), List.of(1, 2));
    }

    @Test
    void whoeverIsTooMuchIsRefusedAtOnceAndLaterTakenAgain() throws Exception {
        var commit = new GroupCommit<>(limits(1, 10, 3), i -> 1, List::of, this::answerOnceFirstMayEnd);
        List<Future<String>> answers = begin(commit, 0, 1, 2);

        assertThatThrownBy(() -> commit.serve(3)).isInstanceOf(GroupCommit.Full.class);

        firstMayEnd.countDown();
        for (Future<String> answer : answers) {
            answer.get();
        }
        assertThat(commit.serve(3)).isEqualTo("answer 3");
    }

    @Test
    void manyCallersAreEachAnsweredOnceByNoMoreGroupsThanAllowed() throws Exception {
        var atWork = new Semaphore(2);
        var commit =
                new GroupCommit<>(limits(2, 7, 10_000), i -> 1 + i % 3, i -> List.of(i % 50), (List<Integer> group) -> {
                    if (!atWork.tryAcquire()) {
                        throw new IllegalStateException("three groups at the same time");
                    }
                    Thread.yield();
                    List<String> answers = answer(group);
                    atWork.release();
                    return answers;
                });

        List<Future<String>> answers = IntStream.range(0, 3000)
                .mapToObj(i -> callers.submit(() -> commit.serve(i)))
                .toList();

        for (int i = 0; i < answers.size(); i++) {
            assertThat(answers.get(i).get()).isEqualTo("answer " + i);
        }
        assertThat(groups.stream().flatMap(List::stream)).hasSize(3000).doesNotHaveDuplicates();
    }

    private static GroupCommit.Limits limits(int groups, int mostInGroup, int mostWaiting) {
        return new GroupCommit.Limits(groups, mostInGroup, mostWaiting);
    }

    /** The first is being served while the others come, one after another. */
    private List<Future<String>> serve(GroupCommit<Integer, String> commit, Integer... numbers) throws Exception {
        List<Future<String>> answers = begin(commit, numbers);
        firstMayEnd.countDown();
        return answers;
    }

    private List<Future<String>> begin(GroupCommit<Integer, String> commit, Integer... numbers) throws Exception {
        List<Future<String>> answers = new ArrayList<>();
        for (int i = 0; i < numbers.length; i++) {
            int number = numbers[i];
            answers.add(callers.submit(() -> commit.serve(number)));
            if (i == 0) {
                firstIsServed.await();
            } else {
                while (commit.waiting() < i) {
                    Thread.onSpinWait();
                }
            }
        }
        return answers;
    }

    private List<String> answerOnceFirstMayEnd(List<Integer> group) {
        firstIsServed.countDown();
        try {
            firstMayEnd.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return answer(group);
    }

    private List<String> answer(List<Integer> group) {
        groups.add(group);
        return group.stream().map(i -> "answer " + i).toList();
    }
}
