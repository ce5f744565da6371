package org.afterword.identity.internal;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.afterword.identity.RequestTenant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Notes who was refused what: a role that may not, a token that is not valid, a page without its token, too many attempts.
 * Names the route and not the address, which may hold what is nobody's business.
 */
final class RefusalLog extends OncePerRequestFilter {
    private static final Logger log = LoggerFactory.getLogger(RefusalLog.class);

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(request, response);
        if (isRefusal(request, response.getStatus())) {
            log.info(
                    "{} refused: {} {} to {} from {}",
                    response.getStatus(),
                    request.getMethod(),
                    route(request),
                    who(request),
                    request.getRemoteAddr());
        }
    }

    /** Somebody who comes without anything is asked to sign in, which is no news. */
    private static boolean isRefusal(HttpServletRequest request, int status) {
        return status == HttpStatus.FORBIDDEN.value()
                || status == HttpStatus.TOO_MANY_REQUESTS.value()
                || status == HttpStatus.UNAUTHORIZED.value() && BearerFilter.isBearer(request);
    }

    private static Object route(HttpServletRequest request) {
        Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        return pattern == null ? "an address" : pattern;
    }

    private static String who(HttpServletRequest request) {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication instanceof CallerAuthentication known) {
            return known.getName() + " of " + known.getPrincipal().tenant();
        }
        return RequestTenant.of(request)
                .map(tenant -> "a stranger at " + tenant.id())
                .orElse("a stranger");
    }
}
