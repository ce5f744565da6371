package org.afterword.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.afterword.ApiClient;
import org.afterword.ApiServer;
import org.afterword.identity.Role;
import org.afterword.platform.Await;
import org.afterword.platform.EventLog;
import org.afterword.platform.Tenancy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportsApiTest {
    private static final String DAY = "/api/v1/reports/acw?from=2026-03-02T00:00:00Z&to=2026-03-03T00:00:00Z";

    final ApiServer server = ApiServer.running();
    final ApiServer.Center center = server.newTenant();
    final ApiClient planner = center.as(Role.PLANNER);

    @BeforeEach
    void workADay() throws Exception {
        wrapUp("w1", "ann", "billing", 60);
        wrapUp("w2", "bob", "=travel", 30);
        Await.until(() -> planner.get(DAY).text("/totals/handled").equals("2"));
    }

    @Test
    void aReportHasRowsAndTotals() throws Exception {
        var report = planner.get(DAY + "&groupBy=queue");

        assertThat(report.status()).isEqualTo(200);
        assertThat(report.text("/workTime")).isEqualTo("signedIn");
        assertThat(report.text("/groupBy")).isEqualTo("queue");
        assertThat(report.text("/rows/0/key")).isEqualTo("billing");
        assertThat(report.json().at("/rows/0/acwTotalSeconds").asDouble()).isEqualTo(60);
        assertThat(report.json().at("/totals/acwMeanSeconds").asDouble()).isEqualTo(45);
        assertThat(report.json().at("/totals").has("acwCompliance")).isFalse();
    }

    @Test
    void rowsComeInTheOrderAskedFor() throws Exception {
        assertThat(planner.get(DAY + "&sort=-acwMeanSeconds").text("/rows/0/key"))
                .isEqualTo("bob");
        assertThat(planner.get(DAY + "&sort=key").text("/rows/0/key")).isEqualTo("ann");
    }

    @Test
    void csvHasTheSameRowsAndNoFormulas() throws Exception {
        var csv = planner.get(DAY + "&groupBy=queue&format=csv");

        assertThat(csv.header("Content-Type")).isEqualTo("text/csv;charset=UTF-8");
        assertThat(csv.header("Content-Disposition")).contains("acw-by-queue-2026-03-02.csv");
        assertThat(csv.body().lines())
                .hasSize(3)
                .anySatisfy(line -> assertThat(line).startsWith("key,handled,interactions,held,acwTotalSeconds,"))
                .anySatisfy(line -> assertThat(line).startsWith("'=travel,1,1,0,30,30,30,30,"));
    }

    @ParameterizedTest
    @CsvSource({
        "&groupBy=moon, #/groupBy",
        "&zone=Mars/Olympus, #/zone",
        "&sort=luck, #/sort",
        "&format=xlsx, #/format",
        "&minutes=20, #"
    })
    void whatCannotBeReadIsNamed(String parameter, String pointer) throws Exception {
        var answer = planner.get(DAY + parameter);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text("/errors/0/pointer")).isEqualTo(pointer);
    }

    @Test
    void theAnswerToAnUnknownFormatNamesTheKnownOnes() throws Exception {
        assertThat(planner.get(DAY + "&format=xlsx").text("/errors/0/detail")).contains("json and csv");
    }

    @Test
    void aRangeThatEndsBeforeItBeginsIsRefused() throws Exception {
        var answer = planner.get("/api/v1/reports/acw?from=2026-03-03T00:00:00Z&to=2026-03-02T00:00:00Z");

        assertThat(answer.status()).isEqualTo(422);
    }

    @Test
    void aRangeIsNeeded() throws Exception {
        assertThat(planner.get("/api/v1/reports/acw").status()).isEqualTo(400);
    }

    @Test
    void agentsSeeThemselves() throws Exception {
        var report = center.asAgent("ann").get(DAY);

        assertThat(report.json().path("rows")).hasSize(1);
        assertThat(report.text("/rows/0/key")).isEqualTo("ann");
        assertThat(center.as(Role.INTEGRATION).get(DAY).status()).isEqualTo(403);
    }

    private void wrapUp(String id, String agent, String queue, int acwSeconds) {
        Instant ended = Instant.parse("2026-03-02T09:05:00Z");
        Map<String, Object> figures = Map.of(
                "queue",
                queue,
                "legStartedAt",
                ended.minusSeconds(300),
                "legEndedAt",
                ended,
                "releasedAt",
                ended.plusSeconds(acwSeconds),
                "acwSeconds",
                acwSeconds,
                "talkSeconds",
                300,
                "firstPart",
                true);
        Map<String, Object> data = Map.of(
                "wrapUpId",
                id,
                "interactionId",
                "i-" + id,
                "legId",
                "l-" + id,
                "agentId",
                agent,
                "status",
                "COMPLETED",
                "sequence",
                1,
                "figures",
                figures);
        server.bean(Tenancy.class)
                .run(
                        center.id(),
                        () -> server.bean(EventLog.class)
                                .append(new EventLog.NewEvent(ended, "wrapup.released", id, "i-" + id, data)));
    }
}
