package org.afterword.drafting.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.afterword.drafting.Claim;
import org.afterword.drafting.Evidence;
import org.afterword.drafting.Sentiment;

/**
 * How the customer sounded, where they said so: by plain words of anger or delight, not by tone. Courtesies ("thank you")
 * count for nothing, and without such words there is no claim.
 */
final class Mood {
    private static final Pattern UNHAPPY = Pattern.compile(
            "\\b(?:frustrat(?:ed|ing)|angry|upset|annoy(?:ed|ing)|ridiculous|unacceptable|terrible|awful|horrible|worst|disappoint(?:ed|ing)|unhappy|"
                    + "furious|fed up|sick of|waste of (?:my )?time|not happy|outrageous|disgust(?:ed|ing)|useless|disgrace|this is the (?:second|third|fourth|fifth) time|"
                    + "want to complain|make a complaint|file a complaint|never again|appalling|scam|rip[- ]?off)\\b");

    private static final Pattern DELIGHTED = Pattern.compile(
            "\\b(?:(?:so|very|really|extremely|super) (?:happy|pleased|helpful|glad|excited)|delighted|fantastic|amazing|brilliant|thrilled|"
                    + "(?:really|so much|truly|greatly) appreciate|(?:excellent|great|wonderful|awesome|fantastic) (?:service|help|job|support)|"
                    + "you're the best|made my day)\\b");

    private static final Pattern NEGATED =
            Pattern.compile("\\b(?:not|no|never|isn't|wasn't|don't|hardly)\\s+(?:\\w+\\s+)?$");

    private record Felt(int line, double value, Evidence evidence) {}

    private Mood() {}

    static Optional<Claim<Sentiment>> of(Talk talk) {
        List<Line> lines = talk.customerLines();
        var felt = new ArrayList<Felt>();
        for (int i = 0; i < lines.size(); i++) {
            read(lines.get(i), i, UNHAPPY, -1, felt);
            read(lines.get(i), i, DELIGHTED, 1, felt);
        }
        if (felt.isEmpty()) {
            return Optional.empty();
        }
        double third = lines.size() / 3.0;
        var sentiment = new Sentiment(
                mean(felt),
                mean(felt.stream().filter(f -> f.line < third).toList()),
                mean(felt.stream().filter(f -> f.line >= 2 * third).toList()));
        return Optional.of(Claim.of(
                "sentiment",
                sentiment,
                Math.min(0.8, 0.5 + 0.1 * felt.size()),
                felt.stream().map(Felt::evidence).limit(3).toList()));
    }

    private static void read(Line line, int index, Pattern words, int value, List<Felt> felt) {
        String lower = line.text().toLowerCase(Locale.ROOT).replace('’', '\'');
        var matcher = words.matcher(lower);
        if (lower.length() == line.text().length() && matcher.find()) {
            boolean negated =
                    NEGATED.matcher(lower.substring(0, matcher.start())).find();
            double strength = negated ? -0.5 * value : 0.7 * value;
            felt.add(new Felt(index, strength, line.quote(matcher.start(), matcher.end())));
        }
    }

    /** 0 where nothing was felt: no strong words. */
    private static double mean(List<Felt> felt) {
        double mean = felt.stream().mapToDouble(Felt::value).average().orElse(0);
        return Math.round(mean * 100) / 100.0;
    }
}
