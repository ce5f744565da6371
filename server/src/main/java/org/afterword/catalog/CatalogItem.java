package org.afterword.catalog;

/** One entry of the catalog: a stable code that is stored, and a label that may be renamed. */
public sealed interface CatalogItem
        permits Abbreviation,
                CallType,
                Campaign,
                Checklist,
                Disposition,
                Form,
                Guide,
                NotReadyReason,
                PolicyRule,
                Queue,
                Reason,
                Tag,
                Team,
                Template {
    String code();

    String label();

    /** Throws {@link IllegalArgumentException} that names the kind and the value unless code and label can be used. */
    static void check(String kind, String code, String label) {
        if (code == null || !code.matches("[A-Za-z0-9][A-Za-z0-9_.:-]{0,99}")) {
            throw new IllegalArgumentException(
                    "%s: code '%s' must be 1 to 100 letters, digits or _ . : - and begin with a letter or digit"
                            .formatted(kind, code));
        }
        if (label == null || label.isBlank() || label.length() > 200) {
            throw new IllegalArgumentException("%s: '%s' needs a label of 1 to 200 characters".formatted(kind, code));
        }
    }
}
