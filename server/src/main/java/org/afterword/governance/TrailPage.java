package org.afterword.governance;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Entries, newest first.
 *
 * @param next the cursor of the page after this one; null = there is none
 */
public record TrailPage(List<TrailEntry> items, @Nullable String next) {
    public TrailPage {
        items = List.copyOf(items);
    }
}
