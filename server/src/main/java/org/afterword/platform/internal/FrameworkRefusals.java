package org.afterword.platform.internal;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Arrays;
import org.afterword.platform.ProblemType;
import org.afterword.platform.RequestId;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** What the framework refuses before it has found a controller: below {@code /api/} as problem details, else as it does. */
@ControllerAdvice
class FrameworkRefusals {
    @ExceptionHandler({
        NoResourceFoundException.class,
        HttpRequestMethodNotSupportedException.class,
        HttpMediaTypeException.class
    })
    ResponseEntity<ProblemDetail> refused(Exception refusal, HttpServletRequest request) throws Exception {
        if (!request.getServletPath().startsWith("/api/") || !(refusal instanceof ErrorResponse answer)) {
            throw refusal;
        }
        ProblemDetail problem = shape(answer.getBody(), request);
        return ResponseEntity.status(answer.getStatusCode())
                .headers(answer.getHeaders())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    /** Gives a problem of the framework our type and title, as its status says, and names the request. */
    static ProblemDetail shape(ProblemDetail problem, HttpServletRequest request) {
        Arrays.stream(ProblemType.values())
                .filter(type -> type.status() == problem.getStatus())
                .findFirst()
                .ifPresent(type -> {
                    problem.setType(URI.create(type.uri()));
                    problem.setTitle(type.title());
                });
        problem.setInstance(URI.create(request.getRequestURI()));
        problem.setProperty("requestId", RequestId.of(request));
        return problem;
    }
}
