package org.afterword.analytics;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.List;
import org.afterword.platform.Proportion;
import org.jspecify.annotations.Nullable;

/**
 * What drafts save: contacts whose draft was shown beside contacts that went without.
 *
 * @param queue     whose contacts; null = all
 * @param shown     contacts whose draft was shown, since an administrator first said who sees drafts
 * @param heldOut   contacts that went without by lot
 * @param shadow    contacts of the time before drafts were shown: how long it took by hand then. What differs from {@code shown} may
 *                  have other causes too
 * @param effects   {@code shown} less {@code heldOut}, within times of one share that goes without: the draft's doing, within the interval
 * @param sinceThen {@code shown} less {@code shadow}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DraftEffect(
        Instant from,
        Instant to,
        @Nullable String queue,
        Arm shown,
        Arm heldOut,
        Arm shadow,
        List<Effect> effects,
        List<Effect> sinceThen) {

    /** What is compared. */
    public enum Measure {
        /** Seconds of after-call work, all legs of the contact together. */
        ACW("acwSeconds"),
        /** Seconds of talk, hold and after-call work: what is saved in one of them may come back in another. */
        EFFORT("effortSeconds"),
        /** Share of contacts whose record was left for later. */
        DEFERRED("deferred"),
        /** Share of contacts whose confirmed record was amended. */
        REVISED("revised"),
        /** Share of contacts after which the same customer came again within a week, of those a week ago. */
        REPEATED("repeated");

        private final String code;

        Measure(String code) {
            this.code = code;
        }

        /** As the API names it. */
        @JsonValue
        public String code() {
            return code;
        }
    }

    /**
     * @param acwSeconds    mean of a contact; null where there is none
     * @param effortSeconds likewise
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Arm(
            long contacts,
            @Nullable Double acwSeconds,
            @Nullable Double effortSeconds,
            Proportion deferred,
            Proportion revised,
            Proportion repeated) {}

    /** @param difference with its interval of 95 %; null where too few contacts were compared */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Effect(Measure measure, Proportion.@Nullable Difference difference) {}
}
