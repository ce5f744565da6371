package org.afterword.console.internal;

import org.afterword.identity.AgentId;
import org.afterword.identity.Caller;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The agent's panel: the page, and the part of it that is fetched anew when something changed. */
@Controller
class PanelPages {
    private final Panels panels;

    PanelPages(Panels panels) {
        this.panels = panels;
    }

    @GetMapping({"/panel", "/panel/{wrapUp}"})
    String panel(
            @AuthenticationPrincipal Caller caller,
            @PathVariable(required = false) @Nullable String wrapUp,
            Model model) {
        model.addAttribute("panel", panels.of(caller, agent(caller), wrapUp));
        return "panel";
    }

    @GetMapping("/panel/live")
    String live(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(required = false) @Nullable String wrapUp,
            Model model) {
        model.addAttribute("panel", panels.of(caller, agent(caller), wrapUp));
        return "panel/live";
    }

    private static AgentId agent(Caller caller) {
        Place.PANEL.admit(caller);
        if (caller.agentId() == null) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN, "'%s' has the role agent but is no agent.".formatted(caller.name()));
        }
        return caller.agentId();
    }
}
