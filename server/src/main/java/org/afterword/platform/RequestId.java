package org.afterword.platform;

import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * By what a request is found again in the logs: the trace id of its header {@code traceparent} (W3C Trace Context), else its
 * {@value #HEADER}, else one that is made up. Both are taken only as they should be, since they are written and answered.
 */
public final class RequestId {
    public static final String HEADER = "X-Request-Id";
    public static final String TRACE_PARENT = "traceparent";

    private static final String ATTRIBUTE = RequestId.class.getName();
    private static final Pattern TRACE =
            Pattern.compile("[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
    private static final Pattern GIVEN = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private RequestId() {}

    /** Finds or makes the id of a request that has come in. */
    public static String begin(HttpServletRequest request) {
        String id = choose(request.getHeader(TRACE_PARENT), request.getHeader(HEADER));
        request.setAttribute(ATTRIBUTE, id);
        return id;
    }

    /** The id of a request that is being answered; null where nobody gave it one. */
    public static @Nullable String of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof String id ? id : null;
    }

    static String choose(@Nullable String traceParent, @Nullable String given) {
        if (traceParent != null) {
            Matcher trace = TRACE.matcher(traceParent);
            if (trace.matches()) {
                return trace.group(1);
            }
        }
        if (given != null && GIVEN.matcher(given).matches()) {
            return given;
        }
        var random = ThreadLocalRandom.current();
        return "%016x%016x".formatted(random.nextLong(), random.nextLong());
    }
}
