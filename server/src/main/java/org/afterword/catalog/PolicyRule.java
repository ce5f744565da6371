package org.afterword.catalog;

import org.jspecify.annotations.Nullable;

/**
 * What happens after the calls that {@code when} selects. Where it says nothing about a setting, rules that match as well and
 * rank lower do. Which rule ranks how is decided by the wrap-up module.
 *
 * @param surge what holds instead while the queue surges; null = the settings hold as ever
 */
public record PolicyRule(
        String code,
        String label,
        When when,
        PolicySettings settings,
        @Nullable PolicySettings surge) implements CatalogItem {

    /** Conditions that must all hold; an absent one holds always. */
    public record When(
            @Nullable String agent,
            @Nullable String skill,
            @Nullable String team,
            @Nullable String callType,
            @Nullable Complexity complexity,
            @Nullable String campaign,
            @Nullable String queue,
            @Nullable String direction,
            @Nullable String channel) {
        public static final When ALWAYS = new When(null, null, null, null, null, null, null, null, null);
    }

    public PolicyRule {
        CatalogItem.check("policies", code, label);
        when = when == null ? When.ALWAYS : when;
        settings = settings == null ? PolicySettings.NOTHING : settings;
        settings.check("policies: '%s'".formatted(code));
        if (surge != null) {
            surge.check("policies: the surge of '%s'".formatted(code));
        }
    }

    /** What it says of a wrap-up that opens while its queue surges, or not. */
    public PolicySettings said(boolean surging) {
        return surging && surge != null ? surge.over(settings) : settings;
    }
}
