package org.afterword.console.internal;

import java.util.Arrays;
import org.afterword.drafting.FollowUp;

/** How the kinds of follow-up are called on pages. */
public final class FollowUps {
    private FollowUps() {}

    /** Of a kind as records have it; one that is not known is shown as it is written. */
    static String word(String kind) {
        return Arrays.stream(FollowUp.Kind.values())
                .filter(known -> known.name().equalsIgnoreCase(kind))
                .findFirst()
                .map(FollowUps::word)
                .orElse(kind);
    }

    public static String word(FollowUp.Kind kind) {
        return switch (kind) {
            case EMAIL -> "E-mail";
            case SMS -> "Text message";
            case CALLBACK -> "Callback";
            case REMINDER -> "Reminder";
            case TASK -> "Task";
            case DOCUMENT -> "Document";
            case PROCESS -> "Process";
        };
    }
}
