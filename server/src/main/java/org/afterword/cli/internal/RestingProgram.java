package org.afterword.cli.internal;

import java.util.List;
import java.util.Optional;
import org.afterword.platform.BeforeMigration;
import org.afterword.platform.PostgresServer;
import org.afterword.platform.StartupException;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.LifecycleProcessor;
import org.springframework.core.Ordered;

/**
 * The program's parts without its life: nothing listens, nothing works by itself, a part is made when it is asked for. For commands that
 * do one thing, also beside a server that runs on the same data.
 */
final class RestingProgram implements AutoCloseable {
    private final ConfigurableApplicationContext context;
    private final Optional<String> servedPort;
    private final String settledPort;

    private RestingProgram(ConfigurableApplicationContext context, Optional<String> servedPort, String settledPort) {
        this.context = context;
        this.servedPort = servedPort;
        this.settledPort = settledPort;
    }

    /** Brings an older database forward, as a start does: for backup and restore, which have it to themselves. */
    static RestingProgram open(Class<?> application, StorageOptions storage) {
        return open(application, storage, List.of());
    }

    /**
     * Leaves the tables as they are: the server beside it may be of an older version.
     *
     * @throws StartupException if the database is older than this program
     */
    static RestingProgram openUnchanged(Class<?> application, StorageOptions storage) {
        return open(application, storage, List.of(new Unchanged()));
    }

    private static RestingProgram open(
            Class<?> application, StorageOptions storage, List<BeforeMigration> beforeMigration) {
        var data = Configured.dataFolder(storage.flags().configuration(storage.config()));
        var flags = storage.flags()
                // the running server's log is its own
                .set("logging.threshold.file", "off")
                .set("spring.main.lazy-initialization", true)
                // it would begin with all that can be well or not, and so with the database, which may not be there yet
                .set("management.endpoint.health.validate-group-membership", false);
        PostgresServer.usedByAnother(data.path())
                .ifPresent(running -> flags.set(
                                "afterword.database.url", running.owner().url())
                        .set("afterword.database.owner.user", running.owner().user())
                        .set(
                                "afterword.database.owner.password",
                                running.owner().password())
                        .set("afterword.database.app.user", running.app().user())
                        .set("afterword.database.app.password", running.app().password()));
        var configuration = flags.configuration(storage.config());
        var spring = Configured.application(application, configuration);
        spring.setWebApplicationType(WebApplicationType.NONE);
        spring.addInitializers(made -> made.getBeanFactory().registerSingleton("lifecycleProcessor", new NoLife()));
        spring.addInitializers(made -> beforeMigration.forEach(
                told -> made.getBeanFactory().registerSingleton("beforeMigrationOfACommand", told)));
        return new RestingProgram(
                spring.run(), new PortFile(data).read(), configuration.getProperty("afterword.port", "8080"));
    }

    <T> T get(Class<T> part) {
        return context.getBean(part);
    }

    /** Whether a server answers on this data folder. */
    boolean isServed() {
        return servedPort.isPresent();
    }

    /** Where the server answers or, if it does not run here, will answer by these settings. */
    String address() {
        return "http://localhost:" + servedPort.orElse(settledPort);
    }

    @Override
    public void close() {
        context.close();
    }

    /** Before anything is written, a backup too. */
    private static final class Unchanged implements BeforeMigration, Ordered {
        @Override
        public void beforeMigration(int from, int to) {
            throw new StartupException(
                    "The database has schema %d and this Afterword works with schema %d: use this command of the version that serves it, or start ./afterword serve of this one first, which brings the database forward."
                            .formatted(from, to));
        }

        @Override
        public int getOrder() {
            return HIGHEST_PRECEDENCE;
        }
    }

    /** Starts nothing. */
    private static final class NoLife implements LifecycleProcessor {
        @Override
        public void onRefresh() {}

        @Override
        public void onClose() {}

        @Override
        public void start() {}

        @Override
        public void stop() {}

        @Override
        public boolean isRunning() {
            return false;
        }
    }
}
