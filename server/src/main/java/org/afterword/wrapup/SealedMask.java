package org.afterword.wrapup;

import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.afterword.identity.Role;

/** What stands in a record for the value of a sensitive field: {@code [sealed kqzwmbxrtd]}. It says nothing of the value. */
public final class SealedMask {
    /** Without vowels and digits, so that it is neither a word nor a number. */
    private static final String LETTERS = "bcdfghjklmnpqrstvwxz";

    private static final int LENGTH = 10;
    private static final Pattern FORM = Pattern.compile("\\[sealed [" + LETTERS + "]{" + LENGTH + "}]");
    private static final Set<Role> REVEALED_TO = EnumSet.of(Role.SUPERVISOR, Role.REVIEWER, Role.COMPLIANCE_OFFICER);
    private static final SecureRandom RANDOM = new SecureRandom();

    private SealedMask() {}

    public static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }

    /** Whether somebody in this role may see what stands behind masks, having said why. */
    public static boolean mayBeRevealedTo(Role role) {
        return REVEALED_TO.contains(role);
    }

    /** A new one. */
    public static String next() {
        var letters = new StringBuilder(LENGTH);
        RANDOM.ints(LENGTH, 0, LETTERS.length()).forEach(i -> letters.append(LETTERS.charAt(i)));
        return "[sealed %s]".formatted(letters);
    }
}
