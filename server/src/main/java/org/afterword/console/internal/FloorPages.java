package org.afterword.console.internal;

import org.afterword.identity.AgentId;
import org.afterword.identity.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The floor board, its live part, and the side sheet of one agent. {@code ?wall} is for a screen that nobody touches. */
@Controller
class FloorPages {
    private final Floors floors;

    FloorPages(Floors floors) {
        this.floors = floors;
    }

    @GetMapping("/floor")
    String floor(
            @AuthenticationPrincipal Caller caller,
            @ModelAttribute("page") Page page,
            @RequestParam(required = false) @Nullable String wall,
            Model model) {
        return board(caller, page, wall, model, "floor");
    }

    @GetMapping("/floor/board")
    String live(
            @AuthenticationPrincipal Caller caller,
            @ModelAttribute("page") Page page,
            @RequestParam(required = false) @Nullable String wall,
            Model model) {
        return board(caller, page, wall, model, "floor/board");
    }

    @GetMapping("/floor/agents/{agent}")
    String agent(@AuthenticationPrincipal Caller caller, @PathVariable AgentId agent, Model model) {
        Place.FLOOR.admit(caller);
        model.addAttribute("sheet", floors.sheet(caller, agent));
        return "floor/agent";
    }

    private String board(Caller caller, Page page, @Nullable String wall, Model model, String view) {
        Place.FLOOR.admit(caller);
        model.addAttribute("floor", floors.of(caller, page, wall != null));
        return view;
    }
}
