package org.afterword.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.afterword.catalog.internal.CatalogDocument;
import org.afterword.catalog.internal.CatalogDocument.Notation;
import org.afterword.identity.AccessEvent;
import org.afterword.identity.NewTenantListener;
import org.afterword.platform.TenantId;

/** What a new tenant begins with: a general support center, so that the first call can be wrapped up unconfigured. */
public final class StarterCatalog implements NewTenantListener {
    private static final String RESOURCE = "/catalog/starter.yaml";

    private final Catalogs catalogs;

    public StarterCatalog(Catalogs catalogs) {
        this.catalogs = catalogs;
    }

    @Override
    public void created(TenantId tenant) {
        catalogs.change(present -> read(), AccessEvent.SYSTEM);
    }

    /** The catalog itself. */
    public static Catalog read() {
        try (InputStream resource = StarterCatalog.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException("the program was built without " + RESOURCE);
            }
            return CatalogDocument.read(resource.readAllBytes(), Notation.YAML);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
