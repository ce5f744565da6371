package org.afterword.wrapup.internal;

import static org.afterword.wrapup.internal.WrapUpFixture.ANN;
import static org.afterword.wrapup.internal.WrapUpFixture.SAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.afterword.catalog.APolicy;
import org.afterword.catalog.Queue;
import org.afterword.platform.PostgresDatabase;
import org.afterword.platform.ProblemException;
import org.afterword.wrapup.WrapUps;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SurgesTest {
    @RegisterExtension
    static final PostgresDatabase db = PostgresDatabase.migrated();

    private final WrapUpFixture floor = new WrapUpFixture(db);
    private int calls;

    @BeforeEach
    void aBankWithAMinuteAndHalfOfItWhileItSurges() {
        floor.queue(
                new Queue("bank", "Bank", List.of(), null, new Queue.SurgeThreshold(10, null), null),
                APolicy.of(
                        "bank",
                        "{'queue': 'bank'}",
                        "{'mode': 'TIMEBOXED', 'windowSeconds': 60, 'noResponseSeconds': 0}",
                        "{'windowSeconds': 30}"));
    }

    @Test
    void aQueueSurgesOnceItsThresholdWasPassedTwiceAndCalmsDownAfterTwo() {
        status(12);
        assertThat(windowOfANewCall()).isEqualTo(60);
        status(11);
        assertThat(windowOfANewCall()).isEqualTo(30);
        status(9);
        assertThat(windowOfANewCall()).isEqualTo(30);
        status(3);
        assertThat(windowOfANewCall()).isEqualTo(60);

        assertThat(floor.announced())
                .filteredOn(type -> type.startsWith("queue.surge"))
                .containsExactly("queue.surge-began", "queue.surge-ended");
    }

    @Test
    void aWindowThatIsOpenKeepsItsTime() {
        floor.connect("before", "ann");
        floor.take(floor.event("interaction.updated", "before", "{'queue': 'bank'}"));
        floor.hangUp("before");
        status(12);
        status(12);

        assertThat(floor.wrapUpOf("before").policy())
                .containsEntry("windowSeconds", 60L)
                .containsEntry("surge", false);
    }

    @Test
    void anotherCallTypeGivesNoWindowBackThatTheSurgeTook() {
        status(12);
        status(12);
        assertThat(windowOfANewCall()).isEqualTo(30);

        var wrapUp = floor.wrapUps.choose(SAM, floor.idOf("call" + (calls - 1)), null, true);

        assertThat(Duration.between(wrapUp.openedAt(), wrapUp.deadline())).hasSeconds(30);
    }

    @Test
    void aLegThatASupervisorReleasesEndsUnderTheSurgeToo() {
        status(12);
        status(12);
        floor.connect("lost", "ann");
        floor.take(floor.event("interaction.updated", "lost", "{'queue': 'bank'}"));

        var released = floor.wrapUps.override(
                SAM, floor.idOf("lost"), WrapUps.Intervention.of(WrapUps.OverrideAction.RELEASE, "no end came"));

        assertThat(released.policy()).containsEntry("surge", true);
    }

    @Test
    void aStatusThatComesLateOrTwiceCountsNothing() {
        var old = floor.event("queue.status", "bank", "{'waiting': 20, 'longestWaitSeconds': 1}");
        floor.clock.advance(Duration.ofSeconds(10));
        status(12);
        floor.take(old);
        assertThat(windowOfANewCall()).isEqualTo(60);
    }

    @Test
    void aSurgeThatNoStatusConfirmsEndsByItself() {
        status(12);
        status(12);
        floor.clock.advance(QueueSurge.UNCONFIRMED);

        assertThat(floor.work()).isOne();

        assertThat(windowOfANewCall()).isEqualTo(60);
        assertThat(floor.announced()).contains("queue.surge-ended");
    }

    @Test
    void aSupervisorSwitchesASurgeOnForATimeAndNoStatusEndsIt() {
        var until = floor.clock.instant().plusSeconds(600);
        Surges.Shown on = floor.surges.declare(SAM, "bank", until, "a storm");
        assertThat(on.cause()).isEqualTo("supervisor");
        status(0);
        status(0);
        assertThat(windowOfANewCall()).isEqualTo(30);
        assertThat(floor.surges.active(ANN)).containsExactly(on);

        floor.clock.advance(Duration.ofSeconds(600));
        assertThat(floor.surges.active(ANN)).isEmpty();
        assertThat(windowOfANewCall()).isEqualTo(60);
        assertThat(entries("queue.surge-began")).containsExactly("user:sam");
    }

    @Test
    void aSupervisorEndsASurge() {
        status(12);
        status(12);
        floor.surges.end(SAM, "bank");

        assertThat(windowOfANewCall()).isEqualTo(60);
        status(12);
        assertThat(windowOfANewCall()).isEqualTo(60);
        assertThat(entries("queue.surge-ended")).containsExactly("user:sam");
        assertThatThrownBy(() -> floor.surges.end(SAM, "bank")).isInstanceOf(ProblemException.class);
    }

    @Test
    void anAgentSwitchesNothing() {
        assertThatThrownBy(() ->
                        floor.surges.declare(ANN, "bank", floor.clock.instant().plusSeconds(60), "why not"))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> floor.surges.end(ANN, "bank")).isInstanceOf(ProblemException.class);
    }

    private void status(int waiting) {
        floor.clock.advance(Duration.ofSeconds(10));
        floor.take(floor.event("queue.status", "bank", "{'waiting': %d, 'longestWaitSeconds': 5}".formatted(waiting)));
    }

    private long windowOfANewCall() {
        String call = "call" + calls++;
        floor.take(
                floor.event(
                        "interaction.started", call, "{'channel': 'voice', 'direction': 'inbound', 'queue': 'bank'}"),
                floor.event("interaction.connected", call, "{'agentId': 'agent%d'}".formatted(calls)));
        floor.clock.advance(Duration.ofSeconds(1));
        floor.hangUp(call);
        var wrapUp = floor.wrapUpOf(call);
        return Duration.between(wrapUp.openedAt(), wrapUp.deadline()).toSeconds();
    }

    private List<String> entries(String kind) {
        return floor.owner.query(
                "SELECT actor FROM audit_entry WHERE kind = ? ORDER BY number", (rs, n) -> rs.getString(1), kind);
    }
}
