package org.afterword.e2e;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

/** What a test cannot do without: on a laptop it is skipped and counted at the end of the build, in continuous integration it fails. */
public final class Wanting {
    /** The build's last step looks for these words among the reasons of skipped tests. */
    private static final String FOR_WANT_OF = "For want of ";

    private Wanting() {}

    public static void unless(boolean there, String what) {
        if (!there) {
            if (Boolean.parseBoolean(System.getenv("CI"))) {
                fail(FOR_WANT_OF + what);
            }
            abort(FOR_WANT_OF + what);
        }
    }
}
