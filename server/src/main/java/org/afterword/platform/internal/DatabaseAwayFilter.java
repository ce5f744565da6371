package org.afterword.platform.internal;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemResponse;
import org.afterword.platform.ProblemType;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Before anything is asked of the database: tokens and sessions are in the database too, and without it the answer is 503, to come again. */
final class DatabaseAwayFilter extends OncePerRequestFilter {
    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (CannotCreateTransactionException
                | TransientDataAccessException
                | DataAccessResourceFailureException e) {
            RequestFilter.cause(request, e);
            if (!response.isCommitted()) {
                refuse(request, response);
            }
        }
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        if (accept != null && accept.contains(MediaType.TEXT_HTML_VALUE)) {
            response.sendError(ProblemType.UNAVAILABLE.status());
        } else {
            ProblemResponse.send(
                    request,
                    response,
                    new ProblemException(
                            ProblemType.UNAVAILABLE,
                            "The database does not answer at the moment. Nothing was stored; try again."));
        }
    }
}
