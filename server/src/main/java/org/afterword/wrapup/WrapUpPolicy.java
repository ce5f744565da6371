package org.afterword.wrapup;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.afterword.catalog.PolicySettings;
import org.afterword.catalog.PolicySettings.WrapUpMode;
import org.afterword.identity.Role;
import org.jspecify.annotations.Nullable;

/**
 * The policy one wrap-up runs under, fixed when its window opens and kept whatever the catalog becomes later.
 *
 * @param rules    codes of the catalog's rules that it was made of, the one that says most first; empty where none matched
 * @param askedBy  the rules that say which parts are required since a person set another call type or escalated; else empty
 * @param version  of the catalog they were taken from
 * @param surge    the queue surged, and so their surge variants hold
 * @param settings what they say together; always complete
 */
public record WrapUpPolicy(
        List<String> rules, List<String> askedBy, long version, boolean surge, PolicySettings settings) {

    public WrapUpPolicy {
        rules = List.copyOf(rules);
        askedBy = askedBy == null ? List.of() : List.copyOf(askedBy);
        settings = settings.over(PolicySettings.DEFAULT);
    }

    /** What holds where no rule matches. */
    public static WrapUpPolicy byDefault(long version) {
        return new WrapUpPolicy(List.of(), List.of(), version, false, PolicySettings.DEFAULT);
    }

    /** The code of the rule that says most; {@code default} where none matched. */
    public String rule() {
        return rules.isEmpty() ? "default" : rules.getFirst();
    }

    public WrapUpMode mode() {
        return always(settings.mode());
    }

    /** Whether a window under it has a deadline. */
    public boolean hasDeadline() {
        return switch (mode()) {
            case TIMEBOXED, TIMEBOXED_FIXED, ON_REQUEST -> true;
            case OPTIONAL, DISCRETIONARY -> false;
        };
    }

    /**
     * The time of a window, where there is a deadline: the base, and the seconds declared for each required part that is
     * open.
     *
     * @param filled JSON pointers to the parts that a person has filled in
     */
    public Duration window(Collection<String> filled) {
        int parts = budget(filled).values().stream().mapToInt(Integer::intValue).sum();
        return seconds(settings.windowSeconds()).plusSeconds(parts);
    }

    /** The seconds that a window has on top of its base, by JSON pointer of the required part that is open. */
    public Map<String, Integer> budget(Collection<String> filled) {
        var budget = new LinkedHashMap<String, Integer>();
        Map<String, Integer> declared = always(settings.partSeconds());
        for (String part : requiredParts()) {
            Integer more = declared.get(part);
            if (more != null && filled.stream().noneMatch(has -> has.equals(part) || has.startsWith(part + "/"))) {
                budget.put(part, more);
            }
        }
        return budget;
    }

    public Duration target() {
        return seconds(settings.targetSeconds());
    }

    public Duration warning() {
        return seconds(settings.warningSeconds());
    }

    public Duration grace() {
        return seconds(settings.graceSeconds());
    }

    /** How long a deadline waits at most while keys are pressed. */
    public Duration typingGrace() {
        return seconds(settings.typingGraceSeconds());
    }

    /** After how long without input an agent that the deadline releases counts as away; empty = never. */
    public Optional<Duration> noResponse() {
        Duration after = seconds(settings.noResponseSeconds());
        return after.isZero() ? Optional.empty() : Optional.of(after);
    }

    /** What a window gets back at most for waits that our own systems cause. */
    public Duration systemWaitCap() {
        return seconds(settings.systemWaitSeconds());
    }

    public PolicySettings.AtDeadline atDeadline() {
        return always(settings.atDeadline());
    }

    public PolicySettings.Extensions extensions() {
        return always(settings.extensions());
    }

    /** Whether the agent may defer. */
    public boolean deferrable() {
        return settings.deferrable() == null
                ? !hasDeadline() || atDeadline() == PolicySettings.AtDeadline.DEFER
                : settings.deferrable();
    }

    public Duration deferDue() {
        return seconds(settings.deferDueSeconds());
    }

    /** Whether this required part may be owed. */
    public boolean deferrable(String part) {
        return settings.deferrableParts() == null || settings.deferrableParts().contains(part);
    }

    /** Whether an agent that owes {@code owed} records may owe one more. */
    public boolean mayOweMoreThan(int owed) {
        return settings.deferralCap() == null || owed < settings.deferralCap();
    }

    /** JSON pointers into the record without which a completion is refused, whatever the record says. */
    public List<String> requiredParts() {
        return always(settings.requiredParts());
    }

    public List<PolicySettings.RequiredWhen> requiredWhen() {
        return always(settings.requiredWhen());
    }

    /** Whether a consulted agent has after-call work. */
    public boolean forConsults() {
        return always(settings.consults());
    }

    /** Whether an outbound attempt that never connected has after-call work. */
    public boolean forFailedAttempts() {
        return always(settings.failedAttempts());
    }

    /** The rest that follows the contact. */
    public PolicySettings.Recovery recovery() {
        return always(settings.recovery());
    }

    /** The rest that follows where the agent was too busy for too long. */
    public PolicySettings.OccupancyGuard occupancyGuard() {
        return always(settings.occupancyGuard());
    }

    /** Whether drafted statements that nothing bears out are filled in, marked. */
    public boolean keepsUnsupported() {
        return always(settings.unsupported()) == PolicySettings.Unsupported.MARK;
    }

    /** The contacts whose drafted record it approves in the place of a person. */
    public PolicySettings.Unattended unattended() {
        return always(settings.unattended());
    }

    /** How what it approves names it, with the version of the catalog that it is from. */
    public String asActor() {
        return ApprovedBy.POLICY + rule() + "@" + version;
    }

    public double holdShare() {
        return always(settings.holdShare());
    }

    /** Contacts with less talk may be closed as short. */
    public Duration shortContact() {
        return seconds(settings.shortContactSeconds());
    }

    public Set<Role> overriddenBy() {
        return always(settings.overriddenBy());
    }

    /** Units that a wrap-up keeps of its leg's, rounded up. */
    public int heldUnits(int legUnits) {
        return (int) Math.ceil(legUnits * holdShare());
    }

    /**
     * The same policy, asking for the parts that {@code other} asks for, with a window and a recovery as long as the longer of the
     * two.
     *
     * @param filled JSON pointers to the parts that a person had filled in when the window opened
     */
    public WrapUpPolicy askingAs(WrapUpPolicy other, Collection<String> filled) {
        Duration window = window(filled);
        Map<String, Integer> declared = other.settings.partSeconds();
        WrapUpPolicy asking = asking(other, settings.windowSeconds(), declared);
        if (!hasDeadline()) {
            return asking;
        }
        Duration wanted =
                other.hasDeadline() && other.window(filled).compareTo(window) > 0 ? other.window(filled) : window;
        int parts = asking.budget(filled).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
        int base = (int) wanted.toSeconds() - parts;
        // where its parts would take longer than the window is, they do not make it
        return base < 1 ? asking(other, (int) wanted.toSeconds(), Map.of()) : asking(other, base, declared);
    }

    private WrapUpPolicy asking(
            WrapUpPolicy other, @Nullable Integer base, @Nullable Map<String, Integer> secondsOfParts) {
        return new WrapUpPolicy(
                rules, other.rules, version, surge, settings.asking(other.settings, base, secondsOfParts));
    }

    private static Duration seconds(@Nullable Integer seconds) {
        return Duration.ofSeconds(always(seconds));
    }

    private static <T> T always(@Nullable T setting) {
        return Objects.requireNonNull(setting, "a policy says everything");
    }
}
