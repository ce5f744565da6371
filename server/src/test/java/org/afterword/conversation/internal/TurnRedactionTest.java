package org.afterword.conversation.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.afterword.conversation.InteractionId;
import org.afterword.conversation.internal.TurnRedaction.Redacted;
import org.afterword.conversation.internal.TurnRedaction.Version;
import org.afterword.conversation.internal.TurnRedaction.Words;
import org.afterword.governance.Redactor;
import org.afterword.platform.TenantId;
import org.afterword.platform.TestClock;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class TurnRedactionTest {
    static final TenantId TENANT = TenantId.DEFAULT;
    static final InteractionId CALL = new InteractionId("c1");

    final TestClock clock = TestClock.at("2026-03-02T09:00:00Z");
    final Store store = new Store();
    final TurnRedaction redaction = new TurnRedaction(new Redactor(), store);

    @Test
    void aNumberReadOutOverTurnsIsMaskedFromItsFirstDigit() {
        say(0, "AGENT", "the card number, please");
        say(1, "CUSTOMER", "it is 4111 1111");
        assertThat(store.text(1)).isEqualTo("it is [digits]");

        say(2, "AGENT", "go on");
        say(3, "CUSTOMER", "1111 1111");

        assertThat(store.texts())
                .containsExactly("the card number, please", "it is [card number]", "go on", "[card number]");
    }

    @Test
    void digitsThatBeganNothingForbiddenComeBack() {
        say(0, "CUSTOMER", "my order is 4123456");
        assertThat(store.text(0)).isEqualTo("my order is [digits]");

        say(1, "AGENT", "when did you buy it?");
        say(2, "CUSTOMER", "on the second of March, in your shop in Main Street");

        assertThat(store.text(0)).isEqualTo("my order is 4123456");
    }

    @Test
    void aCodeSaidDigitByDigitIsMaskedWhenItIsComplete() {
        say(0, "AGENT", "and the security code?");
        say(1, "CUSTOMER", "one");
        say(2, "CUSTOMER", "two");
        assertThat(store.text(1)).isEqualTo("[digits]");
        say(3, "CUSTOMER", "three");

        assertThat(store.texts()).endsWith("[security code]", "[security code]", "[security code]");
    }

    @Test
    void aQuestionThatArrivesAfterItsAnswerMasksTheAnswer() {
        say(1, "CUSTOMER", "it's 123");
        say(0, "AGENT", "what is the cvv?");

        assertThat(store.text(1)).isEqualTo("it's [security code]");
    }

    @Test
    void aQuestionThatAnotherProcessTookIsReadFromTheStore() {
        say(0, "AGENT", "what is the cvv?");
        var otherProcess = new TurnRedaction(new Redactor(), store);

        Redacted redacted = otherProcess.take(TENANT, List.of(words(1, 0, "CUSTOMER", "123")), clock.instant());

        assertThat(redacted.turns().getFirst().text()).isEqualTo("[security code]");
    }

    @Test
    void afterAMinuteWhatWasUndecidedStaysMasked() {
        say(0, "CUSTOMER", "my order is 4123456");
        clock.advance(TurnRedaction.PLAIN_KEPT.plusMillis(1));
        redaction.forget(clock.instant());
        say(1, "CUSTOMER", "it has not arrived yet, and I am not amused");

        assertThat(store.text(0)).isEqualTo("my order is [digits]");
    }

    @Test
    void aMinuteIsCountedFromTheTurnNotFromTheLastOne() {
        say(0, "CUSTOMER", "my order is 4123456");
        clock.advance(Duration.ofSeconds(40));
        say(1, "AGENT", "let me see");
        clock.advance(Duration.ofSeconds(15));
        redaction.forget(clock.instant());
        say(2, "CUSTOMER", "it has not arrived yet, and I am not amused");

        assertThat(store.text(0)).isEqualTo("my order is [digits]");
    }

    @Test
    void aCorrectedTranscriptionIsDecidedAnew() {
        say(0, "CUSTOMER", "4111 1111 1111 11");
        assertThat(store.text(0)).isEqualTo("[digits]");
        sayAgain(0, 1, "CUSTOMER", "4111 1111 1111 1111 it is");

        assertThat(store.text(0)).isEqualTo("[card number] it is");
    }

    @Test
    void anEarlierTextOfATurnChangesNothing() {
        sayAgain(0, 5, "CUSTOMER", "my number is 4111 1111 and that is all of it, I think");
        Redacted redacted =
                redaction.take(TENANT, List.of(words(0, 1, "CUSTOMER", "my number is 41111")), clock.instant());

        assertThat(redacted.turns().getFirst().text()).isEqualTo("my number is [digits]");
        assertThat(redacted.corrections()).isEmpty();
    }

    @Test
    void aBatchThatCommitsLateIsCorrectedAfterwards() {
        Redacted slow = redaction.take(TENANT, List.of(words(1, 0, "CUSTOMER", "it is 123")), clock.instant());
        Redacted fast = redaction.take(TENANT, List.of(words(0, 0, "AGENT", "what is the cvv?")), clock.instant());
        assertThat(redaction.stored(TENANT, fast.turns())).isEmpty();

        assertThat(redaction.stored(TENANT, slow.turns()))
                .extracting(Words::text)
                .containsExactly("it is [security code]");
    }

    @Test
    void interactionsAndTenantsAreKeptApart() {
        say(0, "CUSTOMER", "4111 1111");
        var elsewhere = new Words(new InteractionId("c2"), 1, version(1, 0), "CUSTOMER", "1111 1111 is my order");

        assertThat(redaction
                        .take(TENANT, List.of(elsewhere), clock.instant())
                        .turns()
                        .getFirst()
                        .text())
                .isEqualTo("1111 1111 is my order");
        assertThat(redaction
                        .take(
                                new TenantId("other"),
                                List.of(words(1, 0, "CUSTOMER", "1111 1111 is my order")),
                                clock.instant())
                        .turns()
                        .getFirst()
                        .text())
                .isEqualTo("1111 1111 is my order");
    }

    @RepeatedTest(50)
    void anyOrderAndGroupingOfDeliveryLeavesTheSameTexts(RepetitionInfo repetition) {
        List<Words> talk = List.of(
                words(0, 0, "AGENT", "your card number?"),
                words(1, 0, "CUSTOMER", "yes it is four one double one"),
                words(2, 0, "AGENT", "mm-hm"),
                words(3, 0, "CUSTOMER", "then 1111 1111"),
                words(4, 0, "CUSTOMER", "one one one one"),
                words(5, 0, "AGENT", "and the three digits on the back?"),
                words(6, 0, "CUSTOMER", "986"),
                words(7, 0, "AGENT", "your order number is 4123456"),
                words(8, 0, "CUSTOMER", "thank you, that is very kind of you"),
                words(9, 0, "AGENT", "can I do anything else for you today"));
        List<Words> shuffled = new ArrayList<>(talk);
        var random = new Random(repetition.getCurrentRepetition());
        Collections.shuffle(shuffled, random);

        for (int from = 0, to; from < shuffled.size(); from = to) {
            to = Math.min(shuffled.size(), from + 1 + random.nextInt(4));
            deliver(shuffled.subList(from, to));
        }

        assertThat(store.texts())
                .containsExactly(
                        "your card number?",
                        "yes it is [card number]",
                        "mm-hm",
                        "then [card number]",
                        "[card number]",
                        "and the three digits on the back?",
                        "[security code]",
                        "your order number is 4123456",
                        "thank you, that is very kind of you",
                        "can I do anything else for you today");
    }

    private void say(int turn, String speaker, String text) {
        sayAgain(turn, 0, speaker, text);
    }

    private void sayAgain(int turn, int secondsLater, String speaker, String text) {
        deliver(List.of(words(turn, secondsLater, speaker, text)));
    }

    private void deliver(List<Words> words) {
        Redacted redacted = redaction.take(TENANT, words, clock.instant());
        store.put(redacted.turns());
        store.put(redacted.corrections());
        List<Words> stored = new ArrayList<>(redacted.turns());
        stored.addAll(redacted.corrections());
        assertThat(redaction.stored(TENANT, stored)).isEmpty();
    }

    private static Words words(int turn, int secondsLater, String speaker, String text) {
        return new Words(CALL, turn, version(turn, secondsLater), speaker, text);
    }

    private static Version version(int turn, int secondsLater) {
        return new Version(
                Instant.parse("2026-03-02T08:59:00Z").plusSeconds(turn + secondsLater),
                EventKey.of("/pbx", turn + "/" + secondsLater));
    }

    /** The turns of one call as a database would keep them. */
    private static final class Store implements TurnRedaction.EarlierTurns {
        private final TreeMap<Integer, Words> turns = new TreeMap<>();

        void put(List<Words> words) {
            words.forEach(w -> turns.merge(
                    w.turn(), w, (known, other) -> known.version().compareTo(other.version()) <= 0 ? other : known));
        }

        String text(int turn) {
            return Objects.requireNonNull(turns.get(turn)).text();
        }

        List<String> texts() {
            return turns.values().stream().map(Words::text).toList();
        }

        @Override
        public List<Words> before(TenantId tenant, Map<InteractionId, Integer> firstTurns, int most) {
            Integer first = tenant.equals(TENANT) ? firstTurns.get(CALL) : null;
            return first == null
                    ? List.of()
                    : turns.headMap(first, false).descendingMap().values().stream()
                            .limit(most)
                            .toList();
        }
    }
}
