package org.afterword.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.afterword.ApiServer;
import org.afterword.identity.Role;
import org.afterword.platform.Await;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RefusalLogTest {
    final ApiServer server = ApiServer.running();
    final ApiServer.Center center = server.newTenant();
    final ListAppender<ILoggingEvent> log = new ListAppender<>();
    final Logger logger = (Logger) LoggerFactory.getLogger(RefusalLog.class);

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
    }

    @Test
    void whoWasRefusedWhatIsNotedByRouteAndNotByAddress() throws Exception {
        center.as(Role.PLANNER).get("/api/v1/interactions/call-of-maria/transcript?name=Maria");

        Await.until(() -> !lines().isEmpty());
        assertThat(lines())
                .singleElement()
                .asString()
                .startsWith("403 refused: GET /api/v1/interactions/{interactionId}/transcript to token:")
                .contains(" of " + center.id() + " from ")
                .doesNotContain("aria");
    }

    @Test
    void whoComesByAProxyIsNotedByTheAddressThatTheProxySaw() throws Exception {
        var planner = center.as(Role.PLANNER);

        planner.send(planner.request("/api/v1/users")
                .header("X-Forwarded-For", "10.9.9.9, 192.168.7.7")
                .GET());

        Await.until(() -> !lines().isEmpty());
        assertThat(lines()).singleElement().asString().contains("192.168.7.7").doesNotContain("10.9.9.9");
    }

    @Test
    void aTokenThatIsNotValidIsNotedWithoutItsText() throws Exception {
        server.anonymous().withToken("aw_" + center.id() + "_guessed").get("/api/v1/users");

        Await.until(() -> !lines().isEmpty());
        assertThat(lines()).singleElement().asString().contains("401 refused").doesNotContain("guessed");
    }

    @Test
    void aForgedChangeIsNoted() throws Exception {
        center.newUser("ann", Role.ADMINISTRATOR);
        var browser = center.browser();
        browser.signIn("ann");

        browser.send(browser.request("/api/v1/tokens").POST(java.net.http.HttpRequest.BodyPublishers.ofString("{}")));

        Await.until(() -> lines().stream().anyMatch(line -> line.startsWith("403 refused: POST")));
    }

    @Test
    void whoIsOnlyAskedToSignInIsNoNews() throws Exception {
        server.anonymous().get("/api/v1/users");
        center.browser().get("/floor");

        assertThat(lines()).isEmpty();
    }

    private List<String> lines() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
