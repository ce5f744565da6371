package org.afterword.wrapup.internal;

import java.time.Instant;
import java.util.List;
import org.afterword.identity.Caller;
import org.afterword.platform.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Which queues surge, and a supervisor's word on it. */
@RestController
@RequestMapping("/api/v1/surges")
class SurgesApi {
    private final Surges surges;

    SurgesApi(Surges surges) {
        this.surges = surges;
    }

    record SurgeList(List<Surges.Shown> items) {}

    @GetMapping
    SurgeList list(@AuthenticationPrincipal Caller caller) {
        return new SurgeList(surges.active(caller));
    }

    record SurgeBody(@Nullable String reason, @Nullable Instant until) {}

    /** Switches a surge on until then, or says anew how long it goes on. */
    @PutMapping("/{queue}")
    Surges.Shown put(
            @AuthenticationPrincipal Caller caller, @PathVariable String queue, @RequestBody SurgeBody body) {
        if (body.until() == null) {
            throw ProblemException.invalid("#/until", "is required: when the surge ends by itself");
        }
        return surges.declare(caller, queue, body.until(), WrapUpsApi.required(body.reason()));
    }

    @DeleteMapping("/{queue}")
    ResponseEntity<Void> delete(@AuthenticationPrincipal Caller caller, @PathVariable String queue) {
        surges.end(caller, queue);
        return ResponseEntity.noContent().build();
    }
}
