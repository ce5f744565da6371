package org.afterword.demo.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.afterword.catalog.Catalog;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Makes the demo's conversations from the two data sets they come from. The same input gives the same files, byte for byte.
 *
 * <p>To run it again:
 * <pre>
 * ./mvnw -pl server test-compile exec:java -Dexec.classpathScope=test \
 *     -Dexec.mainClass=org.afterword.demo.internal.BuildDemoData -Dexec.args="SGD HARPER OUTPUT"
 * </pre>
 * {@code SGD} is a folder with {@code train.jsonl.gz} as {@link SchemaGuidedDialogues} describes it, {@code HARPER} one with the
 * {@code audio}, {@code metadata} and {@code transcript} of Harper Valley calls as published, {@code OUTPUT} the folder
 * {@code server/src/main/resources/demo}, whose {@code sgd/catalog.yaml} is read first.
 */
public final class BuildDemoData {
    private static final JsonMapper JSON = new JsonMapper();

    private BuildDemoData() {}

    /** A conversation and what it was about, until they are written to two files. */
    public record Sample(Conversation conversation, Truth truth) {}

    public static void main(String[] args) throws IOException {
        if (args.length != 3) {
            System.err.println("usage: BuildDemoData SGD HARPER OUTPUT");
            System.exit(2);
        }
        Path output = Path.of(args[2]);
        var catalog = new YAMLMapper().readValue(output.resolve("sgd/catalog.yaml"), Catalog.class);

        var dialogues =
                new SchemaGuidedDialogues(catalog).choose(Path.of(args[0]).resolve("train.jsonl.gz"));
        write(output.resolve("sgd"), dialogues);

        var calls = new HarperValleyCalls(Path.of(args[1]));
        write(output.resolve("harper-valley"), calls.all());
        calls.writeRecordings(output.resolve("harper-valley/audio"));
    }

    private static void write(Path folder, List<Sample> samples) throws IOException {
        lines(
                folder.resolve("conversations.jsonl.gz"),
                samples.stream().map(Sample::conversation).toList());
        lines(
                folder.resolve("truth.jsonl.gz"),
                samples.stream().map(Sample::truth).toList());
        System.out.printf("%s: %d conversations%n", folder.getFileName(), samples.size());
    }

    private static void lines(Path file, List<?> values) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            for (Object value : values) {
                out.write((JSON.writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
    }
}
