package org.afterword.wrapup.internal;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.afterword.catalog.Catalogs;
import org.afterword.catalog.Queue;
import org.afterword.conversation.Channel;
import org.afterword.desk.Desk;
import org.afterword.desk.Routing;
import org.afterword.identity.AgentId;
import org.afterword.platform.DueWork;
import org.afterword.platform.DueWorkHandler;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.springframework.stereotype.Component;

/**
 * Gives agents of a quiet queue time of their own to finish records that they owe. Who owes the oldest comes first, and never more
 * have it at once than the queue says. What was given is kept when the queue gets busy: it is short, and it was promised.
 */
@Component
class ProtectedTime implements DueWorkHandler {
    /** Due work: a queue was told to be quiet. */
    static final String KIND = "queue.quiet";

    private final Tenancy tenancy;
    private final Desk desk;
    private final Routing routing;
    private final Situations situations;
    private final WrapUpRepository wrapUps;
    private final Surges surges;
    private final Catalogs catalogs;
    private final DueWork dueWork;
    private final InstantSource clock;

    ProtectedTime(
            Tenancy tenancy,
            Desk desk,
            Routing routing,
            Situations situations,
            WrapUpRepository wrapUps,
            Surges surges,
            Catalogs catalogs,
            DueWork dueWork,
            InstantSource clock) {
        this.tenancy = tenancy;
        this.desk = desk;
        this.routing = routing;
        this.situations = situations;
        this.wrapUps = wrapUps;
        this.surges = surges;
        this.catalogs = catalogs;
        this.dueWork = dueWork;
        this.clock = clock;
    }

    /** @param owing who could be given time, the most urgent first; @param room for how many more */
    private record Plan(Queue queue, List<AgentId> owing, int room) {}

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public int batchSize() {
        return 20;
    }

    @Override
    public void handle(TenantId tenant, List<DueWork.Item> items) {
        for (DueWork.Item item : items) {
            tenancy.in(tenant, () -> plan(tenant, item.id())).ifPresent(plan -> give(tenant, plan));
            tenancy.run(tenant, () -> dueWork.done(item));
        }
    }

    private Optional<Plan> plan(TenantId tenant, String code) {
        Optional<Queue> queue = catalogs.get().findQueue(code).filter(known -> known.calm() != null);
        if (queue.isEmpty() || !surges.find(code).isQuiet(clock.instant())) {
            return Optional.empty();
        }
        List<AgentId> eligible = routing.eligible(tenant, Channel.VOICE, code).stream()
                .map(Routing.Eligible::agentId)
                .toList();
        int protectedNow = routing.inProtectedTime(code);
        int most = (eligible.size() + protectedNow) * mostPercent(queue.get()) / 100;
        return most <= protectedNow
                ? Optional.empty()
                : Optional.of(new Plan(queue.get(), wrapUps.owing(tenant, eligible), most - protectedNow));
    }

    private static int mostPercent(Queue queue) {
        return queue.calm() == null ? 0 : queue.calm().mostPercent();
    }

    /** Each in a transaction of its own, by what is true of the agent then. */
    private void give(TenantId tenant, Plan plan) {
        int room = plan.room();
        for (Iterator<AgentId> owing = plan.owing().iterator(); room > 0 && owing.hasNext(); ) {
            AgentId agent = owing.next();
            room -= tenancy.in(tenant, () -> give(agent, plan.queue())) ? 1 : 0;
        }
    }

    private boolean give(AgentId agent, Queue queue) {
        desk.lock(List.of(agent));
        Instant now = clock.instant();
        Situations.Loaded before = situations.load(List.of(agent), List.of(), now);
        Situation situation = before.of(agent);
        Situation after = RestRules.protectedTime(situation, queue, now);
        situations.store(before, List.of(after), Deed.OF_THE_SYSTEM, now);
        return after != situation;
    }
}
