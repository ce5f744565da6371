package org.afterword.analytics;

import static org.afterword.analytics.AnalyticsFixture.SUPERVISOR;
import static org.afterword.analytics.AnalyticsFixture.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.afterword.identity.AgentId;
import org.afterword.identity.Caller;
import org.afterword.identity.Role;
import org.afterword.platform.PostgresDatabase;
import org.afterword.platform.ProblemException;
import org.afterword.platform.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Recoveries as supervisors see them: totals of weeks, which tell of nobody. */
class RecoveryReportTest {
    @RegisterExtension
    static final PostgresDatabase db = PostgresDatabase.migrated();

    private static final LocalDate MONDAY = LocalDate.parse("2026-03-02");

    private final TestClock clock = TestClock.at("2026-03-11T09:00:00Z");
    private final AnalyticsFixture floor = new AnalyticsFixture(db, clock);

    @BeforeEach
    void sevenRestInTwoTeams() {
        for (int agent = 1; agent <= 7; agent++) {
            rest("agent" + agent, agent <= 5 ? "north" : "south", "RECOVERY", 100, 160);
        }
        rest("agent1", "north", "OCCUPANCY", 300, 900);
        floor.pump();
    }

    @Test
    void theWholeIsShownAndOfTeamsNoneThatTellsOfFew() {
        assertThat(report(RecoveryReport.By.TENANT)).containsExactly(new RecoveryReport.Row(MONDAY, null, 7, 420));
        assertThat(report(RecoveryReport.By.TEAM)).isEmpty();
        for (int agent = 8; agent <= 10; agent++) {
            rest("agent" + agent, "south", "RECOVERY", 100, 130);
        }
        floor.pump();

        assertThat(report(RecoveryReport.By.TEAM))
                .containsExactly(
                        new RecoveryReport.Row(MONDAY, "north", 5, 300),
                        new RecoveryReport.Row(MONDAY, "south", 5, 210));
    }

    @Test
    void whatIsToldAgainReplacesWhatWasTold() {
        rest("agent1", "north", "RECOVERY", 100, 130);
        floor.pump();
        floor.readTheLogFromTheStart();

        assertThat(report(RecoveryReport.By.TENANT)).containsExactly(new RecoveryReport.Row(MONDAY, null, 7, 390));
    }

    @Test
    void weeksAreAskedForWholeAndOnceTheyAreOver() {
        assertThatThrownBy(() -> floor.reports()
                        .recovery(SUPERVISOR, MONDAY.plusDays(1), MONDAY.plusDays(7), RecoveryReport.By.TENANT))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() ->
                        floor.reports().recovery(SUPERVISOR, MONDAY, MONDAY.plusDays(14), RecoveryReport.By.TENANT))
                .isInstanceOf(ProblemException.class);
        clock.advance(Duration.ofDays(5));
        assertThat(floor.reports()
                        .recovery(SUPERVISOR, MONDAY, MONDAY.plusDays(14), RecoveryReport.By.TENANT)
                        .rows())
                .hasSize(1);
    }

    @Test
    void agentsReadNoneOfIt() {
        var ann = new Caller(SUPERVISOR.tenant(), "user:ann", "Ann", Role.AGENT, new AgentId("agent1"));

        assertThatThrownBy(() -> floor.reports().recovery(ann, MONDAY, MONDAY.plusDays(7), RecoveryReport.By.TENANT))
                .isInstanceOf(ProblemException.class);
    }

    private void rest(String agent, String team, String kind, long from, long until) {
        floor.append(
                "rest.ended",
                agent,
                Map.of(
                        "restId",
                        kind + " 1",
                        "agentId",
                        agent,
                        "team",
                        team,
                        "kind",
                        kind,
                        "from",
                        at(from),
                        "until",
                        at(until),
                        "reason",
                        "time"));
    }

    private List<RecoveryReport.Row> report(RecoveryReport.By groupBy) {
        return floor.reports()
                .recovery(SUPERVISOR, MONDAY, MONDAY.plusDays(7), groupBy)
                .rows();
    }
}
