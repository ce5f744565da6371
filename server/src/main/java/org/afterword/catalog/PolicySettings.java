package org.afterword.catalog;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.afterword.identity.Role;
import org.jspecify.annotations.Nullable;

/**
 * How after-call work goes. A setting that is null says nothing: then a rule that ranks lower says it, and in the end
 * {@link #DEFAULT}. Seconds are whole.
 *
 * @param windowSeconds       how long the agent is held where the mode has a deadline
 * @param partSeconds         seconds that a window has on top for each of these required parts that nobody had filled in when
 *                            it opened; by JSON pointer into the record
 * @param targetSeconds       what is aimed at; shown, never enforced
 * @param warningSeconds      how long before the deadline the panel warns
 * @param graceSeconds        how long after the deadline it takes effect; counts as overrun
 * @param typingGraceSeconds  how long a deadline waits at most while keys are pressed; counts as overrun
 * @param noResponseSeconds   an agent whom the deadline releases, and who did nothing for so long, becomes not ready; 0 = never
 * @param systemWaitSeconds   what a window gets back at most for waits that our own systems cause
 * @param deferrable          whether the agent may defer; null = where the mode has no deadline, or the deadline defers anyway
 * @param deferDueSeconds     how long after the release a deferred record is owed
 * @param deferrableParts     the required parts that may be owed, as JSON pointers; null = all
 * @param deferralCap         how many records an agent may owe; the next one is not deferred. Null = any number
 * @param requiredParts       JSON pointers into the record without which a completion is refused
 * @param requiredWhen        more of these, where the record says something
 * @param holdShare           share of the leg's units that the wrap-up keeps, rounded up; 0 to 1
 * @param consults            whether a consulted agent has after-call work
 * @param failedAttempts      whether an outbound attempt that never connected has after-call work
 * @param shortContactSeconds contacts with less talk may be closed as short, without a record
 * @param overriddenBy        who may override a wrap-up
 * @param recovery            the rest that follows the contact
 * @param occupancyGuard      the rest that follows where the agent was too busy for too long
 * @param unsupported         what becomes of drafted statements that nothing bears out
 * @param unattended          the contacts whose drafted record this policy approves in the place of a person
 */
public record PolicySettings(
        @Nullable WrapUpMode mode,
        @Nullable Integer windowSeconds,
        @Nullable Map<String, Integer> partSeconds,
        @Nullable Integer targetSeconds,
        @Nullable Integer warningSeconds,
        @Nullable Integer graceSeconds,
        @Nullable Integer typingGraceSeconds,
        @Nullable Integer noResponseSeconds,
        @Nullable Integer systemWaitSeconds,
        @Nullable AtDeadline atDeadline,
        @Nullable Extensions extensions,
        @Nullable Boolean deferrable,
        @Nullable Integer deferDueSeconds,
        @Nullable List<String> deferrableParts,
        @Nullable Integer deferralCap,
        @Nullable List<String> requiredParts,
        @Nullable List<RequiredWhen> requiredWhen,
        @Nullable Double holdShare,
        @Nullable Boolean consults,
        @Nullable Boolean failedAttempts,
        @Nullable Integer shortContactSeconds,
        @Nullable Set<Role> overriddenBy,
        @Nullable Recovery recovery,
        @Nullable OccupancyGuard occupancyGuard,
        @Nullable Unsupported unsupported,
        @Nullable Unattended unattended) {

    /** Below, more than one in ten of the records that nobody looks at could be wrong. */
    public static final double LEAST_CONFIDENCE = 0.9;

    /** How the window ends. */
    public enum WrapUpMode {
        /** The agent is released at once; a record that was begun is owed, none is asked for. */
        OPTIONAL,
        /** The agent ends it; there is no deadline. */
        DISCRETIONARY,
        /** Ends at the deadline; the agent may end it sooner. */
        TIMEBOXED,
        /** Ends at the deadline and no sooner. */
        TIMEBOXED_FIXED,
        /** As {@link #OPTIONAL}, unless the agent asks for it; then as {@link #TIMEBOXED}. */
        ON_REQUEST;

        /** Whether the agent is released as soon as the leg ends, unless it asks not to be. */
        public boolean isOptional() {
            return this == OPTIONAL || this == ON_REQUEST;
        }
    }

    public enum AtDeadline {
        /** The agent stays held, and the time counts as overrun. */
        OVERDUE,
        /** The agent is released and owes the record. */
        DEFER,
        /** The wrap-up is closed with what there is. */
        EXPIRE
    }

    /** What becomes of drafted statements that nothing bears out. Those whose facts are wrong are struck always. */
    public enum Unsupported {
        /** They stay out of the record. */
        STRIKE,
        /** They are filled in, and marked. */
        MARK
    }

    /**
     * What a draft says is confirmed by nobody where this holds; parts of it have to have earned that ({@code /admin/drafts}).
     *
     * @param callTypes  of contacts whose call type an event or a person told; empty = none
     * @param confidence the probability that the disposition has to reach, {@value #LEAST_CONFIDENCE} to 1; goes with {@code callTypes}
     */
    public record Unattended(
            List<String> callTypes, @Nullable Double confidence) {
        public static final Unattended NONE = new Unattended(List.of(), null);

        public Unattended {
            callTypes = callTypes == null ? List.of() : List.copyOf(callTypes);
        }

        public boolean allowsAnything() {
            return confidence != null && !callTypes.isEmpty();
        }
    }

    /** @param count how often an agent may ask; @param seconds how much each gives */
    public record Extensions(int count, int seconds, boolean reasonRequired) {
        public static final Extensions NONE = new Extensions(0, 0, false);
    }

    /**
     * A rest in which the agent is offered nothing. It is no after-call work.
     *
     * @param seconds    how long it is, 10 to 900; 0 = there is none
     * @param byRule     it follows by itself
     * @param onRequest  it follows if the agent asks for it
     * @param capSeconds how much of it an agent gets at most; one that would go beyond is not given
     * @param capHours   within how many hours, 1 to 24
     */
    public record Recovery(int seconds, boolean byRule, boolean onRequest, int capSeconds, int capHours) {
        public static final Recovery NONE = new Recovery(0, false, false, 0, 1);

        public Recovery {
            byRule = byRule && seconds > 0;
            onRequest = onRequest && seconds > 0;
        }

        public Duration length() {
            return Duration.ofSeconds(seconds);
        }

        public Duration cap() {
            return Duration.ofSeconds(capSeconds);
        }

        /** How far the cap looks back. */
        public Duration within() {
            return Duration.ofHours(capHours);
        }
    }

    /**
     * A rest that follows a release where the agent was busy for more than so much of the last minutes.
     *
     * @param percent     of the time signed in and not "not ready", with a leg or a wrap-up; 1 to 99
     * @param minutes     how far it looks back, 5 to 60; it says nothing before the agent was there for half of that
     * @param restSeconds how long the rest is, 10 to 900; 0 = there is none
     */
    public record OccupancyGuard(int percent, int minutes, int restSeconds) {
        public static final OccupancyGuard NONE = new OccupancyGuard(0, 0, 0);

        /** How far it looks back. */
        public Duration window() {
            return Duration.ofMinutes(minutes);
        }

        public Duration rest() {
            return Duration.ofSeconds(restSeconds);
        }
    }

    /**
     * Parts that are required where the record says all that is given here; what is null is not asked for.
     *
     * @param resolution {@code resolved}, {@code escalated}, {@code pending} or {@code unresolved}
     */
    public record RequiredWhen(
            @Nullable String disposition,
            @Nullable String resolution,
            @Nullable String tag,
            List<String> parts) {
        public RequiredWhen {
            parts = parts == null ? List.of() : List.copyOf(parts);
        }
    }

    /** What holds where no rule says anything: the agent ends it, a minute is aimed at, a disposition is asked for. */
    public static final PolicySettings DEFAULT = new PolicySettings(
            WrapUpMode.DISCRETIONARY,
            60,
            Map.of(),
            60,
            10,
            0,
            15,
            30,
            60,
            AtDeadline.OVERDUE,
            Extensions.NONE,
            null,
            24 * 3600,
            null,
            null,
            List.of("/disposition"),
            List.of(),
            1.0,
            true,
            false,
            10,
            Set.of(Role.SUPERVISOR, Role.ADMINISTRATOR),
            Recovery.NONE,
            OccupancyGuard.NONE,
            Unsupported.STRIKE,
            Unattended.NONE);

    /** Says nothing. */
    public static final PolicySettings NOTHING = new PolicySettings(
            null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
            null, null, null, null, null, null, null, null);

    public PolicySettings {
        // in one order, so that equal settings are written alike
        partSeconds = partSeconds == null ? null : Collections.unmodifiableMap(new TreeMap<>(partSeconds));
        deferrableParts = deferrableParts == null ? null : List.copyOf(deferrableParts);
        requiredParts = requiredParts == null ? null : List.copyOf(requiredParts);
        requiredWhen = requiredWhen == null ? null : List.copyOf(requiredWhen);
        overriddenBy = overriddenBy == null ? null : Collections.unmodifiableSet(new TreeSet<>(overriddenBy));
    }

    /** What these say, and where they say nothing, what {@code lower} does. */
    public PolicySettings over(PolicySettings lower) {
        return new PolicySettings(
                or(mode, lower.mode),
                or(windowSeconds, lower.windowSeconds),
                or(partSeconds, lower.partSeconds),
                or(targetSeconds, lower.targetSeconds),
                or(warningSeconds, lower.warningSeconds),
                or(graceSeconds, lower.graceSeconds),
                or(typingGraceSeconds, lower.typingGraceSeconds),
                or(noResponseSeconds, lower.noResponseSeconds),
                or(systemWaitSeconds, lower.systemWaitSeconds),
                or(atDeadline, lower.atDeadline),
                or(extensions, lower.extensions),
                or(deferrable, lower.deferrable),
                or(deferDueSeconds, lower.deferDueSeconds),
                or(deferrableParts, lower.deferrableParts),
                or(deferralCap, lower.deferralCap),
                or(requiredParts, lower.requiredParts),
                or(requiredWhen, lower.requiredWhen),
                or(holdShare, lower.holdShare),
                or(consults, lower.consults),
                or(failedAttempts, lower.failedAttempts),
                or(shortContactSeconds, lower.shortContactSeconds),
                or(overriddenBy, lower.overriddenBy),
                or(recovery, lower.recovery),
                or(occupancyGuard, lower.occupancyGuard),
                or(unsupported, lower.unsupported),
                or(unattended, lower.unattended));
    }

    /**
     * These, with another window, and asking for the parts that {@code other} asks for; with the longer recovery of the two.
     */
    public PolicySettings asking(
            PolicySettings other, @Nullable Integer base, @Nullable Map<String, Integer> secondsOfParts) {
        var asked = new PolicySettings(
                null,
                base,
                secondsOfParts,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                other.requiredParts,
                other.requiredWhen,
                null,
                null,
                null,
                null,
                null,
                other.recovers() > recovers() ? other.recovery : null,
                null,
                null,
                null);
        return asked.over(this);
    }

    private int recovers() {
        return recovery == null ? 0 : recovery.seconds();
    }

    private static <T> @Nullable T or(@Nullable T own, @Nullable T lower) {
        return own == null ? lower : own;
    }

    /** Throws {@link IllegalArgumentException} where a value is out of its range; {@code holder} says whose settings these are. */
    void check(String holder) {
        range(holder, "windowSeconds", windowSeconds, 1, 7200);
        range(holder, "targetSeconds", targetSeconds, 1, 7200);
        range(holder, "warningSeconds", warningSeconds, 0, 600);
        range(holder, "graceSeconds", graceSeconds, 0, 600);
        range(holder, "typingGraceSeconds", typingGraceSeconds, 0, 120);
        range(holder, "noResponseSeconds", noResponseSeconds, 0, 3600);
        range(holder, "systemWaitSeconds", systemWaitSeconds, 0, 600);
        range(holder, "deferDueSeconds", deferDueSeconds, 60, 30 * 24 * 3600);
        range(holder, "deferralCap", deferralCap, 0, 1000);
        range(holder, "shortContactSeconds", shortContactSeconds, 0, 300);
        if (holdShare != null && !(holdShare >= 0 && holdShare <= 1)) {
            throw new IllegalArgumentException(
                    "%s has holdShare %s, which must be between 0 and 1".formatted(holder, holdShare));
        }
        if (extensions != null) {
            range(holder, "extensions.count", extensions.count(), 0, 20);
            range(holder, "extensions.seconds", extensions.seconds(), 0, 3600);
        }
        if (recovery != null && recovery.seconds() != 0) {
            range(holder, "recovery.seconds", recovery.seconds(), 10, 900);
            range(holder, "recovery.capSeconds", recovery.capSeconds(), recovery.seconds(), 14_400);
            range(holder, "recovery.capHours", recovery.capHours(), 1, 24);
        }
        if (occupancyGuard != null && occupancyGuard.restSeconds() != 0) {
            range(holder, "occupancyGuard.restSeconds", occupancyGuard.restSeconds(), 10, 900);
            range(holder, "occupancyGuard.percent", occupancyGuard.percent(), 1, 99);
            range(holder, "occupancyGuard.minutes", occupancyGuard.minutes(), 5, 60);
        }
        if (unattended != null) {
            requireBoth(holder, unattended);
        }
        pointers(holder, "requiredParts", requiredParts);
        pointers(holder, "deferrableParts", deferrableParts);
        if (partSeconds != null) {
            pointers(holder, "partSeconds", partSeconds.keySet());
            partSeconds.forEach((part, seconds) -> range(holder, "partSeconds." + part, seconds, 0, 3600));
        }
        if (requiredWhen != null) {
            for (RequiredWhen when : requiredWhen) {
                pointers(holder, "requiredWhen.parts", when.parts());
            }
        }
    }

    /** Either alone would be half a permission. */
    private static void requireBoth(String holder, Unattended asked) {
        Double confidence = asked.confidence();
        if (asked.callTypes().isEmpty() != (confidence == null)) {
            throw new IllegalArgumentException(
                    "%s has unattended with %s; it takes both callTypes and confidence, or neither"
                            .formatted(holder, confidence == null ? "no confidence" : "no callTypes"));
        }
        if (confidence != null && !(confidence >= LEAST_CONFIDENCE && confidence <= 1)) {
            throw new IllegalArgumentException("%s has unattended.confidence %s, which must be %s to 1"
                    .formatted(holder, confidence, LEAST_CONFIDENCE));
        }
    }

    private static void pointers(String holder, String name, @Nullable Collection<String> parts) {
        if (parts != null) {
            for (String part : parts) {
                if (!RecordPart.isPointer(part)) {
                    throw new IllegalArgumentException(
                            "%s has %s with '%s', which points to no part of a record; one is '/disposition' or '/fields/amount'"
                                    .formatted(holder, name, part));
                }
            }
        }
    }

    private static void range(String holder, String name, @Nullable Integer value, int least, int most) {
        if (value != null && (value < least || value > most)) {
            throw new IllegalArgumentException(
                    "%s has %s %d, which must be %d to %d".formatted(holder, name, value, least, most));
        }
    }
}
