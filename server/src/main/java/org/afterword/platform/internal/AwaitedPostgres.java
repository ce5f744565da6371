package org.afterword.platform.internal;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.afterword.platform.DatabaseLogin;
import org.afterword.platform.DatabaseTrouble;
import org.afterword.platform.StartupException;
import org.afterword.platform.internal.PlatformSettings.DatabaseSettings;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;

/** A PostgreSQL of the administrator's that may come up later than this program. */
public final class AwaitedPostgres {
    static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration SAY_EVERY = Duration.ofSeconds(10);
    private static final int TRY_SECONDS = 10;

    /** Something answers that is no such server, or without the encryption that the URL asks for: it will not change. */
    private static final String REJECTED = "08004";

    private final DatabaseLogin login;
    private final LongSupplier nanos;
    private final Runnable pause;
    private final Consumer<String> say;

    /** @param nanos as {@link System#nanoTime} */
    AwaitedPostgres(DatabaseLogin login, LongSupplier nanos, Runnable pause, Consumer<String> say) {
        this.login = login;
        this.nanos = nanos;
        this.pause = pause;
        this.say = say;
    }

    /** See {@link org.afterword.platform.Database#awaitExternal}. */
    public static void await(ConfigurableEnvironment settings, Consumer<String> say) {
        var binder = new Binder(
                ConfigurationPropertySources.from(settings.getPropertySources()),
                new PropertySourcesPlaceholdersResolver(settings));
        var database = binder.bindOrCreate("afterword.database", DatabaseSettings.class);
        String url = database.url();
        if (url != null) {
            new AwaitedPostgres(
                            ExternalPostgres.ownerLogin(url, database), System::nanoTime, AwaitedPostgres::pause, say)
                    .await();
        }
    }

    void await() {
        requireReadable();
        long began = nanos.getAsLong();
        long said = began - SAY_EVERY.toNanos();
        while (true) {
            try (var _ = login.connect(TRY_SECONDS)) {
                return;
            } catch (SQLException e) {
                long now = nanos.getAsLong();
                if (!mayCome(e) || now - began >= LONGEST.toNanos()) {
                    throw unusable(e);
                }
                if (now - said >= SAY_EVERY.toNanos()) {
                    said = now;
                    say.accept("It waits for the database, up to %d minutes: %s: %s"
                            .formatted(LONGEST.toMinutes(), login, e.getMessage()));
                }
            }
            pause.run();
        }
    }

    /** A URL that is none of PostgreSQL's looks like a server that is away. */
    private void requireReadable() {
        try {
            DriverManager.getDriver(login.url());
        } catch (SQLException e) {
            throw unusable(e);
        }
    }

    private static boolean mayCome(SQLException failure) {
        return DatabaseTrouble.isAway(failure) && !REJECTED.equals(failure.getSQLState());
    }

    private StartupException unusable(SQLException failure) {
        return new StartupException(
                "The database cannot be used as %s: %s".formatted(login, failure.getMessage()), failure);
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartupException("The wait for the database was interrupted.", e);
        }
    }
}
