package org.afterword.governance.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.afterword.governance.ChainHead;
import org.afterword.governance.internal.Chained.Link;
import org.afterword.platform.BackgroundWork;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.afterword.platform.Tenants;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Links the committed entries of each tenant's trail, in batches. It keeps nothing in memory: where it goes on is the newest link, so
 * it may be killed at any moment. Of several nodes one links a tenant at a time; the others pass it over.
 */
public final class Chainer implements SmartLifecycle, BackgroundWork {
    private static final Logger log = LoggerFactory.getLogger(Chainer.class);
    private static final int BATCH = 1000;

    /** Bounds how late entries are noticed that another node wrote, or that waited for an older transaction. */
    private static final Duration LONGEST_SLEEP = Duration.ofMillis(500);

    /** Lets a busy floor's entries gather, so that they cost a few transactions a second and not one each. */
    private static final Duration GATHERING = Duration.ofMillis(300);

    private final ChainRepository chain;
    private final Tenancy tenancy;
    private final Tenants tenants;
    private final Semaphore nudges = new Semaphore(0);
    private final Set<TenantId> failing = new HashSet<>();
    private volatile boolean running;
    private volatile @Nullable Thread thread;

    public Chainer(ChainRepository chain, Tenancy tenancy, Tenants tenants) {
        this.chain = chain;
        this.tenancy = tenancy;
        this.tenants = tenants;
    }

    /** Tells of entries that were committed on this node; only a hint. */
    void wake() {
        nudges.release();
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofPlatform().name("audit-chain").daemon().start(this::loop);
    }

    @Override
    public void stop() {
        running = false;
        wake();
        Thread chaining = thread;
        if (chaining != null) {
            try {
                // what is being linked gets done before the database is let go
                chaining.join(Duration.ofSeconds(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public String workName() {
        return "auditChain";
    }

    @Override
    public boolean isWorking() {
        Thread chaining = thread;
        return running && chaining != null && chaining.isAlive();
    }

    private void loop() {
        try {
            while (running) {
                chainAll();
                nudges.tryAcquire(LONGEST_SLEEP.toMillis(), TimeUnit.MILLISECONDS);
                if (running) {
                    Thread.sleep(GATHERING);
                }
                nudges.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void chainAll() {
        try {
            for (TenantId tenant : chain.tenantsToLink(tenants.list())) {
                chainAll(tenant);
            }
        } catch (RuntimeException e) {
            log.warn("The trail cannot be looked through for entries to link, trying again: {}", e.toString());
        }
    }

    private void chainAll(TenantId tenant) {
        try {
            while (running && chain(tenant)) {
                // the next batch
            }
            failing.remove(tenant);
        } catch (RuntimeException e) {
            if (failing.add(tenant)) {
                log.warn("The trail of tenant {} cannot be linked; it is tried again and again", tenant, e);
            }
        }
    }

    /** Links one batch; true if there may be more to link. */
    public boolean chain(TenantId tenant) {
        return tenancy.in(tenant, () -> {
            if (!chain.tryLock(tenant)) {
                return false;
            }
            ChainHead head = chain.head(tenant);
            List<ChainRepository.Linkable> entries = chain.linkable(tenant, BATCH);
            if (!entries.isEmpty()) {
                chain.insert(tenant, linked(tenant, head, entries));
            }
            return entries.size() == BATCH;
        });
    }

    private static List<Chained> linked(TenantId tenant, ChainHead head, List<ChainRepository.Linkable> entries) {
        var links = new ArrayList<Chained>(entries.size());
        long sequence = head.sequence();
        String hash = head.hash();
        for (ChainRepository.Linkable next : entries) {
            sequence++;
            hash = Fingerprint.ofLink(hash, sequence, tenant.value(), next.key(), next.entry(), next.now());
            links.add(Chained.linked(next.key(), new Link(sequence, next.now(), hash), next.entry(), null));
        }
        return links;
    }
}
