package org.afterword.delivery;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who let a record out.
 *
 * @param id the name of person or token in the trail, or the policy's code
 */
public record Approval(Kind kind, String id) {
    public enum Kind {
        PERSON("person"),
        TOKEN("token"),
        POLICY("policy");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        @JsonValue
        public String code() {
            return code;
        }
    }

    /** Empty unless {@code kind} is one that can approve and {@code id} names who it was. */
    public static Optional<Approval> find(@Nullable String kind, @Nullable String id) {
        return id == null || id.isBlank()
                ? Optional.empty()
                : Arrays.stream(Kind.values())
                        .filter(known -> known.code.equals(kind))
                        .map(known -> new Approval(known, id))
                        .findFirst();
    }
}
