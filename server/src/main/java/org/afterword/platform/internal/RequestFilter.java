package org.afterword.platform.internal;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.afterword.platform.DatabaseTrouble;
import org.afterword.platform.LogContext;
import org.afterword.platform.RequestId;
import org.afterword.platform.Traces;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/**
 * The outermost filter: gives each request its id, which it answers as {@value RequestId#HEADER}, has the log and a trace name
 * it, and writes one line for each request that failed here or took long.
 */
final class RequestFilter extends OncePerRequestFilter {
    private static final Logger log = LoggerFactory.getLogger(RequestFilter.class);
    private static final Duration LONG = Duration.ofSeconds(1);
    private static final String CAUSE = RequestFilter.class.getName() + ".cause";

    /** Names what the request ran into, in the one line that is written about it. */
    static void cause(HttpServletRequest request, Throwable cause) {
        request.setAttribute(CAUSE, cause);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String id = RequestId.begin(request);
        response.setHeader(RequestId.HEADER, id);
        long began = System.nanoTime();
        try (var _ = LogContext.blank().and(LogContext.Id.REQUEST, id);
                var span = isProbe(request)
                        ? Traces.none()
                        : Traces.request(request.getMethod(), request.getHeader(RequestId.TRACE_PARENT))) {
            try {
                chain.doFilter(request, response);
                tell(request, response, response.getStatus(), began, span);
            } catch (IOException | ServletException | RuntimeException | Error e) {
                cause(request, e);
                span.failed(e);
                tell(request, response, 500, began, span);
                throw e;
            }
        }
    }

    private static void tell(
            HttpServletRequest request, HttpServletResponse response, int status, long began, Traces.Span span) {
        String route = Route.of(request);
        span.rename(request.getMethod() + " " + route);
        span.attribute("http.request.method", request.getMethod());
        span.attribute("http.route", route);
        span.attribute("http.response.status_code", Integer.toString(status));
        var took = Duration.ofNanos(System.nanoTime() - began);
        if (isProbe(request)) {
            return;
        }
        if (status >= 500 || took.compareTo(LONG) > 0 && !isStream(response)) {
            Object cause = request.getAttribute(CAUSE);
            log.warn(
                    "{} {} was answered {} after {} ms{}",
                    request.getMethod(),
                    route,
                    status,
                    took.toMillis(),
                    cause instanceof Throwable failure ? ": " + DatabaseTrouble.describe(failure) : "");
        }
    }

    /** Load balancers ask every few seconds. */
    private static boolean isProbe(HttpServletRequest request) {
        return request.getRequestURI().startsWith("/health/");
    }

    /** It lasts for as long as somebody listens. */
    private static boolean isStream(HttpServletResponse response) {
        @Nullable String type = response.getContentType();
        return type != null && type.startsWith(MediaType.TEXT_EVENT_STREAM_VALUE);
    }

    /** What a request asked for, without the ids in it. */
    private static final class Route {
        private static final String API = "/api/";
        private static final int SEGMENTS_OF_THE_API = 3;

        /**
         * The pattern of its controller; of what never came there as much as names no thing: {@code /api/v1/wrap-ups/…}, and of pages
         * {@code /records/…}, since the rest of a page's address may be an id or a secret.
         */
        static String of(HttpServletRequest request) {
            if (request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE) instanceof String pattern) {
                return pattern;
            }
            String path = request.getRequestURI();
            int segments = path.startsWith(API) ? SEGMENTS_OF_THE_API : 1;
            int end = 0;
            for (int segment = 0; segment < segments && end >= 0; segment++) {
                end = path.indexOf('/', end + 1);
            }
            return end < 0 ? path : path.substring(0, end) + "/…";
        }
    }
}
