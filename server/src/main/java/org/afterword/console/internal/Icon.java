package org.afterword.console.internal;

import org.afterword.conversation.Channel;

/**
 * The pictures of the pages, drawn on a grid of 16 by 16. Each stands beside a word or carries one for screen readers.
 *
 * <p>The states of an agent and the origins of a value differ in outline, so that they can be told apart without colour.
 */
public enum Icon {
    STATE_AVAILABLE(true, "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2z"),
    STATE_ENGAGED(true, "M1.500 2.500h13v8.500H8.500L5 14.500V11H1.500z"),
    STATE_AFTER_CALL_WORK(true, "M8 1.500a6.500 6.500 0 1 0 0 13a6.500 6.500 0 0 0 0-13zm0 1.500v10a5 5 0 0 1 0-10z"),
    RETRY(false, "M13 8.500a5 5 0 1 1-1.500-4M12 1.500v3.250H8.750"),
    STATE_RECOVERY(true, "M9.500 1.750a6.500 6.500 0 1 0 5 8.500a5.250 5.250 0 0 1-5-8.500z"),
    STATE_NOT_READY(true, "M3.500 2.500H7v11H3.500zM9 2.500h3.500v11H9z"),
    STATE_OFFLINE(false, "M8 2.500a5.500 5.500 0 1 0 0 11a5.500 5.500 0 0 0 0-11z"),

    SIGN_MACHINE(false, "M8 2l6 6-6 6-6-6z"),
    SIGN_TYPED(false, "M2.500 13.500l.75-3.250L10.500 3 13 5.500l-7.250 7.250z"),
    SIGN_CONFIRMED(false, "M2.500 8.500l3.750 4L13.500 3.500"),
    SIGN_NO_EVIDENCE(false, "M4.750 5.500a3.250 3.250 0 1 1 4.750 2.900c-1 .6-1.500 1.200-1.500 2.350M8 13.250v.5"),
    SIGN_NOT_HEARD(false, "M2.500 3.500h11v7H8l-2.500 2.750V10.500h-3zM1.500 14.500l13-13"),

    CHANNEL_VOICE(
            false,
            "M4.750 2L7 5.250 5.500 7c.75 1.500 2 2.750 3.500 3.500L10.750 9 14 11.250c-.25 1.500-1.250 2.500-2.500 2.500C6.500 13.500 2.500 9.500"
                    + " 2.250 4.500c0-1.250 1-2.250 2.500-2.500z"),
    CHANNEL_CHAT(false, "M2 3h12v8H8l-3 3v-3H2z"),
    CHANNEL_EMAIL(false, "M1.750 3.500h12.500v9H1.750zM2 4l6 5 6-5"),
    CHANNEL_MESSAGE(false, "M4.500 1.500h7v13h-7zM7 12.500h2"),

    EVIDENCE(false, "M1 8c1.200-4 2.300-4 3.500 0s2.300 4 3.500 0 2.300-4 3.500 0 2.300 4 3.500 0"),
    ACTION(false, "M2.500 2.500h11v11h-11zM5 6l2 2-2 2M8.500 10.500H11"),
    ADD(false, "M8 3v10M3 8h10"),
    SEARCH(false, "M7 2.250a4.750 4.750 0 1 0 0 9.500a4.750 4.750 0 0 0 0-9.500zM10.500 10.500L14 14"),
    CLOSE(false, "M3.500 3.500l9 9M12.500 3.500l-9 9"),
    CHEVRON(false, "M3.500 6L8 10.500 12.500 6"),
    WARNING(false, "M8 2L15 14H1zM8 6.500v3.750M8 11.750v.5"),
    THEME(true, "M8 1.500a6.500 6.500 0 1 0 0 13a6.500 6.500 0 0 0 0-13zM8 3a5 5 0 0 1 0 10z"),
    DOWNLOAD(false, "M8 2v8M4.500 7L8 10.500 11.500 7M2.500 13.500h11"),
    UNDO(false, "M5.500 2.500L2.500 5.500l3 3M2.750 5.500H10a3.750 3.750 0 0 1 0 7.500H6"),
    EMPTY(false, "M2 5.500l2-3h8l2 3v7.500H2zM2 6h3.500l1 2h3l1-2H14");

    private final boolean solid;
    private final String path;

    Icon(boolean solid, String path) {
        this.solid = solid;
        this.path = path;
    }

    /** Filled, else drawn as lines. */
    public boolean solid() {
        return solid;
    }

    public String path() {
        return path;
    }

    static Icon ofChannel(Channel channel) {
        return switch (channel) {
            case VOICE -> CHANNEL_VOICE;
            case CHAT -> CHANNEL_CHAT;
            case EMAIL -> CHANNEL_EMAIL;
            case MESSAGE -> CHANNEL_MESSAGE;
        };
    }
}
