package org.afterword.drafting.internal.evaluation;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.afterword.drafting.internal.evaluation.CsvTable.Row;
import org.afterword.drafting.internal.evaluation.LabelledContact.Judged;
import org.afterword.drafting.internal.evaluation.LabelledContact.Truth;
import org.afterword.drafting.internal.evaluation.LabelledContact.Turn;
import org.afterword.drafting.internal.evaluation.LabelledContact.Who;
import org.jspecify.annotations.Nullable;

/**
 * MTS-Dialog (Ben Abacha et al., EACL 2023): talks with a doctor, the note that a person wrote of each, and of the 100 to validate with also four
 * summaries by programs, whose facts people counted. One is wrong where not all of its facts are right (precision under 1), and says what
 * is made up where people counted such a fact (hallucination over 0).
 */
public final class MtsDialog implements Converter {
    private static final LocalDate DAY = LocalDate.of(2022, 6, 1);
    private static final Pattern SPEAKER = Pattern.compile("^\\s*([A-Z][A-Za-z]+(?:[_ ][A-Za-z0-9]+)*)\\s*:\\s*");

    @Override
    public String name() {
        return "mts-dialog";
    }

    @Override
    public LabelledSet convert(Path folder) throws IOException {
        Map<String, List<Judged>> judged = judged(folder);
        return new LabelledSet(
                Converter.noCatalog(),
                CsvTable.read(DataFile.in(folder, "valid.csv")).stream()
                        .map(row -> contact("valid-", row, judged.get(row.get("dialogue"))))
                        .toList(),
                List.of());
    }

    /** The talks to learn from, which nothing is measured on. */
    public static List<LabelledContact> train(Path folder) throws IOException {
        return CsvTable.read(DataFile.in(folder, "train.csv")).stream()
                .map(row -> contact("train-", row, null))
                .toList();
    }

    /** By the talk; a row of the one table is about the row of the other. */
    private static Map<String, List<Judged>> judged(Path folder) throws IOException {
        List<Row> summaries = CsvTable.read(DataFile.in(folder, "valid-automatic-summaries.csv"));
        List<Row> scores = CsvTable.read(DataFile.in(folder, "valid-manual-fact-scores.csv"));
        if (summaries.size() != scores.size()) {
            throw new IllegalArgumentException(
                    "%d summaries, but scores of %d".formatted(summaries.size(), scores.size()));
        }
        Map<String, List<Judged>> judged = new HashMap<>();
        for (int i = 0; i < summaries.size(); i++) {
            double precision = Double.parseDouble(scores.get(i).get("FactualPrecision"));
            double invented = Double.parseDouble(scores.get(i).get("HallucinationRate"));
            judged.computeIfAbsent(summaries.get(i).get("Dialogue"), talk -> new ArrayList<>())
                    .add(new Judged(summaries.get(i).get("Automatic Summary"), precision >= 1, invented > 0));
        }
        return judged;
    }

    private static LabelledContact contact(String prefix, Row row, @Nullable List<Judged> judged) {
        return LabelledContact.inbound(
                prefix + row.get("ID"),
                DAY,
                "voice",
                turns(row.get("dialogue")),
                Truth.with()
                        .summaries(List.of(row.get("section_text")))
                        .judged(judged)
                        .build());
    }

    /** A line each; one without a speaker goes on with the one before. */
    private static List<Turn> turns(String dialogue) {
        var turns = new ArrayList<Turn>();
        for (String line : dialogue.split("\n")) {
            var speaker = SPEAKER.matcher(line);
            boolean named = speaker.find();
            String text = named ? line.substring(speaker.end()) : line;
            if (text.isBlank()) {
                continue;
            }
            if (!named && !turns.isEmpty()) {
                Turn last = turns.removeLast();
                turns.add(Turn.of(last.speaker(), last.text() + " " + text.strip()));
            } else {
                boolean doctor = named && speaker.group(1).matches("Do[ct]{2}or.*|Guest_clini?c?i?an");
                turns.add(Turn.of(doctor ? Who.AGENT : Who.CUSTOMER, text.strip()));
            }
        }
        return turns;
    }
}
