package org.afterword.console.internal;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.afterword.identity.Caller;
import org.afterword.identity.RequestTenant;
import org.afterword.identity.Role;
import org.afterword.identity.Tenant;
import org.afterword.identity.TenantDirectory;
import org.afterword.platform.Storage;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;
import org.springframework.web.util.WebUtils;

/** Makes what surrounds a page from the request: who looks, in which zone and theme, and where they may go. */
@Component
class Pages {
    private static final String THEME_COOKIE = "afterword-theme";
    private static final Set<String> THEMES = Set.of("light", "dark");

    private final TenantDirectory tenants;
    private final InstantSource clock;
    private final Storage storage;
    private final boolean demo;

    Pages(
            TenantDirectory tenants,
            InstantSource clock,
            Storage storage,
            @Value("${afterword.demo.enabled:false}") boolean demo) {
        this.tenants = tenants;
        this.clock = clock;
        this.storage = storage;
        this.demo = demo;
    }

    Page of(HttpServletRequest request) {
        Optional<Caller> caller = caller();
        return new Page(
                request.getContextPath(),
                theme(request),
                caller.map(c -> new Page.Person(c.name(), word(c.role()))).orElse(null),
                caller.map(c -> navigation(c.role(), request.getServletPath())).orElse(List.of()),
                csrf(request),
                clock.instant(),
                zone(request, caller),
                demo && caller.filter(Pages::maySteerDemo).isPresent(),
                storage.state());
    }

    private static boolean maySteerDemo(Caller caller) {
        return caller.role() == Role.SUPERVISOR || caller.role() == Role.ADMINISTRATOR;
    }

    /** Who is signed in; empty on the pages before. */
    static Optional<Caller> caller() {
        @Nullable
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof Caller caller
                ? Optional.of(caller)
                : Optional.empty();
    }

    private ZoneId zone(HttpServletRequest request, Optional<Caller> caller) {
        return caller.map(Caller::tenant)
                .or(() -> RequestTenant.of(request).map(RequestTenant::id))
                .flatMap(tenants::find)
                .map(Tenant::zone)
                .orElse(ZoneOffset.UTC);
    }

    private static @Nullable String theme(HttpServletRequest request) {
        Cookie cookie = WebUtils.getCookie(request, THEME_COOKIE);
        return cookie != null && THEMES.contains(cookie.getValue()) ? cookie.getValue() : null;
    }

    private static Page.Csrf csrf(HttpServletRequest request) {
        return request.getAttribute("_csrf") instanceof CsrfToken token
                ? new Page.Csrf(token.getHeaderName(), token.getParameterName(), token.getToken())
                : Page.Csrf.NONE;
    }

    private static List<Page.Link> navigation(Role role, String path) {
        return Place.of(role).stream()
                .map(place -> new Page.Link(place.path(), place.label(), path.startsWith(place.path())))
                .toList();
    }

    private static String word(Role role) {
        return switch (role) {
            case AGENT -> "Agent";
            case SUPERVISOR -> "Supervisor";
            case REVIEWER -> "Reviewer";
            case COACH -> "Coach";
            case PLANNER -> "Planner";
            case ADMINISTRATOR -> "Administrator";
            case COMPLIANCE_OFFICER -> "Compliance officer";
            case INTEGRATION -> "Integration";
        };
    }
}
