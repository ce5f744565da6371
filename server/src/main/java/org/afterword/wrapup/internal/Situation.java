package org.afterword.wrapup.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.afterword.desk.Agent;
import org.afterword.desk.LegKey;
import org.afterword.wrapup.WrapUp;
import org.afterword.wrapup.WrapUpId;
import org.afterword.wrapup.WrapUpState;

/**
 * One agent with its wrap-ups: what changes together, under one lock, in one transaction.
 *
 * @param wrapUps       those that are not ended, and those that can be reopened or are corrected
 * @param announcements what happened since the situation was loaded, oldest first
 */
record Situation(Agent agent, Map<WrapUpId, WrapUp> wrapUps, List<Announcement> announcements) {

    /** Something to be written to the event log about a wrap-up: {@code type} without its prefix {@code wrapup.}. */
    record Announcement(String type, WrapUpId wrapUp) {}

    Situation {
        wrapUps = new TreeMap<>(wrapUps);
        announcements = List.copyOf(announcements);
    }

    static Situation of(Agent agent, List<WrapUp> wrapUps) {
        var byId = new TreeMap<WrapUpId, WrapUp>();
        wrapUps.forEach(wrapUp -> byId.put(wrapUp.id(), wrapUp));
        return new Situation(agent, byId, List.of());
    }

    WrapUp get(WrapUpId id) {
        WrapUp wrapUp = wrapUps.get(id);
        if (wrapUp == null) {
            throw new IllegalStateException("wrap-up %s is not among those of agent %s".formatted(id, agent.id()));
        }
        return wrapUp;
    }

    /** The wrap-up of a leg that holds its units; what was split off it comes by {@link #partsOf}. */
    Optional<WrapUp> findByLeg(LegKey leg) {
        return wrapUps.values().stream()
                .filter(w -> w.leg().equals(leg) && !w.isPart())
                .findFirst();
    }

    /** What was split off a wrap-up, in the order of their ids; ends may be missing. */
    List<WrapUp> partsOf(WrapUp first) {
        return wrapUps.values().stream()
                .filter(w -> first.id().equals(w.partOf()))
                .toList();
    }

    /** The first one of the leg of a wrap-up, which may be itself. It is there as long as anything of the leg holds the agent. */
    WrapUp firstOf(WrapUp wrapUp) {
        return get(wrapUp.partOf() == null ? wrapUp.id() : wrapUp.partOf());
    }

    /** The first one of the leg, if it holds the agent. */
    Optional<WrapUp> findHolding(WrapUp part) {
        return Optional.ofNullable(part.partOf())
                .map(wrapUps::get)
                .filter(first -> first.state().holds());
    }

    /** Those that were not split off others. */
    List<WrapUp> firstOnes() {
        return wrapUps.values().stream().filter(w -> !w.isPart()).toList();
    }

    /** All of them, each before what was split off it. */
    List<WrapUp> inOrder() {
        return Stream.concat(firstOnes().stream(), wrapUps.values().stream().filter(WrapUp::isPart))
                .toList();
    }

    /** The wrap-ups that hold the agent, in the order of their ids. */
    List<WrapUp> holding() {
        return firstOnes().stream().filter(w -> w.state().holds()).toList();
    }

    Situation with(Agent changed) {
        return new Situation(changed, wrapUps, announcements);
    }

    /** Puts the changed wrap-up in place, and its record among those that the agent owes, or out of them. */
    Situation with(WrapUp changed) {
        var all = new TreeMap<>(wrapUps);
        WrapUp old = all.put(changed.id(), changed);
        int more = (isOwed(changed) ? 1 : 0) - (old != null && isOwed(old) ? 1 : 0);
        return new Situation(agent.owing(more), all, announcements);
    }

    private static boolean isOwed(WrapUp wrapUp) {
        return wrapUp.state() instanceof WrapUpState.Deferred owed
                && owed.owner() == WrapUpState.Owner.AGENT
                && owed.cause() != WrapUpState.Cause.UNASKED;
    }

    /** Puts the changed wrap-up in place and says so. */
    Situation with(WrapUp changed, String announcement) {
        WrapUp next = changed.withSequence(changed.sequence() + 1);
        var said = new ArrayList<>(announcements);
        said.add(new Announcement(announcement, next.id()));
        Situation placed = with(next);
        return new Situation(placed.agent, placed.wrapUps, said);
    }
}
