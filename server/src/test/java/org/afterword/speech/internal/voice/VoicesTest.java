package org.afterword.speech.internal.voice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.afterword.speech.internal.voice.Voices.Span;
import org.afterword.speech.internal.voice.Voices.Utterance;
import org.junit.jupiter.api.Test;

class VoicesTest {
    @Test
    void speechHasAMarginToBothSides() {
        assertThat(Voices.spans(voice(100, 20, 60))).containsExactly(new Span(17, 63));
    }

    @Test
    void aClickIsNoSpeech() {
        assertThat(Voices.spans(voice(100, 20, 27))).isEmpty();
    }

    @Test
    void speechGoesOnOverAShortStopAndEndsAtAPause() {
        assertThat(Voices.spans(voice(100, 10, 30, 38, 60))).containsExactly(new Span(7, 63));
        assertThat(Voices.spans(voice(100, 10, 30, 41, 60))).containsExactly(new Span(7, 33), new Span(38, 63));
    }

    @Test
    void whatIsHalfCertainGoesOnAndDoesNotBegin() {
        float[] voice = voice(100, 20, 40);
        Arrays.fill(voice, 40, 60, 0.4f);
        Arrays.fill(voice, 80, 100, 0.4f);

        assertThat(Voices.spans(voice)).containsExactly(new Span(17, 63));
    }

    @Test
    void speechWithoutEndIsCutWhereItIsLeastLikely() {
        float[] voice = voice(1_875, 0, 1_875);
        voice[800] = 0.6f;

        List<Span> spans = Voices.spans(voice);

        assertThat(spans.getFirst()).isEqualTo(new Span(0, 803));
        assertThat(spans.getLast().to()).isEqualTo(1_875);
        assertThat(spans).allMatch(span -> span.to() - span.from() <= Voices.LONGEST);
        for (int i = 1; i < spans.size(); i++) {
            assertThat(spans.get(i).from()).isEqualTo(spans.get(i - 1).to());
        }
    }

    @Test
    void whoPausesGoesOn() {
        assertThat(Voices.utterances(List.of(List.of(new Span(0, 50), new Span(80, 120)), List.of())))
                .containsExactly(new Utterance(0, 0, 120));
    }

    @Test
    void whoPausesForLongBeginsAnew() {
        assertThat(Voices.utterances(List.of(List.of(new Span(0, 50), new Span(98, 120)), List.of())))
                .hasSize(2);
    }

    @Test
    void whoeverSpeaksInThePauseTakesTheTurn() {
        assertThat(Voices.utterances(List.of(List.of(new Span(0, 50), new Span(80, 120)), List.of(new Span(60, 75)))))
                .containsExactly(new Utterance(0, 0, 50), new Utterance(1, 60, 75), new Utterance(0, 80, 120));
    }

    @Test
    void anAssentInBetweenInterruptsNobody() {
        assertThat(Voices.utterances(List.of(List.of(new Span(0, 50), new Span(80, 120)), List.of(new Span(20, 35)))))
                .containsExactly(new Utterance(0, 0, 120), new Utterance(1, 20, 35));
    }

    @Test
    void anUtteranceIsAtMostHalfAMinute() {
        assertThat(Voices.utterances(List.of(List.of(new Span(0, 500), new Span(520, 938)))))
                .hasSize(2);
    }

    /** Probabilities of 0.9 from the first to before the second of each pair, else 0.1. */
    static float[] voice(int frames, int... fromTo) {
        var voice = new float[frames];
        Arrays.fill(voice, 0.1f);
        for (int i = 0; i < fromTo.length; i += 2) {
            Arrays.fill(voice, fromTo[i], fromTo[i + 1], 0.9f);
        }
        return voice;
    }
}
