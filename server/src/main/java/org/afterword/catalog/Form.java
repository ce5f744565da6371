package org.afterword.catalog;

import java.util.List;

/** The fields that a record of some call types has beside its summary and disposition. */
public record Form(String code, String label, List<FormField> fields) implements CatalogItem {
    public Form {
        CatalogItem.check("forms", code, label);
        fields = fields == null ? List.of() : List.copyOf(fields);
    }
}
