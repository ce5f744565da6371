package org.afterword.catalog.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.CatalogItem;

/**
 * What differs between two catalogs.
 *
 * @param begun items as they are now: new, changed or moved
 * @param ended items as they were before and are not any longer
 */
public record CatalogChanges(List<Placed> begun, List<Placed> ended) {
    /** An item in its place. */
    public record Placed(CatalogKind kind, int position, CatalogItem item) {
        private String name() {
            return kind.path() + "/" + item.code();
        }
    }

    public static CatalogChanges between(Catalog old, Catalog wanted) {
        Set<Placed> before = all(old);
        Set<Placed> after = all(wanted);
        return new CatalogChanges(without(before, after), without(after, before));
    }

    private static Set<Placed> all(Catalog catalog) {
        var placed = new LinkedHashSet<Placed>();
        for (CatalogKind kind : CatalogKind.values()) {
            List<? extends CatalogItem> items = kind.of(catalog);
            for (int i = 0; i < items.size(); i++) {
                placed.add(new Placed(kind, i, items.get(i)));
            }
        }
        return placed;
    }

    private static List<Placed> without(Set<Placed> others, Set<Placed> items) {
        return items.stream().filter(item -> !others.contains(item)).toList();
    }

    public boolean isEmpty() {
        return begun.isEmpty() && ended.isEmpty();
    }

    /** For the trail, which items; what they were and are stands in the versions. */
    public Map<String, List<String>> summary() {
        Set<String> now = names(begun);
        var removed = new ArrayList<>(names(ended));
        removed.removeAll(now);
        var summary = new LinkedHashMap<String, List<String>>();
        summary.put("changed", List.copyOf(now));
        summary.put("removed", removed);
        return summary;
    }

    private static Set<String> names(List<Placed> items) {
        return items.stream().map(Placed::name).collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
