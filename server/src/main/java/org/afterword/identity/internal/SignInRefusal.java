package org.afterword.identity.internal;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.afterword.identity.SignInFailure;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

/** Shows the sign-in page again, with what was typed and why it was refused. */
final class SignInRefusal implements AuthenticationFailureHandler {
    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException reason)
            throws IOException, ServletException {
        @Nullable
        Duration retryAfter = reason instanceof UserSignIn.Throttled throttled ? throttled.retryAfter() : null;
        if (retryAfter == null) {
            response.setStatus(HttpStatus.UNAUTHORIZED.value());
        } else {
            response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(retryAfter.toSeconds() + 1));
        }
        String userName = Objects.requireNonNullElse(request.getParameter("username"), "");
        request.setAttribute(SignInFailure.ATTRIBUTE, new SignInFailure(userName, retryAfter));
        request.getRequestDispatcher("/sign-in").forward(request, response);
    }
}
