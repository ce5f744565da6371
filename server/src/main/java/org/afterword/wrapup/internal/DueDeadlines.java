package org.afterword.wrapup.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.afterword.desk.Desk;
import org.afterword.identity.AgentId;
import org.afterword.platform.DueWork;
import org.afterword.platform.DueWorkHandler;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.afterword.wrapup.WrapUp;
import org.afterword.wrapup.WrapUpId;
import org.jspecify.annotations.Nullable;

/**
 * Lets what is due take effect: deadlines of windows, the end of reopening times, or debts that become overdue. One transaction takes a whole batch;
 * its agents are locked in one order like everybody's.
 */
final class DueDeadlines implements DueWorkHandler {
    /** What the rules say of one wrap-up that is due. */
    interface Rule {
        Situation apply(Situation situation, WrapUpId id, Instant now);
    }

    /** When a wrap-up is due as it stands now; null if nothing is. */
    interface When {
        @Nullable
        Instant of(Situation situation, WrapUp wrapUp);
    }

    /** What is looked at of the agents whose wrap-ups are due. */
    interface Loading {
        Situations.Loaded of(List<AgentId> agents, List<WrapUpId> due, Instant now);
    }

    private static final int BATCH = 500;

    /**
     * A deadline takes effect within five seconds, also where the node that had claimed it vanished. Whose lease ends while it is
     * still at work does no harm: agents are locked, and who comes second finds that nothing is due any more.
     */
    private static final Duration LEASE = Duration.ofSeconds(3);

    private final String kind;
    private final When when;
    private final Rule rule;
    private final Loading loading;
    private final Tenancy tenancy;
    private final Desk desk;
    private final Situations situations;
    private final WrapUpRepository wrapUps;
    private final DueWork dueWork;
    private final InstantSource clock;

    DueDeadlines(
            String kind,
            When when,
            Rule rule,
            Loading loading,
            Tenancy tenancy,
            Desk desk,
            Situations situations,
            WrapUpRepository wrapUps,
            DueWork dueWork,
            InstantSource clock) {
        this.kind = kind;
        this.when = when;
        this.rule = rule;
        this.loading = loading;
        this.tenancy = tenancy;
        this.desk = desk;
        this.situations = situations;
        this.wrapUps = wrapUps;
        this.dueWork = dueWork;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public int batchSize() {
        return BATCH;
    }

    /** One reckons while the database writes for the other: ten thousand at once take their time in both. */
    @Override
    public int concurrency() {
        return 2;
    }

    @Override
    public Duration lease() {
        return LEASE;
    }

    @Override
    public void handle(TenantId tenant, List<DueWork.Item> items) {
        tenancy.run(tenant, () -> {
            List<WrapUpId> due =
                    items.stream().map(item -> new WrapUpId(item.id())).toList();
            List<AgentId> agents = wrapUps.agentsOf(tenant, due);
            desk.lock(agents);
            Instant now = clock.instant();
            Situations.Loaded before = loading.of(agents, due, now);
            Map<AgentId, Situation> after = after(before, items, now);
            // done first: what the rules plan anew under the same id must stay
            dueWork.done(items);
            situations.store(before, new ArrayList<>(after.values()), Deed.OF_THE_SYSTEM, now);
            replanEarly(items, after, now);
        });
    }

    /** What the rules say of everything that is due. A wrap-up is not there any more where it has moved on since it was planned. */
    private Map<AgentId, Situation> after(Situations.Loaded before, List<DueWork.Item> items, Instant now) {
        var after = new TreeMap<AgentId, Situation>();
        for (DueWork.Item item : items) {
            WrapUp wrapUp = before.wrapUps().get(new WrapUpId(item.id()));
            if (wrapUp != null) {
                Situation situation = after.getOrDefault(wrapUp.agent(), before.of(wrapUp.agent()));
                after.put(wrapUp.agent(), rule.apply(situation, wrapUp.id(), now));
            }
        }
        return after;
    }

    /** An item that was handed out before its time, because a clock differs, is planned again for what its wrap-up says. */
    private void replanEarly(List<DueWork.Item> items, Map<AgentId, Situation> after, Instant now) {
        var early = new HashMap<String, Instant>();
        for (DueWork.Item item : items) {
            if (item.dueAt().isAfter(now)) {
                var id = new WrapUpId(item.id());
                after.values().stream()
                        .filter(situation -> situation.wrapUps().containsKey(id))
                        .map(situation -> when.of(situation, situation.get(id)))
                        .filter(Objects::nonNull)
                        .forEach(due -> early.put(item.id(), due));
            }
        }
        dueWork.schedule(kind, early);
    }
}
