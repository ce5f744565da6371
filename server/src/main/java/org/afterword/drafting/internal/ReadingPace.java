package org.afterword.drafting.internal;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** Whether a draft can have been read before it was confirmed. */
public final class ReadingPace {
    /** Twice as fast as most people read in silence (Brysbaert 2019: 238 words a minute). */
    private static final double FASTEST_WORDS_PER_SECOND = 8;

    private static final List<String> TEXTS = List.of("summary");

    private ReadingPace() {}

    /**
     * False where a person let a draft stand without a change, in less time than its words take to be read.
     *
     * @param confirmed the data of {@code wrapup.completed}
     */
    public static boolean allowsFor(JsonNode confirmed) {
        JsonNode figures = confirmed.path("figures");
        boolean byPerson =
                confirmed.path("approvedBy").path("kind").asString("").equals("person");
        boolean letOut =
                figures.path("unattended").asBoolean(false); // then a person answers for what was amended alone
        if (!byPerson
                || letOut
                || figures.path("draftSource").asString("").isEmpty()
                || figures.path("editedParts").asInt(0) > 0
                || !figures.path("acwSeconds").isNumber()) {
            return true;
        }
        long words = TEXTS.stream()
                .map(part -> confirmed.path("record").path(part).asString(""))
                .filter(text -> !text.isBlank())
                .mapToLong(text -> text.strip().split("\\s+").length)
                .sum();
        return figures.path("acwSeconds").asDouble() * FASTEST_WORDS_PER_SECOND >= words;
    }
}
