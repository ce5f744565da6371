package org.afterword.drafting.internal.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SentenceTest {
    @Test
    void writtenTextIsSplitAtItsPunctuationButNotAtAbbreviationsAndDecimals() {
        assertThat(split("Sure! Dr. Lee is in at 8 a.m. on Main St. for $10.50. Anything else?"))
                .containsExactly("Sure!", "Dr. Lee is in at 8 a.m. on Main St. for $10.50.", "Anything else?");
    }

    @Test
    void longSpeechIsSplitWhereANewSentenceBegins() {
        assertThat(split(
                        "so uh one hundred and thirty five dollars has been transferred from your savings account to your"
                                + " checking account is there anything else i can help you with"))
                .containsExactly(
                        "so uh one hundred and thirty five dollars has been transferred from your savings account to your"
                                + " checking account",
                        "is there anything else i can help you with");
    }

    @Test
    void aSentenceKnowsItsPlace() {
        String turn = "  Okay. I lost my card.";

        Sentence second = Sentence.allIn(turn).get(1);

        assertThat(turn.substring(second.from())).isEqualTo("I lost my card.");
    }

    @Test
    void textWithoutWordsHasNoSentences() {
        assertThat(Sentence.allIn(" … ?! \n")).isEmpty();
    }

    private static List<String> split(String turn) {
        return Sentence.allIn(turn).stream().map(Sentence::text).toList();
    }
}
