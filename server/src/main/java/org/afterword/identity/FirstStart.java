package org.afterword.identity;

import java.time.ZoneId;
import java.util.Optional;
import org.afterword.identity.internal.IdentitySettings;
import org.afterword.platform.TenantId;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Makes an empty installation usable, before anything else runs: creates the tenant {@code default}, takes the bootstrap
 * token as its administrator's, and makes the link by which the first administrator signs in. Later starts change nothing.
 */
public final class FirstStart implements SmartLifecycle {
    private final TenantDirectory directory;
    private final Tokens tokens;
    private final AdminLinks adminLinks;
    private final IdentitySettings settings;
    private volatile @Nullable String adminLink;
    private volatile boolean leftToken;
    private volatile boolean running;

    public FirstStart(TenantDirectory directory, Tokens tokens, AdminLinks adminLinks, IdentitySettings settings) {
        this.directory = directory;
        this.tokens = tokens;
        this.adminLinks = adminLinks;
        this.settings = settings;
    }

    @Override
    public void start() {
        var tenant = new Tenant(TenantId.DEFAULT, "Default", null, ZoneId.systemDefault());
        String token = settings.bootstrapToken();
        boolean first = directory.createFirst(tenant, () -> {
            if (token != null) {
                tokens.adopt(tenant.id(), token, "Bootstrap token");
            }
            adminLink = adminLinks.make(tenant.id());
        });
        leftToken = !first && token != null && tokens.authenticate(token).isEmpty();
        running = true;
    }

    /** Whether a bootstrap token is set that lets nobody in, since only the first start takes one. */
    public boolean leftToken() {
        return leftToken;
    }

    /** The path of the first administrator's sign-in link, if this start was the first one. */
    public Optional<String> adminLink() {
        return Optional.ofNullable(adminLink);
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the workers and the web server. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }
}
