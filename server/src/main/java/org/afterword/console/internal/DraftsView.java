package org.afterword.console.internal;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What drafts are worth, and who sees them.
 *
 * @param until   the last day that is in
 * @param queues  that can be chosen
 * @param answer  what drafts save, as a sentence
 * @param unattended what policies approved, as a sentence; empty where nobody allows it
 * @param effects empty while no contacts are compared
 * @param hasShadow whether any contact is of the time before drafts were shown
 * @param json    addresses of the same as JSON, by what they are called
 */
public record DraftsView(
        LocalDate from,
        LocalDate until,
        List<Option> queues,
        String answer,
        Rollout rollout,
        String unattended,
        List<Effect> effects,
        boolean hasShadow,
        List<Part> parts,
        List<Confusable> confusable,
        List<Version> versions,
        List<Change> changes,
        List<Page.Link> json) {

    public record Option(String code, String label, boolean chosen) {}

    /**
     * @param sentence who sees drafts now
     * @param queues   the settings of single queues as JSON; the form gives them back as they are
     */
    public record Rollout(
            String sentence,
            @Nullable LocalDate shadowUntil,
            String holdoutPercent,
            String queues,
            List<MostOfPart> most) {}

    public record MostOfPart(String part, String label, List<Option> grades) {}

    /**
     * @param difference between with and without, in words; empty where too few contacts say
     * @param isClear    whether chance alone hardly makes it
     */
    public record Effect(
            String label, String shown, String heldOut, String shadow, String difference, boolean isClear) {}

    /**
     * @param line  points of the line of weekly agreement, x and y from 0 to 100 as SVG takes them; empty for less than two weeks
     * @param drift in words; empty where nothing drifts
     */
    public record Part(
            String label,
            String seen,
            String seenInterval,
            String blind,
            String blindInterval,
            long edited,
            long rejected,
            long missed,
            String line,
            String weeks,
            String drift) {}

    /** @param width of its bar, 0 to 100 */
    public record Confusable(String one, String other, long contacts, String share, double width) {}

    public record Version(String part, String model, String seen, String blind, long judged) {}

    public record Change(Instant at, String words) {}
}
