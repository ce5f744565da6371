package org.afterword.drafting;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.afterword.platform.Proportion;
import org.jspecify.annotations.Nullable;

/**
 * How often people came to what drafts say. What was confirmed faster than it could be read is in none of it.
 *
 * @param from       a day in UTC
 * @param to         a day in UTC that is not in any more
 * @param queue      whose contacts; null = all
 * @param grades     of the parts that do anything but fill what a person confirms, or may
 * @param confusable pairs of dispositions of which one is drafted where the other is confirmed, worst first
 * @param changes    of grades, the latest first
 * @param unattended what policies approved; in none of the rest
 */
public record DraftQuality(
        LocalDate from,
        LocalDate to,
        @Nullable String queue,
        List<Part> parts,
        List<Version> versions,
        List<PartGrade> grades,
        List<Confusable> confusable,
        List<GradeChange> changes,
        Unattended unattended) {

    /**
     * Records that nobody looked at before they left.
     *
     * @param approved by a policy
     * @param amended  by a person, afterwards
     * @param audited  that a policy would have approved, and that a person got by lot and confirmed
     */
    public record Unattended(long approved, long amended, long audited) {
        public static final Unattended NONE = new Unattended(0, 0, 0);

        public Unattended plus(Unattended more) {
            return new Unattended(approved + more.approved, amended + more.amended, audited + more.audited);
        }
    }

    /**
     * @param agreed how many were confirmed as they were drafted, of those drafted; of a text, with most of its words
     * @param missed how many were confirmed of which nothing was drafted
     */
    public record Agreement(Proportion agreed, long edited, long rejected, long missed) {}

    /**
     * A part of the record.
     *
     * @param seen  by people who saw the draft; they tend to agree with it
     * @param blind by people who did not
     * @param weeks of people who saw it, oldest first
     * @param drift their agreement in the last two weeks, the one that goes on included, less that in the weeks before; null where there are too few to say
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Part(
            String part, Agreement seen, Agreement blind, List<Week> weeks, Proportion.@Nullable Difference drift) {}

    /** @param monday the first day of the week */
    public record Week(LocalDate monday, Proportion agreed) {}

    /** What one version of a model, and what it had learned by then, drafted of a part. */
    public record Version(String part, String model, Agreement seen, Agreement blind) {}

    /**
     * @param queue  null = contacts without one
     * @param earned by agreement
     * @param most   that an administrator allows
     * @param holds  the less of both
     */
    public record PartGrade(@Nullable String queue, String part, Grade earned, Grade most, Grade holds) {}

    /**
     * @param contacts that were confirmed as one of the two and drafted as the other
     * @param share    of all contacts that were confirmed as one of the two
     */
    public record Confusable(String one, String other, long contacts, Proportion share) {}

    /** @param measured the agreement that it was changed by */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record GradeChange(@Nullable String queue, String part, Instant at, Grade grade, Proportion measured) {}
}
