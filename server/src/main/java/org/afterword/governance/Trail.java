package org.afterword.governance;

import java.time.InstantSource;
import java.util.Map;
import org.afterword.governance.internal.TrailRepository;
import org.afterword.identity.Caller;
import org.afterword.platform.ProblemException;
import org.afterword.platform.Tenancy;

/**
 * Who did what to what. An entry is part of the transaction that did it: both are stored, or neither is. The program cannot
 * change or remove one.
 */
public final class Trail {
    private static final int LARGEST_PAGE = 500;

    private final TrailRepository repository;
    private final Tenancy tenancy;
    private final InstantSource clock;

    public Trail(TrailRepository repository, Tenancy tenancy, InstantSource clock) {
        this.repository = repository;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    /**
     * Adds an entry in the running transaction.
     *
     * @param kind    such as {@code catalog.changed}
     * @param subject what it was done to: a kind of thing, a colon, its id
     * @param details what else is worth keeping; may be erased later, unlike the rest
     */
    public void record(Caller who, String kind, String subject, Map<String, ?> details) {
        record(who.actor(), kind, subject, details);
    }

    /** As above, for what no caller did. */
    public void record(String actor, String kind, String subject, Map<String, ?> details) {
        repository.insert(tenancy.current(), clock.instant(), actor, kind, subject, details);
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
        return repository.list(tenancy.current(), query, limit);
    }
}
