package org.afterword.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a sign-in failed, for the page that is shown again: a refused {@code POST /sign-in} is forwarded to it with this as a
 * request attribute.
 *
 * @param userName   what was typed
 * @param retryAfter how long no further attempt is taken, after too many; null = name or password is wrong
 */
public record SignInFailure(String userName, @Nullable Duration retryAfter) {
    /** The request attribute that holds it. */
    public static final String ATTRIBUTE = SignInFailure.class.getName();

    /** Empty where nothing has failed. */
    public static Optional<SignInFailure> of(HttpServletRequest request) {
        @Nullable Object found = request.getAttribute(ATTRIBUTE);
        return found instanceof SignInFailure failure ? Optional.of(failure) : Optional.empty();
    }
}
