package org.afterword.demo.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The demo from its start to its end: furnishes the tenant, opens the doors, then plays calls. Everything goes through the public HTTP API of {@code server}.
 */
final class DemoDriver {
    private final DemoFolder folder;
    private final WallClock clock;
    private final People people = DemoData.people();
    private final ApiClient api;
    private final Agenda agenda;
    private final Switchboard switchboard;
    private final DemoControl control;

    /**
     * @param random   what the simulated people do by chance
     * @param refusals told of whatever the server would not have; the demo goes on
     */
    DemoDriver(
            URI server, DemoFolder folder, double speed, WallClock clock, Random random, Consumer<Refused> refusals) {
        this.folder = folder;
        this.clock = clock;
        this.api = new ApiClient(server, clock);
        var pace = new Pace(speed, clock.now());
        this.agenda = new Agenda(clock, pace, refusals);
        var deck = new Deck(DemoData.conversations(), DemoData.truths(), folder);
        Set<String> humans = people.signIns().stream()
                .map(People.SignIn::agentId)
                .filter(agent -> agent != null)
                .collect(Collectors.toSet());
        var simulated = new SimulatedAgents(
                people.simulated(),
                agent -> api.as(() -> folder.token(agent)),
                agenda,
                KnownCatalog.parse(DemoData.catalog()),
                random);
        this.switchboard = new Switchboard(
                api.as(() -> folder.token(Furnishing.TELEPHONES)),
                agenda,
                deck,
                folder,
                simulated,
                humans,
                clock,
                random);
        this.control = new DemoControl(pace, clock, deck, switchboard);
    }

    DemoControl control() {
        return control;
    }

    /**
     * Comes back when people can sign in and the first customers are about to call.
     *
     * @throws Refused if the server would not have what every demo needs
     */
    void start() throws InterruptedException {
        boolean firstStart = !folder.furnished();
        var furnishing = new Furnishing(api, folder, people, clock);
        furnishing.furnish();
        furnishing.openTheDoors();
        switchboard.open(firstStart);
    }

    /** Plays on until {@code end}, or until the thread is interrupted. */
    void playUntil(Instant end) throws InterruptedException {
        agenda.runUntil(end);
    }

    /** Puts the recordings where {@code interaction.recorded} events look for them. */
    static void copyRecordings(Path recordings) {
        try {
            Files.createDirectories(recordings);
            for (Conversation conversation : DemoData.conversations()) {
                if (conversation.recording() != null) {
                    try (InputStream in = DemoData.recording(conversation.recording())) {
                        Files.copy(
                                in, recordings.resolve(conversation.recording()), StandardCopyOption.REPLACE_EXISTING);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
