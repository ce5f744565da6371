package org.afterword.wrapup.internal;

import org.afterword.identity.Caller;
import org.afterword.platform.ProblemException;
import org.afterword.wrapup.WrapUpId;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Sensitive fields over HTTP. */
@RestController
class RevealApi {
    private final Reveal reveal;

    RevealApi(Reveal reveal) {
        this.reveal = reveal;
    }

    /** @param field its name in {@code record.fields} */
    record RevealBody(@Nullable String field, @Nullable String reason) {}

    record Revealed(String field, String value) {}

    @PostMapping("/api/v1/wrap-ups/{id}/reveal")
    ResponseEntity<Revealed> reveal(
            @AuthenticationPrincipal Caller caller, @PathVariable WrapUpId id, @RequestBody RevealBody body) {
        if (body.field() == null || body.field().isBlank()) {
            throw ProblemException.invalid("#/field", "is required: the name of a sensitive field");
        }
        String value = reveal.value(caller, id, body.field(), WrapUpsApi.required(body.reason()));
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(new Revealed(body.field(), value));
    }
}
