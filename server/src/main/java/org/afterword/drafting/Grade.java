package org.afterword.drafting;

import java.util.Optional;

/** How much a drafted part may do by itself, from nothing upwards. */
public enum Grade {
    /** It is drafted and measured, but seen by nobody. */
    OFF,
    /** It stands beside the part, and a person takes it over. */
    SUGGEST,
    /** It fills the part, and a person confirms it. */
    PREFILL,
    /** It fills the part of records that a policy approves; a fifth of them, by lot, is confirmed by a person. */
    FILL_AUDITED,
    /** The same, and of a hundred two are confirmed by a person. */
    FILL;

    public Grade atMost(Grade most) {
        return compareTo(most) <= 0 ? this : most;
    }

    /** Whether it may stand in a record that nobody looks at, where a policy asks for that. */
    public boolean isUnattended() {
        return compareTo(PREFILL) > 0;
    }

    public Optional<Grade> below() {
        return this == OFF ? Optional.empty() : Optional.of(values()[ordinal() - 1]);
    }

    public Optional<Grade> above() {
        return this == FILL ? Optional.empty() : Optional.of(values()[ordinal() + 1]);
    }
}
