package org.afterword.conversation.internal;

/** An event cannot be read; the message names the member, what it must be and what it was. Never leaves the reader. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refusal(String message) {
        super(message, null, false, false);
    }

    static Refusal of(String member, String mustBe) {
        return new Refusal(member + ": must be " + mustBe);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
