package org.afterword.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.afterword.catalog.internal.CatalogDocument;
import org.afterword.catalog.internal.CatalogDocument.Notation;
import org.afterword.platform.ProblemException;

/** A catalog that lies in a file of its own, as {@code GET /api/v1/catalog} gives it. */
public final class CatalogFile {
    private CatalogFile() {}

    /**
     * Reads JSON where the name ends with {@code .json}, else YAML.
     *
     * @throws ProblemException naming what is wrong with it
     */
    public static Catalog read(Path file) throws IOException {
        Notation notation = file.toString().endsWith(".json") ? Notation.JSON : Notation.YAML;
        return CatalogDocument.read(Files.readAllBytes(file), notation);
    }

    /** Reads YAML; otherwise the same. */
    public static Catalog read(InputStream yaml) throws IOException {
        return CatalogDocument.read(yaml.readAllBytes(), Notation.YAML);
    }

    /** Writes YAML. */
    public static void write(Path file, Catalog catalog) throws IOException {
        Files.write(file, CatalogDocument.write(catalog, Notation.YAML));
    }
}
