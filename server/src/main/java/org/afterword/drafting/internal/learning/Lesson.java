package org.afterword.drafting.internal.learning;

import java.util.Map;
import java.util.Set;

/**
 * One contact whose codes are known.
 *
 * @param id    of the record
 * @param prior what the catalog's words alone made of it, code → share; codes that are not there got nothing
 * @param codes that people confirmed; exactly one where a contact has one of them
 */
public record Lesson(String id, Features features, Map<String, Double> prior, Set<String> codes) {
    public Lesson {
        prior = Map.copyOf(prior);
        codes = Set.copyOf(codes);
    }

    /** Of a contact that has one of the codes. */
    public Lesson(String id, Features features, Map<String, Double> prior, String code) {
        this(id, features, prior, Set.of(code));
    }

    /** The only one. */
    public String code() {
        return codes.iterator().next();
    }
}
