package org.afterword.identity.internal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemResponse;
import org.afterword.platform.ProblemType;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;

/** Tells who sends an address or a method that is let nowhere; a program as problem details. */
final class FirewallRefusal implements RequestRejectedHandler {
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, RequestRejectedException reason)
            throws IOException {
        if (request.getRequestURI().startsWith(request.getContextPath() + "/api/")) {
            ProblemResponse.send(
                    request,
                    response,
                    new ProblemException(
                            ProblemType.BAD_REQUEST,
                            "The address, the method or a header is not written as it has to be. An id in an address is"
                                    + " percent-encoded, and has no control characters."));
        } else {
            response.sendError(ProblemType.BAD_REQUEST.status());
        }
    }
}
