package org.afterword.delivery;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Who let a record out.
 *
 * @param id the person's name in the trail, or the policy's code
 */
public record Approval(Kind kind, String id) {
    public enum Kind {
        PERSON("person"),
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

    public Approval {
        if (id.isBlank()) {
            throw new IllegalArgumentException("an approval must name the %s".formatted(kind.code()));
        }
    }

    /** Throws {@link IllegalArgumentException} if {@code kind} is neither {@code person} nor {@code policy}. */
    public static Approval of(String kind, String id) {
        for (Kind known : Kind.values()) {
            if (known.code.equals(kind)) {
                return new Approval(known, id);
            }
        }
        throw new IllegalArgumentException("'%s' cannot approve a record; a person or a policy can".formatted(kind));
    }
}
