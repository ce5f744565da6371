package org.afterword.cli.internal;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.afterword.backup.BackupException;
import org.afterword.platform.StartupException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.core.convert.TypeDescriptor;

/** Says in one line why a command failed. */
public final class Failures {
    private Failures() {}

    public static String explain(Throwable failure) {
        return causes(failure)
                .flatMap(cause -> explainKnown(cause).stream())
                .findFirst()
                .orElseGet(() -> explainUnknown(failure));
    }

    private static Optional<String> explainKnown(Throwable cause) {
        return switch (cause) {
            case StartupException e -> Optional.of(message(e));
            case BackupException e -> Optional.of(message(e));
            case PortInUseException e ->
                Optional.of(
                        "Port %d is in use: choose another with --port, or 0 for a free one.".formatted(e.getPort()));
            case BindException e -> Optional.of("Setting " + problem(e) + ".");
            default -> Optional.empty();
        };
    }

    /** A value of the wrong kind, or what the settings record has to say about it. */
    private static String problem(BindException e) {
        return causes(e)
                .filter(ConversionFailedException.class::isInstance)
                .map(ConversionFailedException.class::cast)
                .findFirst()
                .map(wrong -> "%s is '%s', which is no %s"
                        .formatted(e.getName(), wrong.getValue(), kind(wrong.getTargetType())))
                .orElseGet(() -> message(last(e)));
    }

    private static String kind(TypeDescriptor type) {
        return type.getObjectType().getSimpleName().toLowerCase(Locale.ROOT);
    }

    private static String explainUnknown(Throwable failure) {
        var last = last(failure);
        return "Afterword failed: %s (%s). The whole story: add --debug."
                .formatted(message(last), last.getClass().getSimpleName());
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }

    private static Throwable last(Throwable failure) {
        return causes(failure).reduce(failure, (before, cause) -> cause);
    }

    private static String message(Throwable failure) {
        return String.valueOf(failure.getMessage())
                .lines()
                .findFirst()
                .orElse("")
                .strip();
    }
}
