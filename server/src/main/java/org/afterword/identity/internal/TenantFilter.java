package org.afterword.identity.internal;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.afterword.identity.RequestTenant;
import org.afterword.identity.Tenant;
import org.afterword.identity.TenantDirectory;
import org.afterword.platform.LogContext;
import org.afterword.platform.TenantId;

/**
 * Finds the {@link RequestTenant}, before everything else. {@code /t/TENANT} becomes part of the context path: what is
 * mapped to {@code /panel} answers at {@code /t/TENANT/panel}, addresses that are built from the context path keep leading
 * there, and cookies are set for that path alone.
 */
final class TenantFilter implements Filter {
    /** Answers without the database, so nobody's tenant is looked up. */
    private static final String HEALTH = "/health/";

    private static final Pattern PREFIX = Pattern.compile("(/t/([a-z0-9][a-z0-9-]{0,62}))(/.*)?");

    private final TenantDirectory directory;

    TenantFilter(TenantDirectory directory) {
        this.directory = directory;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!(request instanceof HttpServletRequest http)
                || !(response instanceof HttpServletResponse answer)
                || http.getRequestURI().startsWith(HEALTH)) {
            chain.doFilter(request, response);
            return;
        }
        Optional<RequestTenant> tenant = RequestTenant.of(http).or(() -> find(http));
        tenant.ifPresent(found -> {
            http.setAttribute(RequestTenant.ATTRIBUTE, found);
            LogContext.put(LogContext.Id.TENANT, found.id().value());
        });
        String prefix = tenant.map(RequestTenant::prefix).orElse("");
        if (prefix.isEmpty() || http.getContextPath().equals(prefix)) {
            chain.doFilter(http, answer);
        } else if (http.getRequestURI().equals(prefix)) {
            answer.sendRedirect(prefix + "/");
        } else {
            chain.doFilter(new Prefixed(http, prefix), answer);
        }
    }

    private Optional<RequestTenant> find(HttpServletRequest request) {
        Matcher path = PREFIX.matcher(request.getRequestURI());
        Optional<Tenant> byHost = directory.findByHost(request.getServerName());
        if (path.matches()) {
            Optional<Tenant> byPath = directory.find(new TenantId(path.group(2)));
            if (byPath.isPresent() && byHost.map(byPath.get()::equals).orElse(true)) {
                return byPath.map(tenant -> new RequestTenant(tenant.id(), path.group(1), true));
            }
        }
        if (byHost.isPresent()) {
            return byHost.map(tenant -> new RequestTenant(tenant.id(), "", true));
        }
        List<Tenant> all = directory.all();
        return all.size() == 1 ? Optional.of(new RequestTenant(all.getFirst().id(), "", false)) : Optional.empty();
    }

    /** For the container, {@code prefix} is a part of the path, and a path that it dispatches to lacks it. */
    private static final class Prefixed extends HttpServletRequestWrapper {
        private final String prefix;

        Prefixed(HttpServletRequest request, String prefix) {
            super(request);
            this.prefix = prefix;
        }

        @Override
        public String getContextPath() {
            return prefix;
        }

        @Override
        public String getRequestURI() {
            String uri = super.getRequestURI();
            return uri.startsWith(prefix + "/") ? uri : prefix + uri;
        }

        @Override
        public StringBuffer getRequestURL() {
            String url = super.getRequestURL().toString();
            String origin =
                    url.substring(0, url.length() - super.getRequestURI().length());
            return new StringBuffer(origin + getRequestURI());
        }

        @Override
        public String getServletPath() {
            String path = super.getServletPath();
            return path.startsWith(prefix + "/") ? path.substring(prefix.length()) : path;
        }
    }
}
