package org.afterword.desk;

import java.time.Duration;
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
import java.util.function.Predicate;
import java.util.stream.Collectors;
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
 * @param rests        given lately; those that are over stay for a while, since caps count them
 * @param lookBack     for how long its legs and facts stay apart, where that is longer than the lateness bound
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
        int owed,
        List<Rest> rests,
        Duration lookBack) {

    public Agent {
        facts = new TreeSet<>(facts);
        legs = new TreeMap<>(legs);
        reservations = List.copyOf(reservations);
        rests = List.copyOf(rests);
    }

    public static Agent unknown(AgentId id) {
        return new Agent(
                id,
                AgentProfile.BLANK,
                Presence.UNKNOWN,
                Instant.EPOCH,
                Set.of(),
                Map.of(),
                List.of(),
                null,
                null,
                0,
                List.of(),
                Duration.ZERO);
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
        boolean held = false;
        for (Leg leg : legs.values()) {
            if (leg.isOn()) {
                return AgentState.ENGAGED;
            }
            held |= leg.isHeld();
        }
        if (held) {
            return AgentState.AFTER_CALL_WORK;
        }
        return rest().filter(rest -> timeOf(rest).runs()).isPresent() ? AgentState.RECOVERY : presence.wanted();
    }

    /** Why the agent is not ready, while it shows that. */
    public @Nullable String reason() {
        return state() == AgentState.NOT_READY ? presence().reason() : null;
    }

    /**
     * What everybody but the agent itself is shown, and what is announced: that somebody recovers, and how often, is nobody
     * else's business. It looks as being not ready without a reason does; other rests say what they are.
     */
    public Face face() {
        if (state() != AgentState.RECOVERY) {
            return ownFace();
        }
        String reason = rest().map(rest -> rest.kind().shownReason()).orElse(null);
        return new Face(AgentState.NOT_READY, reason, AgentState.NOT_READY, reason, since());
    }

    /** What the agent itself is shown. */
    Face ownFace() {
        return new Face(state(), reason(), presence().wanted(), presence().reason(), since());
    }

    /** @param wantedReason why the agent wants not to be ready, also while something keeps it from showing that */
    public record Face(
            AgentState state,
            @Nullable String reason,
            AgentState wanted,
            @Nullable String wantedReason,
            @Nullable Instant since) {}

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
            case RECOVERY ->
                first(rests.stream()
                        .map(this::timeOf)
                        .filter(Rest.Time::runs)
                        .flatMap(time -> Stream.ofNullable(time.interval()))
                        .map(Interval::from));
            case AVAILABLE, NOT_READY ->
                latest(presence.signedInSince(), presence.wantedSince(), freeSince(), restedUntil());
        };
    }

    /**
     * From when on the agent was signed out, at {@code time} or later: at {@code time} itself if it was not signed in then,
     * else at its next sign-out among the facts. Empty if it was there and no sign-out is known.
     */
    public Optional<Instant> signedOutFrom(Instant time) {
        if (knowsPresenceAt(time) && !isSignedInAt(time)) {
            return Optional.of(time);
        }
        Instant first = null;
        for (PresenceFact fact : facts) {
            boolean later =
                    fact.kind() == PresenceFact.Kind.SIGNED_OUT && !fact.at().isBefore(time);
            first = later && (first == null || fact.at().isBefore(first)) ? fact.at() : first;
        }
        return Optional.ofNullable(first);
    }

    private boolean isSignedInAt(Instant time) {
        PresenceFact last = null;
        for (PresenceFact fact : facts) {
            boolean tells = fact.kind().tellsWhetherSignedIn() && !fact.at().isAfter(time);
            last = tells && (last == null || fact.compareTo(last) > 0) ? fact : last;
        }
        return last == null ? settled.signedIn() : last.kind() != PresenceFact.Kind.SIGNED_OUT;
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
        int units = carried();
        for (Reservation reservation : reservations) {
            units += reservation.isLive(now) ? reservation.units() : 0;
        }
        return units;
    }

    /** Units taken by legs and wrap-ups alone. */
    public int carried() {
        int units = 0;
        for (Leg leg : legs.values()) {
            units += leg.load();
        }
        return units;
    }

    /** Units kept by wrap-ups. */
    public int heldUnits() {
        int units = 0;
        for (Leg leg : legs.values()) {
            units += leg.isHeld() ? leg.heldUnits() : 0;
        }
        return units;
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

    /** When a rest is, by what is known now. */
    public Rest.Time timeOf(Rest rest) {
        return Rests.time(rest, this);
    }

    /** How busy the agent was until then. */
    public Occupancy occupancy(Instant until, Duration window) {
        return Occupancy.of(this, until, window);
    }

    /** Keeps legs and facts apart for so long from now on, so that they can be looked at. */
    public Agent lookingBack(Duration time) {
        return time.equals(lookBack) ? this : with(copy -> copy.lookBack = time);
    }

    /** The rest that the agent is in, the one that ends last; else one that it waits for. */
    public Optional<Rest> rest() {
        return rests.stream()
                .filter(rest -> !timeOf(rest).isOver())
                .max(Comparator.comparing(rest -> end(timeOf(rest).interval()), Comparator.naturalOrder()));
    }

    private static Instant end(@Nullable Interval interval) {
        return interval == null ? Instant.MIN : interval.until();
    }

    /**
     * Until when rests keep the agent from being offered work: {@link Instant#MAX} while it waits for one. Null if there is
     * none. It says so until somebody notes that their time is over.
     */
    public @Nullable Instant restsUntil() {
        Instant until = null;
        for (Rest rest : rests) {
            Rest.Time time = timeOf(rest);
            if (!time.isOver()) {
                until = latest(until, time.isAwaited() ? Instant.MAX : end(time.interval()));
            }
        }
        return until;
    }

    /** When the last rest that is over ended. */
    @Nullable
    Instant restedUntil() {
        return rests.stream()
                .map(this::timeOf)
                .filter(Rest.Time::isOver)
                .flatMap(time -> Stream.ofNullable(time.interval()))
                .map(Interval::until)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    /** Whether the agent rested then, by what is known now. */
    public boolean wasResting(Instant time) {
        return rests.stream()
                .map(this::timeOf)
                .flatMap(rest -> Stream.ofNullable(rest.interval()))
                .anyMatch(interval -> !time.isBefore(interval.from()) && time.isBefore(interval.until()));
    }

    /** Whether a rest keeps the agent from being offered work. */
    public boolean isResting(Instant now) {
        Instant until = restsUntil();
        return until != null && now.isBefore(until);
    }

    /** Whether the agent may be offered {@code units} of work that asks for {@code skills}. */
    public boolean isEligible(int units, Collection<String> skills, Instant now) {
        Presence presence = presence();
        return presence.signedIn()
                && presence.wanted() == AgentState.AVAILABLE
                && !isResting(now)
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
        Instant since = settledFree;
        for (Leg leg : legs.values()) {
            Instant released = leg.releasedAt();
            if (released != null && leg.role() != LegRole.MONITOR && !released.isAfter(until)) {
                since = latest(since, released);
            }
        }
        return since;
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

    /** Folds releases up to {@code until} into {@link #settledFree} and rests, so that those legs need not be loaded any more. */
    public Agent settleReleases(Instant until) {
        return with(copy -> {
            copy.settledFree = freeSince(until);
            copy.rests = Rests.settled(this, until);
        });
    }

    /** Puts a leg on the desk, or replaces what was known of it. */
    public Agent withLeg(Leg leg) {
        var all = new TreeMap<>(legs);
        all.put(leg.key(), leg);
        return with(copy -> copy.legs = all);
    }

    /** Takes a leg off the desk, as if it had never been: it turned out to be {@code other}, and what was to follow it follows that. */
    public Agent withoutLeg(LegKey key, LegKey other) {
        var all = new TreeMap<>(legs);
        all.remove(key);
        Set<Rest.Kind> there = rests.stream()
                .filter(rest -> other.equals(rest.after()))
                .map(Rest::kind)
                .collect(Collectors.toSet());
        List<Rest> following = rests.stream()
                .filter(rest -> !key.equals(rest.after()) || !there.contains(rest.kind()))
                .map(rest -> key.equals(rest.after()) ? rest.following(other) : rest)
                .toList();
        return with(copy -> {
            copy.legs = all;
            copy.rests = following;
        });
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

    public Agent giveRest(Rest rest) {
        return with(copy ->
                copy.rests = Stream.concat(rests.stream(), Stream.of(rest)).toList());
    }

    /** Ends the rest that the agent is in or waits for. */
    public Agent endRests(Instant now) {
        return endRests(now, rest -> !timeOf(rest).isOver());
    }

    /** Ends those of a kind. */
    public Agent endRests(Rest.Kind kind, Instant now) {
        return endRests(now, rest -> rest.kind() == kind && !timeOf(rest).isOver());
    }

    /** Notes which rests are over by their time. */
    public Agent restsOverBy(Instant now) {
        return endRests(now, rest -> {
            Rest.Time time = timeOf(rest);
            return time.runs() && !end(time.interval()).isAfter(now);
        });
    }

    private Agent endRests(Instant now, Predicate<Rest> which) {
        return rests.isEmpty() || rests.stream().noneMatch(which)
                ? this
                : with(copy -> copy.rests = rests.stream()
                        .map(rest -> which.test(rest) ? rest.endedAt(now) : rest)
                        .toList());
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
        private List<Rest> rests;
        private Duration lookBack;

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
            rests = of.rests;
            lookBack = of.lookBack;
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
                    owed,
                    rests,
                    lookBack);
        }
    }
}
