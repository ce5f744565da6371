package org.afterword.drafting.internal.evaluation;

import java.util.stream.Stream;
import org.afterword.drafting.Claim;
import org.afterword.drafting.Sentiment;
import org.afterword.drafting.internal.evaluation.LabelledContact.Tone;
import org.afterword.drafting.internal.evaluation.LabelledContact.Tones;
import org.jspecify.annotations.Nullable;

/** How right drafted sentiments are; a draft that claims none takes the customer for neutral. */
final class SentimentScores {
    private static final Sentiment NONE = new Sentiment(0, 0, 0);

    private final Share start = new Share("sentiment: right at the start");
    private final Share end = new Share("sentiment: right at the end");
    private final Share overall = new Share("sentiment: right over all");
    private final Share precision = new Share("sentiment: negative over all, precision");
    private final Share recall = new Share("sentiment: negative over all, recall");

    void add(Tones right, @Nullable Claim<Sentiment> claim) {
        Sentiment drafted = claim == null || claim.value() == null ? NONE : claim.value();
        start.add(Tone.of(drafted.start()) == right.start());
        end.add(Tone.of(drafted.end()) == right.end());
        overall.add(Tone.of(drafted.overall()) == right.overall());
        boolean wanted = right.overall() == Tone.NEGATIVE;
        boolean found = Tone.of(drafted.overall()) == Tone.NEGATIVE;
        precision.add(wanted && found ? 1 : 0, found ? 1 : 0);
        recall.add(wanted && found ? 1 : 0, wanted ? 1 : 0);
    }

    Stream<Share> shares() {
        return Stream.of(start, end, overall, precision, recall);
    }
}
