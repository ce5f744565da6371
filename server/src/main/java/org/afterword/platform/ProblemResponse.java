package org.afterword.platform;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import tools.jackson.databind.node.ObjectNode;

/** Sends a refusal as RFC 9457 problem details from where no controller is: filters and sign-in. */
public final class ProblemResponse {
    private ProblemResponse() {}

    public static void send(HttpServletRequest request, HttpServletResponse response, ProblemException problem)
            throws IOException {
        ProblemType type = problem.type();
        ObjectNode body = Json.object()
                .put("type", type.uri())
                .put("title", type.title())
                .put("status", type.status())
                .put("detail", problem.detail())
                .put("instance", request.getRequestURI());
        String requestId = RequestId.of(request);
        if (requestId != null) {
            body.put("requestId", requestId);
        }
        byte[] bytes = Json.write(body).getBytes(StandardCharsets.UTF_8);
        Integer retryAfter = problem.retryAfterSeconds();
        if (retryAfter != null) {
            response.setHeader(HttpHeaders.RETRY_AFTER, retryAfter.toString());
        }
        response.setStatus(type.status());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
