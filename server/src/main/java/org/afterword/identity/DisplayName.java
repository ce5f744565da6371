package org.afterword.identity;

import java.util.Optional;
import org.afterword.platform.ProblemException.Fault;

/** What people read as the name of a user or a token. */
final class DisplayName {
    private static final int LONGEST = 200;

    private DisplayName() {}

    static Optional<Fault> check(String name) {
        boolean fits =
                !name.isBlank() && name.length() <= LONGEST && name.chars().noneMatch(Character::isISOControl);
        return fits
                ? Optional.empty()
                : Optional.of(new Fault(
                        "#/name", "must have 1 to %d characters, none of them a control character".formatted(LONGEST)));
    }
}
