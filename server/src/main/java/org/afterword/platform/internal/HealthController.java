package org.afterword.platform.internal;

import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Status;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether this process lives, and whether it can serve: for load balancers and supervisors of processes, open to all. */
@RestController
class HealthController {
    private final HealthEndpoint health;

    HealthController(HealthEndpoint health) {
        this.health = health;
    }

    record Health(String status) {}

    @GetMapping("/health/live")
    ResponseEntity<Health> live() {
        return answer("liveness");
    }

    /** Not ready before the start is through, while stopping, and while the database is away. */
    @GetMapping("/health/ready")
    ResponseEntity<Health> ready() {
        return answer("readiness");
    }

    private ResponseEntity<Health> answer(String group) {
        var found = health.healthForPath(group);
        var status = found == null ? Status.UNKNOWN : found.getStatus();
        return ResponseEntity.status(status.equals(Status.UP) ? 200 : 503).body(new Health(status.getCode()));
    }
}
