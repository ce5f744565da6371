package org.afterword.desk;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.afterword.catalog.Catalogs;
import org.afterword.catalog.Queue;
import org.afterword.conversation.Channel;
import org.afterword.conversation.InteractionId;
import org.afterword.desk.internal.AgentRepository;
import org.afterword.governance.Trail;
import org.afterword.identity.AgentId;
import org.afterword.identity.Caller;
import org.afterword.platform.EventLog;
import org.afterword.platform.Ids;
import org.afterword.platform.Meters;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemType;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Who may be offered work, and keeping one agent free for one interaction; each call has transactions of its own. */
@Service
public class Routing {
    private static final String LOCK_SPACE = "reservation";
    private static final int LISTED = 500;

    private final Tenancy tenancy;
    private final Desk desk;
    private final AgentRepository agents;
    private final Catalogs catalogs;
    private final EventLog eventLog;
    private final Trail trail;
    private final InstantSource clock;

    public Routing(
            Tenancy tenancy,
            Desk desk,
            AgentRepository agents,
            Catalogs catalogs,
            EventLog eventLog,
            Trail trail,
            InstantSource clock) {
        this.tenancy = tenancy;
        this.desk = desk;
        this.agents = agents;
        this.catalogs = catalogs;
        this.eventLog = eventLog;
        this.trail = trail;
        this.clock = clock;
    }

    /** @param idleSince the end of the last busy interval, or the sign-in */
    public record Eligible(
            AgentId agentId,
            @Nullable String name,
            @Nullable Instant idleSince,
            int freeUnits) {}

    /** Who may be offered work of this kind now, longest idle first. A queue that the catalog does not know asks no skills. */
    public List<Eligible> eligible(TenantId tenant, Channel channel, @Nullable String queue) {
        return tenancy.in(tenant, () -> {
            Instant now = clock.instant();
            List<AgentId> order =
                    agents.offerable(tenant, skills(queue), channel == Channel.VOICE, now, Set.of(), LISTED);
            Map<AgentId, Agent> loaded = agents.load(tenant, order).get();
            return order.stream()
                    .map(id -> Optional.ofNullable(loaded.get(id)))
                    .flatMap(Optional::stream)
                    .filter(agent -> mayTake(agent, channel, queue, now))
                    .map(agent -> new Eligible(
                            agent.id(),
                            agent.profile().name(),
                            agent.idleSince(),
                            agent.profile().capacity() - agent.load(now)))
                    .toList();
        });
    }

    /** How many agents of a queue have time of their own for records that they owe, in the running transaction. */
    public int inProtectedTime(@Nullable String queue) {
        return agents.inRest(tenancy.current(), Rest.Kind.OWED_WORK, skills(queue), clock.instant());
    }

    /**
     * Reserves the agent that has been idle longest. A repeat for the same interaction answers the reservation that holds. Each agent
     * that is tried is a transaction: who waits for one has no other locked, or two could wait for each other.
     *
     * @param hold 1 s to 2 min
     * @throws ProblemException NOBODY_ELIGIBLE
     */
    public Reservation reserve(
            Caller caller, InteractionId interaction, Channel channel, @Nullable String queue, Duration hold) {
        var tried = new HashSet<AgentId>();
        while (true) {
            Optional<Reservation> reserved =
                    tenancy.in(caller.tenant(), () -> reserveNext(caller, interaction, channel, queue, hold, tried));
            if (reserved.isPresent()) {
                return reserved.get();
            }
        }
    }

    /** Empty if the next agent that seemed to be eligible is not any more; it is among those {@code tried} then. */
    private Optional<Reservation> reserveNext(
            Caller caller,
            InteractionId interaction,
            Channel channel,
            @Nullable String queue,
            Duration hold,
            Set<AgentId> tried) {
        TenantId tenant = caller.tenant();
        tenancy.lock(LOCK_SPACE, List.of(interaction.value()));
        Instant now = clock.instant();
        Optional<Reservation> known = agents.reservationFor(tenant, interaction);
        if (known.isPresent() && known.get().isLive(now)) {
            return known;
        }
        // agents that another transaction is changing are passed over first, and waited for only if nobody else is left
        AgentId candidate = agents.lockOfferable(tenant, skills(queue), channel == Channel.VOICE, now, tried)
                .or(() -> agents.offerable(tenant, skills(queue), channel == Channel.VOICE, now, tried, 1).stream()
                        .findFirst())
                .orElseThrow(() -> nobodyEligible(tenant, channel, queue));
        desk.lock(List.of(candidate));
        Map<AgentId, Agent> before = desk.load(List.of(candidate)).get();
        Agent agent = before.getOrDefault(candidate, Agent.unknown(candidate));
        if (!mayTake(agent, channel, queue, now)) {
            tried.add(candidate);
            return Optional.empty();
        }
        var reservation = new Reservation(
                Ids.at(now),
                interaction,
                candidate,
                channel,
                queue,
                Leg.unitsOf(channel, agent.profile().capacity()),
                now,
                now.plus(hold));
        // written only now: nothing may be written before the last lock is taken
        known.ifPresent(gone -> agents.endReservation(tenant, gone.id(), now));
        desk.store(before, List.of(agent.reserve(reservation)), now);
        eventLog.append(new EventLog.NewEvent(
                now, "routing.reserved", reservation.id(), interaction.value(), Reserved.of(reservation)));
        trail.record(
                caller,
                "agent.reserved",
                "agent:" + candidate,
                Map.of("reservationId", reservation.id(), "interactionId", interaction.value()));
        return Optional.of(reservation);
    }

    /** Counted, not logged: who routes may ask for each waiting contact every second. */
    private static ProblemException nobodyEligible(TenantId tenant, Channel channel, @Nullable String queue) {
        Meters.count("afterword.gate.refusals", tenant, 1);
        return new ProblemException(
                ProblemType.NOBODY_ELIGIBLE,
                "No signed-in, available agent has room for %s work%s."
                        .formatted(
                                channel.name().toLowerCase(Locale.ROOT),
                                queue == null ? "" : " of queue '" + queue + "'"));
    }

    /** The data of {@code routing.reserved}. */
    record Reserved(
            String reservationId,
            AgentId agentId,
            Channel channel,
            @Nullable String queue,
            int units,
            Instant expiresAt) {
        static Reserved of(Reservation reservation) {
            return new Reserved(
                    reservation.id(),
                    reservation.agent(),
                    reservation.channel(),
                    reservation.queue(),
                    reservation.units(),
                    reservation.expiresAt());
        }
    }

    /** Gives a reserved agent back. Answers false if there is no such reservation any more. */
    public boolean cancel(Caller caller, String reservationId) {
        TenantId tenant = caller.tenant();
        return tenancy.in(tenant, () -> {
            Optional<Reservation> found = agents.reservation(tenant, reservationId);
            if (found.isEmpty()) {
                return false;
            }
            AgentId id = found.get().agent();
            desk.lock(List.of(id));
            Map<AgentId, Agent> before = desk.load(List.of(id)).get();
            Agent agent = before.getOrDefault(id, Agent.unknown(id));
            desk.store(before, List.of(agent.unreserve(found.get().interaction())), clock.instant());
            trail.record(caller, "agent.unreserved", "agent:" + id, Map.of("reservationId", reservationId));
            return true;
        });
    }

    private boolean mayTake(Agent agent, Channel channel, @Nullable String queue, Instant now) {
        return agent.isEligible(Leg.unitsOf(channel, agent.profile().capacity()), skills(queue), now);
    }

    private List<String> skills(@Nullable String queue) {
        return catalogs.get().findQueue(queue).map(Queue::requiredSkills).orElse(List.of());
    }
}
