package org.afterword.identity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.afterword.identity.internal.Secrets;
import org.afterword.identity.internal.ShortMemory;
import org.afterword.identity.internal.TokenRepository;
import org.afterword.platform.Ids;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemException.Fault;
import org.afterword.platform.ProblemType;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * Tokens for programs. A token's text says its tenant ({@code aw_TENANT_SECRET}), is shown once and kept as a hash. So that
 * a stream of events does not cost a look-up each, a token is remembered for five seconds: that long a revoked one may
 * still count on other nodes.
 */
public final class Tokens {
    private static final Duration KEEP = Duration.ofSeconds(5);
    private static final int KEPT = 10_000;
    private static final Duration USE_IS_NOTED_EVERY = Duration.ofHours(1);

    /** A new token and its text, which is not to be had a second time. */
    public record Issued(ApiToken token, String text) {
        /** Leaves the text out. */
        @Override
        public String toString() {
            return "Issued[%s]".formatted(token);
        }
    }

    private record Key(TenantId tenant, String hash) {}

    private final TokenRepository repository;
    private final Tenancy tenancy;
    private final List<AccessListener> listeners;
    private final InstantSource clock;
    private final ShortMemory<Key, ApiToken> recent;

    public Tokens(TokenRepository repository, Tenancy tenancy, List<AccessListener> listeners, InstantSource clock) {
        this.repository = repository;
        this.tenancy = tenancy;
        this.listeners = List.copyOf(listeners);
        this.clock = clock;
        this.recent = new ShortMemory<>(KEPT, KEEP, clock);
    }

    /** All tokens of a tenant, newest first, revoked ones too. */
    public List<ApiToken> list(TenantId tenant) {
        return tenancy.in(tenant, () -> repository.list(tenant));
    }

    /** @throws ProblemException INVALID naming every value that cannot be taken */
    public Issued issue(String name, Role role, @Nullable AgentId agentId, Caller by) {
        String text = "aw_%s_%s".formatted(by.tenant(), Secrets.random());
        return new Issued(store(by.tenant(), text, name, role, agentId, by.actor()), text);
    }

    /** Takes a token whose text somebody else made up, as an administrator's of {@code tenant}. */
    ApiToken adopt(TenantId tenant, String text, String name) {
        return store(tenant, text, name, Role.ADMINISTRATOR, null, AccessEvent.SYSTEM);
    }

    private ApiToken store(TenantId tenant, String text, String name, Role role, @Nullable AgentId agentId, String by) {
        Instant now = clock.instant();
        var token = new ApiToken(Ids.at(now), name.strip(), role, agentId, now, by, null, null);
        check(token);
        tenancy.run(tenant, () -> {
            repository.insert(tenant, token, Secrets.hash(text));
            announce(new AccessEvent(
                    by,
                    AccessEvent.Kind.TOKEN_ISSUED,
                    token.actor(),
                    Map.of("name", token.name(), "role", role.code())));
        });
        return token;
    }

    /** @throws ProblemException NOT_FOUND if there is no such token; one that was revoked before stays as it is */
    public ApiToken revoke(String tokenId, Caller by) {
        return tenancy.in(by.tenant(), () -> {
            if (repository.revoke(by.tenant(), tokenId, clock.instant())) {
                announce(new AccessEvent(by.actor(), AccessEvent.Kind.TOKEN_REVOKED, "token:" + tokenId, Map.of()));
                Tenancy.afterCommit(recent::forgetAll);
            }
            return repository.find(by.tenant(), tokenId).orElseThrow(() -> ProblemException.notFound("token", tokenId));
        });
    }

    /** Who sends this token; empty if it is unknown or revoked. A text that names no tenant is one of {@code default}. */
    public Optional<Caller> authenticate(String text) {
        TenantId tenant = tenantOf(text);
        byte[] hash = Secrets.hash(text);
        var key = new Key(tenant, Secrets.hex(hash));
        return recent.find(key)
                .or(() -> {
                    Instant now = clock.instant();
                    Supplier<Optional<ApiToken>> use =
                            tenancy.in(tenant, () -> repository.use(tenant, hash, now, now.minus(USE_IS_NOTED_EVERY)));
                    Optional<ApiToken> found = use.get();
                    found.ifPresent(token -> recent.keep(key, token));
                    return found;
                })
                .map(token -> token.caller(tenant));
    }

    private static TenantId tenantOf(String text) {
        int end = text.indexOf('_', 3);
        if (text.startsWith("aw_") && end > 3) {
            try {
                return new TenantId(text.substring(3, end));
            } catch (IllegalArgumentException e) {
                return TenantId.DEFAULT;
            }
        }
        return TenantId.DEFAULT;
    }

    private static void check(ApiToken token) {
        var faults = new ArrayList<Fault>();
        DisplayName.check(token.name()).ifPresent(faults::add);
        if (token.role() == Role.AGENT && token.agentId() == null) {
            faults.add(new Fault("#/agentId", "is required for role agent"));
        }
        if (token.role() != Role.AGENT && token.agentId() != null) {
            faults.add(new Fault(
                    "#/agentId",
                    "is for role agent alone, not for " + token.role().code()));
        }
        if (!faults.isEmpty()) {
            throw new ProblemException(ProblemType.INVALID, "The token cannot be issued like this.", faults);
        }
    }

    private void announce(AccessEvent event) {
        listeners.forEach(listener -> listener.on(event));
    }
}
