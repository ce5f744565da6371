package org.afterword.identity;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.EnumSet;
import java.util.Set;

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

    private static final Set<Role> RECORD_READERS =
            EnumSet.of(SUPERVISOR, REVIEWER, COACH, ADMINISTRATOR, COMPLIANCE_OFFICER);

    private final String code;

    Role(String code) {
        this.code = code;
    }

    /** As it is written in the API. */
    @JsonValue
    public String code() {
        return code;
    }

    /** Whether this role reads anybody's record with what was said; an agent reads its own. */
    public boolean readsRecords() {
        return RECORD_READERS.contains(this);
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
