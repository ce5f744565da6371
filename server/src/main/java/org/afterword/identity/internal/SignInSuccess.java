package org.afterword.identity.internal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.afterword.identity.Landing;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.savedrequest.RequestCache;

/** Goes on to the page that was wanted before the sign-in, else to the one of the role. */
final class SignInSuccess extends SavedRequestAwareAuthenticationSuccessHandler {
    SignInSuccess(RequestCache requestCache) {
        setRequestCache(requestCache);
    }

    @Override
    protected String determineTargetUrl(
            HttpServletRequest request, HttpServletResponse response, @Nullable Authentication authentication) {
        return authentication instanceof CallerAuthentication signedIn
                ? Landing.pathFor(signedIn.getPrincipal().role())
                : super.determineTargetUrl(request, response, authentication);
    }
}
