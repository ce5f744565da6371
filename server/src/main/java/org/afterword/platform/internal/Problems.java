package org.afterword.platform.internal;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import org.afterword.platform.DatabaseTrouble;
import org.afterword.platform.JsonFault;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemType;
import org.afterword.platform.RequestId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;

/** Turns refusals and failures of the API into RFC 9457 problem details, whatever type of answer the caller said to take. */
@RestControllerAdvice(annotations = RestController.class)
class Problems extends ResponseEntityExceptionHandler {
    private static final Logger log = LoggerFactory.getLogger(Problems.class);

    @ExceptionHandler(ProblemException.class)
    ResponseEntity<ProblemDetail> problem(ProblemException e, HttpServletRequest request) {
        ProblemDetail body = detail(e.type(), e.detail(), request);
        if (!e.faults().isEmpty()) {
            body.setProperty("errors", e.faults());
        }
        e.members().forEach(body::setProperty);
        var answer = ResponseEntity.status(e.type().status()).contentType(MediaType.APPLICATION_PROBLEM_JSON);
        Integer retryAfter = e.retryAfterSeconds();
        if (retryAfter != null) {
            answer.header(HttpHeaders.RETRY_AFTER, retryAfter.toString());
        }
        return answer.body(body);
    }

    /** The database is away, full or out of connections: nothing was taken. */
    private static ResponseEntity<ProblemDetail> unavailable(Exception e, HttpServletRequest request) {
        RequestFilter.cause(request, e);
        return ResponseEntity.status(503)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .header(HttpHeaders.RETRY_AFTER, "1")
                .body(detail(
                        ProblemType.UNAVAILABLE, "The database does not take it at the moment. Try again.", request));
    }

    @ExceptionHandler(JacksonException.class)
    ResponseEntity<ProblemDetail> unreadable(JacksonException e, HttpServletRequest request) {
        return ResponseEntity.status(400)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(detail(ProblemType.BAD_REQUEST, e.getOriginalMessage(), request));
    }

    @ExceptionHandler(Exception.class)
    ResponseEntity<ProblemDetail> failure(Exception e, HttpServletRequest request) {
        if (e instanceof TransientDataAccessException || DatabaseTrouble.isAway(e)) {
            return unavailable(e, request);
        }
        if (DatabaseTrouble.isUnstorableText(e)) {
            return ResponseEntity.status(400)
                    .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                    .body(detail(
                            ProblemType.BAD_REQUEST,
                            "A text in the request holds a character that cannot be stored, such as NUL.",
                            request));
        }
        log.error("A request failed", e);
        return ResponseEntity.status(500)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(detail(ProblemType.INTERNAL, "The failure was logged. Nothing was changed.", request));
    }

    /** A body that is not JSON, or has a value in it that fits nothing: says which one. */
    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, "The body cannot be read.");
        if (e.getCause() instanceof DatabindException unfit) {
            problem.setDetail("One value of the body cannot be taken.");
            problem.setProperty("errors", List.of(JsonFault.of(unfit)));
        } else if (e.getCause() instanceof JacksonException broken) {
            problem.setDetail(broken.getOriginalMessage());
        }
        return createResponseEntity(problem, headers, status, request);
    }

    /** Spring's own refusals (unreadable body, missing parameter, wrong method …) in our shape. */
    @Override
    protected ResponseEntity<Object> createResponseEntity(
            @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (body instanceof ProblemDetail problem) {
            FrameworkRefusals.shape(problem, ((ServletWebRequest) request).getRequest());
        }
        var typed = new HttpHeaders(headers);
        typed.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        return super.createResponseEntity(body, typed, status, request);
    }

    private static ProblemDetail detail(ProblemType type, String detail, HttpServletRequest request) {
        ProblemDetail problem = ProblemDetail.forStatus(type.status());
        problem.setType(URI.create(type.uri()));
        problem.setTitle(type.title());
        problem.setDetail(detail);
        problem.setInstance(URI.create(request.getRequestURI()));
        problem.setProperty("requestId", RequestId.of(request));
        return problem;
    }
}
