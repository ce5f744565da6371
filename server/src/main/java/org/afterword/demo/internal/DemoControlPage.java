package org.afterword.demo.internal;

import jakarta.servlet.http.HttpServletRequest;
import org.afterword.demo.internal.DemoControl.Change;
import org.afterword.identity.Caller;
import org.afterword.identity.Role;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.ModelAndView;

/** Lets supervisors and administrators pause the demo and change its speed: as a part of a page, and as JSON. */
@RestController
@ConditionalOnBooleanProperty("afterword.demo.enabled")
@RequestMapping("/demo/control")
class DemoControlPage {
    /** What the buttons of the page part do. */
    enum Button {
        PAUSE,
        GO_ON,
        FASTER,
        SLOWER
    }

    private final DemoProgram demo;

    DemoControlPage(DemoProgram demo) {
        this.demo = demo;
    }

    @GetMapping(produces = MediaType.TEXT_HTML_VALUE)
    ModelAndView show(HttpServletRequest request, @AuthenticationPrincipal Caller caller) {
        return part(request, control(caller).status());
    }

    @PostMapping(produces = MediaType.TEXT_HTML_VALUE)
    ModelAndView press(
            @RequestParam Button button, HttpServletRequest request, @AuthenticationPrincipal Caller caller) {
        DemoControl control = control(caller);
        return part(
                request,
                switch (button) {
                    case PAUSE -> control.change(new Change(null, true));
                    case GO_ON -> control.change(new Change(null, false));
                    case FASTER -> control.faster();
                    case SLOWER -> control.slower();
                });
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    DemoStatus get(@AuthenticationPrincipal Caller caller) {
        return control(caller).status();
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    DemoStatus change(@RequestBody Change change, @AuthenticationPrincipal Caller caller) {
        DemoControl control = control(caller);
        try {
            return control.change(change);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemType.INVALID, "The demo cannot go like this: " + e.getMessage() + ".");
        }
    }

    private DemoControl control(Caller caller) {
        caller.require(Role.SUPERVISOR, Role.ADMINISTRATOR);
        return demo.control();
    }

    private static ModelAndView part(HttpServletRequest request, DemoStatus status) {
        return new ModelAndView("demo/control")
                .addObject("base", request.getContextPath())
                .addObject("status", status);
    }
}
