package org.afterword.demo.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.afterword.ApiClient;
import org.afterword.ApiServer;
import org.afterword.identity.Caller;
import org.afterword.identity.Role;
import org.afterword.identity.Tokens;
import org.afterword.platform.Await;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The demo against the real product, in a tenant of its own. */
class DemoOnTheProductTest {
    private final ApiServer server = ApiServer.running();
    private final ApiServer.Center center = server.newTenant();
    private final ApiClient administrator = center.as(Role.ADMINISTRATOR);
    private final List<Refused> refusals = new CopyOnWriteArrayList<>();

    @TempDir
    private Path data;

    private final Thread playing = new Thread(this::play, "demo");

    @AfterEach
    void stopPlaying() throws InterruptedException {
        playing.interrupt();
        playing.join();
    }

    @Test
    void simulatedAgentsWorkAndAnnGetsACallAsSoonAsSheIsAvailable() throws Exception {
        playing.start();
        Await.until(() -> !wrapUps("COMPLETED").isEmpty());

        center.asAgent("ann").put("/api/v1/agents/ann/state", "{\"state\": \"AVAILABLE\"}");
        Await.until(() -> administrator.get("/api/v1/agents/ann").text("/state").equals("AFTER_CALL_WORK"));

        assertThat(wrapUps("COMPLETED")).allSatisfy(wrapUp -> {
            JsonNode record = administrator
                    .get("/api/v1/wrap-ups/" + wrapUp.path("id").asString())
                    .json()
                    .path("record");
            assertThat(record.path("disposition").asString("")).isNotEmpty();
            assertThat(record.path("summary").asString("")).isNotEmpty();
        });
        assertThat(administrator.get("/api/v1/events/rejected").json().path("items"))
                .isEmpty();
        assertThat(refusals).isEmpty();
    }

    private JsonNode wrapUps(String status) throws Exception {
        return administrator
                .get("/api/v1/wrap-ups?limit=100&status=" + status)
                .json()
                .path("items");
    }

    private void play() {
        DemoFolder folder = DemoFolder.open(data);
        var setUp = new Caller(center.id(), "token:setup", "Set-up", Role.ADMINISTRATOR, null);
        folder.setToken(
                Furnishing.ADMINISTRATOR,
                server.bean(Tokens.class)
                        .issue("Demo", Role.ADMINISTRATOR, null, setUp)
                        .text());
        var driver = new DemoDriver(
                server.address(),
                folder,
                Pace.FASTEST,
                new SystemWallClock(InstantSource.system()),
                new Random(1),
                refusals::add);
        try {
            driver.start();
            driver.playUntil(Instant.MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
