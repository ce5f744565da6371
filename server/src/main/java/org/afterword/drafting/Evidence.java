package org.afterword.drafting;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What a claim rests on: words that were said, something that was done, or what an agent noted where nobody was heard. */
@JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
@JsonSubTypes({
    @JsonSubTypes.Type(Evidence.Quote.class),
    @JsonSubTypes.Type(Evidence.Action.class),
    @JsonSubTypes.Type(Evidence.Note.class)
})
public sealed interface Evidence {

    /**
     * Words of the transcript.
     *
     * @param turn  number of the turn
     * @param from  where the words begin in its text, in UTF-16 units
     * @param to    where they end, exclusive
     * @param quote the words themselves
     */
    record Quote(int turn, int from, int to, String quote) implements Evidence {
        public Quote {
            requireFits("turn " + turn, from, to, quote);
        }
    }

    /** A desktop action, by its id. */
    record Action(String actionId) implements Evidence {}

    /**
     * Words of an agent's keywords: not what was said, but what the agent says was.
     *
     * @param wrapUpId of the record that the keywords stand in
     * @param from     where the words begin in them, in UTF-16 units
     * @param to       where they end, exclusive
     * @param quote    the words themselves, as they were typed
     */
    record Note(String wrapUpId, int from, int to, String quote) implements Evidence {
        public Note {
            requireFits("the keywords of " + wrapUpId, from, to, quote);
        }
    }

    private static void requireFits(String of, int from, int to, String quote) {
        if (from < 0 || to <= from || to - from != quote.length()) {
            throw new IllegalArgumentException(
                    "quote of %s from %d to %d does not fit its %d characters".formatted(of, from, to, quote.length()));
        }
    }
}
