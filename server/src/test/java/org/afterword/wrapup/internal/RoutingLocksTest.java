package org.afterword.wrapup.internal;

import static org.afterword.wrapup.internal.WrapUpFixture.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.afterword.conversation.Channel;
import org.afterword.conversation.InteractionId;
import org.afterword.desk.Reservation;
import org.afterword.identity.AgentId;
import org.afterword.platform.PostgresDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RoutingLocksTest {
    @RegisterExtension
    static final PostgresDatabase db = PostgresDatabase.migrated();

    private static final AgentId FIRST = new AgentId("first");
    private static final AgentId SECOND = new AgentId("second");

    private final WrapUpFixture floor = new WrapUpFixture(db);

    @Test
    void whoIsPassedOverIsFreeAgainWhileRoutingWaitsForTheNext() throws Exception {
        signIn(FIRST);
        floor.clock.advance(Duration.ofSeconds(1));
        signIn(SECOND);
        floor.connect("call", FIRST.value());
        // as one reads it who looked just before the call came
        floor.owner.update("UPDATE agent SET carried = 0 WHERE agent_id = ?", FIRST.value());

        var reserved = new AtomicReference<Future<Reservation>>();
        try (ExecutorService router = Executors.newSingleThreadExecutor()) {
            floor.tenancy.run(TENANT, () -> {
                floor.desk.lock(List.of(SECOND));
                reserved.set(router.submit(() -> floor.routing.reserve(
                        RacingClient.SWITCH, new InteractionId("next"), Channel.VOICE, null, Duration.ofSeconds(30))));
                floor.awaitWhoWaitsForALock();
                floor.desk.lock(List.of(FIRST));
            });
            assertThat(reserved.get().get(1, TimeUnit.MINUTES).agent()).isEqualTo(SECOND);
        }
    }

    private void signIn(AgentId agent) {
        floor.take(floor.event("agent.signed-in", agent.value(), "{}"));
        floor.take(floor.event("agent.ready", agent.value(), "{}"));
    }
}
