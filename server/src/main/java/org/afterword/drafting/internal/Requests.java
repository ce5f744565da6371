package org.afterword.drafting.internal;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tells in the third person what the customer wanted or complained of: "I want to check my balance" becomes "wanted to check
 * their balance". Only words of the sentence are used, apart from verbs of saying and pronouns; a sentence that no pattern
 * fits is not retold.
 */
final class Requests {
    /** How sentences of one form are retold. */
    private record Telling(Pattern pattern, Function<Matcher, String> told) {
        Optional<String> of(String said) {
            Matcher matcher = pattern.matcher(said);
            return matcher.matches() ? Optional.of(told.apply(matcher)) : Optional.empty();
        }
    }

    private static final Pattern CUSTOMER_LEAD_IN = Pattern.compile(
            "^(?:(?:hi|hello|hey|ok|okay|yes|yeah|well|um+|uh+|so|and|also|then|please|oh|great|perfect|good|nice|thanks|thank you|alright|sure|sorry|now|actually|"
                    + "good (?:morning|afternoon|evening)|first|yes please|i see|that's (?:great|good|fine|nice)|there)\\b[,.!:]*\\s*)+",
            Pattern.CASE_INSENSITIVE);

    private static final String WANT =
            "(?:'d| would)?(?: just| also| really| still)* (?:like|love|want|need|wish|prefer)(?:ed)?";

    /** What agent and customer do together: whoever wants it found, wants to find it. */
    private static final String SHARED =
            "(?:find|search|locate|book|reserve|make|get|check|transfer|send|cancel|change|schedule|look|buy|purchase|play|order|reset|replace|update|add|"
                    + "set|pay|open|close|move|rent|see|arrange|fix|refund|return|renew|upgrade|extend|remove|delete|stop|start|track|speak|talk|withdraw|"
                    + "deposit|exchange|watch|listen|visit|eat|go|come|leave|travel|fly|stay|take|bring|know|have(?! to\\b)|activate|deactivate|block|unblock|unlock|"
                    + "file|report|apply|redeem|drop|pick|use|verify)\\b";

    /** "Come on, fix it"; "reset the app and now they have gone up", which is what was done. */
    private static final String NO_REQUEST =
            "(?!come on\\b|(?:re)?set\\b.*\\bnow (?:i|it|they|he|she|we|my|the)(?:'ve|'s)?\\b)";

    /** What the agent does alone. */
    private static final String AGENTS =
            "(?:recommend|suggest|explain|call|confirm|connect|waive|ship|deliver|put|try|pull|list|help|assist)\\b";

    private static final String ASKING = "(?:can|could|would|will)(?: you| u)(?: please| kindly| also| just| maybe)*";
    private static final String TELLING = "(?:tell|show|give|provide|let)(?: me| us)(?: know)?(?: with)?";
    private static final String THING =
            "(?:a|an|the|some|any|my|our|your|its|their|his|her|this|that|another|new|more|two|three|four|five|one|\\d+|tickets?|information|help|details)\\b";

    private static final List<Telling> CUSTOMER = List.of(
            told(
                    "(?:i|we)(?:'ll| will|'m going to| am going to)(?: be)? need(?:ing)? (?<x>" + THING + ".+)",
                    "wanted "),
            told("(?:i|we)" + WANT + " you to (?<x>.+)", "asked the agent to "),
            told("(?:i|we)" + WANT + " to (?:know|ask) about (?<x>.+)", "asked about "),
            told("(?:i|we)" + WANT + " to (?-i:(?=\\p{Ll}))(?!be needing)(?<x>.+)", "wanted to "),
            told(
                    "(?:i|we)(?:'m| am|'re| are| was| were)(?: just| also)? (?:trying|hoping|planning|going|calling|looking|wanting|ready) to "
                            + "(?!be\\b)(?-i:(?=\\p{Ll}))(?<x>.+)",
                    "wanted to "),
            told(
                    "(?:i|we) (?:was|am|were)(?: just| also)* wondering (?<x>(?:what|if|when|where|whether|how|who|which)\\b.+)",
                    "asked "),
            told(
                    "(?:" + ASKING
                            + " |please )?(?:help|assist)(?: me| us)?(?: out)?(?: with| in| by)? (?<x>(?!anything|something|nothing)\\w+ing\\b.*)",
                    "asked for help "),
            told(
                    "(?:" + ASKING + " |please )?(?:help|assist)(?: me| us)?(?: out)? with (?<x>.+)",
                    "asked for help with "),
            told(
                    "(?:i|we)" + WANT
                            + "(?: some| your)? (?:help|assistance)(?: with| in)? (?<x>(?!anything|something|nothing)\\w+ing\\b.+)",
                    "asked for help "),
            told(
                    "(?:" + ASKING + " |please )?(?:help|assist)(?: me| us)?(?: out)?(?: to)? (?<x>" + SHARED + ".+)",
                    "wanted to "),
            told("(?:" + ASKING + " )?" + TELLING + " about (?<x>.+)", "asked about "),
            told("(?:" + ASKING + " )?" + TELLING + " (?<x>" + THING + ".+)", "asked for "),
            told(
                    "(?:" + ASKING + " )?" + TELLING
                            + " (?<x>(?:what|if|when|where|whether|how|who|which)\\b(?! (?:is|are|was|were|do|does|did|will|would|can|could|much (?:is|are|does|will|would))\\b).+)",
                    "asked "),
            told(
                    "(?:what|where|when|who)(?: is|'s| was) (?<x>(?:the|my|your) (?:(?!is|are|that|which|like|do|does|and|or)[\\w'-]+ ?){1,5})",
                    m -> "asked about " + m.group("x")),
            told(
                    "(?:what|where|when|who) (?:are|were) (?<x>(?:the|my|your) (?:(?!is|are|that|which|like|do|does|and|or)[\\w'-]+ ?){1,5})",
                    m -> "asked about " + m.group("x")),
            told(
                    NO_REQUEST + "(?:" + ASKING + "(?: to)? )?(?:please )?(?<verb>" + SHARED + ")(?: me| us)? (?<x>.+)",
                    m -> "wanted to " + m.group("verb").toLowerCase(Locale.ROOT) + " " + m.group("x")),
            told(
                    "(?:" + ASKING + "(?: to)? )?(?:please )?(?:(?:help|assist)(?: me| us)?(?: to)? )?(?<verb>" + AGENTS
                            + ")(?: me| us)? (?<x>.+)",
                    m -> "asked the agent to " + m.group("verb").toLowerCase(Locale.ROOT) + " " + m.group("x")),
            told("(?:can|could|may) (?:i|we)(?: please| also)* (?<x>" + SHARED + ".+)", "asked to "),
            told("(?:i|we)" + WANT + " (?<x>" + THING + ".+)", "wanted "),
            told("(?:i|we)(?:'m| am|'re| are)(?: just| also)? (?:looking|searching) for (?<x>.+)", "was looking for "),
            told(
                    "(?:i|we)(?:'m| am|'re| are)(?: just| also)? (?:calling|writing|interested|here) (?:about|regarding|in|for) (?<x>.+)",
                    "asked about "),
            told(
                    "(?:i|we)(?:'ve| have)? (?<x>(?:just )?(?:lost|forgot|forgotten|missed|received|never|can't|cannot|can not|couldn't|could not|didn't|did not|"
                            + "haven't|have not|(?:was|were)(?: not| never| also| just)? (?:\\w+ed|told|sent|given|unable)|am having|have (?:a|an) (?:problem|issue|question)|noticed|ran out)\\b.*)",
                    "said they "),
            told(
                    "(?<x>(?:my|our) (?:[\\w-]+ ){1,4}?(?:isn't|is not|wasn't|doesn't|does not|won't|will not|hasn't|has not|didn't|keeps?|was|were|never)\\b.+)",
                    "said "));

    private static final Map<String, String> CUSTOMER_WORDS = Map.ofEntries(
            Map.entry("i", "they"),
            Map.entry("me", "them"),
            Map.entry("my", "their"),
            Map.entry("mine", "theirs"),
            Map.entry("myself", "themselves"),
            Map.entry("we", "they"),
            Map.entry("us", "them"),
            Map.entry("our", "their"),
            Map.entry("i'm", "they are"),
            Map.entry("i've", "they have"),
            Map.entry("i'd", "they would"),
            Map.entry("i'll", "they will"),
            Map.entry("we're", "they are"),
            Map.entry("we'd", "they would"),
            Map.entry("you", "the agent"),
            Map.entry("your", "the"));

    private Requests() {}

    /** The customer's request or problem without a subject: "wanted to …"; at most {@code words} words. */
    static Optional<String> retold(Line line, int words) {
        String said = ASIDE.matcher(Phrases.plain(line)).replaceAll("");
        return Stream.concat(
                        Stream.of(said),
                        CLAUSE.matcher(said).results().map(MatchResult::end).map(said::substring))
                .flatMap(clause -> ofRequest(clause, words).stream())
                .findFirst();
    }

    /** Words that say nothing of what is wanted. */
    private static final Pattern ASIDE = Pattern.compile("(?i)(?<=\\w) (?:please|for (?:me|us))(?= \\w)");

    /** Where a clause begins that may be a request of its own. */
    private static final Pattern CLAUSE = Pattern.compile(
            "(?i)(?:[,;:-]|\\b(?:and|so|but))\\s+(?=(?:i|i'd|i'm|i'll|we|can|could|would|please|help)\\b)");

    /** A capital that says no more than that a sentence begins. */
    private static final Pattern SENTENCE_START = Pattern.compile("^(?:My|Our)\\b");

    private static Optional<String> ofRequest(String clause, int words) {
        String said = Phrases.firstClause(CUSTOMER_LEAD_IN.matcher(clause).replaceFirst(""));
        String request = SENTENCE_START
                .matcher(Phrases.withoutTail(said))
                .replaceFirst(m -> m.group().toLowerCase(Locale.ROOT));
        return CUSTOMER.stream()
                .flatMap(telling -> telling.of(request).stream())
                .findFirst()
                .map(told -> inThirdPerson(told.replaceFirst(" go ahead and ", " ")))
                .flatMap(told -> Phrases.shorten(told, words));
    }

    /** The customer's words with "they" for "I". */
    static String inThirdPerson(String said) {
        return Phrases.agree(Phrases.replace(said, CUSTOMER_WORDS));
    }

    private static Telling told(String pattern, String before) {
        return told(pattern, m -> before + m.group("x"));
    }

    private static Telling told(String pattern, Function<Matcher, String> as) {
        return new Telling(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.DOTALL), as);
    }
}
