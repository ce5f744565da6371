package org.afterword.fuzz;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.LoggerFactory;

/**
 * What went wrong, each kind once, with the inputs that did it in files. The program's own log is read along: a failure that is
 * hidden from the caller, in work that goes on behind the answer, is said there alone.
 */
final class Findings implements AutoCloseable {
    private static final int KEPT_PER_KIND = 3;

    /** Warnings that are right: something from outside was refused or repeated. */
    private static final List<String> EXPECTED = List.of(
            "events came again with other content",
            "is not delivered: nobody approved the record",
            "Received invalid Accept header",
            // that it was slow; that it failed is found by its answer
            "was answered {} after {} ms",
            // of an address that leads out of the folder of static files: it is refused
            "Path contains \"../\" after call to");

    private final Path folder;
    private final Map<String, AtomicInteger> kinds = new ConcurrentSkipListMap<>();
    private final Log log = new Log();

    Findings(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        log.start();
        root().addAppender(log);
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    void add(String what) {
        kinds.computeIfAbsent(what, _ -> new AtomicInteger()).incrementAndGet();
    }

    /** Keeps the input as {@link FuzzRegressionTest} replays it. */
    void add(String what, Input input) {
        int number = kinds.computeIfAbsent(what, _ -> new AtomicInteger()).incrementAndGet();
        if (number <= KEPT_PER_KIND) {
            String name = "%08x-%d.http".formatted(what.hashCode(), number);
            try {
                Files.write(folder.resolve(name), input.request());
                Files.writeString(folder.resolve(name + ".txt"), what, StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** One line each: how often, what, and where the inputs are. */
    List<String> lines() {
        return kinds.entrySet().stream()
                .map(kind -> "%d × %s (%s)"
                        .formatted(
                                kind.getValue().get(),
                                kind.getKey(),
                                folder.resolve(
                                        "%08x-1.http".formatted(kind.getKey().hashCode()))))
                .toList();
    }

    @Override
    public void close() {
        root().detachAppender(log);
        log.stop();
    }

    private final class Log extends AppenderBase<ILoggingEvent> {
        @Override
        protected void append(ILoggingEvent event) {
            String message = event.getMessage();
            if (event.getLevel().isGreaterOrEqual(Level.WARN)
                    && EXPECTED.stream().noneMatch(message::contains)) {
                add("the log says: " + event.getLoggerName() + ": " + message + cause(event.getThrowableProxy()));
            }
        }

        private static String cause(IThrowableProxy thrown) {
            var text = new StringBuilder();
            for (IThrowableProxy cause = thrown; cause != null; cause = cause.getCause()) {
                text.append(" / ").append(cause.getClassName());
                if (cause.getCause() == null && cause.getStackTraceElementProxyArray().length > 0) {
                    text.append(' ').append(cause.getStackTraceElementProxyArray()[0].getStackTraceElement());
                }
            }
            return text.toString();
        }
    }
}
