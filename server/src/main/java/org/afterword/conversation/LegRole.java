package org.afterword.conversation;

import java.util.EnumSet;

/** What an agent is in an interaction; a monitor only listens and has no after-call work. */
public enum LegRole {
    PRIMARY,
    CONSULT,
    CONFERENCE,
    MONITOR,
    /** The agent called, and nobody answered. No event says so of a leg: it follows from a failed attempt. */
    ATTEMPT;

    /** What an event can call an agent. */
    public static EnumSet<LegRole> ofEvents() {
        return EnumSet.complementOf(EnumSet.of(ATTEMPT));
    }
}
