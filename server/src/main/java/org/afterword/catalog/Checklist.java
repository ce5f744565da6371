package org.afterword.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has to be done before a record counts as whole. */
public record Checklist(String code, String label, List<Item> items) implements CatalogItem {
    /**
     * One line of the checklist.
     *
     * @param part    ticked once this part of the record is there: {@code summary}, {@code disposition}, {@code tags},
     *                {@code resolution}, {@code followUps} …; null = not by a part
     * @param said    ticked when the agent said something near one of these sentences
     * @param actions ticked when one of these desktop actions was done
     */
    public record Item(String code, String label, @Nullable String part, List<String> said, List<String> actions) {
        public Item {
            CatalogItem.check("checklists.items", code, label);
            said = said == null ? List.of() : List.copyOf(said);
            actions = actions == null ? List.of() : List.copyOf(actions);
        }
    }

    public Checklist {
        CatalogItem.check("checklists", code, label);
        items = items == null ? List.of() : List.copyOf(items);
    }
}
