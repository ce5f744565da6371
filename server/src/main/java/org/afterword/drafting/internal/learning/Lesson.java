package org.afterword.drafting.internal.learning;

import java.util.Map;

/**
 * One contact whose code is known.
 *
 * @param id    of the record
 * @param prior what the catalog's words alone made of it, code → share; codes that are not there got nothing
 * @param code  that people confirmed
 */
public record Lesson(String id, Features features, Map<String, Double> prior, String code) {
    public Lesson {
        prior = Map.copyOf(prior);
    }
}
