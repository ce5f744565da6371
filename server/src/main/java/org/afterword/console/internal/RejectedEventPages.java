package org.afterword.console.internal;

import java.util.Objects;
import org.afterword.conversation.RejectedEvent;
import org.afterword.conversation.RejectedEvents;
import org.afterword.identity.Caller;
import org.afterword.platform.Json;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Events that could not be taken, for an administrator to try again or to delete. */
@Controller
class RejectedEventPages {
    private static final int PAGE = 50;

    private final RejectedEvents rejected;

    RejectedEventPages(RejectedEvents rejected) {
        this.rejected = rejected;
    }

    @GetMapping("/admin/events")
    String events(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(required = false) @Nullable String cursor,
            Model model) {
        Place.REJECTED_EVENTS.admit(caller);
        RejectedEvents.Page found = rejected.list(caller, cursor, PAGE);
        model.addAttribute(
                "events",
                new RejectedEventsView(
                        found.items().stream().map(RejectedEventPages::row).toList(),
                        found.next() == null ? null : Place.REJECTED_EVENTS.path() + "?cursor=" + found.next()));
        return "admin/events";
    }

    private static RejectedEventsView.Row row(RejectedEvent event) {
        return new RejectedEventsView.Row(
                event.id(),
                event.receivedAt(),
                Objects.requireNonNullElse(event.type(), "without a type"),
                Objects.requireNonNullElse(event.source(), "an unknown source"),
                Objects.requireNonNullElse(event.eventId(), "unknown"),
                event.reason(),
                Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(event.event()));
    }
}
