package org.afterword.drafting.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.afterword.drafting.Claim;
import org.afterword.drafting.Evidence;
import org.afterword.drafting.Sentiment;
import org.jspecify.annotations.Nullable;

/**
 * How the customer sounded, where they said so: by plain words of anger or delight, and less by trouble that goes on, not by tone. That
 * something does not work is why people call, and courtesies ("thank you") come with any call: they count for nothing, and without
 * other words there is no claim.
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

    /** It went on too long, or what was tried did not help. */
    private static final Pattern TROUBLED = Pattern.compile(
            "\\b(?:still (?:not|no|doesn't|does not|don't|can't|cannot|isn't|won't|haven't|hasn't|waiting|the same|get the same)|(?:the|get the|always the) same (?:error|problem|issue|message)|"
                    + "(?:didn't|did not|doesn't|does not) (?:work|help) (?:either|anyway|again)|(?:it|that|this) (?:didn't|did not) (?:work|help)|unfortunately|sadly|"
                    + "(?:waiting|waited|trying|tried|without|down|broken|no)(?: \\w+){0,4} for (?:\\w+ ){0,2}(?:days|weeks|months|hours|years)|(?:days|weeks|months|hours) already|"
                    + "(?:several|many|multiple|so many) times|again and again|over and over|(?:no|without (?:an|any)) (?:answer|reply|response)|"
                    + "(?:never|not) (?:received|arrived|delivered|answered)|keeps (?:on )?\\w+ing|(?:takes|took|taking|waited) (?:way |far |much )?too long|"
                    + "makes no sense|i don't understand why|a pity|too bad)\\b");

    private static final Pattern RELIEVED = Pattern.compile(
            "\\b(?:it works (?:now|again)|(?:now|again) (?:it )?works|works again|worked (?:out|now|perfectly)|(?:great|wonderful|lovely|brilliant), (?:it|that)|you(?:'ve| have) been (?:very |so )?(?:helpful|kind)|"
                    + "(?:very|so) (?:kind|nice|helpful|friendly))\\b");

    private static final Pattern NEGATED =
            Pattern.compile("\\b(?:not|no|never|isn't|wasn't|don't|hardly)\\s+(?:\\w+\\s+)?$");

    private static final double STRONG = 0.7;
    private static final double WEAK = 0.3;
    private static final double NEGATION = 0.7;

    private record Felt(int line, double value, Evidence evidence) {}

    private Mood() {}

    static Optional<Claim<Sentiment>> of(Talk talk) {
        List<Line> lines = talk.customerLines();
        var felt = new ArrayList<Felt>();
        for (int i = 0; i < lines.size(); i++) {
            Felt unhappy = strong(lines.get(i), i, UNHAPPY, -STRONG);
            Felt delighted = strong(lines.get(i), i, DELIGHTED, STRONG);
            Stream.of(
                            unhappy == null ? weak(lines.get(i), i, TROUBLED, -WEAK) : unhappy,
                            delighted == null ? weak(lines.get(i), i, RELIEVED, WEAK) : delighted)
                    .filter(Objects::nonNull)
                    .forEach(felt::add);
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

    /** Words that say the contrary once they are denied. */
    private static @Nullable Felt strong(Line line, int index, Pattern words, double value) {
        return read(line, index, words, said -> NEGATED.matcher(said).find() ? -NEGATION * value : value);
    }

    /** Reports; who asks reports nothing. */
    private static @Nullable Felt weak(Line line, int index, Pattern words, double value) {
        return line.sentence().isQuestion() ? null : read(line, index, words, _ -> value);
    }

    /** @param value of what was found, given what was said before it */
    private static @Nullable Felt read(Line line, int index, Pattern words, ToDoubleFunction<String> value) {
        String lower = line.lowerText();
        var matcher = words.matcher(lower);
        if (lower.length() != line.text().length() || !matcher.find()) {
            return null;
        }
        return new Felt(
                index,
                value.applyAsDouble(lower.substring(0, matcher.start())),
                line.quote(matcher.start(), matcher.end()));
    }

    /** 0 where nothing was felt: no strong words. */
    private static double mean(List<Felt> felt) {
        double mean = felt.stream().mapToDouble(Felt::value).average().orElse(0);
        return Math.round(mean * 100) / 100.0;
    }
}
