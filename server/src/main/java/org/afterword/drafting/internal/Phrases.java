package org.afterword.drafting.internal;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.afterword.drafting.internal.language.Mention;
import org.afterword.drafting.internal.language.Mentions;
import org.afterword.drafting.internal.language.Token;

/** Sentences and parts of them as text: where they may end, and how a retold one is made to agree. */
final class Phrases {
    private static final Pattern TAIL = Pattern.compile(
            "(?:[\\s,]+(?:please|thanks|thank you|for me|for us|for you|if (?:possible|you can)|as well|now|enjoy|today please|again|too|though|first|instead))*[\\s.!?,;:-]*$",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern FILLER = Pattern.compile("(?i),?\\s*\\b(?:um+|uh+|uhm+|er|erm|mm+|hmm+)\\b,?");

    /** Where a request goes over into a clause of its own. */
    private static final Pattern NEXT_CLAUSE = Pattern.compile(
            "(?i)(?:\\s*[,;:-]+\\s+|\\s+)(?:(?:and|but|so|or|because|since)\\s+)+(?:i|i'm|i'd|i'll|we|it|it's|they|he|she|you|there|that|that's|please|also|then|if|my|"
                    + "is|are|do|does|did|can|could|would|will|should|what|how|when|where|who|which|need|want|prefer|wanted|check|find|make|book|see|tell|let|give|get|buy|order|reserve|search)\\b.*$"
                    + "|\\s*[,;:-]\\s+(?:is|are|do|does|did|can|could|would|will|should|what|how|when|where|who|which|whom|i|i'm|i'd|we|it|they|he|she|you|please|make|find|check|tell|if|any|for i)\\b.*$"
                    + "|\\s+(?:are|is) there any\\b.*$|\\s+(?:they're|it's|he's|she's)\\b.*$|\\s+any (?:ideas?|suggestions?)\\b.*$|\\s+(?:i'm|i am|i would|i'd|i want|i need|can you|could you|do you)\\b.*$"
                    + "|\\s+(?:which|what) one (?:would|do|is)\\b.*$",
            Pattern.DOTALL);

    /** Where a phrase can end early and still be one. */
    private static final Pattern BREAK = Pattern.compile(
            "[,;]|\\s-|(?<!\\b(?:check|checking|pick|picking|drop|dropping|log|sign|come|coming|fill|set|opt|listen|listening|go|talk|speak|look|wait|close|directed))"
                    + "\\s(?=(?:and|but|so|because|which|who|where|when|while|if|for|on|in|from|to|with|at|by|of|until|till|around|please|that|leaving|departing|starting|called|named|located)\\b)",
            Pattern.CASE_INSENSITIVE);

    /** What follows belongs to the verb before it, and cannot be cut. */
    private static final Pattern COMPLEMENT = Pattern.compile(
            "(?i)\\b(?:asked|know|see|check|ask|said|find out|out)\\s+(?:if|whether|what|how|when|where|who|which)\\b");

    private static final Set<String> NEVER_LAST = Set.of(
            "a",
            "an",
            "the",
            "to",
            "for",
            "of",
            "in",
            "on",
            "at",
            "and",
            "or",
            "with",
            "from",
            "by",
            "their",
            "my",
            "new",
            "than",
            "if",
            "as",
            "just",
            "some",
            "any",
            "be",
            "that",
            "which",
            "who",
            "they",
            "leaving",
            "departing",
            "starting",
            "going",
            "called",
            "named",
            "located",
            "need",
            "want",
            "wants",
            "its",
            "this",
            "very",
            "about",
            "around",
            "near",
            "between",
            "during",
            "until",
            "one",
            "only",
            "when",
            "where",
            "while",
            "because",
            "based",
            "directed",
            "so",
            "dr");

    private static final Pattern DANGLING = Pattern.compile(
            "(?i)\\b(?:to (?:stay|listen|go|rent|travel)|they can \\w+|(?<!\\b(?:what|where|how|who) .{1,60})(?:is|are|was)|leaving (?:from|on)?|how many|how much|which|what)$");

    private Phrases() {}

    /** A full stop at the end, a capital at the beginning. */
    static String sentence(String text) {
        String trimmed = text.strip()
                .replaceAll("\\s+", " ")
                .replaceAll(" (?=[,.;:])", "")
                .replaceAll("[\\s.!?,;:]+$", "");
        return trimmed.isEmpty() ? trimmed : Character.toUpperCase(trimmed.charAt(0)) + trimmed.substring(1) + ".";
    }

    static int count(String text) {
        String trimmed = text.strip();
        return trimmed.isEmpty() ? 0 : trimmed.split("\\s+").length;
    }

    /** The longest beginning of at most {@code words} words that is a phrase; nothing if there is none. */
    static Optional<String> shorten(String phrase, int words) {
        String whole = TAIL.matcher(phrase.strip()).replaceFirst("");
        List<Mention> values = Mentions.in(whole, LocalDate.EPOCH);
        Matcher complement = COMPLEMENT.matcher(whole);
        int latest = complement.find() ? complement.start() : whole.length();
        Stream<Integer> breaks = BREAK.matcher(whole)
                .results()
                .map(MatchResult::start)
                .filter(at -> at <= latest)
                .filter(at -> values.stream().noneMatch(v -> v.from() < at && at < v.to()));
        return Stream.concat(Stream.of(whole.length()), breaks.toList().reversed().stream())
                .map(end -> TAIL.matcher(whole.substring(0, end)).replaceFirst(""))
                .filter(cut -> count(cut) <= words && !endsBadly(cut) && !saysNothing(cut))
                .findFirst();
    }

    private static boolean saysNothing(String phrase) {
        return NOTHING.matcher(phrase).matches();
    }

    private static final Pattern NOTHING = Pattern.compile(
            "(?i)(?:(?:(?:asked|wanted)(?: the agent)?(?: for)?(?: help)?(?: with| about| to)?|was looking for|said(?: they)?)\\s+)?"
                    + "(?:\\S*|go ahead|(?:a |some |your |the agent's )*(?:help|hand|assistance|favor)|(?:ask|do|make|find|know|say|tell) \\S{1,4})");

    private static boolean endsBadly(String phrase) {
        List<Token> tokens = Token.allIn(phrase);
        return tokens.isEmpty()
                || NEVER_LAST.contains(tokens.getLast().lower())
                || DANGLING.matcher(phrase).find();
    }

    /** "the customer have" → "the customer has", "they was" → "they were". */
    static String agree(String told) {
        return told.replaceAll("(?i)\\bthe customer (?:have)\\b", "the customer has")
                .replaceAll("(?i)\\bthe customer are\\b", "the customer is")
                .replaceAll("(?i)\\bthe customer were\\b", "the customer was")
                .replaceAll("(?i)\\bthe agent have\\b", "the agent has")
                .replaceAll("(?i)\\bthe agent (?:am|are)\\b", "the agent is")
                .replaceAll("(?i)\\bthey (?:am|is)\\b", "they are")
                .replaceAll("(?i)\\bthey was\\b", "they were")
                .replaceAll("(?i)\\bthey has\\b", "they have")
                .replaceAll("(?i)^the agent\\b", "Agent")
                .replaceAll(
                        "^Agent has (?:just |now |also |successfully )*(?=\\w+ed\\b|made\\b|sent\\b|bought\\b|paid\\b|set\\b)",
                        "Agent ")
                .replaceAll(
                        "(?i)(?<=^|\\b(?:if|when|because|since|as|once) )(the customer|the agent|agent) "
                                + "(need|want|see|think|believe|understand|know|recommend|suggest|hope|require)\\b",
                        "$1 $2s")
                .replaceAll("(?i)(?<=^the customer .{1,200})\\bthe customer's\\b", "their");
    }

    /** Each word that has another for it replaced, except within names. */
    static String replace(String text, Map<String, String> words) {
        var told = new StringBuilder();
        int done = 0;
        for (Token token : Token.allIn(text)) {
            boolean inName =
                    token.isCapitalized() && token.from() > 0 && !token.lower().startsWith("i");
            told.append(text, done, token.from());
            told.append(inName ? token.text() : words.getOrDefault(token.lower(), token.text()));
            done = token.to();
        }
        return told.append(text.substring(done)).toString();
    }

    /** Contractions as they are typed in a hurry; "well", "were" and "its" are words of their own. */
    private static final Pattern UNMARKED = Pattern.compile(
            "\\b([Ii](?=(?:m|ve)\\b)|I(?=ll [a-z])|[Yy]ou(?=(?:re|ve|ll)\\b)|[Tt]hey(?=(?:re|ve|ll)\\b)|[Ww]e(?=ve\\b)|[Tt]hat(?=s\\b))(m|ve|ll|re|s)\\b");

    private static final Pattern UNMARKED_NOT = Pattern.compile(
            "(?i)\\b(do|does|did|ca|is|are|was|were|has|have|had|could|would|should|wo(?=nt [a-z]))nt\\b");

    /** What was said without fillers, in usual spelling. */
    static String plain(Line line) {
        String said = line.text()
                .replace('’', '\'')
                .replaceAll("(?i)\\bwanna\\b", "want to")
                .replaceAll("(?i)\\bgonna\\b", "going to");
        said = UNMARKED.matcher(said).replaceAll("$1'$2");
        said = UNMARKED_NOT.matcher(said).replaceAll("$1n't");
        return FILLER.matcher(said).replaceAll(" ").strip();
    }

    /** Up to where the next clause begins. */
    static String firstClause(String text) {
        return NEXT_CLAUSE.matcher(text).replaceFirst("");
    }

    /** Without the courtesies at its end. */
    static String withoutTail(String text) {
        return TAIL.matcher(text).replaceFirst("");
    }
}
