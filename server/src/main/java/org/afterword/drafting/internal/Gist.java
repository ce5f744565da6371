package org.afterword.drafting.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.afterword.drafting.Embedder;
import org.afterword.drafting.Vector;

/**
 * The sentences that say what a contact is about, with their place in meaning space: whatever the customer says that is more than a
 * greeting or an answer, however little ("I need internet"), and what the agent reads back or reports as done.
 */
record Gist(List<Point> points) {

    /**
     * @param order how many such sentences the customer had said before
     */
    record Point(Line line, Vector meaning, int order) {}

    /** What is said later counts less: a contact is about what it began with. Chosen on SGD train. */
    static final double FADE = 0.8;

    /** A contact that goes on and on does not get clearer; the cost of a draft stays bounded. */
    private static final int MOST = 60;

    static Gist of(Talk talk, Embedder embedder) {
        return of(talk, embedder, Gist::tells);
    }

    /** Of lines that are no talk: none is a courtesy. */
    static Gist ofAll(Talk talk, Embedder embedder) {
        return of(talk, embedder, line -> true);
    }

    private static Gist of(Talk talk, Embedder embedder, Predicate<Line> tells) {
        var points = new ArrayList<Point>();
        int order = 0;
        for (Line line : talk.lines()) {
            if (points.size() < MOST && tells.test(line)) {
                points.add(new Point(line, embedder.embed(List.of(line.text())).getFirst(), order));
                order += line.byCustomer() ? 1 : 0;
            }
        }
        return new Gist(List.copyOf(points));
    }

    /** What the customer began with that can be understood alone. */
    Optional<Line> opening() {
        return points.stream()
                .map(Point::line)
                .filter(Line::byCustomer)
                .filter(Line::hasContent)
                .findFirst();
    }

    /** The mean of what the customer said, earlier sentences weighing more. */
    Vector fingerprint(int dimensions) {
        float[] sum = new float[dimensions];
        for (Point point : points) {
            if (point.line().byCustomer()) {
                float weight = (float) Math.pow(FADE, point.order());
                float[] values = point.meaning().toArray();
                for (int d = 0; d < dimensions; d++) {
                    sum[d] += weight * values[d];
                }
            }
        }
        return Vector.of(sum);
    }

    private static boolean tells(Line line) {
        if (line.byCustomer()) {
            return line.saysSomething();
        }
        return (line.has(Cue.DONE) || line.has(Cue.READ_BACK)) && !line.has(Cue.ANYTHING_ELSE) && line.hasContent();
    }
}
