package org.afterword.drafting.internal.check;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The weights of what {@link Support} measures: a logistic regression, learned from what {@code /check/ATTRIBUTION.md} names.
 *
 * @param weights one for each of {@link Support#MEASURES}
 * @param marked  doubts from here on mark a statement: so many that 5 of 100 true ones of the fifth held back were
 */
record SupportModel(List<Double> weights, double marked) {
    private static final String RESOURCE = "/check/support.txt";
    private static final String MARKED = "marked";

    SupportModel {
        weights = List.copyOf(weights);
        if (weights.size() != Support.MEASURES.size()) {
            throw new IllegalArgumentException(
                    "%d weights for %d measures".formatted(weights.size(), Support.MEASURES.size()));
        }
    }

    static SupportModel get() {
        return Held.LOADED;
    }

    /** How likely it is that the talk does not bear the statement out, 0 to 1. */
    double doubt(double[] measures) {
        double score = 0;
        for (int i = 0; i < measures.length; i++) {
            score += weights.get(i) * measures[i];
        }
        return 1 / (1 + Math.exp(-score));
    }

    private static SupportModel of(BufferedReader lines) {
        Map<String, Double> values = new HashMap<>();
        lines.lines().map(line -> line.split(" ")).forEach(line -> values.put(line[0], Double.valueOf(line[1])));
        return new SupportModel(
                Support.MEASURES.stream()
                        .map(name -> values.getOrDefault(name, Double.NaN))
                        .toList(),
                values.getOrDefault(MARKED, Double.NaN));
    }

    private static final class Held {
        private static final SupportModel LOADED = load();

        private static SupportModel load() {
            try (InputStream in = SupportModel.class.getResourceAsStream(RESOURCE)) {
                if (in == null) {
                    throw new IllegalStateException("the program was built without " + RESOURCE);
                }
                return of(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
