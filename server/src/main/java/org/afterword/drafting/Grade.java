package org.afterword.drafting;

import java.util.Optional;

/** How much a drafted part may do by itself, from nothing upwards. None fills a record that nobody confirms. */
public enum Grade {
    /** It is drafted and measured, but seen by nobody. */
    OFF,
    /** It stands beside the part, and a person takes it over. */
    SUGGEST,
    /** It fills the part, and a person confirms it. */
    PREFILL;

    public Grade atMost(Grade most) {
        return compareTo(most) <= 0 ? this : most;
    }

    public Optional<Grade> below() {
        return this == OFF ? Optional.empty() : Optional.of(values()[ordinal() - 1]);
    }

    public Optional<Grade> above() {
        return this == PREFILL ? Optional.empty() : Optional.of(values()[ordinal() + 1]);
    }
}
