package org.afterword.drafting.internal.evaluation;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.afterword.drafting.internal.evaluation.LabelledContact.Truth;
import org.afterword.drafting.internal.evaluation.LabelledContact.Turn;
import org.afterword.drafting.internal.evaluation.LabelledContact.Who;
import tools.jackson.databind.JsonNode;

/**
 * TweetSumm (Feigenblat et al., Findings of EMNLP 2021): conversations with the support of brands, with what several people wrote
 * of each and which turns they say it from. There is nothing to learn from: the catalog of such a tenant is empty.
 */
final class TweetSumm implements Converter {
    private static final LocalDate DAY = LocalDate.of(2017, 11, 1);

    @Override
    public String name() {
        return "tweetsumm";
    }

    @Override
    public LabelledSet convert(Path folder) throws IOException {
        return new LabelledSet(
                Converter.noCatalog(),
                DataFile.documents(DataFile.in(folder, "valid.jsonl"), TweetSumm::contact),
                List.of());
    }

    private static LabelledContact contact(JsonNode talk) {
        List<Turn> turns = talk.path("turns")
                .valueStream()
                .map(turn -> Turn.of(
                        turn.path("role").asString().equals("agent") ? Who.AGENT : Who.CUSTOMER,
                        turn.path("text").asString()))
                .toList();
        List<Integer> evidence = talk.path("evidence_turns")
                .valueStream()
                .flatMap(JsonNode::valueStream)
                .map(JsonNode::asInt)
                .distinct()
                .sorted()
                .toList();
        List<String> summaries = talk.path("summaries")
                .valueStream()
                .map(summary -> Stream.of("issue", "resolution")
                        .map(part -> summary.path(part).asString(""))
                        .filter(text -> !text.isBlank())
                        .reduce((one, other) -> one + " " + other)
                        .orElse(""))
                .filter(text -> !text.isBlank())
                .toList();
        return LabelledContact.inbound(
                DataFile.text(talk, "id"),
                DAY,
                "message",
                turns,
                Truth.with()
                        .evidence(evidence.isEmpty() ? null : evidence)
                        .summaries(summaries)
                        .build());
    }
}
