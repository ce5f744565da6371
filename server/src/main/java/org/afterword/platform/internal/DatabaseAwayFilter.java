package org.afterword.platform.internal;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.afterword.platform.DatabaseTrouble;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemResponse;
import org.afterword.platform.ProblemType;
import org.afterword.platform.Storage;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/** Before anything is asked of the database: tokens and sessions are in the database too, and without it the answer is 503, to come again. */
final class DatabaseAwayFilter extends OncePerRequestFilter {
    /** A page of its own: what surrounds the others is in the database. It looks again by itself. */
    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta http-equiv="refresh" content="10">
                <title>%1$s · Afterword</title>
                <link rel="stylesheet" href="/css/tokens.css">
                <link rel="stylesheet" href="/css/components.css">
                <link rel="stylesheet" href="/css/pages.css">
            </head>
            <body class="narrow">
            <main id="main" class="card">
                <h1>%1$s</h1>
                <p>%2$s</p>
                <p class="aside">This page looks again every ten seconds.</p>
            </main>
            </body>
            </html>
            """;

    private final Storage storage;

    DatabaseAwayFilter(Storage storage) {
        this.storage = storage;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (ServletException | RuntimeException e) {
            // a page wraps the failure of its session, which is stored as it is sent
            if (!DatabaseTrouble.isAway(e) && !(e instanceof TransientDataAccessException)) {
                throw e;
            }
            RequestFilter.cause(request, e);
            if (!response.isCommitted()) {
                response.reset();
                refuse(request, response);
            }
        }
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        Storage.State state = storage.state() == Storage.State.FULL ? Storage.State.FULL : Storage.State.AWAY;
        if (accept != null && accept.contains(MediaType.TEXT_HTML_VALUE)) {
            page(response, state);
        } else {
            ProblemResponse.send(
                    request,
                    response,
                    new ProblemException(
                            ProblemType.UNAVAILABLE,
                            state == Storage.State.FULL
                                    ? state.words()
                                    : "The database does not answer at the moment. Try again; what was not answered may be stored or not."));
        }
    }

    private static void page(HttpServletResponse response, Storage.State state) throws IOException {
        String title = state == Storage.State.FULL ? "The disk is full" : "The database cannot be reached";
        byte[] page = PAGE.formatted(title, state.words()).getBytes(StandardCharsets.UTF_8);
        response.setStatus(ProblemType.UNAVAILABLE.status());
        response.setHeader(HttpHeaders.RETRY_AFTER, "10");
        response.setHeader("Content-Security-Policy", "default-src 'none'; style-src 'self'; frame-ancestors 'none'");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setContentType("text/html;charset=UTF-8");
        response.setContentLength(page.length);
        response.getOutputStream().write(page);
    }
}
