package org.afterword.demo.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The demo's data as it ships inside the program, each source in a folder of its own with its license. */
public final class DemoData {
    private static final List<String> SOURCES = List.of("sgd", "harper-valley");
    private static final JsonMapper JSON = new JsonMapper();

    private DemoData() {}

    /** The document of {@code PUT /api/v1/catalog}, in YAML. */
    public static String catalog() {
        try (InputStream in = open("sgd/catalog.yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static People people() {
        try (InputStream in = open("people.yaml")) {
            return new YAMLMapper().readValue(in, People.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All conversations in the order of the sources; the driver chooses its own. */
    public static List<Conversation> conversations() {
        return SOURCES.stream()
                .flatMap(source -> lines(source + "/conversations.jsonl.gz", Conversation.class))
                .toList();
    }

    /** What each conversation was really about, by its id. */
    public static Map<String, Truth> truths() {
        return SOURCES.stream()
                .flatMap(source -> lines(source + "/truth.jsonl.gz", Truth.class))
                .collect(Collectors.toUnmodifiableMap(Truth::id, Function.identity()));
    }

    /** The two-channel wave file that {@link Conversation#recording()} names; the caller closes it. */
    public static InputStream recording(String name) {
        return open("harper-valley/audio/" + name);
    }

    private static <T> Stream<T> lines(String file, Class<T> type) {
        try (var lines =
                new BufferedReader(new InputStreamReader(new GZIPInputStream(open(file)), StandardCharsets.UTF_8))) {
            return lines.lines().map(line -> JSON.readValue(line, type)).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String file) {
        @Nullable InputStream in = DemoData.class.getResourceAsStream("/demo/" + file);
        if (in == null) {
            throw new IllegalStateException("the program lacks its resource demo/" + file);
        }
        return in;
    }
}
