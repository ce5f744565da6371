package org.afterword.platform.internal;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemResponse;
import org.afterword.platform.ProblemType;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses what no part of the program can work with, before any of them reads it: a query, or parameters of the path, that are not
 * percent-encoded UTF-8 or hold a null character, which cannot be stored or compared, and control characters in headers.
 */
final class MalformedRequestFilter extends OncePerRequestFilter {
    private static final char DELETE = 0x7f;

    /** What programs ask for, and read the refusal of. */
    private static final List<String> FOR_PROGRAMS = List.of("/api/", "/health/", "/openapi.json");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String fault = fault(request);
        if (fault != null) {
            refuse(request, response, fault);
            return;
        }
        try {
            chain.doFilter(request, response);
        } catch (InvalidParameterException e) {
            refuse(request, response, "The form cannot be read: it is not percent-encoded UTF-8.");
        }
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response, String detail)
            throws IOException {
        if (response.isCommitted()) {
            return; // whoever looked at the form first has answered
        }
        if (FOR_PROGRAMS.stream().anyMatch(request.getServletPath()::startsWith)) {
            ProblemResponse.send(request, response, new ProblemException(ProblemType.BAD_REQUEST, detail));
        } else {
            response.sendError(ProblemType.BAD_REQUEST.status());
        }
    }

    private static @Nullable String fault(HttpServletRequest request) {
        String query = request.getQueryString();
        String faultOfQuery = query == null ? null : faultOf(query);
        if (faultOfQuery != null) {
            return "The query of the address " + faultOfQuery + ".";
        }
        String path = request.getRequestURI();
        int parameters = path.indexOf(';');
        String faultOfParameters = parameters < 0 ? null : faultOfEncoding(path.substring(parameters));
        if (faultOfParameters != null) {
            return "What follows the ';' in the path of the address " + faultOfParameters + ".";
        }
        for (String name : Collections.list(request.getHeaderNames())) {
            for (String value : Collections.list(request.getHeaders(name))) {
                if (value.chars().anyMatch(c -> c < ' ' && c != '\t' || c == DELETE)) {
                    return "The header %s holds a control character.".formatted(name);
                }
            }
        }
        return null;
    }

    /** What is wrong with a query; null if nothing is. */
    static @Nullable String faultOf(String query) {
        if (query.startsWith("=") || query.contains("&=")) {
            return "has a value without a name";
        }
        return faultOfEncoding(query);
    }

    private static @Nullable String faultOfEncoding(String text) {
        var bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != '%') {
                bytes.write(text.charAt(i));
                continue;
            }
            int octet = octet(text, i + 1);
            if (octet < 0) {
                return "has a '%' that no two hexadecimal digits follow";
            }
            if (octet == 0) {
                return "holds a null character";
            }
            bytes.write(octet);
            i += 2;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray()));
            return null;
        } catch (CharacterCodingException e) {
            return "is not UTF-8";
        }
    }

    private static int octet(String text, int at) {
        int high = at + 1 < text.length() ? Character.digit(text.charAt(at), 16) : -1;
        int low = high < 0 ? -1 : Character.digit(text.charAt(at + 1), 16);
        return low < 0 ? -1 : high << 4 | low;
    }
}
