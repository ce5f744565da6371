package org.afterword.identity.internal;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.stream.Collectors;
import org.afterword.identity.Caller;
import org.afterword.identity.Role;
import org.afterword.identity.TenantDirectory;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Figures for Prometheus beside the API, for whoever cannot reach the management port. Where there is one tenant, all of them;
 * where there are several, those that are the caller's tenant's own.
 */
@Hidden
@RestController
class MetricsApi {
    private static final String TEXT = "text/plain;version=0.0.4;charset=utf-8";

    private final PrometheusMeterRegistry registry;
    private final TenantDirectory tenants;

    MetricsApi(PrometheusMeterRegistry registry, TenantDirectory tenants) {
        this.registry = registry;
        this.tenants = tenants;
    }

    @GetMapping("/metrics")
    ResponseEntity<String> metrics(@AuthenticationPrincipal Caller caller) {
        caller.require(Role.ADMINISTRATOR, Role.INTEGRATION);
        String all = registry.scrape();
        String shown = tenants.all().size() == 1 ? all : ofTenant(all, caller);
        return ResponseEntity.ok().header("Content-Type", TEXT).body(shown);
    }

    private static String ofTenant(String all, Caller caller) {
        String label = "tenant=\"" + caller.tenant() + "\"";
        return all.lines()
                .filter(line -> !line.startsWith("#") && line.contains(label))
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
