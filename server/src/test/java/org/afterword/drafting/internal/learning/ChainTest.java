package org.afterword.drafting.internal.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Against all ways through short lines, one by one. */
class ChainTest {
    private static final int FIELDS = 2;

    @Property(tries = 200)
    void theBestWayIsTheBestOfAll(@ForAll long seed) {
        var line = new Line(new Random(seed));

        assertThat(line.chain.best(line.scores))
                .isEqualTo(line.ways().getFirst().states());
    }

    @Property(tries = 200)
    void sharesAreThoseOfAllWaysTogether(@ForAll long seed) {
        var line = new Line(new Random(seed));
        Chain.Marginals shares = line.chain.marginals(line.scores);

        for (int word = 0; word < line.scores.length; word++) {
            for (int state = 0; state < line.chain.states(); state++) {
                int at = word;
                int is = state;
                double all = line.ways().stream()
                        .filter(way -> way.states()[at] == is)
                        .mapToDouble(Way::share)
                        .sum();
                assertThat(shares.of(word)[state]).isCloseTo(all, within(1e-6));
            }
        }
    }

    @Property(tries = 200)
    void aValueIsAsSureAsAllWaysThatHaveItTogether(@ForAll long seed) {
        var line = new Line(new Random(seed));
        int[] best = line.chain.best(line.scores);

        for (int from = 0; from < best.length; from++) {
            if (Chain.begins(best[from])) {
                int to = from + 1;
                while (to < best.length && best[to] == best[from] + 1) {
                    to++;
                }
                int begin = from;
                int end = to;
                double all = line.ways().stream()
                        .filter(way -> Arrays.equals(way.states(), begin, end, best, begin, end))
                        .filter(way -> end == best.length || way.states()[end] != best[begin] + 1)
                        .mapToDouble(Way::share)
                        .sum();
                assertThat(line.chain.marginals(line.scores).of(best, from, to)).isCloseTo(all, within(1e-6));
            }
        }
    }

    private record Way(int[] states, double share) {}

    /** Random scores, and all ways that may be gone, the best first. */
    private static final class Line {
        final float[][] scores;
        final Chain chain;

        Line(Random random) {
            int states = Chain.states(FIELDS);
            scores = new float[1 + random.nextInt(4)][states];
            for (float[] word : scores) {
                fill(word, random);
            }
            var transitions = new float[states * states];
            fill(transitions, random);
            chain = new Chain(FIELDS, transitions);
        }

        private static void fill(float[] values, Random random) {
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (3 * random.nextGaussian());
            }
        }

        List<Way> ways() {
            var ways = new ArrayList<Way>();
            go(new int[scores.length], 0, 0, ways);
            double total = ways.stream().mapToDouble(Way::share).sum();
            return ways.stream()
                    .map(way -> new Way(way.states(), way.share() / total))
                    .sorted((one, other) -> Double.compare(other.share(), one.share()))
                    .toList();
        }

        private void go(int[] states, int word, double score, List<Way> ways) {
            if (word == states.length) {
                ways.add(new Way(states.clone(), Math.exp(score)));
                return;
            }
            int before = word == 0 ? Chain.OUTSIDE : states[word - 1];
            for (int state = 0; state < chain.states(); state++) {
                if (Chain.mayFollow(before, state)) {
                    states[word] = state;
                    float step = word == 0 ? 0 : chain.transitions()[before * chain.states() + state];
                    go(states, word + 1, score + scores[word][state] + step, ways);
                }
            }
        }
    }
}
