package org.afterword.demo.internal;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.afterword.demo.internal.Conversation.Turn;
import org.afterword.demo.internal.DemoControl.Change;
import org.afterword.demo.internal.FakeProduct.Event;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoDriverTest {
    /** By everything that was said. */
    private static final Map<List<String>, Truth> TRUTHS = DemoData.conversations().stream()
            .collect(Collectors.toMap(
                    conversation ->
                            conversation.turns().stream().map(Turn::text).toList(),
                    conversation -> requireNonNull(DemoData.truths().get(conversation.id()))));

    @TempDir
    private Path data;

    private final List<Refused> refusals = new ArrayList<>();
    private final SteppedWallClock clock = new SteppedWallClock();
    private final FakeProduct product = new FakeProduct(clock);

    @AfterEach
    void closeProduct() {
        product.close();
        assertThat(refusals).isEmpty();
    }

    @Test
    void aCallIsTalkedThroughAtThePaceOfTheReplay() throws InterruptedException {
        run(driver(2), ofMinutes(6));

        Event lastConnected =
                product.events("interaction.connected", this::isOver).getLast();
        List<Event> call = product.eventsOf(lastConnected.subject());
        List<Event> said = call.stream()
                .filter(event -> event.type().equals("interaction.said"))
                .toList();
        assertThat(said)
                .hasSizeGreaterThan(5)
                .allSatisfy(event -> assertThat(
                                Duration.between(lastConnected.at(), event.at()).toMillis())
                        .isCloseTo(Math.round(event.data().path("endSeconds").asDouble() * 500), within(60L)));
        assertThat(call.stream().map(Event::type))
                .startsWith("interaction.started", "interaction.offered", "interaction.connected")
                .contains("interaction.action")
                .endsWith("interaction.ended");
    }

    @Test
    void whileItIsPausedNobodyTalksButWrapUpsAreFinished() throws InterruptedException {
        DemoDriver driver = driver(2);
        run(driver, ofMinutes(3));
        driver.control().change(new Change(null, true));
        Instant paused = clock.now();

        play(driver, ofMinutes(3));

        assertThat(product.events("interaction.said", event -> event.at().isAfter(paused)))
                .isEmpty();
        assertThat(product.completions)
                .anySatisfy(completion -> assertThat(completion.at()).isAfter(paused));
        driver.control().change(new Change(null, false));
        Instant resumed = clock.now();
        play(driver, ofMinutes(1));
        assertThat(product.events("interaction.said", event -> event.at().isAfter(resumed)))
                .isNotEmpty();
    }

    @Test
    void aPersonWhoIsAvailableGetsACallAtOnceAndEachTimeFromAnotherQueue() throws InterruptedException {
        DemoDriver driver = driver(8);
        run(driver, ofSeconds(20));
        assertThat(connectedTo("ann")).isEmpty();

        for (int i = 0; i < 5; i++) {
            product.setState("ann", "AVAILABLE");
            int before = connectedTo("ann").size();
            play(driver, ofSeconds(4));
            assertThat(connectedTo("ann")).hasSize(before + 1);
        }

        List<String> queues = connectedTo("ann").stream()
                .map(event -> product.eventsOf(event.subject())
                        .getFirst()
                        .data()
                        .path("queue")
                        .asString())
                .toList();
        for (int i = 1; i < queues.size(); i++) {
            assertThat(queues.get(i)).isNotEqualTo(queues.get(i - 1));
        }
    }

    @Test
    void aPersonWhoIsNotThereWhenItRingsMissesTheCall() throws InterruptedException {
        DemoDriver driver = driver(2);
        run(driver, ofSeconds(20));
        product.setState("ann", "AVAILABLE");
        play(driver, ofMillis(1200));
        product.setState("ann", "NOT_READY");

        play(driver, ofMinutes(1));

        assertThat(connectedTo("ann")).isEmpty();
        Event missed = product.events("interaction.missed", event -> true).getFirst();
        assertThat(product.eventsOf(missed.subject()))
                .extracting(Event::type)
                .containsSubsequence("interaction.missed", "interaction.offered", "interaction.connected");
    }

    @Test
    void customersWhomNobodyMayBeOfferedHangUpInTheEnd() throws InterruptedException {
        DemoDriver driver = driver(1);
        run(driver, ofSeconds(1));
        DemoData.people().simulated().forEach(agent -> product.setState(agent.id(), "NOT_READY"));

        play(driver, ofMinutes(4));

        List<Event> abandoned = product.events("interaction.abandoned", event -> true);
        assertThat(abandoned)
                .isNotEmpty()
                .allSatisfy(event -> assertThat(Duration.between(
                                product.eventsOf(event.subject()).getFirst().at(), event.at()))
                        .isBetween(ofSeconds(150), ofSeconds(153)));
    }

    @Test
    void whatABusyServerDidNotTakeIsSentAgain() throws InterruptedException {
        product.beBusyFor(3);

        run(driver(2), ofMinutes(1));

        assertThat(product.requests.subList(0, 4)).containsOnly("PUT /api/v1/catalog");
        assertThat(product.events).isNotEmpty();
        assertThat(product.events.stream().map(Event::id)).doesNotHaveDuplicates();
    }

    @Test
    void simulatedAgentsConfirmWhatTheConversationWasReallyAbout() throws InterruptedException {
        run(driver(4), ofMinutes(5));

        assertThat(product.completions).hasSizeGreaterThan(20).allSatisfy(completion -> {
            Truth truth = truthOf(completion.interaction());
            assertThat(completion.body().at("/record/disposition").asString()).isEqualTo(truth.disposition());
            assertThat(completion.body().at("/record/summary").asString()).isNotBlank();
            assertThat(completion.body().at("/record/fields").propertyNames())
                    .isSubsetOf(truth.fields().keySet());
        });
        assertThat(product.completions)
                .extracting(FakeProduct.Completion::agent)
                .doesNotContain("ann");
        assertThat(wrapUpTimes()).allSatisfy(time -> assertThat(time).isBetween(ofSeconds(6), ofMinutes(8)));
        assertThat(new HashSet<>(wrapUpTimes())).hasSizeGreaterThan(10);
    }

    @Test
    void aLaterStartEndsTheCallsThatWereOnAndGoesOnWithOtherConversations() throws InterruptedException {
        run(driver(4), ofMinutes(2));
        Set<String> firstCalls = callsConnected();
        Set<List<String>> played = conversationsPlayed(firstCalls);
        product.requests.clear();

        run(driver(4), ofMinutes(2));

        assertThat(product.requests).doesNotContain("PUT /api/v1/catalog", "POST /api/v1/users");
        assertThat(firstCalls)
                .allSatisfy(call -> assertThat(product.eventsOf(call))
                        .extracting(Event::type)
                        .containsOnlyOnce("interaction.ended"));
        Set<String> laterCalls = callsConnected();
        laterCalls.removeAll(firstCalls);
        assertThat(conversationsPlayed(laterCalls)).isNotEmpty().doesNotContainAnyElementsOf(played);
    }

    private DemoDriver driver(double speed) {
        DemoFolder folder = DemoFolder.open(data);
        folder.setToken(Furnishing.ADMINISTRATOR, "a");
        return new DemoDriver(product.address(), folder, speed, clock, new Random(1), refusals::add);
    }

    private void run(DemoDriver driver, Duration duration) throws InterruptedException {
        driver.start();
        play(driver, duration);
    }

    private void play(DemoDriver driver, Duration duration) throws InterruptedException {
        driver.playUntil(clock.now().plus(duration));
    }

    private boolean isOver(Event event) {
        return product.eventsOf(event.subject()).getLast().type().equals("interaction.ended");
    }

    private List<Event> connectedTo(String agent) {
        return product.events(
                "interaction.connected",
                event -> event.data().path("agentId").asString().equals(agent));
    }

    private Set<String> callsConnected() {
        return product.events("interaction.connected", event -> true).stream()
                .map(Event::subject)
                .collect(Collectors.toSet());
    }

    /** What was said in those of {@code calls} that were talked through. */
    private Set<List<String>> conversationsPlayed(Set<String> calls) {
        return calls.stream().map(this::said).filter(TRUTHS::containsKey).collect(Collectors.toSet());
    }

    private Truth truthOf(String call) {
        return requireNonNull(TRUTHS.get(said(call)), call);
    }

    private List<String> said(String call) {
        return product.eventsOf(call).stream()
                .filter(event -> event.type().equals("interaction.said"))
                .sorted(Comparator.comparingInt(
                        event -> event.data().path("turn").asInt()))
                .map(event -> event.data().path("text").asString())
                .toList();
    }

    private List<Duration> wrapUpTimes() {
        return product.completions.stream()
                .map(completion -> Duration.between(
                        product.eventsOf(completion.interaction()).getLast().at(), completion.at()))
                .toList();
    }
}
