package org.afterword.drafting.internal.evaluation;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.FormField;
import org.afterword.drafting.internal.evaluation.LabelledContact.Truth;
import org.afterword.drafting.internal.evaluation.LabelledContact.Turn;
import org.afterword.drafting.internal.evaluation.LabelledContact.Who;
import tools.jackson.databind.JsonNode;

/**
 * MultiDoGO (Peskov et al., EMNLP 2019): customer-service talks of which the customer's turns are there. The disposition is the
 * first task intent, of those with at least 20 conversations to learn from; contacts that have another one, or none, have none here.
 * A field holds the values that were labelled with its name; one that takes a single value holds the last.
 */
final class MultiDogo implements Converter {
    /** The talks have no dates; they were collected in that year. */
    private static final LocalDate DAY = LocalDate.of(2018, 9, 1);

    @Override
    public String name() {
        return "multidogo";
    }

    @Override
    public LabelledSet convert(Path folder) throws IOException {
        Catalog catalog = Converter.catalog("multidogo");
        return new LabelledSet(catalog, contacts(folder, "dev", catalog), contacts(folder, "train", catalog));
    }

    private static List<LabelledContact> contacts(Path folder, String part, Catalog catalog) throws IOException {
        return DataFile.documents(DataFile.in(folder, part + ".jsonl"), talk -> contact(talk, catalog));
    }

    private static Map<String, FormField> form(Catalog catalog, String domain) {
        return catalog.fieldsOf(List.of(domain)).stream()
                .collect(Collectors.toMap(FormField::name, Function.identity()));
    }

    private static LabelledContact contact(JsonNode talk, Catalog catalog) {
        String domain = talk.path("domain").asString();
        String code = domain + "." + talk.path("dispositions").path(0).asString("");
        var turns = new ArrayList<Turn>();
        Map<String, FormField> form = form(catalog, domain);
        Map<String, List<String>> fields = new LinkedHashMap<>();
        for (JsonNode turn : talk.path("turns")) {
            turns.add(new Turn(
                    turn.path("n").asInt(), Who.CUSTOMER, turn.path("text").asString()));
            for (JsonNode slot : turn.path("slots")) {
                String name = slot.path("slot").asString();
                FormField field = form.get(name);
                String value = slot.path("value").asString();
                if (field == null) {
                    throw new IllegalArgumentException("the form of '%s' has no field '%s'".formatted(domain, name));
                }
                if (field.multiple()) {
                    List<String> values = fields.computeIfAbsent(name, one -> new ArrayList<>());
                    if (!values.contains(value)) {
                        values.add(value);
                    }
                } else {
                    fields.put(name, List.of(value));
                }
            }
        }
        return LabelledContact.inbound(
                DataFile.text(talk, "id"),
                DAY,
                "chat",
                turns,
                Truth.with()
                        .disposition(catalog.findDisposition(code).isPresent() ? code : null)
                        .fields(fields)
                        .build());
    }
}
