package org.afterword.console.internal;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import org.afterword.identity.Caller;
import org.afterword.identity.Landing;
import org.afterword.identity.RequestTenant;
import org.afterword.identity.SignInFailure;
import org.afterword.identity.TenantDirectory;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Signing in, and going where one's work is. */
@Controller
class StartPages {
    private final TenantDirectory tenants;

    StartPages(TenantDirectory tenants) {
        this.tenants = tenants;
    }

    @GetMapping("/")
    String start(@AuthenticationPrincipal Caller caller) {
        return "redirect:" + Landing.pathFor(caller.role());
    }

    @GetMapping("/admin")
    String administration() {
        return "redirect:" + Place.REJECTED_EVENTS.path();
    }

    @GetMapping("/sign-in")
    String signIn(@RequestParam(defaultValue = "") String organization, HttpServletRequest request, Model model) {
        return RequestTenant.of(request).isEmpty()
                ? chooseOrganization(organization.strip(), model)
                : Pages.caller().map(this::start).orElseGet(() -> form(notice(request), request, model));
    }

    private String chooseOrganization(String name, Model model) {
        if (tenants.list().stream().anyMatch(tenant -> tenant.value().equals(name))) {
            return "redirect:/t/" + name + "/sign-in";
        }
        model.addAttribute(
                "organization",
                new OrganizationView(name, name.isEmpty() ? null : "There is no organization of this name."));
        return "organization";
    }

    /** A refused sign-in is forwarded here. */
    @PostMapping("/sign-in")
    String signInAgain(HttpServletRequest request, Model model) {
        return RequestTenant.of(request).isEmpty() ? chooseOrganization("", model) : form(null, request, model);
    }

    private static String form(@Nullable String notice, HttpServletRequest request, Model model) {
        Optional<SignInFailure> failure = SignInFailure.of(request);
        model.addAttribute(
                "signIn",
                new SignInView(
                        failure.map(SignInFailure::userName).orElse(""),
                        failure.map(StartPages::words).orElse(null),
                        notice));
        return "sign-in";
    }

    private static String words(SignInFailure failure) {
        Duration wait = failure.retryAfter();
        return wait == null
                ? "User name and password do not match."
                : "Too many attempts. Try again in %s."
                        .formatted(Figures.count(wait.toSeconds() + 1, "second", "seconds"));
    }

    private static @Nullable String notice(HttpServletRequest request) {
        if (request.getParameter("signed-out") != null) {
            return "You are signed out.";
        }
        if (request.getParameter("welcome") != null) {
            return "You are administrator now. Sign in with what you have chosen.";
        }
        if (request.getParameter("changed") != null) {
            return "Sign in with your new password.";
        }
        return request.getParameter("outdated") == null ? null : "The page had become too old. Sign in again.";
    }
}
