package org.afterword.desk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.afterword.conversation.InteractionId;
import org.afterword.conversation.LegRole;
import org.afterword.identity.AgentId;
import org.jspecify.annotations.Nullable;

/**
 * An agent with everything that loads it: the aggregate of the live core. Immutable; every change answers a new one. What
 * it shows, carries and may be offered is derived here and nowhere else.
 *
 * @param settledProfile profile up to {@code settledUntil}, older facts folded in
 * @param settled      presence up to {@code settledUntil}, older facts folded in
 * @param facts        facts after that
 * @param legs         legs that are on, or ended and not yet released, and some that were released lately
 * @param reservations reservations that have not ended otherwise; those past their time count for nothing
 * @param settledFree  when a leg or wrap-up last stopped holding the agent, of those whose release is settled; null before the first
 * @param afterWrapUp  chosen for the next release
 * @param owed         how many records of its own legs the agent owes
 */
public record Agent(
        AgentId id,
        AgentProfile settledProfile,
        Presence settled,
        Instant settledUntil,
        Set<PresenceFact> facts,
        Map<LegKey, Leg> legs,
        List<Reservation> reservations,
        @Nullable Instant settledFree,
        @Nullable NextState afterWrapUp,
        int owed) {

    public Agent {
        facts = new TreeSet<>(facts);
        legs = new TreeMap<>(legs);
        reservations = List.copyOf(reservations);
    }

    public static Agent unknown(AgentId id) {
        return new Agent(
                id, AgentProfile.BLANK, Presence.UNKNOWN, Instant.EPOCH, Set.of(), Map.of(), List.of(), null, null, 0);
    }

    /** What is known of the person, by the newest sign-in that says it. */
    public AgentProfile profile() {
        return settledProfile.after(facts);
    }

    /** The capacity that the agent had at {@code time}, as far as the facts still tell. */
    public int capacityAt(Instant time) {
        return settledProfile
                .after(facts.stream().filter(fact -> !fact.at().isAfter(time)).toList())
                .capacity();
    }

    public Presence presence() {
        return settled.after(facts);
    }

    /** What the agent shows; the first that applies of the order in {@link AgentState}. */
    public AgentState state() {
        Presence presence = presence();
        if (!presence.signedIn()) {
            return AgentState.OFFLINE;
        }
        if (legs.values().stream().anyMatch(Leg::isOn)) {
            return AgentState.ENGAGED;
        }
        if (legs.values().stream().anyMatch(Leg::isHeld)) {
            return AgentState.AFTER_CALL_WORK;
        }
        return presence.wanted();
    }

    /** Why the agent is not ready, while it shows that. */
    public @Nullable String reason() {
        return state() == AgentState.NOT_READY ? presence().reason() : null;
    }

    /** Since when the agent shows its state, by the times of the facts. Null only for an agent that was never there. */
    public @Nullable Instant since() {
        Presence presence = presence();
        return switch (state()) {
            case OFFLINE -> presence.signedOutAt();
            case ENGAGED ->
                first(legs.values().stream()
                        .filter(Leg::isOn)
                        .map(leg -> leg.span().startedAt()));
            case AFTER_CALL_WORK ->
                first(legs.values().stream()
                        .filter(Leg::isHeld)
                        .map(leg -> leg.span().endedAt()));
            case AVAILABLE, NOT_READY -> latest(presence.signedInSince(), presence.wantedSince(), freeSince());
        };
    }

    /**
     * From when on the agent was signed out, at {@code time} or later: at {@code time} itself if it was not signed in then,
     * else at its next sign-out among the facts. Empty if it was there and no sign-out is known.
     */
    public Optional<Instant> signedOutFrom(Instant time) {
        if (knowsPresenceAt(time)
                && !settled.after(facts.stream()
                                .filter(fact -> !fact.at().isAfter(time))
                                .toList())
                        .signedIn()) {
            return Optional.of(time);
        }
        return facts.stream()
                .filter(fact -> fact.kind() == PresenceFact.Kind.SIGNED_OUT
                        && !fact.at().isBefore(time))
                .map(PresenceFact::at)
                .min(Comparator.naturalOrder());
    }

    /** Whether the facts that say where the agent was at {@code time} are still apart. */
    public boolean knowsPresenceAt(Instant time) {
        return !time.isBefore(settledUntil);
    }

    /** Whether the agent is known to have signed in again after {@code time}. */
    public boolean signedInAfter(Instant time) {
        return facts.stream()
                .anyMatch(fact ->
                        fact.kind() == PresenceFact.Kind.SIGNED_IN && fact.at().isAfter(time));
    }

    /** Units taken by legs, wrap-ups and live reservations; may exceed the capacity, since a switch may force a call. */
    public int load(Instant now) {
        return carried()
                + reservations.stream()
                        .filter(r -> r.isLive(now))
                        .mapToInt(Reservation::units)
                        .sum();
    }

    /** Units taken by legs and wrap-ups alone. */
    public int carried() {
        return legs.values().stream().mapToInt(Leg::load).sum();
    }

    /** Units kept by wrap-ups. */
    public int heldUnits() {
        return legs.values().stream()
                .filter(Leg::isHeld)
                .mapToInt(Leg::heldUnits)
                .sum();
    }

    /** Units that wrap-ups kept at {@code time}, as far as the legs are still on the desk. */
    public int heldUnitsAt(Instant time) {
        return legs.values().stream()
                .filter(leg ->
                        leg.span().endedAt() != null && leg.span().endedAt().isBefore(time))
                .filter(leg -> leg.releasedAt() == null || leg.releasedAt().isAfter(time))
                .mapToInt(Leg::heldUnits)
                .sum();
    }

    /** Whether the agent may be offered {@code units} of work that asks for {@code skills}. */
    public boolean isEligible(int units, Collection<String> skills, Instant now) {
        Presence presence = presence();
        return presence.signedIn()
                && presence.wanted() == AgentState.AVAILABLE
                && profile().skills().containsAll(skills)
                && profile().capacity() - load(now) >= units;
    }

    /** Since when the agent has been idle, for "longest idle first": the end of the last busy interval, or the sign-in. */
    public @Nullable Instant idleSince() {
        return latest(presence().signedInSince(), freeSince());
    }

    /** When a leg or wrap-up last stopped holding the agent. A monitor holds nobody. */
    private @Nullable Instant freeSince() {
        return freeSince(Instant.MAX);
    }

    private @Nullable Instant freeSince(Instant until) {
        Stream<Instant> releases = legs.values().stream()
                .filter(leg -> leg.role() != LegRole.MONITOR)
                .flatMap(leg -> Stream.ofNullable(leg.releasedAt()))
                .filter(at -> !at.isAfter(until));
        return latest(Stream.concat(Stream.ofNullable(settledFree), releases).toArray(Instant[]::new));
    }

    /** What a sign-in said that came in too late to be a fact: it counts unless a newer one is known. */
    public Agent withLateProfile(ProfileChange told, Instant at) {
        return signedInAfter(at) ? this : with(copy -> copy.settledProfile = settledProfile.with(told));
    }

    /** Adds presence facts; those at or before {@link #settledUntil} came too late to move anything. */
    public Agent withFacts(Collection<PresenceFact> more) {
        var all = new TreeSet<>(facts);
        more.stream().filter(fact -> fact.at().isAfter(settledUntil)).forEach(all::add);
        return with(copy -> copy.facts = all);
    }

    /** Folds facts up to {@code until} into the settled presence, so that they need not be kept. */
    public Agent settle(Instant until) {
        var old = new ArrayList<PresenceFact>();
        var recent = new ArrayList<PresenceFact>();
        facts.forEach(fact -> (fact.at().isAfter(until) ? recent : old).add(fact));
        return with(copy -> {
            copy.settledProfile = settledProfile.after(old);
            copy.settled = settled.after(old);
            copy.settledUntil = until.isAfter(settledUntil) ? until : settledUntil;
            copy.facts = Set.copyOf(recent);
        });
    }

    /** Folds releases up to {@code until} into {@link #settledFree}, so that those legs need not be loaded any more. */
    public Agent settleReleases(Instant until) {
        return with(copy -> copy.settledFree = freeSince(until));
    }

    /** Puts a leg on the desk, or replaces what was known of it. */
    public Agent withLeg(Leg leg) {
        var all = new TreeMap<>(legs);
        all.put(leg.key(), leg);
        return with(copy -> copy.legs = all);
    }

    /** Frees a leg's units. Nothing else does. Released legs stay until the agent is stored. */
    public Agent release(LegKey key, Instant at) {
        Leg leg = legs.get(key);
        if (leg == null || leg.isReleased()) {
            throw new IllegalStateException("agent %s does not carry leg %s".formatted(id, key));
        }
        return withLeg(leg.released(at));
    }

    public Agent reserve(Reservation reservation) {
        var all = new ArrayList<>(reservations);
        all.add(reservation);
        return with(copy -> copy.reservations = all);
    }

    /** Ends the reservation for an interaction, if there is one. */
    public Agent unreserve(InteractionId interaction) {
        return with(copy -> copy.reservations = reservations.stream()
                .filter(r -> !r.interaction().equals(interaction))
                .toList());
    }

    public Agent choosing(@Nullable NextState next) {
        return with(copy -> copy.afterWrapUp = next);
    }

    /** Owes {@code more} records than before; fewer if that is negative. */
    public Agent owing(int more) {
        return more == 0 ? this : with(copy -> copy.owed = owed + more);
    }

    /** The live reservation for an interaction. */
    public Optional<Reservation> findReservation(InteractionId interaction, Instant now) {
        return reservations.stream()
                .filter(r -> r.interaction().equals(interaction) && r.isLive(now))
                .findFirst();
    }

    private static @Nullable Instant first(Stream<@Nullable Instant> times) {
        return times.filter(time -> time != null).min(Comparator.naturalOrder()).orElse(null);
    }

    private static @Nullable Instant latest(@Nullable Instant... times) {
        Instant latest = null;
        for (Instant time : times) {
            if (time != null && (latest == null || time.isAfter(latest))) {
                latest = time;
            }
        }
        return latest;
    }

    private Agent with(Consumer<Copy> change) {
        var copy = new Copy(this);
        change.accept(copy);
        return copy.done();
    }

    /** An agent on its way to another one, so that each change names only what it changes. */
    private static final class Copy {
        private final AgentId id;
        private AgentProfile settledProfile;
        private Presence settled;
        private Instant settledUntil;
        private Set<PresenceFact> facts;
        private Map<LegKey, Leg> legs;
        private List<Reservation> reservations;
        private @Nullable Instant settledFree;
        private @Nullable NextState afterWrapUp;
        private int owed;

        Copy(Agent of) {
            id = of.id;
            settledProfile = of.settledProfile;
            settled = of.settled;
            settledUntil = of.settledUntil;
            facts = of.facts;
            legs = of.legs;
            reservations = of.reservations;
            settledFree = of.settledFree;
            afterWrapUp = of.afterWrapUp;
            owed = of.owed;
        }

        Agent done() {
            return new Agent(
                    id,
                    settledProfile,
                    settled,
                    settledUntil,
                    facts,
                    legs,
                    reservations,
                    settledFree,
                    afterWrapUp,
                    owed);
        }
    }
}
