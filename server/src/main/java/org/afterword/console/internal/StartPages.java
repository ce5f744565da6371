package org.afterword.console.internal;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import org.afterword.identity.Caller;
import org.afterword.identity.Landing;
import org.afterword.identity.SignInFailure;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/** Signing in, and going where one's work is. */
@Controller
class StartPages {
    @GetMapping("/")
    String start(@AuthenticationPrincipal Caller caller) {
        return "redirect:" + Landing.pathFor(caller.role());
    }

    @GetMapping("/admin")
    String administration() {
        return "redirect:" + Place.REJECTED_EVENTS.path();
    }

    @GetMapping("/sign-in")
    String signIn(HttpServletRequest request, Model model) {
        return Pages.caller().map(this::start).orElseGet(() -> form(notice(request), request, model));
    }

    /** A refused sign-in is forwarded here. */
    @PostMapping("/sign-in")
    String signInAgain(HttpServletRequest request, Model model) {
        return form(null, request, model);
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
        return request.getParameter("outdated") == null ? null : "The page had become too old. Sign in again.";
    }
}
