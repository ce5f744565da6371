package org.afterword.catalog;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happens after the calls that {@code when} selects. Which rule wins is decided by the wrap-up module.
 *
 * @param windowSeconds  how long the agent is held; null only where the mode has no deadline
 * @param targetSeconds  what is aimed at; shown, never enforced
 * @param warningSeconds how long before the deadline the panel warns
 * @param graceSeconds   how long after the deadline it takes effect; counts as overrun
 * @param deferDueSeconds how long after release a deferred record is owed
 * @param deferrable     whether the agent may defer; absent = where there is no deadline, or it defers anyway
 * @param requiredParts  JSON pointers into the record without which a completion is refused
 * @param holdShare      share of the leg's units that the wrap-up keeps, rounded up; 0 to 1
 */
public record PolicyRule(
        String code,
        String label,
        When when,
        WrapUpMode mode,
        @Nullable Integer windowSeconds,
        @Nullable Integer targetSeconds,
        int warningSeconds,
        int graceSeconds,
        AtDeadline atDeadline,
        int deferDueSeconds,
        @Nullable Boolean deferrable,
        Extensions extensions,
        List<String> requiredParts,
        double holdShare)
        implements CatalogItem {

    /** Conditions that must all hold; an absent one holds always. */
    public record When(
            @Nullable String agent,
            @Nullable String skill,
            @Nullable String team,
            @Nullable String callType,
            @Nullable Complexity complexity,
            @Nullable String campaign,
            @Nullable String queue,
            @Nullable String direction,
            @Nullable String channel) {
        public static final When ALWAYS = new When(null, null, null, null, null, null, null, null, null);
    }

    /** How the window ends. The further modes of the design come with the issue that completes the live core. */
    public enum WrapUpMode {
        /** The agent ends it; there is no deadline. */
        DISCRETIONARY,
        /** Ends at the deadline; the agent may end it sooner. */
        TIMEBOXED
    }

    public enum AtDeadline {
        /** The agent stays held, and the time counts as overrun. */
        OVERDUE,
        /** The agent is released and owes the record. */
        DEFER,
        /** The wrap-up is closed with what there is. */
        EXPIRE
    }

    /** @param count how often an agent may ask; @param seconds how much each gives */
    public record Extensions(int count, int seconds, boolean reasonRequired) {
        public static final Extensions NONE = new Extensions(0, 0, false);

        public Extensions {
            if (count < 0 || count > 20 || seconds < 0 || seconds > 3600) {
                throw new IllegalArgumentException(
                        "policies.extensions: count %d must be 0 to 20 and seconds %d 0 to 3600"
                                .formatted(count, seconds));
            }
        }
    }

    public PolicyRule {
        CatalogItem.check("policies", code, label);
        when = when == null ? When.ALWAYS : when;
        if (mode == null) {
            throw new IllegalArgumentException("policies: '%s' needs a mode".formatted(code));
        }
        atDeadline = atDeadline == null ? AtDeadline.OVERDUE : atDeadline;
        extensions = extensions == null ? Extensions.NONE : extensions;
        requiredParts = requiredParts == null ? List.of() : List.copyOf(requiredParts);
        for (String part : requiredParts) {
            if (!RecordPart.isPointer(part)) {
                throw new IllegalArgumentException(
                        "policies: '%s' has requiredParts with '%s', which points to no part of a record; one is '/disposition' or '/fields/amount'"
                                .formatted(code, part));
            }
        }
        deferrable =
                deferrable == null ? mode == WrapUpMode.DISCRETIONARY || atDeadline == AtDeadline.DEFER : deferrable;
        deferDueSeconds = deferDueSeconds == 0 ? 24 * 3600 : deferDueSeconds;
        if (mode == WrapUpMode.TIMEBOXED && windowSeconds == null) {
            throw new IllegalArgumentException("policies: '%s' is TIMEBOXED and needs windowSeconds".formatted(code));
        }
        range(code, "windowSeconds", windowSeconds, 1, 7200);
        range(code, "targetSeconds", targetSeconds, 1, 7200);
        range(code, "warningSeconds", warningSeconds, 0, 600);
        range(code, "graceSeconds", graceSeconds, 0, 600);
        range(code, "deferDueSeconds", deferDueSeconds, 60, 30 * 24 * 3600);
        if (!(holdShare >= 0 && holdShare <= 1)) {
            throw new IllegalArgumentException(
                    "policies: '%s' has holdShare %s, which must be between 0 and 1".formatted(code, holdShare));
        }
    }

    /** As the document has it: there an absent {@code holdShare} means all of the units. */
    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    static PolicyRule read(
            String code,
            String label,
            When when,
            WrapUpMode mode,
            @Nullable Integer windowSeconds,
            @Nullable Integer targetSeconds,
            int warningSeconds,
            int graceSeconds,
            AtDeadline atDeadline,
            int deferDueSeconds,
            @Nullable Boolean deferrable,
            Extensions extensions,
            List<String> requiredParts,
            @Nullable Double holdShare) {
        return new PolicyRule(
                code,
                label,
                when,
                mode,
                windowSeconds,
                targetSeconds,
                warningSeconds,
                graceSeconds,
                atDeadline,
                deferDueSeconds,
                deferrable,
                extensions,
                requiredParts,
                holdShare == null ? 1.0 : holdShare);
    }

    private static void range(String code, String name, @Nullable Integer value, int least, int most) {
        if (value != null && (value < least || value > most)) {
            throw new IllegalArgumentException(
                    "policies: '%s' has %s %d, which must be %d to %d".formatted(code, name, value, least, most));
        }
    }
}
