package org.afterword.platform.internal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.afterword.platform.LogContext;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/** Has the log name the thing that a request's path names. */
final class RouteIds implements HandlerInterceptor {
    private static final Map<String, LogContext.Id> COLLECTIONS = Map.of(
            "wrap-ups", LogContext.Id.WRAP_UP,
            "panel", LogContext.Id.WRAP_UP,
            "interactions", LogContext.Id.INTERACTION,
            "records", LogContext.Id.INTERACTION,
            "deliveries", LogContext.Id.DELIVERY,
            "connectors", LogContext.Id.CONNECTOR,
            "webhooks", LogContext.Id.CONNECTOR,
            "agents", LogContext.Id.AGENT);

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE) instanceof String pattern
                && request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> values
                && !values.isEmpty()) {
            String[] segments = pattern.split("/");
            for (int i = 1; i < segments.length; i++) {
                LogContext.Id id = COLLECTIONS.get(segments[i - 1]);
                String variable = segments[i];
                if (id != null
                        && variable.startsWith("{")
                        && values.get(variable.substring(1, variable.length() - 1)) instanceof String value) {
                    LogContext.put(id, value);
                }
            }
        }
        return true;
    }
}
