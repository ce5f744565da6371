package org.afterword.drafting;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What a claim rests on: words that were said, or something that was done. */
@JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
@JsonSubTypes({@JsonSubTypes.Type(Evidence.Quote.class), @JsonSubTypes.Type(Evidence.Action.class)})
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
            if (from < 0 || to <= from || to - from != quote.length()) {
                throw new IllegalArgumentException("quote of turn %d from %d to %d does not fit its %d characters"
                        .formatted(turn, from, to, quote.length()));
            }
        }
    }

    /** A desktop action, by its id. */
    record Action(String actionId) implements Evidence {}
}
