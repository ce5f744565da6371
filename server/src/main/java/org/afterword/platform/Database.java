package org.afterword.platform;

import java.util.function.Consumer;
import org.afterword.platform.internal.AwaitedPostgres;
import org.springframework.core.env.ConfigurableEnvironment;

/** The database of this program, reachable by two roles: {@link PostgresServer our own} or the one that the administrator named. */
public interface Database extends AutoCloseable {
    /**
     * Waits for five minutes at most until a database that is the administrator's takes connections: after a power cut it may be up later
     * than we are. Returns at once if {@code settings} name none.
     *
     * @param say is told what is waited for, every ten seconds
     * @throws StartupException if the database does not come, or answers that it does not let us in
     */
    static void awaitExternal(ConfigurableEnvironment settings, Consumer<String> say) {
        AwaitedPostgres.await(settings, say);
    }

    /** The role that owns the tables, for migrations alone. */
    DatabaseLogin owner();

    /** The role for everything else: row-level policies hold it. */
    DatabaseLogin app();

    @Override
    void close();
}
