package org.afterword.governance.internal;

import java.time.Instant;
import java.util.List;
import org.afterword.governance.Trail;
import org.afterword.governance.TrailPage;
import org.afterword.governance.TrailQuery;
import org.afterword.identity.Caller;
import org.afterword.identity.Role;
import org.afterword.platform.Tenancy;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class AuditApi {
    private final Trail trail;
    private final Tenancy tenancy;

    AuditApi(Trail trail, Tenancy tenancy) {
        this.trail = trail;
        this.tenancy = tenancy;
    }

    @GetMapping("/api/v1/audit")
    TrailPage list(
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(required = false) @Nullable String subject,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "100") int limit,
            @AuthenticationPrincipal Caller caller) {
        caller.require(Role.COMPLIANCE_OFFICER, Role.ADMINISTRATOR);
        var query = new TrailQuery(from, to, actor, kind, subject, cursor);
        return tenancy.in(caller.tenant(), () -> {
            trail.read(caller, "trail.read", List.of("trail:" + caller.tenant()));
            return trail.list(query, limit);
        });
    }
}
