package org.afterword.catalog;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.afterword.catalog.internal.CatalogChanges;
import org.afterword.catalog.internal.CatalogDocument;
import org.afterword.catalog.internal.CatalogKind;
import org.afterword.catalog.internal.CatalogRepository;
import org.afterword.catalog.internal.ProposedPolicies;
import org.afterword.governance.Trail;
import org.afterword.identity.Caller;
import org.afterword.platform.Json;
import org.afterword.platform.ProblemException;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;

/**
 * What a tenant declares about its work, as one immutable value. All calls are part of the tenant's running transaction.
 * Reading asks the database for the version number alone, as long as that has not changed.
 */
public final class Catalogs {
    private final CatalogRepository repository;
    private final Tenancy tenancy;
    private final Trail trail;
    private final InstantSource clock;
    private final Map<TenantId, CatalogVersion> recent = new ConcurrentHashMap<>();

    public Catalogs(CatalogRepository repository, Tenancy tenancy, Trail trail, InstantSource clock) {
        this.repository = repository;
        this.tenancy = tenancy;
        this.trail = trail;
        this.clock = clock;
    }

    /** The catalog as it is now; an empty one if the tenant has declared nothing. */
    public Catalog get() {
        return current().catalog();
    }

    /** As {@link #get}, with the number to recognize it by. */
    public CatalogVersion current() {
        return ask().get();
    }

    /** As {@link #current}, to be taken in the same transaction. */
    public Supplier<CatalogVersion> ask() {
        TenantId tenant = tenancy.current();
        Supplier<Integer> number = repository.currentVersion(tenant);
        return () -> version(tenant, number.get());
    }

    private CatalogVersion version(TenantId tenant, int number) {
        CatalogVersion known = recent.get(tenant);
        if (known != null && known.number() == number) {
            return known;
        }
        var read = new CatalogVersion(number, CatalogDocument.assemble(repository.items(tenant, number)));
        recent.put(tenant, read);
        return read;
    }

    /** A version of the past, 0 for what was before the first; empty if there was none of this number. */
    public Optional<CatalogVersion> find(int number) {
        TenantId tenant = tenancy.current();
        return number < 0 || number > repository.currentVersion(tenant).get()
                ? Optional.empty()
                : Optional.of(new CatalogVersion(number, CatalogDocument.assemble(repository.items(tenant, number))));
    }

    /**
     * A rule as somebody left it.
     *
     * @param version the version of the catalog that it came with
     * @param by      as the trail names them
     */
    public record PolicyStep(int version, Instant at, String by, PolicyRule rule) {}

    /** What became of rules up to a version, by code, each from its newest state to its first. */
    public Map<String, List<PolicyStep>> policyHistory(Collection<String> codes, long version) {
        return repository.history(tenancy.current(), CatalogKind.POLICIES, codes, version).stream()
                .collect(Collectors.groupingBy(
                        CatalogRepository.Step::code,
                        Collectors.mapping(
                                step -> new PolicyStep(
                                        step.version(),
                                        step.at(),
                                        step.by(),
                                        Json.mapper().treeToValue(step.item(), PolicyRule.class)),
                                Collectors.toList())));
    }

    /**
     * What the next version would be with other policies, checked as saving them would. Nothing is saved.
     *
     * @throws ProblemException INVALID naming every place that saving would refuse, as seen from the proposal
     */
    public CatalogVersion proposed(PolicyProposal proposal) {
        CatalogVersion present = current();
        return new CatalogVersion(present.number() + 1, ProposedPolicies.over(present.catalog(), proposal));
    }

    /** Replaces the whole catalog. One that is equal to what there is makes no new version. */
    public CatalogVersion put(Catalog catalog, Caller by) {
        return change(old -> catalog, by.actor());
    }

    /**
     * Replaces the catalog by what {@code change} makes of it; nobody else changes it meanwhile.
     *
     * @throws ProblemException whatever {@code change} throws; then nothing has changed
     */
    public CatalogVersion change(CatalogChange change, Caller by) {
        return change(change, by.actor());
    }

    /** As {@link #change(CatalogChange, Caller)}, for what no caller does. */
    CatalogVersion change(CatalogChange change, String actor) {
        TenantId tenant = tenancy.current();
        tenancy.lock("catalog", List.of("all"));
        CatalogVersion old = current();
        Catalog wanted = change.from(old);
        var changes = CatalogChanges.between(old.catalog(), wanted);
        if (changes.isEmpty()) {
            return old;
        }
        int number = old.number() + 1;
        repository.store(tenant, number, clock.instant(), actor, changes);
        trail.record(actor, "catalog.changed", "catalog:" + number, changes.summary());
        return new CatalogVersion(number, wanted);
    }
}
