package org.afterword.drafting.internal.evaluation;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.CatalogFile;
import org.afterword.drafting.internal.learning.HeldBack;
import org.afterword.platform.Json;
import org.afterword.platform.ProblemException;
import org.afterword.platform.StartupException;
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

    /**
     * Of a publisher who sets none aside to measure, or not here: a fifth, drawn by what the customer says, so that the same words are never
     * learned from and measured.
     */
    static LabelledSet split(Catalog catalog, List<LabelledContact> all) {
        Map<Boolean, List<LabelledContact>> parts =
                all.stream().collect(Collectors.partitioningBy(contact -> HeldBack.is(contact.wordsOfCustomer())));
        return new LabelledSet(catalog, parts.getOrDefault(true, List.of()), parts.getOrDefault(false, List.of()));
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
        Optional<Path> file = DataFile.find(folder, name);
        return file.isEmpty()
                ? List.of()
                : DataFile.lines(file.get(), line -> STRICT.readValue(line, LabelledContact.class));
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
