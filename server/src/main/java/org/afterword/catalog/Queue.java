package org.afterword.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where contacts wait for an agent. {@code defaultCallType} is used until an event or a person names another. */
public record Queue(
        String code,
        String label,
        List<String> requiredSkills,
        @Nullable String defaultCallType) implements CatalogItem {
    public Queue {
        CatalogItem.check("queues", code, label);
        requiredSkills = requiredSkills == null ? List.of() : List.copyOf(requiredSkills);
    }
}
