package org.afterword.drafting;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One statement of a draft, with what it rests on.
 *
 * @param id         names what the claim is about, not its value: it stays the same while the draft grows
 * @param value      what is claimed; null only where {@code check} is {@link Check#NOT_HEARD}
 * @param confidence how sure the machine is, 0 to 1
 * @param evidence   the words and actions it rests on, strongest first
 */
public record Claim<T>(
        String id,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable T value,
        double confidence,
        List<Evidence> evidence,
        Check check) {

    /** What the check found. */
    public enum Check {
        /** The evidence is there, and holds what the claim says. */
        @JsonProperty("supported")
        SUPPORTED,
        /** No evidence was found; a person has to know. */
        @JsonProperty("unsupported")
        UNSUPPORTED,
        /** It judges somebody, which no record should. */
        @JsonProperty("opinion")
        OPINION,
        /** It says something that its evidence does not; not to be used. */
        @JsonProperty("struck")
        STRUCK,
        /** The words that could have answered were not heard. */
        @JsonProperty("notHeard")
        NOT_HEARD
    }

    public Claim {
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("claim %s has confidence %s, not 0 to 1".formatted(id, confidence));
        }
        if (value == null && check != Check.NOT_HEARD) {
            throw new IllegalArgumentException("claim %s has no value, yet is %s".formatted(id, check));
        }
        evidence = List.copyOf(evidence);
    }

    /** A claim as it is composed; {@link DraftCheck} decides whether it stands. */
    public static <T> Claim<T> of(String id, T value, double confidence, List<? extends Evidence> evidence) {
        return new Claim<>(id, value, confidence, List.copyOf(evidence), Check.SUPPORTED);
    }

    /** The place of a claim that would need words, where there are none. */
    public static <T> Claim<T> notHeard(String id) {
        return new Claim<>(id, null, 0, List.of(), Check.NOT_HEARD);
    }

    public Claim<T> withCheck(Check result) {
        return new Claim<>(id, value, confidence, evidence, result);
    }

    /** The same claim, resting on what {@code other} makes of its evidence. */
    public Claim<T> withEvidence(UnaryOperator<Evidence> other) {
        return new Claim<>(
                id, value, confidence, evidence.stream().map(other).distinct().toList(), check);
    }
}
