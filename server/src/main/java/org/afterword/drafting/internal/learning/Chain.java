package org.afterword.drafting.internal.learning;

import java.util.Arrays;

/**
 * The states of words in a row: 0 = outside of all values; of field f, 1 + 2 f begins a value and 2 + 2 f goes on with it, which
 * only follows the two of them. Sums over all ways through a line are those of Rabiner 1989, scaled word by word.
 */
final class Chain {
    static final int OUTSIDE = 0;

    private final int states;
    private final float[] transitions;
    private final double[] factors;

    /** @param transitions scores from state a to state b, at a * states + b */
    Chain(int fields, float[] transitions) {
        this.states = states(fields);
        this.transitions = transitions;
        this.factors = new double[states * states];
        if (transitions.length != states * states) {
            throw new IllegalArgumentException(
                    "%d transitions between %d states".formatted(transitions.length, states));
        }
        learnAgain();
    }

    /** After transitions have changed. */
    void learnAgain() {
        for (int from = 0; from < states; from++) {
            for (int to = 0; to < states; to++) {
                factors[from * states + to] = mayFollow(from, to) ? Math.exp(transitions[from * states + to]) : 0;
            }
        }
    }

    static int states(int fields) {
        return 1 + 2 * fields;
    }

    static int beginning(int field) {
        return 1 + 2 * field;
    }

    static boolean begins(int state) {
        return state % 2 == 1;
    }

    static int field(int state) {
        return (state - 1) / 2;
    }

    static boolean mayFollow(int before, int state) {
        boolean goesOn = state != OUTSIDE && !begins(state);
        return !goesOn || before == state || before == state - 1;
    }

    int states() {
        return states;
    }

    float[] transitions() {
        return transitions;
    }

    /** The most likely way through a line (Viterbi 1967). */
    int[] best(float[][] scores) {
        int length = scores.length;
        var reached = new float[length][states];
        var before = new int[length][states];
        for (int state = 0; state < states; state++) {
            reached[0][state] = mayFollow(OUTSIDE, state) ? scores[0][state] : Float.NEGATIVE_INFINITY;
        }
        for (int word = 1; word < length; word++) {
            for (int state = 0; state < states; state++) {
                float most = Float.NEGATIVE_INFINITY;
                for (int from = 0; from < states; from++) {
                    float way = reached[word - 1][from] + transitions[from * states + state];
                    if (way > most && mayFollow(from, state)) {
                        most = way;
                        before[word][state] = from;
                    }
                }
                reached[word][state] = most + scores[word][state];
            }
        }
        var best = new int[length];
        for (int state = 1; state < states; state++) {
            if (reached[length - 1][state] > reached[length - 1][best[length - 1]]) {
                best[length - 1] = state;
            }
        }
        for (int word = length - 1; word > 0; word--) {
            best[word - 1] = before[word][best[word]];
        }
        return best;
    }

    /** How likely each state of each word is, and each pair of states of words in a row, over all ways through the line. */
    Marginals marginals(float[][] scores) {
        int length = scores.length;
        var own = new double[length][states];
        for (int word = 0; word < length; word++) {
            float most = scores[word][0];
            for (float score : scores[word]) {
                most = Math.max(most, score);
            }
            for (int state = 0; state < states; state++) {
                own[word][state] = Math.exp(scores[word][state] - most);
            }
        }
        var forward = new double[length][states];
        for (int state = 0; state < states; state++) {
            forward[0][state] = mayFollow(OUTSIDE, state) ? own[0][state] : 0;
        }
        scale(forward[0]);
        for (int word = 1; word < length; word++) {
            for (int from = 0; from < states; from++) {
                double share = forward[word - 1][from];
                for (int state = 0; state < states; state++) {
                    forward[word][state] += share * factors[from * states + state];
                }
            }
            for (int state = 0; state < states; state++) {
                forward[word][state] *= own[word][state];
            }
            scale(forward[word]);
        }
        var backward = new double[length][states];
        Arrays.fill(backward[length - 1], 1);
        for (int word = length - 2; word >= 0; word--) {
            for (int state = 0; state < states; state++) {
                double sum = 0;
                for (int to = 0; to < states; to++) {
                    sum += factors[state * states + to] * own[word + 1][to] * backward[word + 1][to];
                }
                backward[word][state] = sum;
            }
            scale(backward[word]);
        }
        return new Marginals(own, forward, backward);
    }

    private static void scale(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        for (int i = 0; i < values.length; i++) {
            values[i] /= sum;
        }
    }

    /** Shares over all ways through one line. */
    final class Marginals {
        private final double[][] own;
        private final double[][] forward;
        private final double[][] backward;

        private Marginals(double[][] own, double[][] forward, double[][] backward) {
            this.own = own;
            this.forward = forward;
            this.backward = backward;
        }

        /** Of each state of a word. */
        double[] of(int word) {
            var shares = new double[states];
            for (int state = 0; state < states; state++) {
                shares[state] = forward[word][state] * backward[word][state];
            }
            scale(shares);
            return shares;
        }

        /** Of each pair of states of a word and the next, at first * states + second. */
        double[] ofPair(int word) {
            var shares = new double[states * states];
            for (int from = 0; from < states; from++) {
                for (int to = 0; to < states; to++) {
                    shares[from * states + to] = forward[word][from]
                            * factors[from * states + to]
                            * own[word + 1][to]
                            * backward[word + 1][to];
                }
            }
            scale(shares);
            return shares;
        }

        /** Of the value that the words {@code from} to {@code to} (exclusive) are on this way, and that it ends there. */
        double of(int[] way, int from, int to) {
            double share = of(from)[way[from]];
            for (int word = from; word < to && word + 1 < way.length; word++) {
                int goesOn = Chain.beginning(Chain.field(way[from])) + 1;
                double[] pair = ofPair(word);
                double here = 0;
                for (int next = 0; next < states; next++) {
                    here += pair[way[word] * states + next];
                }
                double on = here == 0 ? 0 : pair[way[word] * states + goesOn] / here;
                share *= word + 1 < to ? on : 1 - on;
            }
            return share;
        }
    }
}
