package org.afterword.drafting.internal.evaluation;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.Disposition;
import org.afterword.drafting.internal.evaluation.CsvTable.Row;
import org.afterword.drafting.internal.evaluation.LabelledContact.Truth;
import org.afterword.drafting.internal.evaluation.LabelledContact.Turn;
import org.afterword.drafting.internal.evaluation.LabelledContact.Who;

/**
 * Banking77 (Casanueva et al. 2020): one question of a customer each, and the one of 77 categories that it belongs to, which is its
 * disposition. The catalog says no more than the categories' names. The published test part is measured, where it is there.
 */
final class Banking77 implements Converter {
    private static final LocalDate DAY = LocalDate.of(2020, 3, 1);

    @Override
    public String name() {
        return "banking77";
    }

    @Override
    public LabelledSet convert(Path folder) throws IOException {
        List<Row> train = CsvTable.read(DataFile.in(folder, "train.csv"));
        Optional<Path> test = DataFile.find(folder, "test.csv");
        List<Row> measured = test.isEmpty() ? List.of() : CsvTable.read(test.get());
        Catalog catalog = catalog(Stream.concat(train.stream(), measured.stream()));
        return test.isEmpty()
                ? LabelledSet.split(catalog, contacts("train", train))
                : new LabelledSet(catalog, contacts("test", measured), contacts("train", train));
    }

    private static Catalog catalog(Stream<Row> rows) {
        Map<String, String> labels = rows.map(row -> row.get("category"))
                .collect(Collectors.toMap(
                        Banking77::code, category -> category.replace('_', ' '), (one, same) -> one, TreeMap::new));
        return Converter.declaring(
                List.of(),
                List.of(),
                labels.entrySet().stream()
                        .map(one -> new Disposition(one.getKey(), one.getValue(), null, null, List.of()))
                        .toList(),
                List.of());
    }

    /** One category ends in a question mark. */
    private static String code(String category) {
        return category.replaceAll("\\W", "");
    }

    private static List<LabelledContact> contacts(String part, List<Row> rows) {
        return rows.stream()
                .map(row -> LabelledContact.inbound(
                        part + " " + row.number(),
                        DAY,
                        "chat",
                        List.of(Turn.of(Who.CUSTOMER, row.get("text"))),
                        Truth.with().disposition(code(row.get("category"))).build()))
                .toList();
    }
}
