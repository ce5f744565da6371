package org.afterword.console.internal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.stream.Collectors;
import org.afterword.identity.AdminLinks;
import org.afterword.identity.RequestTenant;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemType;
import org.afterword.platform.TenantId;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where an administrator's one-time link leads: to choose a user name and a password. Looking does not use it up. */
@Controller
class AdminLinkPages {
    private final AdminLinks links;

    AdminLinkPages(AdminLinks links) {
        this.links = links;
    }

    @GetMapping("/admin-link/{secret}")
    String open(@PathVariable String secret, HttpServletRequest request, Model model) {
        if (!links.isOpen(tenant(request), secret)) {
            throw new ProblemException(
                    ProblemType.NOT_FOUND,
                    "This link was used or is older than an hour. The command “afterword admin-link” makes a new one.");
        }
        model.addAttribute("link", new AdminLinkView(path(secret), "", null));
        return "admin-link";
    }

    @PostMapping("/admin-link/{secret}")
    String choose(
            @PathVariable String secret,
            @RequestParam(defaultValue = "") String username,
            @RequestParam(defaultValue = "") String password,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        try {
            links.redeem(tenant(request), secret, username, password);
            return "redirect:/sign-in?welcome";
        } catch (ProblemException refusal) {
            response.setStatus(refusal.type().status());
            model.addAttribute("link", new AdminLinkView(path(secret), username, words(refusal)));
            return "admin-link";
        }
    }

    private static TenantId tenant(HttpServletRequest request) {
        return RequestTenant.of(request)
                .map(RequestTenant::id)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NOT_FOUND, "The address of the link is not whole: it names no organization."));
    }

    private static String path(String secret) {
        return "/admin-link/" + secret;
    }

    private static String words(ProblemException refusal) {
        return refusal.faults().isEmpty()
                ? refusal.detail()
                : refusal.faults().stream()
                        .map(fault -> field(fault.pointer()) + " " + fault.detail() + ".")
                        .collect(Collectors.joining(" "));
    }

    private static String field(String pointer) {
        return switch (pointer) {
            case "#/password" -> "The password";
            default -> "The user name";
        };
    }
}
