package org.afterword.drafting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.afterword.drafting.EvaluationReport.Figure;
import org.afterword.platform.StartupException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On contacts in the form of MultiDoGO that this test makes up. */
class EvaluationTest {
    private static final List<String> NAMES = List.of("ann", "bob", "cleo", "dan", "eve", "finn", "gus", "hal");

    @TempDir
    Path folder;

    @Test
    void measuresWhatWasNotLearnedFrom() throws IOException {
        Path set = converted("dev");

        EvaluationReport cold = report(set, 0);
        assertThat(cold.learnedFrom()).isZero();
        assertThat(cold.contacts()).isEqualTo(8);
        assertThat(value(cold, "fields: F1")).isLessThan(0.5);

        EvaluationReport learned = report(set, 100);
        assertThat(learned.learnedFrom()).isEqualTo(80);
        assertThat(value(learned, "disposition: the first is right")).isEqualTo(1);
        assertThat(value(learned, "fields: F1")).isGreaterThan(0.8);
        assertThat(learned.worst()).noneMatch(wrong -> wrong.part().equals("disposition"));

        assertThat(report(set, 5).learnedFrom())
                .as("of each of two dispositions")
                .isEqualTo(10);
    }

    @Test
    void refusesAContactThatWouldBeMeasuredOnWhatItTaught() throws IOException {
        Path set = converted("train");

        assertThatExceptionOfType(StartupException.class)
                .isThrownBy(() -> report(set, 0))
                .withMessageContaining("contact 'train-0' is in contacts.jsonl and in confirmed.jsonl");
    }

    @Test
    void saysWhichFileAPublishedSetLacks() {
        assertThatExceptionOfType(StartupException.class)
                .isThrownBy(() -> Evaluation.convert("sgd", folder, folder.resolve("set")))
                .withMessage("There is no %s, which 'sgd' is made of: see docs/evaluation.md."
                        .formatted(folder.resolve("schema-dev.json")));
    }

    @Test
    void measuresTheCheckOnWhatPeopleFoundWrongAndOnPlantedErrors() throws IOException {
        var notes = new StringBuilder("ID,section_header,section_text,dialogue\n");
        var summaries = new StringBuilder("\uFEFFID,Dialogue,Reference Summary,Automatic Summary\n");
        var scores = new StringBuilder("FactualPrecision,HallucinationRate\n");
        for (int i = 0; i < NAMES.size(); i++) {
            String name = NAMES.get(i).substring(0, 1).toUpperCase(Locale.ROOT)
                    + NAMES.get(i).substring(1);
            String talk = "\"Doctor: Who sent you?\n Patient: Doctor %s, on June 1%d. I had %d of the \"\"pills\"\".\""
                    .formatted(name, i, 20 + i);
            notes.append(
                    "%d,CC,\"Sent by Dr. %s on June 1%d, had %d pills.\",%s\n".formatted(i, name, i, 20 + i, talk));
            summaries.append("%d,%s,,Sent by Dr. %s.\n%d,%s,,Allergic to several antibiotics.\n"
                    .formatted(i, talk, name, i, talk));
            scores.append("1,0\n0.5,0.5\n");
        }
        packed("valid.csv.gz", notes);
        packed("valid-automatic-summaries.csv.gz", summaries);
        packed("valid-manual-fact-scores.csv.gz", scores);
        Path set = folder.resolve("set");
        assertThat(Evaluation.convert("mts-dialog", folder, set)).isEqualTo(new Evaluation.Converted(8, 0));

        EvaluationReport report = report(set, 0);

        assertThat(value(report, "check: doubts what is wrong more than what is right (AUC)"))
                .isGreaterThan(0.75);
        assertThat(value(report, "check: planted errors found")).isEqualTo(1);
        assertThat(value(report, "check: planted names found")).isEqualTo(1);
        assertThat(value(report, "check: true statements marked for a fact")).isZero();
        assertThat(report(set, 0).figures().stream()
                        .filter(figure -> figure.name().startsWith("check:"))
                        .toList())
                .as("the same errors each time")
                .isEqualTo(report.figures().stream()
                        .filter(figure -> figure.name().startsWith("check:"))
                        .toList());
    }

    @Test
    void tellsTheFieldsOfEachFormWhereThereAreSeveral() throws IOException {
        EvaluationReport learned = report(converted("dev"), 100);

        List<Figure> byForm = learned.figures().stream()
                .filter(figure -> figure.group() != null && figure.group().startsWith("form "))
                .toList();
        assertThat(byForm).extracting(Figure::group).containsExactly("form airline", "form finance");
        assertThat(byForm).extracting(Figure::name).containsOnly("fields: F1");
        assertThat(byForm.stream().mapToLong(Figure::of).sum())
                .as("each field is of one form here")
                .isEqualTo(figure(learned, "fields: F1").of());
    }

    @Test
    void measuresHowItEndedAndHowTheCustomerSounded() throws IOException {
        Path set = Files.createDirectories(folder.resolve("set"));
        Files.writeString(set.resolve("catalog.yaml"), "dispositions: []\n");
        Files.writeString(set.resolve("contacts.jsonl"), """
                {"id": "1", "day": "2026-03-02", "turns": [\
                {"speaker": "customer", "text": "My order came broken, this is ridiculous."}, \
                {"speaker": "agent", "text": "I am sorry. I have sent you a new one."}, \
                {"speaker": "customer", "text": "Good, that is all, goodbye."}], "truth": {"resolution": "resolved", \
                "sentiment": {"start": "negative", "end": "neutral", "overall": "negative"}}}
                {"id": "2", "day": "2026-03-02", "turns": [\
                {"speaker": "customer", "text": "Where is the hat that I ordered a month ago?"}], "truth": {\
                "resolution": "unresolved", "sentiment": {"start": "neutral", "end": "neutral", "overall": "negative"}}}
                {"id": "3", "day": "2026-03-02", "turns": [{"speaker": "customer", "text": "Hello."}], "truth": {}}
                """);

        EvaluationReport report = report(set, 0);

        assertThat(figure(report, "resolution: drafted").of()).isEqualTo(2);
        assertThat(value(report, "resolution: drafted")).isEqualTo(0.5);
        assertThat(value(report, "resolution: right")).isEqualTo(0.5);
        assertThat(value(report, "sentiment: right at the start")).isEqualTo(1);
        assertThat(value(report, "sentiment: right at the end")).isEqualTo(1);
        assertThat(value(report, "sentiment: right over all")).isEqualTo(0.5);
        assertThat(value(report, "sentiment: negative over all, precision")).isEqualTo(1);
        assertThat(value(report, "sentiment: negative over all, recall")).isEqualTo(0.5);
    }

    @Test
    void saysInWhichLineATruthIsNone() throws IOException {
        Path set = Files.createDirectories(folder.resolve("set"));
        Files.writeString(set.resolve("catalog.yaml"), "dispositions: []\n");
        Files.writeString(set.resolve("contacts.jsonl"), """
                {"id": "1", "day": "2026-03-02", "turns": [], "truth": {}}
                {"id": "2", "day": "2026-03-02", "turns": [], "truth": {"resolution": "solved"}}
                """);

        assertThatExceptionOfType(StartupException.class)
                .isThrownBy(() -> report(set, 0))
                .withMessageStartingWith("%s, line 2: ".formatted(set.resolve("contacts.jsonl")))
                .withMessageContaining("resolution 'solved' is none of resolved, escalated, pending, unresolved");
    }

    private void packed(String file, CharSequence text) throws IOException {
        try (var out = new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(folder.resolve(file))), StandardCharsets.UTF_8)) {
            out.append(text);
        }
    }

    /** @param measured what the contacts to measure are called */
    private Path converted(String measured) throws IOException {
        write("train.jsonl.gz", "train", 80);
        write("dev.jsonl.gz", measured, 8);
        Path set = folder.resolve("set");
        Evaluation.Converted converted = Evaluation.convert("multidogo", folder, set);
        assertThat(converted).isEqualTo(new Evaluation.Converted(8, 80));
        return set;
    }

    private void write(String file, String called, int count) throws IOException {
        try (var out = new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(folder.resolve(file))), StandardCharsets.UTF_8)) {
            for (int i = 0; i < count; i++) {
                boolean flies = i % 2 == 0;
                String name = NAMES.get(i / 2 % NAMES.size());
                out.write("""
                        {"id": "%s-%d", "domain": "%s", "dispositions": ["%s"], "turns": [\
                        {"n": 0, "text": "%s", "slots": []}, \
                        {"n": 2, "text": "my name is %s", "slots": [{"slot": "name", "value": "%s", "from": 3, "to": 4}]}]}
                        """.formatted(
                                called,
                                i,
                                flies ? "airline" : "finance",
                                flies ? "bookflight" : "closeaccount",
                                flies ? "i want to fly to rome" : "please close my account at your bank",
                                name,
                                name));
            }
        }
    }

    private static EvaluationReport report(Path set, int perCode) throws IOException {
        return Evaluation.of(
                set, new Evaluation.Options(true, perCode, 1), new DraftingEngine(new WordEmbedder()), progress -> {});
    }

    private static double value(EvaluationReport report, String name) {
        return figure(report, name).value();
    }

    private static Figure figure(EvaluationReport report, String name) {
        return report.figures().stream()
                .filter(figure -> figure.group() == null && figure.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
