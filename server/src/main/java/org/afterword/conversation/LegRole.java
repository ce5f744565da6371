package org.afterword.conversation;

/** What an agent is in an interaction; a monitor only listens and has no after-call work. */
public enum LegRole {
    PRIMARY,
    CONSULT,
    CONFERENCE,
    MONITOR
}
