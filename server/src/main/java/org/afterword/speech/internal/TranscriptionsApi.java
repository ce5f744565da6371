package org.afterword.speech.internal;

import java.util.List;
import org.afterword.identity.Caller;
import org.afterword.identity.Role;
import org.afterword.platform.ProblemException;
import org.afterword.speech.Transcription;
import org.afterword.speech.Transcription.State;
import org.afterword.speech.Transcriptions;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What became of recordings: how far they are, what failed and why. Their words are in the transcripts of contacts. */
@RestController
@RequestMapping("/api/v1/transcriptions")
class TranscriptionsApi {
    private static final int LARGEST_PAGE = 500;

    /** @param next the cursor of the page after this one; null = there is none */
    record TranscriptionPage(
            List<Transcription> items, @Nullable String next) {}

    /** @param state failed or unconfigured; of which the oldest are tried again */
    record Retry(@Nullable String state) {}

    /** @param retried how many are tried again; as many as one request takes, if more are in the state */
    record Retried(int retried) {}

    private final Transcriptions transcriptions;

    TranscriptionsApi(Transcriptions transcriptions) {
        this.transcriptions = transcriptions;
    }

    /** Newest first. */
    @GetMapping
    TranscriptionPage list(
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String interactionId,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "100") int limit,
            @AuthenticationPrincipal Caller caller) {
        caller.require(Role.ADMINISTRATOR, Role.INTEGRATION);
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw ProblemException.invalid("#/limit", "must be 1 to %d, not %d".formatted(LARGEST_PAGE, limit));
        }
        // one more than wanted tells whether there is a next page
        var filter = new Transcription.Filter(state == null ? null : parse(state), interactionId, cursor, limit + 1);
        List<Transcription> found = transcriptions.list(caller.tenant(), filter);
        return found.size() <= limit
                ? new TranscriptionPage(found, null)
                : new TranscriptionPage(
                        found.subList(0, limit), found.get(limit - 1).id());
    }

    @GetMapping("/{id}")
    Transcription get(@PathVariable String id, @AuthenticationPrincipal Caller caller) {
        caller.require(Role.ADMINISTRATOR, Role.INTEGRATION);
        return transcriptions.get(caller.tenant(), id);
    }

    @PostMapping("/{id}/retry")
    Transcription retry(@PathVariable String id, @AuthenticationPrincipal Caller caller) {
        caller.require(Role.ADMINISTRATOR);
        return transcriptions.retry(caller, id);
    }

    @PostMapping("/retry")
    Retried retryAll(@RequestBody Retry retry, @AuthenticationPrincipal Caller caller) {
        caller.require(Role.ADMINISTRATOR);
        State state = retry.state() == null ? null : parse(retry.state());
        if (state == null || !state.isStuck()) {
            throw ProblemException.invalid("#/state", "must be failed or unconfigured");
        }
        return new Retried(transcriptions.retryAll(caller, state));
    }

    private static State parse(String state) {
        return ProblemException.parse("#/state", () -> State.parse(state));
    }
}
