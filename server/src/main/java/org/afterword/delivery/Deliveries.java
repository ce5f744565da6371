package org.afterword.delivery;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.afterword.delivery.internal.DeliveryRepository;
import org.afterword.governance.Trail;
import org.afterword.identity.Caller;
import org.afterword.platform.DueWork;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemType;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;

/** What is on its way to other systems, what arrived and what failed. */
public final class Deliveries {
    private final DeliveryRepository repository;
    private final Tenancy tenancy;
    private final DueWork dueWork;
    private final Trail trail;
    private final InstantSource clock;

    public Deliveries(
            DeliveryRepository repository, Tenancy tenancy, DueWork dueWork, Trail trail, InstantSource clock) {
        this.repository = repository;
        this.tenancy = tenancy;
        this.dueWork = dueWork;
        this.trail = trail;
        this.clock = clock;
    }

    /** Newest first, with their attempts. */
    public List<Delivery> list(TenantId tenant, Delivery.Filter filter) {
        return tenancy.in(tenant, () -> {
            tenancy.planByArguments();
            return repository.list(filter);
        });
    }

    /** @throws ProblemException NOT_FOUND if there is none */
    public Delivery get(TenantId tenant, String id) {
        return tenancy.in(tenant, () -> repository.find(id))
                .orElseThrow(() -> ProblemException.notFound("delivery", id));
    }

    /**
     * Tries a delivery now, and for as long as a new one: one that failed, or one that waits for its next attempt.
     *
     * @throws ProblemException NOT_FOUND if there is none, CONFLICT if it has arrived
     */
    public Delivery retry(Caller caller, String id) {
        return tenancy.in(caller.tenant(), () -> {
            Instant now = clock.instant();
            Optional<String> connector = repository.tryAgain(id, now);
            if (connector.isPresent()) {
                dueWork.schedule(DeliveryRepository.DUE_WORK, connector.get(), now);
                trail.record(caller, "delivery.retried", "delivery:" + id, Map.of());
            } else if (get(caller.tenant(), id).state() == Delivery.State.DELIVERED) {
                throw new ProblemException(ProblemType.CONFLICT, "Delivery '%s' has arrived.".formatted(id));
            }
            return get(caller.tenant(), id);
        });
    }
}
