package org.afterword.cli.internal;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.afterword.identity.FirstStart;
import org.afterword.platform.DataFolder;
import org.afterword.platform.Database;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** The server as a process: says where it answers, and stops in order when it is told to. */
final class Program {
    /** More than the parts of a stop take together: notice 30 s, workers and readers 10 s each, requests 20 s, PostgreSQL. */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(85);

    private final ConfigurableEnvironment configuration;
    private final SpringApplication spring;
    private final DataFolder data;
    private final PortFile portFile;
    private final Thread stopping = new Thread(this::stop, "stop");
    private final AtomicBoolean stops = new AtomicBoolean();
    private volatile @Nullable ConfigurableApplicationContext context;
    private String lastWords = "";
    private boolean showsAdminLink;

    Program(Class<?> application, ConfigurableEnvironment configuration) {
        this.configuration = configuration;
        this.spring = Configured.application(application, configuration);
        this.data = Configured.dataFolder(configuration);
        this.portFile = new PortFile(data);
    }

    /** Has the way in for the first administrator shown by the first start. */
    Program showingTheAdminLink() {
        showsAdminLink = true;
        return this;
    }

    /** Has {@code words} said when the server has stopped. */
    Program sayingAtTheEnd(String words) {
        lastWords = words;
        return this;
    }

    /**
     * Runs the server until the process is told to end, and ends it: a server that stops when told to has done its work.
     *
     * @throws RuntimeException if it could not be started
     */
    int run() throws InterruptedException {
        data.create();
        data.folder("logs"); // written to from the first moment, and nobody else's to read
        try (var _ = data.keepToUs()) {
            portFile.remove(); // of a program that was killed
            start();
            new CountDownLatch(1).await();
            return 0;
        }
    }

    private void start() {
        say("Afterword %s starts.".formatted(Version.text()));
        long begin = System.nanoTime();
        spring.addInitializers(made -> context = made);
        Runtime.getRuntime().addShutdownHook(stopping);
        stopOn("TERM");
        stopOn("INT");
        try {
            // before anything is built, so that a stop ends the waiting at once
            Database.awaitExternal(configuration, Program::say);
            announce(spring.run(), Duration.ofNanos(System.nanoTime() - begin));
        } catch (RuntimeException e) {
            Runtime.getRuntime().removeShutdownHook(stopping);
            LoggerFactory.getLogger(Program.class).info("The start failed", e);
            throw e;
        }
        data.openness().ifPresent(this::warnOfOthers);
    }

    private void warnOfOthers(String permissions) {
        LoggerFactory.getLogger(Program.class)
                .warn(
                        "Other users of this machine may read or write in the folder {} ({}), which holds what customers said, and secrets."
                                + " Close it: chmod go-rw {}",
                        data.path(),
                        permissions,
                        data.path());
    }

    private void announce(ConfigurableApplicationContext started, Duration took) {
        int port = started.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        portFile.write(port);
        var address = "http://localhost:" + port;
        say("It answers at %s after %.1f s. Ctrl-C stops it.".formatted(address, took.toMillis() / 1e3));
        var firstStart = started.getBean(FirstStart.class);
        if (showsAdminLink) {
            firstStart
                    .adminLink()
                    .ifPresent(link -> say("The first administrator signs in, within an hour, at " + address + link));
        }
        if (firstStart.leftToken()) {
            say(
                    "The bootstrap token was not taken: this installation was set up before, and only the first start takes one."
                            + " ./afterword admin-link lets an administrator in.");
        }
    }

    /**
     * Stops by a signal itself and not by a hook for the end of the process: all such hooks run at once, and that of the model's native
     * library would take it away from drafts that are being made, which crashes.
     */
    private void stopOn(String signal) {
        SignalHandler before = Signal.handle(new Signal(signal), received -> stop());
        if (before == SignalHandler.SIG_IGN) {
            Signal.handle(new Signal(signal), before); // started so as not to be stopped by it
        }
    }

    private void stop() {
        if (!stops.compareAndSet(false, true)) {
            return;
        }
        Thread.ofPlatform().name("stop-bound").daemon().start(Program::endAfterAll);
        var running = context;
        if (running != null) {
            running.close();
        }
        portFile.remove();
        say("Afterword has stopped. " + lastWords);
        Runtime.getRuntime().halt(0);
    }

    /** Whoever told the process to end does not wait for ever; what was accepted is stored, and what was begun is done again. */
    private static void endAfterAll() {
        try {
            Thread.sleep(LONGEST_STOP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        say("Afterword did not stop within %d s and ends as it is.".formatted(LONGEST_STOP.toSeconds()));
        Runtime.getRuntime().halt(1);
    }

    private static void say(String words) {
        System.out.println(words.strip());
    }
}
