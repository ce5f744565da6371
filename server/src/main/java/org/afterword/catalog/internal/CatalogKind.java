package org.afterword.catalog.internal;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.CatalogItem;

/** The lists that a catalog consists of. */
public enum CatalogKind {
    QUEUES("queues", "queues", Catalog::queues),
    TEAMS("teams", "teams", Catalog::teams),
    CAMPAIGNS("campaigns", "campaigns", Catalog::campaigns),
    CALL_TYPES("callTypes", "call-types", Catalog::callTypes),
    POLICIES("policies", "policies", Catalog::policies),
    REASONS("reasons", "reasons", Catalog::reasons),
    DISPOSITIONS("dispositions", "dispositions", Catalog::dispositions),
    TAGS("tags", "tags", Catalog::tags),
    FORMS("forms", "forms", Catalog::forms),
    CHECKLISTS("checklists", "checklists", Catalog::checklists),
    GUIDES("guides", "guides", Catalog::guides),
    TEMPLATES("templates", "templates", Catalog::templates),
    ABBREVIATIONS("abbreviations", "abbreviations", Catalog::abbreviations),
    NOT_READY_REASONS("notReadyReasons", "not-ready-reasons", Catalog::notReadyReasons);

    private final String property;
    private final String path;
    private final Function<Catalog, List<? extends CatalogItem>> items;

    CatalogKind(String property, String path, Function<Catalog, List<? extends CatalogItem>> items) {
        this.property = property;
        this.path = path;
        this.items = items;
    }

    /** Its name in the document. */
    public String property() {
        return property;
    }

    /** Its name in addresses. */
    public String path() {
        return path;
    }

    public List<? extends CatalogItem> of(Catalog catalog) {
        return items.apply(catalog);
    }

    /** Throws {@link IllegalArgumentException} if there is no such kind. */
    static CatalogKind ofPath(String path) {
        return Arrays.stream(values())
                .filter(kind -> kind.path.equals(path))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no catalog of '%s'".formatted(path)));
    }
}
