package org.afterword.wrapup.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.afterword.catalog.CatalogVersion;
import org.afterword.catalog.Catalogs;
import org.afterword.conversation.Conversations;
import org.afterword.conversation.InteractionDetails;
import org.afterword.conversation.InteractionId;
import org.afterword.desk.Agent;
import org.afterword.desk.Desk;
import org.afterword.governance.Trail;
import org.afterword.identity.AgentId;
import org.afterword.platform.DueWork;
import org.afterword.platform.EventLog;
import org.afterword.platform.Meters;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.afterword.wrapup.DraftSource;
import org.afterword.wrapup.WrapUp;
import org.afterword.wrapup.WrapUpId;
import org.afterword.wrapup.WrapUpState;
import org.afterword.wrapup.WrapUpStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Loads agents with their wrap-ups and stores what the rules made of them: rows, deadlines and announcements, in the
 * running transaction. The agents must be locked ({@link Desk#lock}) before anything was written.
 */
@Component
class Situations {
    /** Due work: a deadline with its grace takes effect. */
    static final String DEADLINE = "wrapup.deadline";

    /** Due work: the reopening time of a completion is over. */
    static final String FINAL = "wrapup.final";

    /** Due work: a record that is owed is due. */
    static final String DEBT = "wrapup.debt";

    /** Due work: the rest of an agent is over. */
    static final String REST = "agent.rest";

    /** What the program does to records by itself. All else that it announces follows from events, which have a log of their own. */
    private static final Set<String> DONE_TO_RECORDS =
            Set.of("overdue", "deferred", "expired", "extended", "completed", "released", "contact-changed");

    private final Tenancy tenancy;
    private final Desk desk;
    private final Conversations conversations;
    private final WrapUpRepository wrapUps;
    private final RecordRepository records;
    private final DraftSource drafts;
    private final Catalogs catalogs;
    private final DueWork dueWork;
    private final EventLog eventLog;
    private final Trail trail;

    Situations(
            Tenancy tenancy,
            Desk desk,
            Conversations conversations,
            WrapUpRepository wrapUps,
            RecordRepository records,
            DraftSource drafts,
            Catalogs catalogs,
            DueWork dueWork,
            EventLog eventLog,
            Trail trail) {
        this.tenancy = tenancy;
        this.desk = desk;
        this.conversations = conversations;
        this.wrapUps = wrapUps;
        this.records = records;
        this.drafts = drafts;
        this.catalogs = catalogs;
        this.dueWork = dueWork;
        this.eventLog = eventLog;
        this.trail = trail;
    }

    /** What was loaded, to be compared with when it is stored, and what goes with it. */
    final class Loaded {
        private final Map<AgentId, Situation> situations;
        private final Map<AgentId, Agent> agents;
        private final Map<WrapUpId, WrapUp> wrapUps;
        private final Supplier<CatalogVersion> catalog;
        private final Map<InteractionId, InteractionDetails> details;
        private final Set<InteractionId> detailed;

        private Loaded(
                Map<AgentId, Agent> agents,
                Map<WrapUpId, WrapUp> wrapUps,
                Supplier<CatalogVersion> catalog,
                Set<InteractionId> detailed,
                Map<InteractionId, InteractionDetails> details) {
            this.agents = agents;
            this.wrapUps = wrapUps;
            this.catalog = catalog;
            this.detailed = detailed;
            this.details = details;
            this.situations = situations(agents, wrapUps);
        }

        Situation of(AgentId agent) {
            Situation situation = situations.get(agent);
            if (situation == null) {
                throw new IllegalStateException("agent %s was not loaded".formatted(agent));
            }
            return situation;
        }

        Map<AgentId, Agent> agents() {
            return agents;
        }

        Map<WrapUpId, WrapUp> wrapUps() {
            return wrapUps;
        }

        CatalogVersion catalog() {
            return catalog.get();
        }

        /** What is known of these, and perhaps of others; read where it was not yet. */
        Map<InteractionId, InteractionDetails> details(Collection<InteractionId> interactions) {
            var missing = new TreeSet<>(interactions);
            missing.removeAll(detailed);
            if (!missing.isEmpty()) {
                details.putAll(conversations.details(missing).get());
                detailed.addAll(missing);
            }
            return details;
        }
    }

    /** The agents with their live wrap-ups, and with all wrap-ups that they have in {@code interactions}. */
    Loaded load(Collection<AgentId> agents, Collection<InteractionId> interactions, Instant now) {
        return load(agents, wrapUps.ofInteractions(tenancy.current(), interactions), interactions, now);
    }

    /** The agent of {@code known} with its live wrap-ups, and that one as it is now, whatever its state. */
    Loaded loadWith(WrapUp known, Instant now) {
        return load(
                List.of(known.agent()),
                wrapUps.byIds(tenancy.current(), List.of(known.id())),
                List.of(known.interaction()),
                now);
    }

    /** The agents with their live wrap-ups, and with these, whatever their state. */
    Loaded loadNamed(Collection<AgentId> agents, Collection<WrapUpId> ids, Instant now) {
        return load(agents, wrapUps.byIds(tenancy.current(), ids), List.of(), now);
    }

    /** All in one message to the database. */
    private Loaded load(
            Collection<AgentId> agentIds,
            Supplier<List<WrapUp>> asked,
            Collection<InteractionId> interactions,
            Instant now) {
        Supplier<Map<AgentId, Agent>> agents = desk.load(agentIds);
        Supplier<List<WrapUp>> live = wrapUps.live(tenancy.current(), agentIds, now);
        Supplier<CatalogVersion> catalog = catalogs.ask();
        Supplier<Map<InteractionId, InteractionDetails>> details = conversations.details(interactions);
        var found = new LinkedHashMap<WrapUpId, WrapUp>();
        live.get().forEach(wrapUp -> found.put(wrapUp.id(), wrapUp));
        asked.get().forEach(wrapUp -> found.put(wrapUp.id(), wrapUp));
        return new Loaded(agents.get(), found, catalog, new TreeSet<>(interactions), new HashMap<>(details.get()));
    }

    private static Map<AgentId, Situation> situations(Map<AgentId, Agent> agents, Map<WrapUpId, WrapUp> wrapUps) {
        var ofAgent = new HashMap<AgentId, List<WrapUp>>();
        wrapUps.values()
                .forEach(w -> ofAgent.computeIfAbsent(w.agent(), id -> new ArrayList<>())
                        .add(w));
        var situations = new TreeMap<AgentId, Situation>();
        agents.forEach((id, agent) -> situations.put(id, Situation.of(agent, ofAgent.getOrDefault(id, List.of()))));
        return situations;
    }

    /** Stores what became of {@code before}, and says in the trail whose doing it is. */
    void store(Loaded before, Collection<Situation> decided, Deed deed, Instant now) {
        TenantId tenant = tenancy.current();
        List<Situation> after = decided.stream()
                .map(situation -> RestRules.over(situation, now))
                .toList();
        desk.store(before.agents(), after.stream().map(Situation::agent).toList(), now);
        var changed = new ArrayList<WrapUp>();
        for (Situation situation : after) {
            for (WrapUp wrapUp : situation.wrapUps().values()) {
                if (!wrapUp.equals(before.wrapUps().get(wrapUp.id()))) {
                    changed.add(wrapUp);
                }
            }
        }
        wrapUps.move(
                tenant,
                changed.stream()
                        .filter(wrapUp -> hasMoved(before.wrapUps().get(wrapUp.id()), wrapUp))
                        .toList());
        wrapUps.put(tenant, changed);
        keepExpired(tenant, before, changed, now);
        plan(before, after, changed);
        planRests(before, after);
        announce(before, after, deed, now);
        tellRests(before, after, now);
        note(after, deed);
    }

    private static boolean hasMoved(@Nullable WrapUp old, WrapUp now) {
        return old != null && !old.span().startedAt().equals(now.span().startedAt());
    }

    private void note(Collection<Situation> after, Deed deed) {
        var entries = new ArrayList<Trail.NewEntry>();
        for (Situation situation : after) {
            for (Situation.Announcement said : situation.announcements()) {
                if (deed.isOfTheSystem() && !DONE_TO_RECORDS.contains(said.type())) {
                    continue;
                }
                entries.add(new Trail.NewEntry(
                        deed.actor(),
                        "wrapup." + said.type(),
                        "wrap-up:" + said.wrapUp(),
                        deed.isOfTheSystem()
                                ? grounds(situation.get(said.wrapUp()))
                                : said.wrapUp().equals(deed.about()) ? deed.details() : Map.of()));
            }
        }
        trail.record(entries);
    }

    /** By what the program acted, which is all that it knows about it. */
    private static Map<String, ?> grounds(WrapUp wrapUp) {
        var grounds = new LinkedHashMap<String, Object>();
        if (wrapUp.policy() != null) {
            grounds.put("policy", wrapUp.policy().rule());
            grounds.put("catalogVersion", wrapUp.policy().version());
        }
        switch (wrapUp.state()) {
            case WrapUpState.Deferred deferred ->
                grounds.put("cause", deferred.cause().name());
            case WrapUpState.Expired expired -> grounds.put("cause", expired.reason());
            case WrapUpState.Completed c
            when wrapUp.confirmedBy() != null -> grounds.put("approvedBy", wrapUp.confirmedBy());
            case WrapUpState.Completed c -> {}
            case WrapUpState.Preparing p -> {}
            case WrapUpState.Open o -> {}
            case WrapUpState.Overdue o -> {}
        }
        return grounds;
    }

    /** A record that policy closed keeps what was drafted, known as that: the time ran out, nobody said so. */
    private void keepExpired(TenantId tenant, Loaded before, List<WrapUp> changed, Instant now) {
        List<WrapUp> expired = changed.stream()
                .filter(wrapUp -> wrapUp.status() == WrapUpStatus.EXPIRED)
                .filter(wrapUp -> {
                    WrapUp old = before.wrapUps().get(wrapUp.id());
                    return old == null || old.status() != WrapUpStatus.EXPIRED;
                })
                .toList();
        Map<InteractionId, DraftSource.Proposal> proposals = drafts.find(expired.stream()
                        .filter(wrapUp -> !wrapUp.isPart())
                        .map(WrapUp::interaction)
                        .toList())
                .get();
        for (WrapUp wrapUp : expired) {
            DraftSource.Proposal proposal = proposals.get(wrapUp.interaction());
            if (proposal != null && !proposal.isWithheld() && !wrapUp.isPart()) {
                StoredRecord stored = records.get(tenant, wrapUp.id());
                RecordView kept =
                        RecordView.of(stored, proposal.under(wrapUp.policy())).timedOut(now);
                records.put(tenant, stored.next(kept.record(), kept.provenance()), now);
            }
        }
    }

    private void plan(Loaded before, Collection<Situation> after, List<WrapUp> changed) {
        var deadlines = new TreeMap<String, Instant>();
        var finals = new TreeMap<String, Instant>();
        var debts = new TreeMap<String, Instant>();
        var noDeadline = new ArrayList<String>();
        var noFinal = new ArrayList<String>();
        var noDebt = new ArrayList<String>();
        // when one is due may depend on what was split off it
        Set<WrapUpId> concerned = new TreeSet<>();
        changed.forEach(wrapUp -> concerned.add(wrapUp.partOf() == null ? wrapUp.id() : wrapUp.partOf()));
        for (Situation situation : after) {
            Situation was = before.of(situation.agent().id());
            for (WrapUp wrapUp : situation.wrapUps().values()) {
                if (concerned.contains(wrapUp.id())) {
                    WrapUp old = was.wrapUps().get(wrapUp.id());
                    replan(
                            wrapUp.id(),
                            old == null ? null : deadline(was, old),
                            deadline(situation, wrapUp),
                            deadlines,
                            noDeadline);
                }
            }
        }
        for (WrapUp wrapUp : changed) {
            WrapUp old = before.wrapUps().get(wrapUp.id());
            replan(wrapUp.id(), old == null ? null : finalAt(old), finalAt(wrapUp), finals, noFinal);
            replan(wrapUp.id(), old == null ? null : debtDueAt(old), debtDueAt(wrapUp), debts, noDebt);
        }
        dueWork.schedule(DEADLINE, deadlines);
        dueWork.cancel(DEADLINE, noDeadline);
        dueWork.schedule(FINAL, finals);
        dueWork.cancel(FINAL, noFinal);
        dueWork.schedule(DEBT, debts);
        dueWork.cancel(DEBT, noDebt);
    }

    private void countOverdue(Collection<Situation> after) {
        long overdue = after.stream()
                .flatMap(situation -> situation.announcements().stream())
                .filter(said -> said.type().equals(DebtRules.OVERDUE))
                .count();
        if (overdue > 0) {
            TenantId tenant = tenancy.current();
            Tenancy.afterCommit(() -> Meters.count("afterword.wrapup.debts.overdue", tenant, overdue));
        }
    }

    /** The end of the rest that an agent is in; one that waits for its rest has none yet. */
    private void planRests(Loaded before, List<Situation> after) {
        var ends = new TreeMap<String, Instant>();
        var none = new ArrayList<String>();
        for (Situation situation : after) {
            Agent agent = situation.agent();
            Instant end = restEnd(agent);
            Instant known = restEnd(before.of(agent.id()).agent());
            if (end != null && !end.equals(known)) {
                ends.put(agent.id().value(), end);
            } else if (end == null && known != null) {
                none.add(agent.id().value());
            }
        }
        dueWork.schedule(REST, ends);
        dueWork.cancel(REST, none);
    }

    /** Null if the agent is in none. */
    static @Nullable Instant restEnd(Agent agent) {
        Instant until = agent.restsUntil();
        return Instant.MAX.equals(until) ? null : until;
    }

    private void tellRests(Loaded before, List<Situation> after, Instant now) {
        var news = new RestNews(now);
        after.forEach(situation -> news.add(before.of(situation.agent().id()).agent(), situation.agent()));
        eventLog.append(news.events(before::details));
    }

    private static void replan(
            WrapUpId id,
            @Nullable Instant before,
            @Nullable Instant after,
            Map<String, Instant> planned,
            List<String> cancelled) {
        if (after != null && !after.equals(before)) {
            planned.put(id.value(), after);
        } else if (after == null && before != null) {
            cancelled.add(id.value());
        }
    }

    /** When something is due to happen to it by itself; null if nothing is. */
    static @Nullable Instant deadline(Situation situation, WrapUp wrapUp) {
        return AfterCallRules.dueAt(situation, wrapUp).orElse(null);
    }

    /** When it becomes overdue as a debt; null if it is none, or that was announced. */
    static @Nullable Instant debtDueAt(WrapUp wrapUp) {
        return DebtRules.dueAt(wrapUp).orElse(null);
    }

    /** When the time for reopening is over; null if it is, or does not run. */
    static @Nullable Instant finalAt(WrapUp wrapUp) {
        return wrapUp.state() instanceof WrapUpState.Completed completed && !completed.isFinal()
                ? completed.finalAt()
                : null;
    }

    private void announce(Loaded before, Collection<Situation> after, Deed deed, Instant now) {
        Set<InteractionId> interactions = new TreeSet<>();
        Set<WrapUpId> withRecord = new TreeSet<>();
        for (Situation situation : after) {
            for (Situation.Announcement said : situation.announcements()) {
                interactions.add(situation.get(said.wrapUp()).interaction());
                if (said.type().equals("completed") || said.type().equals("revised")) {
                    withRecord.add(said.wrapUp());
                }
            }
        }
        if (interactions.isEmpty()) {
            return;
        }
        Supplier<Map<WrapUpId, StoredRecord>> confirmed = records.load(tenancy.current(), withRecord);
        Map<InteractionId, InteractionDetails> details = before.details(interactions);
        countOverdue(after);
        var announcer = new Announcer(before.catalog().catalog());
        var events = new ArrayList<EventLog.NewEvent>();
        for (Situation situation : after) {
            // all that is said of a wrap-up tells how it is in the end; the last of it also what let the agent go
            var last = new HashMap<WrapUpId, Integer>();
            List<Situation.Announcement> announcements = situation.announcements();
            for (int i = 0; i < announcements.size(); i++) {
                last.put(announcements.get(i).wrapUp(), i);
            }
            for (int i = 0; i < announcements.size(); i++) {
                Situation.Announcement said = announcements.get(i);
                WrapUp wrapUp = situation.get(said.wrapUp());
                events.add(new EventLog.NewEvent(
                        now,
                        "wrapup." + said.type(),
                        wrapUp.id().value(),
                        wrapUp.interaction().value(),
                        announcer.data(
                                wrapUp,
                                situation.agent(),
                                details.getOrDefault(wrapUp.interaction(), InteractionDetails.UNKNOWN),
                                said.type().equals("preparing"),
                                Objects.equals(last.get(wrapUp.id()), i)
                                        ? Release.between(before.wrapUps().get(wrapUp.id()), wrapUp, situation, deed)
                                        : null,
                                withRecord.contains(wrapUp.id())
                                        ? confirmed.get().get(wrapUp.id())
                                        : null,
                                now)));
            }
        }
        eventLog.append(events);
    }
}
