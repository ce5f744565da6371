package org.afterword.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.afterword.platform.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * Whose pages a request asks for, before anybody has signed in: the tenant of the host name if there is one, else of the
 * path {@code /t/TENANT/}, else the only tenant.
 *
 * @param prefix what the address begins with because of it: {@code /t/} and the tenant, or empty. It is the request's
 *     context path as well
 * @param named  the address names the tenant; false = it is taken because there is no other
 */
public record RequestTenant(TenantId id, String prefix, boolean named) {
    /** The request attribute that holds it. */
    public static final String ATTRIBUTE = RequestTenant.class.getName();

    /** Empty where the address does not tell. */
    public static Optional<RequestTenant> of(HttpServletRequest request) {
        @Nullable Object found = request.getAttribute(ATTRIBUTE);
        return found instanceof RequestTenant tenant ? Optional.of(tenant) : Optional.empty();
    }
}
