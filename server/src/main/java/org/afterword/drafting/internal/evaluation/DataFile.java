package org.afterword.drafting.internal.evaluation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.afterword.platform.Json;
import org.afterword.platform.StartupException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Files that labelled and published sets are made of, as they are or packed ({@code .gz}). What is wrong with one is said in a
 * {@link StartupException} with the file and the line, or the entry of its list.
 */
final class DataFile {
    private static final String PACKED = ".gz";

    private DataFile() {}

    /** @throws NoSuchFileException if it is there neither as it is nor packed */
    static Path in(Path folder, String name) throws NoSuchFileException {
        return find(folder, name)
                .orElseThrow(() ->
                        new NoSuchFileException(folder.resolve(name + PACKED).toString()));
    }

    static Optional<Path> find(Path folder, String name) {
        return Stream.of(name, name + PACKED)
                .map(folder::resolve)
                .filter(Files::exists)
                .findFirst();
    }

    /**
     * Those whose names end so, by name.
     *
     * @throws NoSuchFileException if there is none
     */
    static List<Path> allIn(Path folder, String end) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new NoSuchFileException(folder.toString());
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all =
                    files.filter(file -> nameOf(file).endsWith(end)).sorted().toList();
            if (all.isEmpty()) {
                throw new NoSuchFileException(folder.resolve("*" + end + PACKED).toString());
            }
            return all;
        }
    }

    /** Up to the first dot. */
    static String stemOf(Path file) {
        String name = nameOf(file);
        return name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
    }

    /** As it is called when it is not packed. */
    private static String nameOf(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(PACKED) ? name.substring(0, name.length() - PACKED.length()) : name;
    }

    static String text(Path file) throws IOException {
        try (BufferedReader reader = open(file)) {
            return String.join("\n", reader.lines().toList());
        }
    }

    private static BufferedReader open(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        try {
            return new BufferedReader(new InputStreamReader(
                    file.toString().endsWith(PACKED) ? new GZIPInputStream(in) : in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** What is made of each line that is not blank. */
    static <T> List<T> lines(Path file, Function<String, T> make) throws IOException {
        var made = new ArrayList<T>();
        int number = 0;
        try (BufferedReader reader = open(file)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isBlank()) {
                    made.add(make.apply(line));
                }
            }
        } catch (JacksonException | IllegalArgumentException e) {
            throw new StartupException("%s, line %d: %s.".formatted(file, number, message(e)), e);
        }
        return made;
    }

    /** The same where each line is a JSON document. */
    static <T> List<T> documents(Path file, Function<JsonNode, T> make) throws IOException {
        return lines(file, line -> make.apply(Json.read(line)));
    }

    /** What is made of a file that is one JSON document. */
    static <T> T document(Path file, Function<JsonNode, T> make) throws IOException {
        try {
            return make.apply(Json.read(text(file)));
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new StartupException(
                    line > 0
                            ? "%s, line %d: %s.".formatted(file, line, message(e))
                            : "%s: %s.".formatted(file, message(e)),
                    e);
        } catch (IllegalArgumentException e) {
            throw new StartupException("%s: %s.".formatted(file, message(e)), e);
        }
    }

    /** What is made of each entry of a file that is a JSON list, by its number, from 1, and itself. */
    static <T> List<T> entries(Path file, BiFunction<Integer, JsonNode, T> make) throws IOException {
        return document(file, list -> {
            if (!list.isArray()) {
                throw new IllegalArgumentException("a list was expected");
            }
            var made = new ArrayList<T>();
            for (JsonNode entry : list) {
                try {
                    made.add(make.apply(made.size() + 1, entry));
                } catch (JacksonException | IllegalArgumentException e) {
                    throw new IllegalArgumentException("entry %d: %s".formatted(made.size() + 1, message(e)), e);
                }
            }
            return made;
        });
    }

    /** @throws IllegalArgumentException if there is no such text */
    static String text(JsonNode of, String name) {
        JsonNode value = of.path(name);
        if (!value.isString()) {
            throw new IllegalArgumentException("'%s' is missing or no text".formatted(name));
        }
        return value.asString();
    }

    private static String message(RuntimeException e) {
        String said = e instanceof JacksonException json ? json.getOriginalMessage() : e.getMessage();
        return said == null ? e.getClass().getSimpleName() : said;
    }
}
