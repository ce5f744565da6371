package org.afterword.cli.internal;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.afterword.drafting.DraftingEngine;
import org.afterword.drafting.Evaluation;
import org.afterword.drafting.EvaluationReport;
import org.afterword.platform.Json;
import org.afterword.platform.StartupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "evaluate",
        description = "Measures how good drafts are on labelled contacts; needs neither data nor a database.")
public final class EvaluateCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "DATASET",
            description = "A folder with catalog.yaml, contacts.jsonl.gz and, to learn from, confirmed.jsonl.gz.")
    private Path dataset = Path.of("");

    @Option(names = "--json", paramLabel = "FILE", description = "Writes all figures into this file too.")
    private @Nullable Path json;

    @Option(
            names = "--learn",
            paramLabel = "N",
            defaultValue = "0",
            description = "Learns from N confirmed contacts of each disposition. Default: 0, the catalog alone")
    private int learn;

    @Option(
            names = "--draw",
            paramLabel = "D",
            defaultValue = "1",
            description =
                    "Which contacts are learned from, and which errors are planted; another number draws others. Default: 1")
    private int draw;

    @Option(names = "--words-only", description = "Leaves the desktop actions out.")
    private boolean wordsOnly;

    @Option(
            names = "--convert",
            paramLabel = "NAME",
            description = "Brings a published data set, which DATASET then is, into the form of a labelled one:"
                    + " abcd, banking77, harper-valley, maia-dqe, mts-dialog, multidogo, natcs, restaurant8k, sgd, todsum"
                    + " or tweetsumm.")
    private @Nullable String convert;

    @Option(names = "--into", paramLabel = "FOLDER", description = "Where --convert writes.")
    private @Nullable Path into;

    @Override
    public Integer call() throws IOException {
        if ((convert == null) != (into == null)) {
            throw new StartupException("--convert and --into go together.");
        }
        if (convert != null && into != null) {
            Evaluation.Converted written = Evaluation.convert(convert, dataset, into);
            say("%s: %,d contacts to measure, %,d to learn from", into, written.contacts(), written.confirmed());
            return 0;
        }
        quieten();
        EvaluationReport report = Evaluation.of(
                dataset,
                new Evaluation.Options(!wordsOnly, learn, draw),
                DraftingEngine.inProcess(),
                new Progress("%,d contacts"));
        print(report);
        if (json != null) {
            Files.writeString(
                    json, Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(report));
        }
        return 0;
    }

    /** The library that runs the small model looks for graphics cards, and warns that there are none. */
    private static void quieten() {
        if (LoggerFactory.getLogger("ai.djl.util.cuda") instanceof Logger log) {
            log.setLevel(Level.ERROR);
        }
    }

    private void print(EvaluationReport report) {
        say(
                "%,d contacts, %,d learned from, %s, draw %d",
                report.contacts(), report.learnedFrom(), report.model(), draw);
        say("");
        for (EvaluationReport.Figure figure : report.figures()) {
            String name = figure.group() == null ? figure.name() : "  " + figure.group() + ": " + figure.name();
            String interval =
                    figure.low() == null ? "" : String.format(Locale.ROOT, "%.3f to %.3f", figure.low(), figure.high());
            say("%-60s %7.3f  %-16s of %,d", name, figure.value(), interval, figure.of());
        }
        say("");
        say("%-24s %9s %9s %9s", "confidence of the first", "contacts", "stated", "right");
        for (EvaluationReport.Band band : report.reliability()) {
            say(
                    "%.2f to %.2f%12s %9d %9.3f %9.3f",
                    band.from(), band.to(), "", band.contacts(), band.stated(), band.right());
        }
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
