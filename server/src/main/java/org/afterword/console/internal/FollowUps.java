package org.afterword.console.internal;

import org.afterword.drafting.FollowUp;

/** How the kinds of follow-up are called on pages. */
public final class FollowUps {
    private FollowUps() {}

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
