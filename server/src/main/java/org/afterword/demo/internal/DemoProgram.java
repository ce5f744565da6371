package org.afterword.demo.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import org.afterword.identity.Caller;
import org.afterword.identity.Role;
import org.afterword.identity.Tokens;
import org.afterword.identity.Users;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemType;
import org.afterword.platform.StartupException;
import org.afterword.platform.TenantId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;

/** Starts the demo once the server answers, and stops it before the server stops. */
final class DemoProgram {
    private static final Logger LOG = LoggerFactory.getLogger(DemoProgram.class);
    private static final Caller DEMO = new Caller(TenantId.DEFAULT, "system:demo", "Demo", Role.ADMINISTRATOR, null);

    private final DemoSettings settings;
    private final Path data;
    private final Path recordings;
    private final Tokens tokens;
    private final Users users;
    private final InstantSource time;
    private final DemoTerminal terminal = new DemoTerminal(System.out);
    private volatile @Nullable Runnable giveTerminalBack;
    private @Nullable Thread playing;
    private volatile @Nullable DemoControl control;

    DemoProgram(DemoSettings settings, Path data, Path recordings, Tokens tokens, Users users, InstantSource time) {
        this.settings = settings;
        this.data = data;
        this.recordings = recordings;
        this.tokens = tokens;
        this.users = users;
        this.time = time;
    }

    /** @throws ProblemException UNAVAILABLE while the demo is not on */
    DemoControl control() {
        DemoControl current = control;
        if (current == null) {
            throw new ProblemException(ProblemType.UNAVAILABLE, "The demo is about to start.");
        }
        return current;
    }

    /** @throws StartupException if somebody else has set up what is there: the demo would put its own catalog and people into it */
    @EventListener
    void start(ApplicationReadyEvent ready) {
        String port = ready.getApplicationContext().getEnvironment().getRequiredProperty("local.server.port");
        DemoFolder folder = DemoFolder.open(data);
        if (!folder.hasToken(Furnishing.ADMINISTRATOR)) {
            requireNobodyElses();
            folder.setToken(
                    Furnishing.ADMINISTRATOR,
                    tokens.issue("Demo: administrator", Role.ADMINISTRATOR, null, DEMO)
                            .text());
        }
        DemoDriver.copyRecordings(recordings);
        var driver = new DemoDriver(
                URI.create("http://127.0.0.1:" + port),
                folder,
                settings.speed(),
                new SystemWallClock(time),
                new Random(),
                refused -> LOG.warn("The demo goes on after this: {}", refused.getMessage()));
        control = driver.control();
        URI address = URI.create("http://localhost:%s/".formatted(port));
        playing = Thread.ofPlatform().name("demo").daemon().start(() -> play(driver, address, folder));
    }

    private void requireNobodyElses() {
        if (!users.list(TenantId.DEFAULT).isEmpty()
                || !tokens.list(TenantId.DEFAULT).isEmpty()) {
            throw new StartupException(
                    "What is in %s was not set up by the demo, which would change it: name another folder with --data."
                            .formatted(data));
        }
    }

    private void play(DemoDriver driver, URI address, DemoFolder folder) {
        try {
            driver.start();
            welcome(address, folder);
            driver.playUntil(Instant.MAX);
        } catch (InterruptedException e) {
            LOG.debug("The demo ends.");
        } catch (Refused e) {
            LOG.error("The demo cannot start: {}", e.getMessage());
        }
    }

    private void welcome(URI address, DemoFolder folder) {
        terminal.welcome(address, data, folder, DemoData.people());
        if (DemoTerminal.isThere()) {
            giveTerminalBack = DemoTerminal.readSingleKeys();
            Thread.ofPlatform().name("demo-keys").daemon().start(this::takeKeys);
        }
    }

    private void takeKeys() {
        try {
            terminal.takeKeys(System.in, control());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @EventListener(ContextClosedEvent.class)
    void stop() throws InterruptedException {
        Thread thread = playing;
        if (thread != null) {
            thread.interrupt();
            thread.join();
        }
        Runnable undo = giveTerminalBack;
        if (undo != null) {
            undo.run();
        }
    }
}
