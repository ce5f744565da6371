package org.afterword.platform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs work in a transaction that belongs to one tenant. The transaction tells the database its tenant first, and row-level
 * security shows it that tenant's rows only; outside of such a transaction tenant tables look empty.
 */
public final class Tenancy {
    private static final String SET_TENANT = "SELECT set_config('afterword.tenant', ?, true)";

    /** Advisory locks are taken before the first write, so that transaction ids follow the order of the locks. */
    private static final String LOCK = """
            SELECT count(pg_advisory_xact_lock(key))
              FROM (SELECT DISTINCT hashtextextended(name, 0) AS key FROM unnest(?::text[]) AS name ORDER BY 1) AS keys
            """;

    /** As {@code LOCK}, of what a query answers with. */
    private static final String LOCK_FOUND = """
            SELECT count(pg_advisory_xact_lock(key))
              FROM (SELECT DISTINCT hashtextextended(? || id, 0) AS key FROM (%s) AS found (id) ORDER BY 1) AS keys
            """;

    private final PipelinedJdbc jdbc;
    private final TransactionTemplate transactions;
    private final ThreadLocal<@Nullable TenantId> current = new ThreadLocal<>();

    /** The last of those that write before a commit: what it sends commits. */
    private final TransactionSynchronization sendWhatWaits = new TransactionSynchronization() {
        @Override
        public void beforeCommit(boolean readOnly) {
            jdbc.flushAndCommit();
        }

        @Override
        public void afterCompletion(int status) {
            jdbc.close();
        }
    };

    public Tenancy(PipelinedJdbc jdbc, PlatformTransactionManager transactionManager) {
        this.jdbc = jdbc;
        this.transactions = new TransactionTemplate(transactionManager);
    }

    /**
     * Runs {@code work} in the tenant's transaction; joins the one that runs if it is the same tenant's.
     *
     * @throws IllegalStateException if a transaction of another tenant, or of none, is already running
     */
    public <T extends @Nullable Object> T in(TenantId tenant, Supplier<T> work) {
        TenantId running = current.get();
        if (running != null) {
            if (!running.equals(tenant)) {
                throw new IllegalStateException(
                        "a transaction of tenant %s cannot do work of tenant %s".formatted(running, tenant));
            }
            return work.get();
        }
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("a transaction without a tenant cannot do work of tenant " + tenant);
        }
        return transactions.execute(status -> {
            current.set(tenant);
            try {
                jdbc.open(SET_TENANT, tenant.value());
                TransactionSynchronizationManager.registerSynchronization(sendWhatWaits);
                return work.get();
            } finally {
                current.remove();
            }
        });
    }

    /** As {@link #in} for work that answers nothing. */
    public void run(TenantId tenant, Runnable work) {
        in(tenant, () -> {
            work.run();
            return Boolean.TRUE;
        });
    }

    /**
     * Has the statements that follow in this transaction planned for the arguments that they come with ({@link PipelinedJdbc}): for those
     * whose arguments decide how they are best answered, such as filters that may be absent and spans of time.
     */
    public void planByArguments() {
        jdbc.later("SET LOCAL plan_cache_mode = force_custom_plan");
    }

    /** Has the database refuse whatever this transaction would write from here on. */
    public void readOnly() {
        jdbc.later("SET TRANSACTION READ ONLY");
    }

    /** The tenant of the running transaction; throws {@link IllegalStateException} where none runs. */
    public TenantId current() {
        TenantId tenant = current.get();
        if (tenant == null) {
            throw new IllegalStateException("no tenant's transaction is running");
        }
        return tenant;
    }

    /**
     * Locks the named things until the transaction ends, in one order for everybody. Take all locks of one {@code space}
     * in one call, and before writing anything; spaces are locked in the order interaction, reservation, agent.
     */
    public void lock(String space, Collection<String> ids) {
        if (!ids.isEmpty()) {
            jdbc.queryForObject(LOCK, Long.class, (Object) lockNames(space, ids));
        }
    }

    /** As {@link #lock}, but together with the next statement: what the program reckons until then is not under the lock. */
    public void lockAhead(String space, Collection<String> ids) {
        if (!ids.isEmpty()) {
            jdbc.later(LOCK, (Object) lockNames(space, ids));
        }
    }

    /**
     * As {@link #lockAhead}, for those whose ids {@code query} answers with; for none where it answers with nothing. What is asked
     * after this in the same message is read under the lock.
     */
    public void lockAheadFound(String space, String query, @Nullable Object... arguments) {
        var values = new ArrayList<@Nullable Object>(Arrays.asList(arguments));
        values.addFirst(lockName(current(), space, ""));
        jdbc.later(LOCK_FOUND.formatted(query), values.toArray());
    }

    private String[] lockNames(String space, Collection<String> ids) {
        return ids.stream().map(id -> lockName(current(), space, id)).toArray(String[]::new);
    }

    /** What {@link #lock} hashes; for statements that try locks themselves. */
    public static String lockName(TenantId tenant, String space, String id) {
        return tenant + "/" + space + "/" + id;
    }

    /** Runs {@code action} once the running transaction has committed; at once if none runs. Must not throw. */
    public static void afterCommit(Runnable action) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            action.run();
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                action.run();
            }
        });
    }
}
