package org.afterword.wrapup.internal;

import org.afterword.conversation.InteractionId;
import org.afterword.identity.Caller;
import org.afterword.platform.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What people say of contacts that continue others. */
@RestController
@RequestMapping("/api/v1/interactions/{id}")
class RejoinsApi {
    private final Rejoins rejoins;

    RejoinsApi(Rejoins rejoins) {
        this.rejoins = rejoins;
    }

    /** It is a contact of its own. */
    @PostMapping("/separate")
    Rejoins.Shown separate(@AuthenticationPrincipal Caller caller, @PathVariable InteractionId id) {
        return rejoins.separate(caller, id);
    }

    record JoinBody(@Nullable InteractionId with) {}

    /** It continues an earlier one. */
    @PostMapping("/join")
    Rejoins.Shown join(
            @AuthenticationPrincipal Caller caller, @PathVariable InteractionId id, @RequestBody JoinBody body) {
        if (body.with() == null) {
            throw ProblemException.invalid("#/with", "is required: the contact that it continues");
        }
        return rejoins.join(caller, id, body.with());
    }
}
