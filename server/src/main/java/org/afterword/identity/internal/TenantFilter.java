package org.afterword.identity.internal;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.afterword.identity.RequestTenant;
import org.afterword.identity.Tenant;
import org.afterword.identity.TenantDirectory;
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
        boolean ofTenant = request instanceof HttpServletRequest http
                && !http.getRequestURI().startsWith(HEALTH);
        chain.doFilter(ofTenant ? withTenant((HttpServletRequest) request) : request, response);
    }

    private HttpServletRequest withTenant(HttpServletRequest request) {
        Optional<RequestTenant> before = RequestTenant.of(request);
        if (before.isPresent()) {
            // An error or asynchronous dispatch: the container has taken our wrapper off and kept the attribute.
            String prefix = before.get().prefix();
            boolean bare = !prefix.isEmpty() && !request.getContextPath().equals(prefix);
            return bare ? new Prefixed(request, prefix, prefix + request.getRequestURI()) : request;
        }
        Optional<RequestTenant> tenant = find(request);
        tenant.ifPresent(found -> request.setAttribute(RequestTenant.ATTRIBUTE, found));
        return tenant.map(RequestTenant::prefix)
                .filter(prefix -> !prefix.isEmpty())
                .<HttpServletRequest>map(prefix -> new Prefixed(request, prefix, request.getRequestURI()))
                .orElse(request);
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

    private static final class Prefixed extends HttpServletRequestWrapper {
        private final String prefix;
        private final String uri;

        /** @param uri the whole path as the address has it, {@code prefix} included */
        Prefixed(HttpServletRequest request, String prefix, String uri) {
            super(request);
            this.prefix = prefix;
            this.uri = uri;
        }

        @Override
        public String getContextPath() {
            return prefix;
        }

        @Override
        public String getRequestURI() {
            return uri;
        }

        @Override
        public StringBuffer getRequestURL() {
            String url = super.getRequestURL().toString();
            return new StringBuffer(
                    url.substring(0, url.length() - super.getRequestURI().length()) + uri);
        }

        @Override
        public String getServletPath() {
            String path = super.getServletPath();
            return path.startsWith(prefix) ? path.substring(prefix.length()) : path;
        }
    }
}
