package org.afterword.identity.internal;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.afterword.identity.Caller;
import org.afterword.identity.RequestTenant;
import org.afterword.identity.Tokens;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets a token speak for this request, and for this one alone. */
final class BearerFilter extends OncePerRequestFilter {
    private static final String SCHEME = "Bearer ";

    private final Tokens tokens;
    private final AuthenticationEntryPoint refusal;

    BearerFilter(Tokens tokens, AuthenticationEntryPoint refusal) {
        this.tokens = tokens;
        this.refusal = refusal;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (!isBearer(header)) {
            chain.doFilter(request, response);
            return;
        }
        Optional<Caller> caller =
                tokens.authenticate(header.substring(SCHEME.length()).strip()).filter(c -> mayEnter(c, request));
        if (caller.isEmpty()) {
            refusal.commence(request, response, new BadCredentialsException("the token is not valid here"));
            return;
        }
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        var authentication = new CallerAuthentication(caller.get());
        authentication.name();
        context.setAuthentication(authentication);
        SecurityContextHolder.setContext(context);
        chain.doFilter(request, response);
    }

    /** An address that names a tenant is for that tenant's tokens. */
    private static boolean mayEnter(Caller caller, HttpServletRequest request) {
        return RequestTenant.of(request)
                .filter(RequestTenant::named)
                .map(tenant -> tenant.id().equals(caller.tenant()))
                .orElse(true);
    }

    static boolean isBearer(HttpServletRequest request) {
        return isBearer(request.getHeader(HttpHeaders.AUTHORIZATION));
    }

    private static boolean isBearer(@Nullable String header) {
        return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }
}
