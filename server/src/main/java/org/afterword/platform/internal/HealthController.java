package org.afterword.platform.internal;

import org.afterword.platform.Storage;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Status;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether this process lives, and whether it can serve: for load balancers and supervisors of processes, open to all. */
@RestController
class HealthController {
    private final HealthEndpoint health;
    private final Storage storage;

    HealthController(HealthEndpoint health, Storage storage) {
        this.health = health;
        this.storage = storage;
    }

    /**
     * @param reason {@code database-away} or {@code disk-full}; absent where it is neither
     * @param detail the same in words that can be shown
     */
    record Health(
            String status,
            @Nullable String reason,
            @Nullable String detail) {}

    @GetMapping("/health/live")
    ResponseEntity<Health> live() {
        return answer("liveness");
    }

    /** Not ready before the start is through, while stopping, while the database is away, and while the disk is full. */
    @GetMapping("/health/ready")
    ResponseEntity<Health> ready() {
        var state = storage.state();
        return switch (state) {
            case WELL -> answer("readiness");
            case AWAY -> notReady("database-away", state.words());
            case FULL -> notReady("disk-full", state.words());
        };
    }

    private static ResponseEntity<Health> notReady(String reason, String words) {
        return ResponseEntity.status(503).body(new Health(Status.OUT_OF_SERVICE.getCode(), reason, words));
    }

    private ResponseEntity<Health> answer(String group) {
        var found = health.healthForPath(group);
        var status = found == null ? Status.UNKNOWN : found.getStatus();
        return ResponseEntity.status(status.equals(Status.UP) ? 200 : 503)
                .body(new Health(status.getCode(), null, null));
    }
}
