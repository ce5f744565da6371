package org.afterword.cli.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.afterword.identity.FirstStart;
import org.afterword.platform.DataFolder;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;

/** The server as a process: says where it answers, and stops in order when it is told to. */
final class Program {
    private final SpringApplication spring;
    private final Path portFile;
    private final Thread stopping = new Thread(this::stop, "stop");
    private volatile @Nullable ConfigurableApplicationContext context;
    private volatile String lastWords = "";

    private Program(SpringApplication spring, Path portFile) {
        this.spring = spring;
        this.portFile = portFile;
    }

    /** Starts the server; what could not be done is in the exception. */
    static Program start(Class<?> application, ConfigurableEnvironment configuration) {
        var data = dataFolder(configuration);
        data.create(); // the log is written there from the first moment
        var program = new Program(application(application, configuration), portFile(data));
        program.start();
        return program;
    }

    static SpringApplication application(Class<?> application, ConfigurableEnvironment configuration) {
        var spring = new SpringApplication(application);
        spring.setEnvironment(configuration);
        spring.setAddCommandLineProperties(false);
        spring.setRegisterShutdownHook(false);
        return spring;
    }

    static DataFolder dataFolder(ConfigurableEnvironment configuration) {
        return new DataFolder(Path.of(configuration.getProperty("afterword.data", "afterword-data")));
    }

    /** Says where the server that uses the folder answers. */
    static Path portFile(DataFolder data) {
        return data.path().resolve("server.port");
    }

    private void start() {
        say("Afterword %s starts.".formatted(Version.text()));
        removePortFile(); // of a program that was killed
        long begin = System.nanoTime();
        spring.addInitializers(made -> context = made);
        Runtime.getRuntime().addShutdownHook(stopping);
        try {
            announce(spring.run(), Duration.ofNanos(System.nanoTime() - begin));
        } catch (RuntimeException e) {
            Runtime.getRuntime().removeShutdownHook(stopping);
            LoggerFactory.getLogger(Program.class).info("The start failed", e);
            throw e;
        }
    }

    private void announce(ConfigurableApplicationContext started, Duration took) {
        int port = started.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        keepPort(port);
        var address = "http://localhost:" + port;
        say("It answers at %s after %.1f s. Ctrl-C stops it.".formatted(address, took.toMillis() / 1e3));
        started.getBean(FirstStart.class)
                .adminLink()
                .ifPresent(link -> say("The first administrator signs in, within an hour, at " + address + link));
    }

    private void keepPort(int port) {
        try {
            var written = Files.writeString(portFile.resolveSibling("server.port.new"), port + "\n");
            Files.move(written, portFile, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void removePortFile() {
        try {
            Files.deleteIfExists(portFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has {@code words} said when the server has stopped. */
    Program sayingAtTheEnd(String words) {
        lastWords = words;
        return this;
    }

    /** Waits until the process is told to end, which ends it: a server that stops when told so has done its work. */
    int awaitEnd() throws InterruptedException {
        new CountDownLatch(1).await();
        return 0;
    }

    private void stop() {
        var running = context;
        if (running != null) {
            running.close();
        }
        removePortFile();
        say("Afterword has stopped. " + lastWords);
        Runtime.getRuntime().halt(0);
    }

    private static void say(String words) {
        System.out.println(words.strip());
    }
}
