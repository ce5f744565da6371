package org.afterword.drafting.internal;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.afterword.drafting.DraftInput.Speaker;
import org.afterword.drafting.DraftInput.Turn;
import org.afterword.drafting.Evidence;
import org.afterword.drafting.internal.language.Mention;
import org.afterword.drafting.internal.language.Sentence;
import org.afterword.drafting.internal.language.Stems;
import org.afterword.drafting.internal.language.Token;

/**
 * One sentence of the talk, with what was read from it.
 *
 * @param mentions with places relative to the sentence
 */
record Line(Turn turn, Sentence sentence, List<Mention> mentions, Set<Cue> cues) {

    String text() {
        return sentence.text();
    }

    /** The text as phrases are looked for in it: in lower case, with straight apostrophes. */
    String lowerText() {
        return text().toLowerCase(Locale.ROOT).replace('’', '\'');
    }

    List<Token> tokens() {
        return sentence.tokens();
    }

    boolean byAgent() {
        return turn.speaker() == Speaker.AGENT;
    }

    boolean byCustomer() {
        return turn.speaker() == Speaker.CUSTOMER;
    }

    boolean has(Cue cue) {
        return cues.contains(cue);
    }

    /** Whether it speaks of something, beyond the courtesies and answers that any talk has. */
    boolean hasContent() {
        boolean courtesy = cues.stream().anyMatch(COURTESIES::contains);
        return Stems.of(tokens()).size() >= (courtesy ? 4 : 2);
    }

    /** Whether it has words beyond greetings and short answers, whatever they are. */
    boolean saysSomething() {
        return tokens().stream()
                        .filter(token -> !COURTEOUS.contains(token.lower()))
                        .count()
                >= 2;
    }

    private static final Set<String> COURTEOUS = Set.of(
            "hi",
            "hello",
            "hey",
            "good",
            "morning",
            "evening",
            "afternoon",
            "yes",
            "no",
            "ok",
            "okay",
            "thanks",
            "thank",
            "you",
            "bye",
            "sure",
            "yeah",
            "yep",
            "nope",
            "have",
            "a",
            "nice",
            "day",
            "great");

    private static final Set<Cue> COURTESIES =
            Set.of(Cue.YES, Cue.NO, Cue.ANYTHING_ELSE, Cue.FINISHED, Cue.THANKS, Cue.GOODBYE, Cue.GREETING);

    Evidence.Quote quote() {
        return quote(0, text().length());
    }

    /** Words of this sentence, by places in it, as the turn has them: with its masks and marks. */
    Evidence.Quote quote(int from, int to) {
        int begin = sentence.from() + from;
        int end = sentence.from() + to;
        return new Evidence.Quote(turn.number(), begin, end, turn.text().substring(begin, end));
    }

    /** Its words in lower case, without punctuation. */
    String lower() {
        return tokens().stream().map(Token::lower).collect(Collectors.joining(" "));
    }
}
