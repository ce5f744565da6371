package org.afterword.delivery.internal;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.afterword.governance.Trail;
import org.afterword.identity.Caller;
import org.afterword.platform.AllowedHosts;
import org.afterword.platform.DueWork;
import org.afterword.platform.Ids;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemException.Fault;
import org.afterword.platform.ProblemType;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.jspecify.annotations.Nullable;

/** The places that deliveries go to: sets them up, switches them on and off, and tells how they do. */
final class Connectors {
    record WithHealth(Connector connector, ConnectorHealth health) {}

    /** Why what was on its way to a removed webhook failed. */
    static final String REMOVED = "the webhook was removed";

    private final ConnectorRepository connectors;
    private final DeliveryRepository deliveries;
    private final Outlets outlets;
    private final AllowedHosts allowedHosts;
    private final Tenancy tenancy;
    private final DueWork dueWork;
    private final Trail trail;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    Connectors(
            ConnectorRepository connectors,
            DeliveryRepository deliveries,
            Outlets outlets,
            AllowedHosts allowedHosts,
            Tenancy tenancy,
            DueWork dueWork,
            Trail trail,
            InstantSource clock) {
        this.connectors = connectors;
        this.deliveries = deliveries;
        this.outlets = outlets;
        this.allowedHosts = allowedHosts;
        this.tenancy = tenancy;
        this.dueWork = dueWork;
        this.trail = trail;
        this.clock = clock;
    }

    List<WithHealth> list(TenantId tenant) {
        return tenancy.in(
                tenant,
                () -> connectors.list().stream()
                        .map(connector -> new WithHealth(connector, deliveries.health(connector.id())))
                        .toList());
    }

    List<Connector.Webhook> listWebhooks(TenantId tenant) {
        return list(tenant).stream()
                .map(WithHealth::connector)
                .filter(Connector.Webhook.class::isInstance)
                .map(Connector.Webhook.class::cast)
                .toList();
    }

    /** @throws ProblemException NOT_FOUND if there is none */
    WithHealth get(TenantId tenant, String id) {
        return tenancy.in(tenant, () -> {
            Connector connector = find(id);
            return new WithHealth(connector, deliveries.health(id));
        });
    }

    private Connector find(String id) {
        return connectors.find(id).orElseThrow(() -> ProblemException.notFound("connector", id));
    }

    /** @throws ProblemException INVALID naming the address or the events that cannot be taken */
    Connector.Webhook createWebhook(Caller caller, @Nullable String url, List<String> eventTypes) {
        Instant now = clock.instant();
        var webhook = new Connector.Webhook(
                Ids.at(now),
                true,
                Set.copyOf(checkedTypes(eventTypes)),
                checkedUrl(url),
                WebhookSecret.generate(random),
                now);
        tenancy.run(caller.tenant(), () -> {
            connectors.put(webhook, now);
            note(caller, "connector.created", webhook);
        });
        return webhook;
    }

    /** Changes what a webhook is sent and where; its secret stays. Deliveries that wait are sent to the new address. */
    WithHealth configureWebhook(Caller caller, String id, boolean enabled, String url, List<String> eventTypes) {
        Set<String> types = Set.copyOf(checkedTypes(eventTypes));
        URI address = checkedUrl(url);
        return tenancy.in(caller.tenant(), () -> {
            connectors.lock(id);
            if (!(find(id) instanceof Connector.Webhook webhook)) {
                throw ProblemException.notFound("webhook", id);
            }
            return put(
                    caller, new Connector.Webhook(id, enabled, types, address, webhook.secret(), webhook.createdAt()));
        });
    }

    WithHealth configureJsonLines(Caller caller, boolean enabled) {
        return tenancy.in(caller.tenant(), () -> {
            connectors.lock(Connector.JsonLines.ID);
            return put(caller, new Connector.JsonLines(enabled));
        });
    }

    private WithHealth put(Caller caller, Connector connector) {
        Instant now = clock.instant();
        connectors.put(connector, now);
        note(caller, "connector.changed", connector);
        if (connector.enabled()) {
            deliveries.resume(connector.id(), now);
            dueWork.schedule(DeliveryRepository.DUE_WORK, connector.id(), now);
        }
        return get(caller.tenant(), connector.id());
    }

    /** What is still on its way to it fails. */
    void removeWebhook(Caller caller, String id) {
        tenancy.run(caller.tenant(), () -> {
            connectors.lock(id);
            if (!connectors.removeWebhook(id, clock.instant())) {
                throw ProblemException.notFound("webhook", id);
            }
            dueWork.cancel(DeliveryRepository.DUE_WORK, List.of(id));
            deliveries.failAll(id, REMOVED);
            trail.record(caller, "connector.removed", "connector:" + id, Map.of());
        });
    }

    Outcome test(Caller caller, String id) {
        Connector connector = tenancy.in(caller.tenant(), () -> {
            trail.record(caller, "connector.tested", "connector:" + id, Map.of());
            return find(id);
        });
        return outlets.open(caller.tenant(), connector).test();
    }

    private void note(Caller caller, String kind, Connector connector) {
        var details = new HashMap<String, Object>();
        details.put("kind", connector.kind());
        details.put("enabled", connector.enabled());
        details.put("events", connector.eventTypes().stream().sorted().toList());
        if (connector instanceof Connector.Webhook webhook) {
            details.put("url", webhook.url().toString());
        }
        trail.record(caller, kind, "connector:" + connector.id(), details);
    }

    private URI checkedUrl(@Nullable String url) {
        if (url == null) {
            throw ProblemException.invalid("#/url", "is required");
        }
        URI address = ProblemException.parse("#/url", () -> URI.create(url));
        allowedHosts.objectionTo(address).ifPresent(objection -> {
            throw ProblemException.invalid("#/url", objection);
        });
        return address;
    }

    private static List<String> checkedTypes(List<String> eventTypes) {
        if (eventTypes.isEmpty()) {
            throw ProblemException.invalid("#/events", "must name at least one event");
        }
        var faults = new ArrayList<Fault>();
        for (int i = 0; i < eventTypes.size(); i++) {
            if (!OutgoingEvent.TYPES.contains(String.valueOf(eventTypes.get(i)))) {
                faults.add(new Fault(
                        "#/events/" + i,
                        "there is no event '%s', only %s"
                                .formatted(
                                        eventTypes.get(i),
                                        String.join(
                                                ", ",
                                                OutgoingEvent.TYPES.stream()
                                                        .sorted()
                                                        .toList()))));
            }
        }
        if (!faults.isEmpty()) {
            throw new ProblemException(ProblemType.INVALID, "Some events are not known.", faults);
        }
        return eventTypes;
    }
}
