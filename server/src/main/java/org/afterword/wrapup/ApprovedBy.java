package org.afterword.wrapup;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who let a record leave the house.
 *
 * @param kind       {@code person}, {@code token} (an agent's own) or {@code policy}
 * @param id         as the trail names it
 * @param confidence how sure the draft was of the disposition, where a policy approved it; else null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ApprovedBy(String kind, String id, @Nullable Double confidence) {
    /** What the names of policies begin with. */
    static final String POLICY = "policy:";

    /** Nobody before it is confirmed, and where it was taken back. */
    public static Optional<ApprovedBy> of(WrapUp wrapUp) {
        String by = wrapUp.confirmedBy();
        WrapUp.Result result = wrapUp.result();
        return by == null
                ? Optional.empty()
                : Optional.of(
                        new ApprovedBy(kind(by), by, isPolicy(by) && result != null ? result.unattended() : null));
    }

    /** Whether a policy stands there in the place of a person. */
    public static boolean isPolicy(@Nullable String actor) {
        return actor != null && actor.startsWith(POLICY);
    }

    /** The code of the rule of the policy that approved it; empty where a person confirmed it. */
    public Optional<String> rule() {
        return isPolicy(id) ? Optional.of(id.substring(POLICY.length(), id.lastIndexOf('@'))) : Optional.empty();
    }

    private static String kind(String by) {
        return isPolicy(by) ? "policy" : by.startsWith("token:") ? "token" : "person";
    }
}
