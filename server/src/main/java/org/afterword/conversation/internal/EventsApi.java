package org.afterword.conversation.internal;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.afterword.conversation.EventIntake;
import org.afterword.conversation.EventIntake.Receipt;
import org.afterword.identity.Caller;
import org.afterword.identity.Role;
import org.afterword.platform.Storage;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Events in. The body is read by hand: what it is, CloudEvents tell by content type and headers together. */
@RestController
class EventsApi {
    private final EventIntake intake;
    private final Storage storage;
    private final IntakeRoom room = IntakeRoom.ofThisNode();

    EventsApi(EventIntake intake, Storage storage) {
        this.intake = intake;
        this.storage = storage;
    }

    @PostMapping("/api/v1/events")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Receipt take(HttpServletRequest request, @AuthenticationPrincipal Caller caller) throws IOException {
        caller.require(Role.INTEGRATION, Role.ADMINISTRATOR);
        storage.requireRoom();
        try (var place = room.take(request.getContentLengthLong())) {
            var body = place.counting(request.getInputStream());
            return intake.take(
                    caller.tenant(), CloudEventRequests.read(request, body).events());
        }
    }
}
