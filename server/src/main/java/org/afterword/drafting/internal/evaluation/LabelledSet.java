package org.afterword.drafting.internal.evaluation;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.CatalogFile;
import org.afterword.platform.Json;
import org.afterword.platform.ProblemException;
import org.afterword.platform.StartupException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Labelled contacts in a folder: {@code catalog.yaml}, {@code contacts.jsonl.gz}, which are measured, and
 * {@code confirmed.jsonl.gz}, which are learned from if there are any. The two may not share a contact.
 */
public record LabelledSet(Catalog catalog, List<LabelledContact> contacts, List<LabelledContact> confirmed) {
    private static final String CATALOG = "catalog.yaml";
    private static final String CONTACTS = "contacts.jsonl";
    private static final String CONFIRMED = "confirmed.jsonl";
    private static final String PACKED = ".gz";

    private static final JsonMapper STRICT = Json.configure(JsonMapper.builder())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    public LabelledSet {
        contacts = List.copyOf(contacts);
        confirmed = List.copyOf(confirmed);
    }

    /** @throws StartupException naming the file and the line that is not as it should be */
    public static LabelledSet read(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new StartupException("There is no folder %s.".formatted(folder));
        }
        List<LabelledContact> contacts = lines(folder, CONTACTS);
        if (contacts.isEmpty()) {
            throw new StartupException("%s holds no %s with contacts to measure.".formatted(folder, CONTACTS));
        }
        var set = new LabelledSet(catalog(folder.resolve(CATALOG)), contacts, lines(folder, CONFIRMED));
        set.refuseRepeats(folder);
        return set;
    }

    private static Catalog catalog(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new StartupException(
                    "The file %s is missing: it says which codes and fields there are.".formatted(file));
        }
        try {
            return CatalogFile.read(file);
        } catch (ProblemException e) {
            throw new StartupException("%s: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static List<LabelledContact> lines(Path folder, String name) throws IOException {
        Path plain = folder.resolve(name);
        Path file = Files.exists(plain) ? plain : folder.resolve(name + PACKED);
        var contacts = new ArrayList<LabelledContact>();
        if (!Files.exists(file)) {
            return contacts;
        }
        int number = 0;
        try (InputStream in = Files.newInputStream(file);
                var reader = new BufferedReader(new InputStreamReader(
                        file.equals(plain) ? in : new GZIPInputStream(in), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isBlank()) {
                    contacts.add(STRICT.readValue(line, LabelledContact.class));
                }
            }
        } catch (JacksonException e) {
            throw new StartupException("%s, line %d: %s.".formatted(file, number, e.getOriginalMessage()), e);
        }
        return contacts;
    }

    /** What was learned from is not measured on. */
    private void refuseRepeats(Path folder) {
        Map<String, String> seen = new HashMap<>();
        contacts.forEach(contact -> seen.put(contact.id(), CONTACTS));
        for (LabelledContact contact : confirmed) {
            String other = seen.putIfAbsent(contact.id(), CONFIRMED);
            if (other != null) {
                throw new StartupException(
                        "%s: contact '%s' is in %s and in %s, so it would be measured on what it taught."
                                .formatted(folder, contact.id(), other, CONFIRMED));
            }
        }
    }

    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        CatalogFile.write(folder.resolve(CATALOG), catalog);
        write(folder.resolve(CONTACTS + PACKED), contacts);
        if (!confirmed.isEmpty()) {
            write(folder.resolve(CONFIRMED + PACKED), confirmed);
        }
    }

    private static void write(Path file, List<LabelledContact> contacts) throws IOException {
        try (var out = new BufferedWriter(
                new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8))) {
            for (LabelledContact contact : contacts) {
                out.write(Json.write(contact));
                out.newLine();
            }
        }
    }
}
