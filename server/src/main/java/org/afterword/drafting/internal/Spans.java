package org.afterword.drafting.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.afterword.drafting.Evidence;
import org.afterword.drafting.internal.language.Token;

/** Words of a sentence that are taken as one value: names by their capitals, answers without their lead-in. */
final class Spans {
    /** Words {@code from} (token index, inclusive) {@code to} (exclusive) of a line. */
    record Span(Line line, int from, int to) {
        int start() {
            return line.tokens().get(from).from();
        }

        int end() {
            return line.tokens().get(to - 1).to();
        }

        String text() {
            return line.text().substring(start(), end());
        }

        Evidence.Quote quote() {
            return line.quote(start(), end());
        }
    }

    private static final Set<String> CONNECTORS = Set.of("of", "the", "&", "and", "de", "la", "vs");

    private static final Set<String> NEVER_NAMES = Stream.of(
                    "i i'm i'd i'll i've ok okay yes no sure thanks thank hi hello please can could would will do is are the a an my what when "
                            + "where which who how there their they it this that you your we us he she so and but or if also great perfect sorry "
                            + "alright well actually oh um monday tuesday wednesday thursday friday saturday sunday january february march april may "
                            + "june july august september october november december am pm any not have make let need want find search book "
                            + "reserve get look confirm it's that's there's he's she's they're we're you're let's what's bye goodbye in at near on from for with by to then just one two three four five six seven eight nine ten")
            .flatMap(words -> Stream.of(words.split(" ")))
            .collect(Collectors.toUnmodifiableSet());

    private static final Set<String> TITLES = Set.of("dr", "mr", "mrs", "ms", "st");

    /** Where a name ends and its whereabouts begin, in an answer without capitals. */
    private static final Set<String> WHEREABOUTS = Set.of("in", "at", "near", "on", "from", "around");

    private static final Pattern LEAD_IN = Pattern.compile(
            "^(?:(?:um+|uh+|oh|ok|okay|yes|yeah|yep|sure|well|so|please|hi|hello|hey|actually|just|maybe|perhaps|probably|and|"
                    + "i(?:'d| would) (?:like|prefer|love|want)(?: to)?(?: (?:go|have|eat|try|see|find|search|look|be|stay|book|reserve|transfer|send|leave|travel))?|"
                    + "i(?:'m| am)(?: (?:looking|searching|interested|in the mood|leaving|departing|going|traveling|travelling|thinking|hoping))?|"
                    + "i (?:want|need|like|prefer|love|choose)(?: to)?(?: (?:go|have|eat|try|see|find|search|look|stay|leave|travel))?|i will(?: be)?(?: \\w+ing)?|i'll(?: be)?(?: \\w+ing)?|"
                    + "(?:it|that|this|he|she|they|there)(?:'s| is| will be| would be| are)|(?:it|they) (?:will|would|should) be|"
                    + "(?:the|my|our|his|her|their) (?:\\w+ ){1,3}(?:is|are|will be|would be|should be)|"
                    + "(?:try|make|find|search|look|check|choose|use|send|transfer)(?: (?:it|that|me|for|in|out))?|"
                    + "something|somewhere|someplace|anything|some|preferably|like|in|to|from|for|at|on|of|by|near|around|with|about|called|named|a|an|the|be|city of|town of)\\b[,.]?\\s*)+",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern LEAD_OUT = Pattern.compile(
            "(?:[\\s,]*\\b(?:please|thanks|thank you|would be (?:good|great|nice|fine)|is (?:good|fine|great)|works|too|as well|today|right now|area|city))*[\\s.!?,]*$",
            Pattern.CASE_INSENSITIVE);

    /** An answer that has one of these says something else than a value. */
    private static final Set<String> NEVER_IN_ANSWERS = Set.of(
            "i",
            "you",
            "me",
            "we",
            "it",
            "that",
            "this",
            "is",
            "are",
            "am",
            "was",
            "do",
            "does",
            "don't",
            "not",
            "no",
            "can",
            "could",
            "would",
            "will",
            "just",
            "what",
            "which",
            "how",
            "if",
            "there",
            "have",
            "has",
            "care",
            "matter",
            "okay",
            "any",
            "anything",
            "anywhere",
            "sure",
            "know",
            "need",
            "want",
            "find",
            "let",
            "it's",
            "that's",
            "i'm",
            "i'd");

    private static final int LONGEST_ANSWER = 6;

    private Spans() {}

    /** The words that {@code from} to {@code to} of the line's text belong to. */
    static Span at(Line line, int from, int to) {
        List<Token> tokens = line.tokens();
        int first = 0;
        while (first + 1 < tokens.size() && tokens.get(first).to() <= from) {
            first++;
        }
        int last = first;
        while (last + 1 < tokens.size() && tokens.get(last).to() < to) {
            last++;
        }
        return new Span(line, first, last + 1);
    }

    /** Where these words stand in the line, next to each other, whatever their case. */
    static Optional<Span> find(Line line, String words) {
        List<String> wanted = Token.allIn(words).stream().map(Token::lower).toList();
        List<String> said = line.tokens().stream().map(Token::lower).toList();
        int at = wanted.isEmpty() ? -1 : Collections.indexOfSubList(said, wanted);
        return at < 0 ? Optional.empty() : Optional.of(new Span(line, at, at + wanted.size()));
    }

    /** Names of people, places and things, as far as capital letters show them. */
    static List<Span> names(Line line) {
        var spans = new ArrayList<Span>();
        List<Token> tokens = line.tokens();
        int i = 0;
        while (i < tokens.size()) {
            if (!isNameWord(tokens.get(i)) || (i == 0 && tokens.size() > 1 && !isNameWord(tokens.get(1)))) {
                i++;
                continue;
            }
            int end = i + 1;
            while (end < tokens.size() && touches(line, end)) {
                int connectors = end;
                while (connectors < tokens.size()
                        && touches(line, connectors)
                        && CONNECTORS.contains(tokens.get(connectors).lower())) {
                    connectors++;
                }
                boolean goesOn = connectors < tokens.size()
                        && touches(line, connectors)
                        && (isNameWord(tokens.get(connectors))
                                || (connectors == end && tokens.get(end).isNumeric()));
                if (!goesOn) {
                    break;
                }
                end = connectors + 1;
            }
            spans.add(new Span(line, withArticleOrNumber(tokens, i), withState(line, end)));
            i = end + 1;
        }
        return spans;
    }

    /** The short answer that a sentence gives once its lead-in is taken away, or nothing. */
    static List<Span> answer(Line line) {
        var lead = LEAD_IN.matcher(line.text());
        int from = lead.find() ? lead.end() : 0;
        var out = LEAD_OUT.matcher(line.text());
        int to = out.find(from) ? out.start() : line.text().length();
        List<Token> tokens = line.tokens();
        int first = -1;
        int last = -1;
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).from() >= from && tokens.get(i).to() <= to) {
                first = first < 0 ? i : first;
                last = i;
            }
        }
        for (int i = first + 1; first >= 0 && i <= last; i++) {
            if (WHEREABOUTS.contains(tokens.get(i).lower())) {
                last = i - 1;
            }
        }
        boolean fits = first >= 0
                && last - first < LONGEST_ANSWER
                && tokens.subList(first, last + 1).stream().noneMatch(t -> NEVER_IN_ANSWERS.contains(t.lower()));
        return fits ? List.of(new Span(line, first, last + 1)) : List.of();
    }

    private static boolean isNameWord(Token token) {
        return token.isWord()
                && token.isCapitalized()
                && !NEVER_NAMES.contains(token.lower().toLowerCase(Locale.ROOT));
    }

    /** Whether only a space, hyphen, dot or ampersand stands before the token. */
    private static boolean touches(Line line, int token) {
        String between = line.text()
                .substring(
                        line.tokens().get(token - 1).to(),
                        line.tokens().get(token).from());
        Token before = line.tokens().get(token - 1);
        boolean afterInitial = (before.text().length() == 1 || TITLES.contains(before.lower()))
                && between.strip().equals(".");
        return between.isBlank()
                || afterInitial
                || between.strip().equals("-")
                || between.strip().equals("'");
    }

    /** Takes in what belongs to a name before it: "The Paper Kites", "2149 Chestnut Street". */
    private static int withArticleOrNumber(List<Token> tokens, int from) {
        boolean article = from > 1 && tokens.get(from - 1).text().equals("The");
        boolean number = from > 0 && tokens.get(from - 1).isNumeric();
        return article || number ? from - 1 : from;
    }

    /** Takes a state or country code in: "Seattle, WA". */
    private static int withState(Line line, int end) {
        List<Token> tokens = line.tokens();
        boolean code = end < tokens.size()
                && tokens.get(end).text().matches("\\p{Lu}{2,3}|Canada|Australia|France|Germany|Mexico")
                && line.text()
                        .substring(tokens.get(end - 1).to(), tokens.get(end).from())
                        .strip()
                        .equals(",");
        return code ? end + 1 : end;
    }
}
