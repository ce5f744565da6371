package org.afterword.governance;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.afterword.governance.internal.TrailRepository;
import org.afterword.identity.AccessEvent;
import org.afterword.identity.Caller;
import org.afterword.platform.ProblemException;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Who did what to what, and who read what. An entry is part of the transaction that did it: both are stored, or neither is. The
 * program cannot change or remove one; {@link TrailProof} shows that nobody else did.
 */
public final class Trail {
    /** The actor of what the program does by itself. */
    public static final String SYSTEM = AccessEvent.SYSTEM;

    /** Somebody who reads the same again within this span leaves no second entry: pages refresh themselves. */
    public static final Duration ONE_READ = Duration.ofMinutes(15);

    private static final int LARGEST_PAGE = 500;

    /**
     * An entry that is about to be written.
     *
     * @param actor   as {@link Caller#actor} names them, or {@link #SYSTEM}
     * @param kind    such as {@code catalog.changed}
     * @param subject what it was done to: a kind of thing, a colon, its id
     * @param details what else is worth keeping; may be erased later, unlike the rest, so what people typed belongs here
     */
    public record NewEntry(String actor, String kind, String subject, Map<String, ?> details) {
        public NewEntry {
            details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
        }
    }

    /** That {@code actor} was shown {@code subject}. */
    public record Read(String actor, String kind, String subject) {}

    private final TrailRepository repository;
    private final Tenancy tenancy;
    private final InstantSource clock;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    public Trail(TrailRepository repository, Tenancy tenancy, InstantSource clock) {
        this.repository = repository;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    /** Adds an entry in the running transaction; for the parameters see {@link NewEntry}. */
    public void record(Caller who, String kind, String subject, Map<String, ?> details) {
        record(who.actor(), kind, subject, details);
    }

    /** As above, for what no caller did. */
    public void record(String actor, String kind, String subject, Map<String, ?> details) {
        record(List.of(new NewEntry(actor, kind, subject, details)));
    }

    /** Adds entries in the running transaction, in this order and in one statement. */
    public void record(List<NewEntry> entries) {
        if (!entries.isEmpty()) {
            repository.insert(tenancy.current(), clock.instant(), entries);
            Tenancy.afterCommit(this::tellListeners);
        }
    }

    /**
     * Notes that somebody is shown these things by the running transaction, once in {@link #ONE_READ}. All reads of a transaction
     * are written in one statement at its end; where that is not possible, it fails, and nothing may be shown.
     *
     * @param kind     such as {@code record.read}
     * @param subjects as in {@link NewEntry}
     */
    public void read(Caller reader, String kind, Collection<String> subjects) {
        if (subjects.isEmpty()) {
            return;
        }
        var reads = (Reads) TransactionSynchronizationManager.getResource(this);
        if (reads == null) {
            reads = new Reads(tenancy.current());
            TransactionSynchronizationManager.bindResource(this, reads);
            TransactionSynchronizationManager.registerSynchronization(reads);
        }
        for (String subject : subjects) {
            reads.all.add(new Read(reader.actor(), kind, subject));
        }
    }

    /** What one transaction shows, and to whom. */
    private final class Reads implements TransactionSynchronization {
        private final TenantId tenant;
        private final Set<Read> all = new LinkedHashSet<>();

        Reads(TenantId tenant) {
            this.tenant = tenant;
        }

        /** Before what waits is sent with the commit. */
        @Override
        public int getOrder() {
            return 0;
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            repository.insertReads(tenant, clock.instant(), ONE_READ, all);
        }

        @Override
        public void afterCommit() {
            tellListeners();
        }

        @Override
        public void afterCompletion(int status) {
            TransactionSynchronizationManager.unbindResourceIfPossible(Trail.this);
        }
    }

    /** Has {@code listener} run after each commit with entries on this node; a hint to look, never a guarantee. */
    public void onRecorded(Runnable listener) {
        listeners.add(listener);
    }

    private void tellListeners() {
        listeners.forEach(Runnable::run);
    }

    /**
     * The newest entries that {@code query} selects, in the running transaction.
     *
     * @param limit 1 to 500
     * @throws ProblemException INVALID if the limit or the cursor cannot be taken
     */
    public TrailPage list(TrailQuery query, int limit) {
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw ProblemException.invalid("#/limit", "must be 1 to %d, not %d".formatted(LARGEST_PAGE, limit));
        }
        tenancy.planByArguments();
        return repository.list(tenancy.current(), query, limit);
    }
}
