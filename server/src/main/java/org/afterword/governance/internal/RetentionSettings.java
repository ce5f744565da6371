package org.afterword.governance.internal;

import org.afterword.platform.Settings;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How long rows are kept, in whole months before the running one; what is not set is kept for ever.
 *
 * @param eventsMonths        of events from outside and of the event log; 2 to 1200
 * @param conversationsMonths of words, desktop actions and what is known of recordings; 2 to 1200
 */
@ConfigurationProperties("afterword.retention")
record RetentionSettings(
        @Nullable Integer eventsMonths, @Nullable Integer conversationsMonths) {
    RetentionSettings {
        check("retention.events-months", eventsMonths);
        check("retention.conversations-months", conversationsMonths);
    }

    private static void check(String key, @Nullable Integer months) {
        if (months != null) {
            Settings.inRange(key, months, 2, 1200);
        }
    }
}
