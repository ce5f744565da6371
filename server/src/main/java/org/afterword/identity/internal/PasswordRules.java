package org.afterword.identity.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Which passwords are not taken: what is guessed first. There is no rule about kinds of characters, since those make
 * passwords no harder to guess.
 *
 * <p>Common ones are from a list, see {@code passwords/ATTRIBUTION.md}. A password is also not taken if its letters are
 * nothing but a word that this place suggests: of the product and its roles, or the user's own name.
 */
public final class PasswordRules {
    public static final int SHORTEST = 8;

    /** What bcrypt takes; it would ignore the rest. */
    static final int LONGEST_BYTES = 72;

    /** In SECURITY.md too. */
    private static final Set<String> WORDS = Set.of(
            "afterword",
            "aftercall",
            "aftercallwork",
            "wrapup",
            "callcenter",
            "callcentre",
            "contactcenter",
            "contactcentre",
            "agent",
            "supervisor",
            "reviewer",
            "coach",
            "planner",
            "administrator",
            "admin",
            "compliance",
            "complianceofficer",
            "integration",
            "password",
            "welcome",
            "changeme");

    private static final Set<String> COMMON = read("/passwords/common.txt.gz");

    private PasswordRules() {}

    /**
     * Why {@code password} cannot be taken, as what follows on "the password"; empty if it can.
     *
     * @param names what the user is called and signs in with
     */
    public static Optional<String> objection(String password, @Nullable String... names) {
        if (password.codePointCount(0, password.length()) < SHORTEST
                || password.getBytes(StandardCharsets.UTF_8).length > LONGEST_BYTES) {
            return Optional.of(
                    "must have %d characters or more, and %d bytes at most".formatted(SHORTEST, LONGEST_BYTES));
        }
        String lower = password.toLowerCase(Locale.ROOT);
        if (COMMON.contains(lower)) {
            return Optional.of("is one of those that are guessed first; choose one that nobody else has");
        }
        String letters = letters(lower);
        boolean suggested = letters.isEmpty()
                ? lower.chars().distinct().count() <= 2
                : WORDS.contains(letters) || wordsOf(names).anyMatch(letters::equals);
        return suggested
                ? Optional.of("is made of a name that belongs here, which is guessed first; choose other words")
                : Optional.empty();
    }

    /** The list of common passwords, in lower case. */
    static Set<String> common() {
        return COMMON;
    }

    private static Stream<String> wordsOf(@Nullable String... names) {
        return Arrays.stream(names)
                .map(name -> name == null ? "" : name.toLowerCase(Locale.ROOT))
                .flatMap(name -> Stream.concat(Stream.of(name), Stream.of(name.split("[^\\p{L}\\p{N}]+"))))
                .map(PasswordRules::letters)
                .filter(word -> !word.isEmpty());
    }

    private static String letters(String text) {
        return text.replaceAll("\\P{L}", "");
    }

    private static Set<String> read(String resource) {
        try (InputStream in = PasswordRules.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is not in the program");
            }
            List<String> lines = new BufferedReader(
                            new InputStreamReader(new GZIPInputStream(in), StandardCharsets.UTF_8))
                    .lines()
                    .toList();
            return Set.copyOf(lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
