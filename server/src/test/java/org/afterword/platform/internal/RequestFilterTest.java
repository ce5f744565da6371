package org.afterword.platform.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.ConnectException;
import org.afterword.platform.LogContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class RequestFilterTest {
    private static final Logger LOG = (Logger) LoggerFactory.getLogger("org.afterword");

    final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    final MockHttpServletRequest request = new MockHttpServletRequest("PATCH", "/api/v1/wrap-ups/w-of-ann/completion");
    final MockHttpServletResponse response = new MockHttpServletResponse();

    @BeforeEach
    void listen() {
        lines.start();
        LOG.addAppender(lines);
    }

    @AfterEach
    void goHome() {
        LOG.detachAppender(lines);
    }

    @Test
    void aRequestThatTheDatabaseDidNotTakeIsOneLineWithItsIdAndNoStackTrace() throws Exception {
        request.addHeader("X-Request-Id", "from-the-switch-7");

        answer((asked, answered) -> new DatabaseAwayFilter(
                        new StorageWatch(() -> true, () -> true, () -> true, System::nanoTime))
                .doFilter(asked, answered, (a, b) -> {
                    LogContext.put(LogContext.Id.TENANT, "default");
                    throw new CannotGetJdbcConnectionException(
                            "no connection", new java.sql.SQLException(new ConnectException("refused")));
                }));

        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(response.getContentAsString()).contains("\"requestId\":\"from-the-switch-7\"");
        assertThat(lines.list).singleElement().satisfies(line -> {
            assertThat(line.getFormattedMessage())
                    .startsWith("PATCH /api/v1/wrap-ups/… was answered 503 after ")
                    .endsWith(": CannotGetJdbcConnectionException: java.net.ConnectException: refused");
            assertThat(line.getThrowableProxy()).isNull();
            assertThat(line.getMDCPropertyMap())
                    .containsEntry("requestId", "from-the-switch-7")
                    .containsEntry("tenant", "default");
        });
    }

    @Test
    void whatEscapesIsOneLineAndGoesOn() {
        assertThatThrownBy(() -> answer((asked, answered) -> {
                    throw new ServletException("a page is broken");
                }))
                .isInstanceOf(ServletException.class);

        assertThat(lines.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .contains("was answered 500");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/admin-link/s3cret", "/t/default/admin-link/s3cret", "/records/s3cret", "/api/v1/agents/s3cret"
            })
    void anAddressThatLedToNoControllerIsNotShownToItsEnd(String address) {
        request.setRequestURI(address);

        assertThatThrownBy(() -> answer((asked, answered) -> {
                    throw new ServletException("broken before it got there");
                }))
                .isInstanceOf(ServletException.class);

        assertThat(lines.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .contains("/… was answered 500")
                .doesNotContain("s3cret");
    }

    @Test
    void whatWorksIsNoLineAndLeavesNothingBehind() throws Exception {
        answer((asked, answered) -> LogContext.put(LogContext.Id.ACTOR, "user:ann"));

        assertThat(lines.list).isEmpty();
        assertThat(MDC.get("actor")).isNull();
        assertThat(MDC.get("requestId")).isNull();
        assertThat(response.getHeader("X-Request-Id")).matches("[0-9a-f]{32}");
    }

    @Test
    void theIdIsThatOfTheTraceItBelongsTo() throws Exception {
        request.addHeader("X-Request-Id", "another");
        request.addHeader("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

        answer((asked, answered) -> {});

        assertThat(response.getHeader("X-Request-Id")).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    }

    @Test
    void anIdThatCouldForgeALineIsNotTaken() throws Exception {
        request.addHeader("X-Request-Id", "a\nERROR all is lost");
        request.addHeader("traceparent", "00-00000000000000000000000000000000-00f067aa0ba902b7-01");

        answer((asked, answered) -> {});

        assertThat(response.getHeader("X-Request-Id")).matches("[0-9a-f]{32}").doesNotMatch("0{32}");
    }

    private void answer(FilterChain chain) throws ServletException, IOException {
        new RequestFilter().doFilter(request, response, chain);
    }
}
