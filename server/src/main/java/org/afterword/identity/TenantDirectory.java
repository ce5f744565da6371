package org.afterword.identity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.afterword.identity.internal.TenantRepository;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.afterword.platform.Tenants;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Which organizations there are, and whose host name is whose. Every request asks, so answers may be two seconds old; a
 * tenant that this process created is known to it at once.
 */
public final class TenantDirectory implements Tenants {
    private static final Duration KEEP = Duration.ofSeconds(2);

    private record Known(List<Tenant> tenants, Instant until) {}

    private final TenantRepository repository;
    private final Tenancy tenancy;
    private final List<NewTenantListener> listeners;
    private final InstantSource clock;

    /** One request reads while the others go by what was known: every request asks for its tenant. */
    private final ReentrantLock reading = new ReentrantLock();

    private volatile Known known = new Known(List.of(), Instant.MIN);

    public TenantDirectory(
            TenantRepository repository, Tenancy tenancy, List<NewTenantListener> listeners, InstantSource clock) {
        this.repository = repository;
        this.tenancy = tenancy;
        this.listeners = List.copyOf(listeners);
        this.clock = clock;
    }

    /** All tenants, in the order of their ids. */
    public List<Tenant> all() {
        Known seen = known;
        if (clock.instant().isBefore(seen.until)) {
            return seen.tenants;
        }
        if (seen.tenants.isEmpty()) {
            reading.lock();
        } else if (!reading.tryLock()) {
            return seen.tenants;
        }
        try {
            Instant now = clock.instant();
            if (!now.isBefore(known.until)) {
                known = new Known(list(seen), now.plus(KEEP));
            }
            return known.tenants;
        } finally {
            reading.unlock();
        }
    }

    /** Tenants do not go; while the database is away, those known last are as good, and pages can say what is wrong. */
    private List<Tenant> list(Known last) {
        try {
            return repository.list();
        } catch (DataAccessException | TransactionException e) {
            if (last.tenants.isEmpty()) {
                throw e;
            }
            return last.tenants;
        }
    }

    @Override
    public List<TenantId> list() {
        return all().stream().map(Tenant::id).toList();
    }

    public Optional<Tenant> find(TenantId id) {
        return all().stream().filter(tenant -> tenant.id().equals(id)).findFirst();
    }

    public Optional<Tenant> findByHost(String host) {
        String wanted = host.toLowerCase(Locale.ROOT);
        return all().stream().filter(tenant -> wanted.equals(tenant.host())).findFirst();
    }

    /**
     * Adds a tenant; {@link NewTenantListener}s fill it in the same transaction.
     *
     * @throws IllegalArgumentException if there is a tenant of this id or host already
     */
    public void create(Tenant tenant) {
        tenancy.run(tenant.id(), () -> {
            if (!repository.insert(tenant, clock.instant())) {
                throw new IllegalArgumentException(
                        "there is a tenant '%s', or one with host '%s', already".formatted(tenant.id(), tenant.host()));
            }
            listeners.forEach(listener -> listener.created(tenant.id()));
            Tenancy.afterCommit(this::forget);
        });
    }

    /**
     * Adds the first tenant of a fresh installation, and runs {@code more} in its first transaction.
     *
     * @return false, and nothing was done, if there is a tenant already
     */
    public boolean createFirst(Tenant tenant, Runnable more) {
        return tenancy.in(tenant.id(), () -> {
            if (!repository.insertFirst(tenant, clock.instant())) {
                return false;
            }
            listeners.forEach(listener -> listener.created(tenant.id()));
            more.run();
            Tenancy.afterCommit(this::forget);
            return true;
        });
    }

    private void forget() {
        known = new Known(List.of(), Instant.MIN);
    }
}
