package org.afterword.drafting.internal.evaluation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.afterword.catalog.CallType;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.CatalogFile;
import org.afterword.catalog.Disposition;
import org.afterword.catalog.Form;
import org.afterword.catalog.Reason;
import org.afterword.platform.StartupException;
import tools.jackson.databind.JsonNode;

/** Brings a published data set into the form of a labelled set. */
public interface Converter {
    /** All there are. */
    List<Converter> ALL = List.of(
            new MultiDogo(),
            new SchemaGuided(),
            new TweetSumm(),
            new TodSum(),
            new MtsDialog(),
            new Banking77(),
            new NatCs(),
            new Restaurant8k(),
            new HarperValley(),
            new Abcd(),
            new Maia());

    /** As the command line names it. */
    String name();

    /**
     * @param folder of the data as its publisher, or who passed it on, lays it out
     * @throws StartupException naming the file, and the line if there is one, that is not as it should be
     */
    LabelledSet convert(Path folder) throws IOException;

    /** The lines of a file, each a JSON document. */
    static Stream<JsonNode> lines(Path file) throws IOException {
        return DataFile.documents(file, Function.identity()).stream();
    }

    /** The catalog of somebody who declared nothing. */
    static Catalog noCatalog() {
        return declaring(List.of(), List.of(), List.of(), List.of());
    }

    /** The catalog of somebody who declared these alone. */
    static Catalog declaring(
            List<CallType> callTypes, List<Reason> reasons, List<Disposition> dispositions, List<Form> forms) {
        return new Catalog(
                List.of(),
                List.of(),
                List.of(),
                callTypes,
                List.of(),
                reasons,
                dispositions,
                List.of(),
                forms,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
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

    /** A name of a program's as people would write it: {@code FindBranch} and {@code find_branch} are "Find branch". */
    static String label(String name) {
        String words =
                name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").replace('_', ' ').toLowerCase(Locale.ROOT);
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
