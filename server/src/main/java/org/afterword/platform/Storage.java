package org.afterword.platform;

import java.util.function.Consumer;

/** Whether anything can be stored now, as this node has seen it within the last seconds. */
public interface Storage {
    enum State {
        WELL(""),
        /** The database does not answer. */
        AWAY(
                "The database does not answer at the moment, so nothing can be changed. Nothing that was stored is lost, and"
                        + " everybody stays in the state they are in. Work goes on by itself once the database is back."),
        /** There is no room for more, or so little that what is left is kept for the database itself. */
        FULL(
                "The disk is full, so nothing can be stored. Nothing that was stored is lost, and everybody stays in the state"
                        + " they are in. Somebody has to make room on the server; work then goes on by itself.");

        private final String words;

        State(String words) {
            this.words = words;
        }

        /** What it means for people, and what to do; empty if all is well. */
        public String words() {
            return words;
        }
    }

    State state();

    /** Calls {@code listener} with each new state, soon after it was noticed. */
    void onChange(Consumer<State> listener);

    /** @throws ProblemException UNAVAILABLE if the disk is full: what is left of it must not go into events */
    default void requireRoom() {
        if (state() == State.FULL) {
            throw new ProblemException(ProblemType.UNAVAILABLE, State.FULL.words());
        }
    }
}
