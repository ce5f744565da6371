package org.afterword.console.internal;

import org.afterword.desk.AgentState;

/** How the shown state of an agent looks: a word, a shape and a status hue (a class of {@code components.css}). */
public enum StateSign {
    AVAILABLE("Available", Icon.STATE_AVAILABLE, "good"),
    ENGAGED("On a contact", Icon.STATE_ENGAGED, "information"),
    AFTER_CALL_WORK("After-call work", Icon.STATE_AFTER_CALL_WORK, "attention"),
    RECOVERY("Resting", Icon.STATE_RECOVERY, "still"),
    NOT_READY("Not ready", Icon.STATE_NOT_READY, "still"),
    OFFLINE("Offline", Icon.STATE_OFFLINE, "still");

    private final String word;
    private final Icon icon;
    private final String hue;

    StateSign(String word, Icon icon, String hue) {
        this.word = word;
        this.icon = icon;
        this.hue = hue;
    }

    static StateSign of(AgentState state) {
        return switch (state) {
            case OFFLINE -> OFFLINE;
            case ENGAGED -> ENGAGED;
            case AFTER_CALL_WORK -> AFTER_CALL_WORK;
            case RECOVERY -> RECOVERY;
            case AVAILABLE -> AVAILABLE;
            case NOT_READY -> NOT_READY;
        };
    }

    public String word() {
        return word;
    }

    public Icon icon() {
        return icon;
    }

    public String hue() {
        return hue;
    }
}
