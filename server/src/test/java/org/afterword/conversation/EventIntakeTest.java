package org.afterword.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.afterword.conversation.EventIntake.Receipt;
import org.afterword.conversation.EventIntake.Rejection;
import org.afterword.conversation.Transcript.Turn;
import org.afterword.conversation.internal.EventReader;
import org.afterword.conversation.internal.TurnRedaction;
import org.afterword.governance.Redactor;
import org.afterword.identity.Caller;
import org.afterword.identity.Role;
import org.afterword.platform.DueWork;
import org.afterword.platform.PostgresDatabase;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemType;
import org.afterword.platform.TenantId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.dao.DataAccessResourceFailureException;

class EventIntakeTest {
    @RegisterExtension
    final PostgresDatabase database = PostgresDatabase.migrated();

    final ConversationFixture here = new ConversationFixture(database);

    @Test
    void aBatchIsStoredAndHandedUp() {
        Receipt receipt = here.take(
                AnEvent.of(
                        "interaction.started",
                        "c1",
                        "2026-03-02T08:58:00Z",
                        "{'channel': 'voice', 'queue': 'billing', 'customer': {'id': 'k7', 'name': 'Ann'}, 'attributes': {'plan': 'gold', 'visits': 3}}"),
                AnEvent.of("interaction.connected", "c1", "2026-03-02T08:58:10Z", "{'agentId': 'a1'}"),
                AnEvent.said("c1", 0, "agent", "Good morning"),
                AnEvent.of(
                        "interaction.action",
                        "c1",
                        "2026-03-02T08:59:30Z",
                        "{'name': 'findAccount', 'parameters': {'id': 'k7'}, 'result': {'found': true}}"),
                AnEvent.of(
                        "interaction.recorded",
                        "c1",
                        "2026-03-02T08:59:40Z",
                        "{'file': '2026/c1.wav', 'channels': {'0': 'agent'}}"),
                AnEvent.of("interaction.ended", "c1", "2026-03-02T08:59:50Z", "{'endedBy': 'customer'}"));

        assertThat(receipt).isEqualTo(new Receipt(6, 0, List.of()));
        Transcript transcript = here.transcript("c1").orElseThrow();
        assertThat(transcript.startedAt()).isEqualTo("2026-03-02T08:58:00Z");
        assertThat(transcript.endedAt()).isEqualTo("2026-03-02T08:59:50Z");
        assertThat(transcript.details().queue()).isEqualTo("billing");
        assertThat(transcript.details().attributes()).isEqualTo(Map.of("plan", "gold", "visits", "3"));
        assertThat(transcript.turns()).extracting(Turn::text).containsExactly("Good morning");
        assertThat(transcript.actions().getFirst().result()).isEqualTo(Map.of("found", true));
        assertThat(transcript.recordings().getFirst().channels()).isEqualTo(Map.of(0, Speaker.AGENT));
        assertThat(here.core.applied).hasSize(6);
    }

    @Test
    void whatIsKnownOfInteractionsIsFoundAtOnce() {
        here.take(
                AnEvent.of("interaction.started", "c1", "2026-03-02T08:58:00Z", "{'queue': 'billing'}"),
                AnEvent.said("c2", 0, "agent", "Hello"));

        Map<InteractionId, InteractionDetails> details = here.tenancy.in(
                ConversationFixture.TENANT,
                () -> here.conversations
                        .details(List.of(new InteractionId("c1"), new InteractionId("c2"), new InteractionId("c3")))
                        .get());

        assertThat(details).containsOnlyKeys(new InteractionId("c1"), new InteractionId("c2"));
        assertThat(details.get(new InteractionId("c2"))).isEqualTo(InteractionDetails.UNKNOWN);
    }

    @Test
    void aDatabaseThatIsAwayWhenEarlierTurnsAreReadIsToldToAllWhoSend() {
        var turns = new TurnRedaction(new Redactor(), (tenant, firstTurns, most) -> {
            throw new DataAccessResourceFailureException("away");
        });
        var intake = new EventIntake(new EventReader(new Redactor()), turns, here.store, here.clock);

        assertThatThrownBy(() -> intake.take(
                        ConversationFixture.TENANT,
                        new ArrayList<>(List.of(AnEvent.said("c1", 7, "customer", "Good morning")))))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.UNAVAILABLE));
    }

    @Test
    void aRepeatedEventIsTakenOnce() {
        var event = AnEvent.said("c1", 0, "agent", "Good morning");
        var twice = AnEvent.said("c1", 1, "customer", "Hello");

        here.take(AnEvent.again(event));
        Receipt receipt = here.take(AnEvent.again(event), AnEvent.again(twice), AnEvent.again(twice));

        assertThat(receipt).isEqualTo(new Receipt(1, 2, List.of()));
        assertThat(here.core.applied).hasSize(2);
        assertThat(here.count("inbound_event")).isEqualTo(2);
    }

    @Test
    void aKnownKeyWithOtherContentIsADuplicateAndFlagged() {
        var event = AnEvent.of("interaction.ended", "c1", "2026-03-02T08:59:00Z", "{'endedBy': 'agent'}");
        var altered = event.deepCopy();
        altered.withObjectProperty("data").put("endedBy", "customer");

        here.take(AnEvent.again(event));
        here.take(AnEvent.again(event));
        Receipt receipt = here.take(altered);

        assertThat(receipt.duplicates()).isEqualTo(1);
        assertThat(here.owner.queryForList("SELECT altered FROM event_key", Integer.class))
                .containsExactly(1);
    }

    @Test
    void badEventsAreSetAsideAndTheOthersTaken() {
        var unknown = AnEvent.of("interaction.sung", "c1", "2026-03-02T08:59:00Z", "{}");
        var bad = AnEvent.said("c1", 0, "agent", "Hi");
        bad.withObjectProperty("data").put("turn", "x");
        String unknownId = unknown.path("id").asString();
        String badId = bad.path("id").asString();

        Receipt receipt = here.take(unknown, AnEvent.said("c1", 1, "agent", "Hello"), bad);

        assertThat(receipt)
                .isEqualTo(new Receipt(
                        1,
                        0,
                        List.of(
                                new Rejection(0, unknownId, "type: 'interaction.sung' is not known"),
                                new Rejection(
                                        2, badId, "data.turn: must be a whole number from 0 to 1000000, was \"x\""))));
        assertThat(here.texts("c1")).containsExactly("Hello");
        assertThat(here.count("rejected_event")).isEqualTo(2);
    }

    @Test
    void anEventThatMakesTheCoreFailIsSetAsideAlone() {
        var poison = AnEvent.of("interaction.connected", "c2", "2026-03-02T08:59:00Z", "{'agentId': 'a1'}");
        String id = poison.path("id").asString();
        here.core.failsAt = event -> event.envelope().id().equals(id);

        Receipt receipt = here.take(
                AnEvent.said("c1", 0, "agent", "one"),
                AnEvent.said("c1", 1, "agent", "two"),
                poison,
                AnEvent.said("c1", 2, "agent", "three"));

        assertThat(receipt)
                .isEqualTo(new Receipt(
                        3,
                        0,
                        List.of(new Rejection(
                                2, id, "it cannot be applied: IllegalStateException: cannot apply " + id))));
        assertThat(here.texts("c1")).containsExactly("one", "two", "three");
        assertThat(here.transcript("c2")).isEmpty();
        assertThat(here.count("event_key")).isEqualTo(3);
    }

    @Test
    void aRejectedEventIsTakenOnceItsCauseIsGone() {
        here.core.failsAt = event -> true;
        here.take(AnEvent.said("c1", 0, "agent", "Hello"));
        here.core.failsAt = event -> false;
        RejectedEvent rejected = list().getFirst();

        Receipt receipt = here.rejected.retry(rejected.id(), ConversationFixture.ADMINISTRATOR);

        assertThat(receipt).isEqualTo(new Receipt(1, 0, List.of()));
        assertThat(list()).isEmpty();
        assertThat(here.texts("c1")).containsExactly("Hello");
    }

    @Test
    void aRejectedEventThatFailsAgainStaysWithItsNewReason() {
        here.core.failsAt = event -> true;
        var event = AnEvent.said("c1", 0, "agent", "Hello");
        here.take(AnEvent.again(event));
        here.take(AnEvent.again(event));
        here.rejected.retry(list().getFirst().id(), ConversationFixture.ADMINISTRATOR);

        assertThat(list()).singleElement().satisfies(rejected -> {
            assertThat(rejected.attempts()).isEqualTo(3);
            assertThat(rejected.eventId()).isEqualTo(event.path("id").asString());
        });
    }

    @Test
    void rejectedEventsAreListedByPageAndCanBeRemoved() {
        for (int i = 0; i < 3; i++) {
            here.take(AnEvent.of("interaction.sung", "c" + i, "2026-03-02T08:59:00Z", "{}"));
            here.clock.advance(Duration.ofSeconds(1));
        }

        RejectedEvents.Page first = here.rejected.list(ConversationFixture.ADMINISTRATOR, null, 2);
        RejectedEvents.Page second = here.rejected.list(ConversationFixture.ADMINISTRATOR, first.next(), 2);

        assertThat(first.items()).extracting(RejectedEvent::subject).containsExactly("c2", "c1");
        assertThat(second.items()).extracting(RejectedEvent::subject).containsExactly("c0");
        assertThat(second.next()).isNull();
        here.rejected.remove(second.items().getFirst().id(), ConversationFixture.ADMINISTRATOR);
        assertThat(list()).hasSize(2);
        assertThatThrownBy(() -> here.rejected.list(ConversationFixture.ADMINISTRATOR, "nonsense", 2))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void aLaterTextReplacesATurnAndAnEarlierOneDoesNot() {
        var draft = AnEvent.said("c1", 0, "agent", "Good mor");
        var whole = AnEvent.said("c1", 0, "agent", "Good morning");
        draft.put("time", "2026-03-02T08:59:00Z").withObjectProperty("data").put("final", false);
        whole.put("time", "2026-03-02T08:59:01Z");

        here.take(AnEvent.again(draft));
        assertThat(here.transcript("c1").orElseThrow().turns().getFirst().isFinal())
                .isFalse();
        here.take(whole);
        draft.put("id", "late");
        here.take(draft);

        assertThat(here.texts("c1")).containsExactly("Good morning");
    }

    @Test
    void turnsOfAnEndedInteractionAreStillTaken() {
        here.take(AnEvent.of("interaction.ended", "c1", "2026-03-02T08:59:50Z", "{}"));
        here.clock.advance(Duration.ofMinutes(20));
        here.take(AnEvent.said("c1", 7, "customer", "Bye"));

        assertThat(here.texts("c1")).containsExactly("Bye");
    }

    @Test
    void whatChangesADraftIsDueForDraftingOnce() {
        here.take(
                AnEvent.said("c1", 0, "agent", "Hello"),
                AnEvent.said("c1", 1, "customer", "Hello"),
                AnEvent.of("interaction.ended", "c2", "2026-03-02T08:59:00Z", "{}"),
                AnEvent.of("interaction.held", "c3", "2026-03-02T08:59:00Z", "{}"));
        here.clock.advance(Duration.ofSeconds(1));

        List<DueWork.Item> due =
                here.dueWork.claim(Conversations.DRAFT_WORK, here.clock.instant(), Duration.ofMinutes(1), 10);

        assertThat(due).extracting(DueWork.Item::id).containsExactlyInAnyOrder("c1", "c2");
    }

    @Test
    void whoeverTalksOnAndOnIsDraftedAllTheSame() {
        for (int turn = 0; turn < 5; turn++) {
            here.take(AnEvent.said("c1", turn, "customer", "And then"));
            here.clock.advance(Duration.ofMillis(100));
        }

        assertThat(here.dueWork.claim(Conversations.DRAFT_WORK, here.clock.instant(), Duration.ofMinutes(1), 10))
                .extracting(DueWork.Item::id)
                .containsExactly("c1");
    }

    @Test
    void aContactThatIsOverIsDraftedFirst() {
        here.take(AnEvent.said("talking", 0, "agent", "Hello"), AnEvent.said("over", 0, "customer", "Goodbye"));
        here.clock.advance(Duration.ofSeconds(1));
        here.take(
                AnEvent.of("interaction.ended", "over", "2026-03-02T09:00:01Z", "{}"),
                AnEvent.said("over", 1, "customer", "Goodbye"));
        here.clock.advance(Duration.ofSeconds(1));
        here.take(AnEvent.said("over", 2, "agent", "Goodbye"));

        List<DueWork.Item> first =
                here.dueWork.claim(Conversations.DRAFT_WORK, here.clock.instant(), Duration.ofMinutes(1), 1);

        assertThat(first).extracting(DueWork.Item::id).containsExactly("over");
    }

    @Test
    void anEventWithoutTimeHappenedWhenItCame() {
        var event = AnEvent.of("interaction.ended", "c1", "", "{}");
        event.remove("time");

        here.take(event);

        assertThat(here.transcript("c1").orElseThrow().endedAt()).isEqualTo(here.clock.instant());
    }

    @Test
    void aTimeFarInTheFutureDoesNotOutlastWhatComesLater() {
        here.take(AnEvent.of("interaction.updated", "c1", "2099-01-01T00:00:00Z", "{'queue': 'sales'}"));
        here.clock.advance(Duration.ofSeconds(5));
        here.take(AnEvent.of("interaction.updated", "c1", "2026-03-02T09:00:05Z", "{'queue': 'billing'}"));

        assertThat(here.transcript("c1").orElseThrow().details().queue()).isEqualTo("billing");
    }

    @Test
    void textThatTheDatabaseCannotHoldIsMadeStorable() {
        here.take(AnEvent.said("c1", 0, "agent", "a\u0000b\ud800c"));

        assertThat(here.texts("c1")).containsExactly("ab\ufffdc");
    }

    @Test
    void anotherTenantSeesNothingOfIt() {
        here.take(AnEvent.said("c1", 0, "agent", "Hello"), AnEvent.of("nonsense", "c1", "2026-03-02T08:59:00Z", "{}"));
        var other = new TenantId("other");

        assertThat(here.tenancy.in(
                        other, () -> here.conversations.transcriptsForDrafting(List.of(new InteractionId("c1")))))
                .isEmpty();
        assertThat(here.rejected
                        .list(new Caller(other, "user:eve", "Eve", Role.ADMINISTRATOR, null), null, 10)
                        .items())
                .isEmpty();
        assertThat(here.intake
                        .take(other, List.of(AnEvent.said("c1", 0, "agent", "Hi")))
                        .accepted())
                .isEqualTo(1);
        assertThat(here.texts("c1")).containsExactly("Hello");
    }

    @Test
    void keysAreForgottenAfterTheirTime() {
        here.take(AnEvent.said("c1", 0, "agent", "Hello"));
        Instant received = here.clock.instant();

        int tooEarly = here.tenancy.in(ConversationFixture.TENANT, () -> here.events.forgetKeys(received, 10));
        int inTime =
                here.tenancy.in(ConversationFixture.TENANT, () -> here.events.forgetKeys(received.plusMillis(1), 10));

        assertThat(tooEarly).isZero();
        assertThat(inTime).isEqualTo(1);
    }

    private List<RejectedEvent> list() {
        return here.rejected.list(ConversationFixture.ADMINISTRATOR, null, 100).items();
    }
}
