package org.afterword.drafting.internal.proof;

import com.fasterxml.jackson.annotation.JsonValue;

/** Who sees the draft of a contact. Drawn with its first draft, and never changed. */
public enum Arm {
    SHOWN("shown"),
    /** By lot, so that what drafts save can be told: the record is filled by hand. */
    HELD_OUT("heldOut"),
    /** Nobody sees any yet, so that it is known how long records take by hand. */
    SHADOW("shadow");

    private final String code;

    Arm(String code) {
        this.code = code;
    }

    /** As events and the API name it. */
    @JsonValue
    public String code() {
        return code;
    }
}
