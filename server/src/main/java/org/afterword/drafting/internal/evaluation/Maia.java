package org.afterword.drafting.internal.evaluation;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.afterword.drafting.internal.Resolution;
import org.afterword.drafting.internal.evaluation.LabelledContact.Tone;
import org.afterword.drafting.internal.evaluation.LabelledContact.Tones;
import org.afterword.drafting.internal.evaluation.LabelledContact.Truth;
import org.afterword.drafting.internal.evaluation.LabelledContact.Turn;
import org.afterword.drafting.internal.evaluation.LabelledContact.Who;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * MAIA-DQE (Mendonça et al., GEM 2023): chats with the support of companies through machine translation, of which the English side is
 * taken: the customer's as it was translated, the agent's as it was written. A file is a group.
 *
 * <p>Resolution: people said from 1 to 5 how far the task succeeded; 4 and 5 are resolved, 1 and 2 unresolved, and 3 tells nothing.
 *
 * <p>Sentiment: people gave each sentence an emotion. Disappointment, frustration and anger are −1, happiness is 1, the others (empathy,
 * neutral, confusion, anxiety) are 0. Over all, in the first and in the last third of the customer's sentences, it is negative where
 * these sum to less than 0, positive where to more, else neutral: the sign of the mean over those that felt anything, as drafts
 * have it. A talk in which a customer's sentence has no emotion is not measured by it.
 */
final class Maia implements Converter {
    private static final LocalDate DAY = LocalDate.of(2021, 1, 4);

    private static final Set<Integer> HAPPY = Set.of(1);
    /** Disappointment, frustration, anger. */
    private static final Set<Integer> UNHAPPY = Set.of(3, 5, 6);

    @Override
    public String name() {
        return "maia-dqe";
    }

    @Override
    public LabelledSet convert(Path folder) throws IOException {
        var contacts = new ArrayList<LabelledContact>();
        for (Path file : DataFile.allIn(folder, ".json")) {
            String client = DataFile.stemOf(file);
            contacts.addAll(DataFile.entries(file, (number, talk) -> contact(client, talk)));
        }
        return new LabelledSet(Converter.noCatalog(), contacts, List.of());
    }

    private static LabelledContact contact(String client, JsonNode talk) {
        var turns = new ArrayList<Turn>();
        var felt = new ArrayList<Integer>();
        boolean all = true;
        for (JsonNode turn : talk.path("turns")) {
            boolean customer = DataFile.text(turn, "floor").equals("inbound");
            JsonNode sentences = turn.path(customer ? "text_mt" : "text_src");
            turns.add(Turn.of(
                    customer ? Who.CUSTOMER : Who.AGENT,
                    sentences.valueStream().map(JsonNode::asString).collect(Collectors.joining(" "))));
            if (customer) {
                JsonNode emotions = turn.path("Emotion");
                all &= emotions.size() == sentences.size();
                emotions.forEach(emotion -> felt.add(value(emotion.asInt())));
            }
        }
        return LabelledContact.inbound(
                        DataFile.text(talk, "id"),
                        DAY,
                        "chat",
                        turns,
                        Truth.with()
                                .resolution(resolution(
                                        talk.at("/dialog/Task Sucess").asInt(0)))
                                .sentiment(all && !felt.isEmpty() ? tones(felt) : null)
                                .build())
                .inGroup(client);
    }

    private static @Nullable String resolution(int success) {
        return switch (success) {
            case 4, 5 -> Resolution.RESOLVED;
            case 1, 2 -> Resolution.UNRESOLVED;
            default -> null;
        };
    }

    private static int value(int emotion) {
        if (UNHAPPY.contains(emotion)) {
            return -1;
        }
        return HAPPY.contains(emotion) ? 1 : 0;
    }

    private static Tones tones(List<Integer> felt) {
        double third = felt.size() / 3.0;
        int start = (int) Math.ceil(third);
        int end = (int) Math.ceil(2 * third);
        return new Tones(tone(felt.subList(0, start)), tone(felt.subList(end, felt.size())), tone(felt));
    }

    private static Tone tone(List<Integer> felt) {
        return Tone.of(felt.stream().mapToInt(Integer::intValue).sum());
    }
}
