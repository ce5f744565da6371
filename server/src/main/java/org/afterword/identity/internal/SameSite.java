package org.afterword.identity.internal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import org.springframework.security.web.RedirectStrategy;

/**
 * Leads on by path alone, so that nobody leaves this server for an address that a cookie or a header brought along, and only
 * within the pages of the tenant that was asked for.
 */
final class SameSite implements RedirectStrategy {
    @Override
    public void sendRedirect(HttpServletRequest request, HttpServletResponse response, String url) throws IOException {
        response.sendRedirect(path(request.getContextPath(), url));
    }

    /** @param url absolute, or a path with or without the context path in front */
    static String path(String contextPath, String url) {
        try {
            var wanted = new URI(url);
            String path = wanted.getRawPath() == null ? "" : wanted.getRawPath();
            boolean whole = wanted.isAbsolute() || !contextPath.isEmpty() && path.startsWith(contextPath + "/");
            String target = whole ? path : contextPath + path;
            boolean within = target.startsWith(contextPath + "/") && !target.startsWith("//") && !target.contains("\\");
            if (within && !target.contains("/../")) {
                return wanted.getRawQuery() == null ? target : target + "?" + wanted.getRawQuery();
            }
        } catch (URISyntaxException e) {
            // nobody asks for what cannot be an address
        }
        return contextPath + "/";
    }
}
