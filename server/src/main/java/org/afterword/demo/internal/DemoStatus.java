package org.afterword.demo.internal;

/**
 * What the demo is doing.
 *
 * @param played        of the conversations, in this round
 * @param conversations how many there are
 * @param waiting       calls that wait for an agent
 * @param talking       calls that are on
 * @param finished      calls that ended since the start
 */
public record DemoStatus(
        double speed, boolean paused, int played, int conversations, int waiting, int talking, int finished) {
    /** {@code 2} rather than {@code 2.0}. */
    public String shortSpeed() {
        return speed == Math.rint(speed) ? Long.toString((long) speed) : Double.toString(speed);
    }
}
