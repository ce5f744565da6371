package org.afterword.identity.internal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.afterword.identity.Users;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.logout.LogoutHandler;

/** Notes in the trail that somebody left. */
final class SignOutNote implements LogoutHandler {
    private final Users users;

    SignOutNote(Users users) {
        this.users = users;
    }

    @Override
    public void logout(
            HttpServletRequest request, HttpServletResponse response, @Nullable Authentication authentication) {
        if (authentication instanceof CallerAuthentication caller) {
            users.signedOut(caller.getPrincipal());
        }
    }
}
