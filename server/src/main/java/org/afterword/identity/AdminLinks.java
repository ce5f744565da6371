package org.afterword.identity;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.afterword.identity.internal.AdminLinkRepository;
import org.afterword.identity.internal.Secrets;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemType;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;

/**
 * Links by which whoever holds the machine becomes administrator of a tenant. A link opens once, within an hour: the person
 * who follows it chooses a user name and a password.
 */
public final class AdminLinks {
    private static final Duration VALID = Duration.ofHours(1);

    private final AdminLinkRepository repository;
    private final Tenancy tenancy;
    private final Users users;
    private final List<AccessListener> listeners;
    private final InstantSource clock;

    public AdminLinks(
            AdminLinkRepository repository,
            Tenancy tenancy,
            Users users,
            List<AccessListener> listeners,
            InstantSource clock) {
        this.repository = repository;
        this.tenancy = tenancy;
        this.users = users;
        this.listeners = List.copyOf(listeners);
        this.clock = clock;
    }

    /** A new link: the path to append to the server's address. Nobody can ask for it a second time. */
    public String make(TenantId tenant) {
        String secret = Secrets.random();
        tenancy.run(tenant, () -> {
            repository.insert(tenant, Secrets.hash(secret), clock.instant().plus(VALID));
            announce(AccessEvent.Kind.ADMIN_LINK_MADE, tenant, AccessEvent.SYSTEM);
        });
        return "/t/%s/admin-link/%s".formatted(tenant, secret);
    }

    /** Whether the link of this secret can still be used. */
    public boolean isOpen(TenantId tenant, String secret) {
        return tenancy.in(tenant, () -> repository.isOpen(tenant, Secrets.hash(secret), clock.instant()));
    }

    /**
     * Uses the link up and creates the administrator.
     *
     * @throws ProblemException CONFLICT if the link was used or is too old, or what {@link Users#create} throws; then the
     *     link stays open
     */
    public User redeem(TenantId tenant, String secret, String userName, String password) {
        return tenancy.in(tenant, () -> {
            if (!repository.remove(tenant, Secrets.hash(secret), clock.instant())) {
                throw new ProblemException(
                        ProblemType.CONFLICT,
                        "This link was used or is older than an hour. `afterword admin-link` makes a new one.");
            }
            var wanted = new NewUser(userName, userName, Role.ADMINISTRATOR, null, password);
            User user = users.create(tenant, wanted, AccessEvent.SYSTEM);
            announce(AccessEvent.Kind.ADMIN_LINK_USED, tenant, user.actor());
            return user;
        });
    }

    private void announce(AccessEvent.Kind kind, TenantId tenant, String actor) {
        var event = new AccessEvent(actor, kind, "tenant:" + tenant, Map.of());
        listeners.forEach(listener -> listener.on(event));
    }
}
