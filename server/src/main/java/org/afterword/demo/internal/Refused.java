package org.afterword.demo.internal;

import org.afterword.demo.internal.ApiClient.Answer;

/** The server's answer to something that it should have taken. */
final class Refused extends RuntimeException {
    Refused(String what, Answer answer) {
        super("%s was answered with %d %s".formatted(what, answer.status(), answer.body()));
    }

    /** Returns {@code answer} unless it is a refusal. */
    static Answer unlessOk(String what, Answer answer) {
        if (!answer.ok()) {
            throw new Refused(what, answer);
        }
        return answer;
    }
}
