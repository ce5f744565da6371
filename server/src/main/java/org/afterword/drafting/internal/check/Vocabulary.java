package org.afterword.drafting.internal.check;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.afterword.drafting.internal.language.Stems;

/**
 * How often words come in conversations: a line each, with how many of them have it, and a star behind those that somebody wrote in
 * lower case where names are capitalized. Counted in {@code /check/ATTRIBUTION.md}'s sets; the first line says of how many.
 */
final class Vocabulary {
    private static final String RESOURCE = "/check/words.txt";

    private final Map<String, Integer> stems = new HashMap<>();
    private final Set<String> ordinary = new HashSet<>();
    private final double conversations;

    private Vocabulary(BufferedReader lines) throws IOException {
        this.conversations = Double.parseDouble(lines.readLine());
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] parts = line.split(" ");
            stems.merge(Stems.of1(parts[0]), Integer.parseInt(parts[1]), Math::max);
            if (parts.length > 2) {
                ordinary.add(Stems.of1(parts[0]));
            }
        }
    }

    static Vocabulary get() {
        return Held.LOADED;
    }

    /** How much a word says: next to nothing if everybody says it. */
    double weight(String stem) {
        return Math.log((conversations + 1) / (stems.getOrDefault(stem, 0) + 1));
    }

    /** Whether it, or another form of it, is a word like others, so that a capital at the beginning of a sentence makes no name of it. */
    boolean isOrdinary(String word) {
        return ordinary.contains(Stems.of1(word));
    }

    private static final class Held {
        private static final Vocabulary LOADED = load();

        private static Vocabulary load() {
            try (InputStream in = Vocabulary.class.getResourceAsStream(RESOURCE)) {
                if (in == null) {
                    throw new IllegalStateException("the program was built without " + RESOURCE);
                }
                return new Vocabulary(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
