package org.afterword.drafting.internal.evaluation;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.afterword.drafting.internal.evaluation.LabelledContact.Truth;
import org.afterword.drafting.internal.evaluation.LabelledContact.Turn;
import org.afterword.drafting.internal.evaluation.LabelledContact.Who;
import tools.jackson.databind.JsonNode;

/** TODSum (Zhao et al. 2021): talks of a booking service with summaries full of values, in lower case throughout. */
final class TodSum implements Converter {
    private static final LocalDate DAY = LocalDate.of(2021, 10, 25);

    @Override
    public String name() {
        return "todsum";
    }

    @Override
    public LabelledSet convert(Path folder) throws IOException {
        return new LabelledSet(
                Converter.noCatalog(),
                DataFile.documents(DataFile.in(folder, "valid.jsonl"), TodSum::contact),
                List.of());
    }

    private static LabelledContact contact(JsonNode talk) {
        var turns = new ArrayList<Turn>();
        for (JsonNode text : talk.path("text")) {
            turns.add(Turn.of(turns.size() % 2 == 0 ? Who.CUSTOMER : Who.AGENT, text.asString()));
        }
        String summary = String.join(
                " ", talk.path("summary").valueStream().map(JsonNode::asString).toList());
        return LabelledContact.inbound(
                DataFile.text(talk, "dialog_id"),
                DAY,
                "chat",
                turns,
                Truth.with().summaries(List.of(summary)).build());
    }
}
