package org.afterword.console.internal;

import jakarta.servlet.http.HttpServletResponse;
import java.util.stream.Collectors;
import org.afterword.identity.Caller;
import org.afterword.identity.Users;
import org.afterword.platform.ProblemException;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What everybody changes about their own sign-in. Both changes end all of the person's sessions, this one too. */
@Controller
class AccountPages {
    private final Users users;

    AccountPages(Users users) {
        this.users = users;
    }

    @GetMapping("/account")
    String account(Model model) {
        model.addAttribute("account", new AccountView(null));
        return "account";
    }

    @PostMapping("/account/password")
    String password(
            @RequestParam(defaultValue = "") String present,
            @RequestParam(defaultValue = "") String wanted,
            @AuthenticationPrincipal Caller caller,
            HttpServletResponse response,
            Model model) {
        try {
            users.changeOwnPassword(caller, present, wanted);
            return "redirect:/sign-in?changed";
        } catch (ProblemException refusal) {
            response.setStatus(refusal.type().status());
            model.addAttribute("account", new AccountView(words(refusal)));
            return "account";
        }
    }

    @PostMapping("/account/sign-out-everywhere")
    String signOutEverywhere(@AuthenticationPrincipal Caller caller) {
        users.signOutEverywhere(caller);
        return "redirect:/sign-in?signed-out";
    }

    private static String words(ProblemException refusal) {
        return refusal.faults().isEmpty()
                ? refusal.detail()
                : refusal.faults().stream()
                        .map(fault -> field(fault.pointer()) + " " + fault.detail() + ".")
                        .collect(Collectors.joining(" "));
    }

    private static String field(String pointer) {
        return pointer.equals("#/present") ? "The present password" : "The new password";
    }
}
