package org.afterword.wrapup.internal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import org.afterword.platform.ProblemException;
import org.afterword.wrapup.WrapUp;
import org.afterword.wrapup.WrapUpStatus;
import org.jspecify.annotations.Nullable;

/** A page of wrap-ups by the opening of their windows, newest first; conditions that are null hold always. */
record WrapUpQuery(
        @Nullable String agentId,
        @Nullable String interactionId,
        @Nullable WrapUpStatus status,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable Cursor cursor,
        int limit) {

    static final int MOST = 200;

    WrapUpQuery {
        if (limit < 1 || limit > MOST) {
            throw ProblemException.invalid("#/limit", "must be 1 to %d, was %d".formatted(MOST, limit));
        }
    }

    /** Behind the last item of the page before. */
    record Cursor(Instant openedAt, String id) {
        static Cursor behind(WrapUp wrapUp) {
            Instant ended = wrapUp.openedAt();
            return new Cursor(
                    ended == null ? wrapUp.span().startedAt() : ended,
                    wrapUp.id().value());
        }

        static Cursor parse(String text) {
            try {
                String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
                int space = plain.indexOf(' ');
                return new Cursor(Instant.parse(plain.substring(0, space)), plain.substring(space + 1));
            } catch (IllegalArgumentException | DateTimeParseException | IndexOutOfBoundsException e) {
                throw ProblemException.invalid("#/cursor", "is not a cursor that this list gave");
            }
        }

        String text() {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString((openedAt + " " + id).getBytes(StandardCharsets.UTF_8));
        }
    }
}
