package org.afterword.identity;

import com.fasterxml.jackson.annotation.JsonValue;

/** What a person or a token may do. */
public enum Role {
    AGENT("agent"),
    SUPERVISOR("supervisor"),
    REVIEWER("reviewer"),
    COACH("coach"),
    PLANNER("planner"),
    ADMINISTRATOR("administrator"),
    COMPLIANCE_OFFICER("compliance-officer"),
    INTEGRATION("integration");

    private final String code;

    Role(String code) {
        this.code = code;
    }

    /** As it is written in the API. */
    @JsonValue
    public String code() {
        return code;
    }

    /** Throws {@link IllegalArgumentException} that names the value if there is no such role. */
    public static Role parse(String code) {
        for (Role role : values()) {
            if (role.code.equals(code)) {
                return role;
            }
        }
        throw new IllegalArgumentException("there is no role '%s'".formatted(code));
    }
}
