package org.afterword.platform.internal;

import java.io.IOException;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemResponse;
import org.afterword.platform.ProblemType;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;

/** What the web server refuses before the program sees it, such as an address that is no UTF-8, is answered as everything else. */
final class ProblemValve extends ErrorReportValve {
    private static final int BAD_REQUEST = 400;

    ProblemValve() {
        setShowReport(false);
        setShowServerInfo(false);
    }

    @Override
    protected void report(Request request, Response response, Throwable throwable) {
        if (response.getStatus() != BAD_REQUEST || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            ProblemResponse.send(
                    request,
                    response,
                    new ProblemException(
                            ProblemType.BAD_REQUEST, "The request cannot be read: see its address and headers."));
            response.finishResponse();
        } catch (IOException e) {
            container.getLogger().debug("the client has gone", e);
        }
    }
}
