package org.afterword.speech.internal;

import java.util.Locale;
import org.afterword.conversation.InteractionId;
import org.afterword.conversation.Speaker;
import org.afterword.identity.Caller;
import org.afterword.identity.Role;
import org.afterword.platform.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Sound of a contact that is on, from a switch that does not transcribe by itself. */
@RestController
class LiveSegmentsApi {
    /** A day, in seconds. */
    private static final int LONGEST_CALL = 86_400;

    /** @param heard whether there were words in it; if so they are in the transcript */
    record Taken(int turn, boolean heard) {}

    private final LiveSegments segments;

    LiveSegmentsApi(LiveSegments segments) {
        this.segments = segments;
    }

    /**
     * Takes what one speaker says, as wav or mp3 of one channel and up to 30 s. The same turn sent again replaces it.
     *
     * @param isFinal false where a longer one of the same turn will follow
     */
    @PostMapping("/api/v1/interactions/{interactionId}/segments")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Taken take(
            @PathVariable InteractionId interactionId,
            @RequestParam int turn,
            @RequestParam String speaker,
            @RequestParam(defaultValue = "0") double startSeconds,
            @RequestParam(name = "final", defaultValue = "true") boolean isFinal,
            @RequestBody(required = false) byte @Nullable [] audio,
            @AuthenticationPrincipal Caller caller) {
        caller.require(Role.INTEGRATION, Role.ADMINISTRATOR);
        if (!(startSeconds >= 0 && startSeconds <= LONGEST_CALL)) {
            throw ProblemException.invalid("#/startSeconds", "must be 0 to %d".formatted(LONGEST_CALL));
        }
        var segment = new LiveSegments.Segment(interactionId, turn, speaker(speaker), startSeconds, isFinal);
        return new Taken(turn, segments.take(caller.tenant(), segment, audio == null ? new byte[0] : audio));
    }

    private static Speaker speaker(String name) {
        for (Speaker speaker : Speaker.values()) {
            if (speaker.name().toLowerCase(Locale.ROOT).equals(name)) {
                return speaker;
            }
        }
        throw ProblemException.invalid("#/speaker", "must be agent, customer or system");
    }
}
