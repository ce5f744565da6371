package org.afterword.identity.internal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemResponse;
import org.afterword.platform.ProblemType;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;

/** Tells programs, as problem details, why they do not get in. */
final class ApiRefusals implements AuthenticationEntryPoint, AccessDeniedHandler {
    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException reason)
            throws IOException {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        ProblemResponse.send(
                request,
                response,
                new ProblemException(
                        ProblemType.UNAUTHENTICATED,
                        BearerFilter.isBearer(request)
                                ? "The token is unknown, was revoked, or belongs to another organization."
                                : "Send the header 'Authorization: Bearer TOKEN', or sign in on the page."));
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException reason)
            throws IOException {
        if (reason instanceof CsrfException && request.getSession(false) == null) {
            commence(request, response, new InsufficientAuthenticationException("nobody", reason));
            return;
        }
        ProblemResponse.send(
                request,
                response,
                new ProblemException(
                        ProblemType.FORBIDDEN,
                        reason instanceof CsrfException
                                ? "With a session, a change needs the page's token in the header X-XSRF-TOKEN."
                                : "This is not allowed."));
    }
}
