package org.afterword.console.internal;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.stream.Collectors;
import org.afterword.identity.Landing;
import org.afterword.platform.DatabaseTrouble;
import org.afterword.platform.ProblemException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorViewResolver;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.ModelAndView;

/** Gives every page its surroundings, and says in words what went wrong where there is no page to show. */
@ControllerAdvice(basePackageClasses = ErrorPages.class)
class ErrorPages implements ErrorViewResolver {
    private static final Logger log = LoggerFactory.getLogger(ErrorPages.class);

    private final Pages pages;

    ErrorPages(Pages pages) {
        this.pages = pages;
    }

    @ModelAttribute
    void surround(HttpServletRequest request, Model model) {
        model.addAttribute("page", pages.of(request));
    }

    @ExceptionHandler(ProblemException.class)
    ModelAndView refused(ProblemException problem, HttpServletRequest request) {
        return page(request, HttpStatus.valueOf(problem.type().status()), words(problem));
    }

    private static String words(ProblemException problem) {
        return problem.faults().isEmpty()
                ? problem.detail()
                : problem.faults().stream()
                        .map(fault -> "“%s” %s.".formatted(fault.pointer().replaceFirst("^#?/", ""), fault.detail()))
                        .collect(Collectors.joining(" "));
    }

    @ExceptionHandler(MethodArgumentTypeMismatchException.class)
    ModelAndView unreadable(MethodArgumentTypeMismatchException mismatch, HttpServletRequest request) {
        return page(
                request,
                HttpStatus.BAD_REQUEST,
                "“%s” is “%s”, which cannot be read.".formatted(mismatch.getName(), mismatch.getValue()));
    }

    @ExceptionHandler(Exception.class)
    ModelAndView failed(Exception failure, HttpServletRequest request) throws Exception {
        if (failure instanceof org.springframework.web.ErrorResponse || DatabaseTrouble.isAway(failure)) {
            throw failure; // a refusal of the framework has its own status, and without the database there is a page
            // for all
        }
        // by its pattern: addresses hold ids, and that of an administrator's link is a secret
        log.error(
                "{} {} failed",
                request.getMethod(),
                request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE),
                failure);
        return page(request, HttpStatus.INTERNAL_SERVER_ERROR, null);
    }

    @Override
    public ModelAndView resolveErrorView(HttpServletRequest request, HttpStatus status, Map<String, Object> model) {
        return page(request, status, null);
    }

    private ModelAndView page(HttpServletRequest request, HttpStatus status, @Nullable String detail) {
        String home =
                Pages.caller().map(caller -> Landing.pathFor(caller.role())).orElse("/sign-in");
        String label = Pages.caller().isPresent() ? "Back to your work" : "Sign in";
        var view = new ModelAndView("error", status);
        view.addObject("page", pages.of(request));
        view.addObject("error", words(status, detail, home, label));
        return view;
    }

    private static ErrorView words(HttpStatus status, @Nullable String detail, String home, String label) {
        String title = switch (status) {
            case UNAUTHORIZED -> "You are signed out";
            case FORBIDDEN -> "This is not for your role";
            case NOT_FOUND -> "There is nothing at this address";
            case SERVICE_UNAVAILABLE -> "The database cannot be reached";
            default -> status.is4xxClientError() ? "This cannot be done" : "Something went wrong here";
        };
        String more = switch (status) {
            case UNAUTHORIZED -> "Sign in again. What you typed in a record is kept in this browser.";
            case FORBIDDEN -> "If you need it for your work, ask an administrator.";
            case NOT_FOUND -> "The address may be mistyped, or what it led to was erased.";
            case SERVICE_UNAVAILABLE -> "Nothing was lost. Load this page again in a moment.";
            default ->
                status.is4xxClientError()
                        ? "Nothing was changed."
                        : "The failure was logged, and nothing was changed. Load this page again; if it stays, tell an"
                                + " administrator the time below.";
        };
        // what is missing is known better by who looked for it
        String whole = detail == null ? more : status == HttpStatus.NOT_FOUND ? detail : detail + " " + more;
        return new ErrorView(status.value(), title, whole, home, label);
    }
}
