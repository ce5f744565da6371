package org.afterword.catalog.internal;

import org.afterword.catalog.CatalogChange;
import org.afterword.catalog.CatalogVersion;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemType;
import org.jspecify.annotations.Nullable;

/** The version of a catalog as HTTP writes it. */
final class EntityTag {
    private EntityTag() {}

    static String of(CatalogVersion version) {
        return "\"" + version.number() + "\"";
    }

    /** The change, refused as STALE if the catalog is not the one that {@code ifMatch} names; null = any. */
    static CatalogChange guarded(@Nullable String ifMatch, CatalogChange change) {
        return present -> {
            if (ifMatch != null && !ifMatch.equals("*") && !ifMatch.equals(of(present))) {
                throw new ProblemException(
                        ProblemType.STALE,
                        "The catalog is at version %d now. Read it again and repeat the change."
                                .formatted(present.number()));
            }
            return change.from(present);
        };
    }
}
