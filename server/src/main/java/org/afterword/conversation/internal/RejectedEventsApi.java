package org.afterword.conversation.internal;

import org.afterword.conversation.EventIntake.Receipt;
import org.afterword.conversation.RejectedEvents;
import org.afterword.identity.Caller;
import org.afterword.identity.Role;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/events/rejected")
class RejectedEventsApi {
    private final RejectedEvents rejected;

    RejectedEventsApi(RejectedEvents rejected) {
        this.rejected = rejected;
    }

    @GetMapping
    RejectedEvents.Page list(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit,
            @AuthenticationPrincipal Caller caller) {
        caller.require(Role.ADMINISTRATOR, Role.INTEGRATION);
        return rejected.list(caller, cursor, limit);
    }

    /** Answers as {@code POST /api/v1/events} does for this one event. */
    @PostMapping("/{id}/retry")
    Receipt retry(@PathVariable String id, @AuthenticationPrincipal Caller caller) {
        caller.require(Role.ADMINISTRATOR);
        return rejected.retry(id, caller);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable String id, @AuthenticationPrincipal Caller caller) {
        caller.require(Role.ADMINISTRATOR);
        rejected.remove(id, caller);
    }
}
