package org.afterword.drafting.internal.evaluation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.CatalogFile;
import org.afterword.platform.Json;
import tools.jackson.databind.JsonNode;

/** Brings a published data set into the form of a labelled set. */
public interface Converter {
    /** All there are. */
    List<Converter> ALL = List.of(new MultiDogo(), new SchemaGuided(), new TweetSumm(), new TodSum(), new MtsDialog());

    /** As the command line names it. */
    String name();

    /** @param folder of the data as its publisher, or who passed it on, lays it out */
    LabelledSet convert(Path folder) throws IOException;

    /** The lines of a packed file, each a JSON document. */
    static Stream<JsonNode> lines(Path file) throws IOException {
        try (var reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            return reader.lines().map(Json::read).toList().stream();
        }
    }

    /** The catalog of somebody who declared nothing. */
    static Catalog noCatalog() {
        return new Catalog(
                List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
                List.of(), List.of(), List.of(), List.of(), List.of());
    }

    /** The catalog that was written for a set. */
    static Catalog catalog(String name) throws IOException {
        String resource = "/evaluation/" + name + ".yaml";
        try (InputStream in = Converter.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the program was built without " + resource);
            }
            return CatalogFile.read(in);
        }
    }
}
