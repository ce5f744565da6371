package org.afterword.catalog;

import org.afterword.platform.Json;

/** Policies for tests, written as people write them; quotes may be single ones. */
public final class APolicy {
    private APolicy() {}

    /** A rule for every contact. */
    public static PolicyRule of(String code, String settings) {
        return of(code, "{}", settings);
    }

    public static PolicyRule of(String code, String when, String settings) {
        return new PolicyRule(
                code, code, read(when, PolicyRule.When.class), read(settings, PolicySettings.class), null);
    }

    public static PolicyRule of(String code, String when, String settings, String surge) {
        return new PolicyRule(
                code,
                code,
                read(when, PolicyRule.When.class),
                read(settings, PolicySettings.class),
                read(surge, PolicySettings.class));
    }

    private static <T> T read(String json, Class<T> type) {
        return Json.read(json.replace('\'', '"'), type);
    }
}
