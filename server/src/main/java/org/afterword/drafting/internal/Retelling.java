package org.afterword.drafting.internal;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.afterword.drafting.internal.language.Token;

/**
 * Tells in the third person what somebody said in the first: "I want to check my balance" becomes "Customer wanted to check
 * their balance". Only words of the sentence are used, apart from subject, verb of saying and pronouns; a sentence that no
 * pattern fits is not retold.
 */
final class Retelling {
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

    private static final Pattern AGENT_LEAD_IN = Pattern.compile(
            "^(?:(?:ok|okay|alright|all right|great|sure|yes|yep|perfect|certainly|of course|so|now|and|well|um+|uh+|done|good news|thank you|thanks|"
                    + "absolutely|no problem|got it|excellent|wonderful|awesome|right|sorry|unfortunately|(?:i'm|i am|we're|we are) (?:so |very )?(?:sorry|afraid)|but|that)\\b[,.!:]*\\s*)+",
            Pattern.CASE_INSENSITIVE);

    private static final String WANT =
            "(?:'d| would)?(?: just| also| really| still)* (?:like|love|want|need|wish|prefer)(?:ed)?";

    private static final String VERB =
            "(?!let's)(?:find|search|book|reserve|make|get|give|tell|show|check|transfer|send|cancel|change|schedule|look|help|buy|play|order|reset|replace|"
                    + "update|add|set|pay|open|close|move|purchase|rent|see|arrange|explain|confirm|provide|suggest|recommend|locate|pull|let|call|put|"
                    + "try|list|fix|refund|return|activate|deactivate|block|unblock|unlock|renew|upgrade|extend|remove|delete|stop|start|have|know|"
                    + "speak|talk|ask|use|apply|report|file|track|verify|assist|connect|waive|redeem|withdraw|deposit|exchange|ship|deliver|watch|listen|"
                    + "visit|eat|go|come|leave|travel|fly|stay|take|bring|pick|drop)\\b";

    private static final List<Telling> CUSTOMER = List.of(
            told("(?:i|we)" + WANT + " you to (?<x>.+)", m -> "asked to " + m.group("x")),
            told("(?:i|we)" + WANT + " to (?<x>.+)", m -> "wanted to " + m.group("x")),
            told(
                    "(?:i|we)(?:'m| am|'re| are| was| were)(?: just| also)? (?:trying|hoping|planning|going|calling|looking|wanting|ready) to (?<x>.+)",
                    m -> "wanted to " + m.group("x")),
            told(
                    "(?:i|we) (?:was|am|were) (?:just )?wondering (?<x>(?:what|if|when|where|whether|how|who|which)\\b.+)",
                    m -> "asked " + m.group("x")),
            told(
                    "(?:can|could|would|will) you(?: please| kindly| also)* help (?:me|us)(?: out)? with (?<x>.+)",
                    m -> "asked for help with " + m.group("x")),
            told(
                    "(?:can|could|would|will) you(?: please| kindly| also)*(?: help (?:me|us)(?: out)?)?(?: to)? (?<x>"
                            + VERB + ".+)",
                    m -> "asked to " + m.group("x")),
            told("(?:can|could|may) (?:i|we)(?: please| also)* (?<x>" + VERB + ".+)", m -> "asked to " + m.group("x")),
            told(
                    "(?:i|we)" + WANT
                            + " (?<x>(?:a|an|the|some|my|our|another|new|two|three|four|one|\\d+|tickets?|information|help)\\b.+)",
                    m -> "wanted " + m.group("x")),
            told(
                    "(?:i|we)(?:'m| am|'re| are)(?: just| also)? (?:looking|searching) for (?<x>.+)",
                    m -> "was looking for " + m.group("x")),
            told(
                    "(?:i|we)(?:'m| am|'re| are)(?: just| also)? (?:calling|writing|interested|here) (?:about|regarding|in|for) (?<x>.+)",
                    m -> "asked about " + m.group("x")),
            told(
                    "(?:i|we)(?:'ve| have)? (?<x>(?:just )?(?:lost|forgot|forgotten|missed|received|never|can't|cannot|can not|couldn't|could not|didn't|did not|"
                            + "haven't|have not|was charged|were charged|am having|have (?:a|an) (?:problem|issue|question)|noticed|ran out)\\b.*)",
                    m -> "said they " + m.group("x")),
            told(
                    "(?<x>" + VERB + ".+)",
                    m -> "asked to " + m.group("x").substring(0, 1).toLowerCase(Locale.ROOT)
                            + m.group("x").substring(1)));

    private static final Map<String, String> CUSTOMER_WORDS = Map.ofEntries(
            Map.entry("i", "they"),
            Map.entry("me", "them"),
            Map.entry("my", "their"),
            Map.entry("mine", "theirs"),
            Map.entry("myself", "themselves"),
            Map.entry("we", "they"),
            Map.entry("us", "them"),
            Map.entry("our", "their"),
            Map.entry("am", "are"),
            Map.entry("i'm", "they are"),
            Map.entry("i've", "they have"),
            Map.entry("i'd", "they would"),
            Map.entry("i'll", "they will"),
            Map.entry("we're", "they are"),
            Map.entry("we'd", "they would"),
            Map.entry("you", "the agent"),
            Map.entry("your", "the"));

    private static final Map<String, String> AGENT_WORDS = Map.ofEntries(
            Map.entry("i", "the agent"),
            Map.entry("we", "the agent"),
            Map.entry("me", "the agent"),
            Map.entry("us", "the agent"),
            Map.entry("my", "the agent's"),
            Map.entry("our", "the"),
            Map.entry("i'll", "the agent will"),
            Map.entry("we'll", "the agent will"),
            Map.entry("i've", "the agent has"),
            Map.entry("we've", "the agent has"),
            Map.entry("i'm", "the agent is"),
            Map.entry("we're", "the agent is"),
            Map.entry("you", "the customer"),
            Map.entry("your", "the customer's"),
            Map.entry("you're", "the customer is"),
            Map.entry("you've", "the customer has"),
            Map.entry("you'll", "the customer will"),
            Map.entry("you'd", "the customer would"));

    private static final Map<String, String> OFFERED_WORDS = Map.of(
            "you",
            "them",
            "your",
            "their",
            "me",
            "the agent",
            "my",
            "the agent's",
            "i",
            "the agent",
            "we",
            "the agent");

    private static final Pattern TAIL = Pattern.compile(
            "(?:[\\s,]+(?:please|thanks|thank you|for me|for us|for you|if (?:possible|you can)|as well|now|today please|again))*[\\s.!?,;:-]*$",
            Pattern.CASE_INSENSITIVE);

    /** Where a request goes over into a question of its own. */
    private static final Pattern NEXT_QUESTION = Pattern.compile(
            "(?i)(?:\\s*[,-]\\s*(?:and )?|\\s+and\\s+)(?:is|are|do|does|did|can|could|would|will|what|how|when|where|who|please|should)\\b.*$",
            Pattern.DOTALL);

    /** Where a phrase can end early and still be one. */
    private static final Pattern BREAK = Pattern.compile(
            "[,;]|\\s-|\\s(?=(?:and|but|so|because|which|who|where|when|while|if|for|on|in|from|to|with|at|by|of|until|till|around|please|can you|could you|i'm|i am|that)\\b)",
            Pattern.CASE_INSENSITIVE);

    private static final Set<String> NEVER_LAST = Set.of(
            "a", "an", "the", "to", "for", "of", "in", "on", "at", "and", "or", "with", "from", "by", "their", "my",
            "new", "than");

    private Retelling() {}

    /** The customer's request or problem without a subject: "wanted to …"; at most {@code words} words. */
    static Optional<String> ofCustomer(Line line, int words) {
        String said = NEXT_QUESTION
                .matcher(CUSTOMER_LEAD_IN.matcher(line.text()).replaceFirst(""))
                .replaceFirst("");
        String request = TAIL.matcher(said).replaceFirst("");
        return CUSTOMER.stream()
                .map(telling -> telling.of(request))
                .flatMap(Optional::stream)
                .findFirst()
                .map(told -> replace(told, CUSTOMER_WORDS))
                .flatMap(told -> shorten(told, words));
    }

    /** What the agent said as a whole sentence about agent and customer; at most {@code words} words, else nothing. */
    static Optional<String> ofAgent(Line line, int words) {
        String said = AGENT_LEAD_IN.matcher(line.text()).replaceFirst("");
        String told = agree(replace(TAIL.matcher(said).replaceFirst(""), AGENT_WORDS));
        return told.isBlank() || count(told) > words ? Optional.empty() : Optional.of(sentence(told));
    }

    /** What the agent offered to do, without a subject. */
    static Optional<String> offered(String act, int words) {
        return shorten(replace(act, OFFERED_WORDS), words);
    }

    private static final Pattern PROMISE_LEAD_IN = Pattern.compile(
            "(?i)^.*?\\b(?=(?:i|we|you|someone|somebody|they|a|an|the|our|my)\\b(?: \\w+){0,3}?(?:'ll| will| shall|'m going to| am going to|'re going to| are going to)\\b)");
    private static final int LONGEST_PROMISE = 18;

    /** A promise as a sentence about who made it: "Agent will call the customer back by Friday." */
    static Optional<String> ofPromise(Line line) {
        String said = PROMISE_LEAD_IN.matcher(line.text().replace('’', '\'')).replaceFirst("");
        String future = said.replaceFirst(
                "(?i)^(?:i|we)(?:'ll| will| shall|'m going to| am going to|'re going to| are going to)\\b",
                line.byAgent() ? "Agent will" : "Customer will");
        String told = replace(future, line.byAgent() ? AGENT_WORDS : CUSTOMER_WORDS);
        return shorten(agree(told), LONGEST_PROMISE).map(Retelling::sentence);
    }

    /** A full stop at the end, a capital at the beginning. */
    static String sentence(String text) {
        String trimmed = text.strip().replaceAll("\\s+", " ").replaceAll("[\\s.!?,;:]+$", "");
        return trimmed.isEmpty() ? trimmed : Character.toUpperCase(trimmed.charAt(0)) + trimmed.substring(1) + ".";
    }

    static int count(String text) {
        String trimmed = text.strip();
        return trimmed.isEmpty() ? 0 : trimmed.split("\\s+").length;
    }

    /** Cuts a phrase at the last place before {@code words} where it may end; nothing if there is none. */
    static Optional<String> shorten(String phrase, int words) {
        String trimmed = TAIL.matcher(phrase.strip()).replaceFirst("");
        while (count(trimmed) > words || endsBadly(trimmed)) {
            Matcher breaks = BREAK.matcher(trimmed);
            int last = -1;
            while (breaks.find()) {
                last = breaks.start();
            }
            if (last <= 0) {
                return Optional.empty();
            }
            trimmed = TAIL.matcher(trimmed.substring(0, last)).replaceFirst("");
        }
        return saysNothing(trimmed) ? Optional.empty() : Optional.of(trimmed);
    }

    private static boolean saysNothing(String phrase) {
        return phrase.matches(
                "(?i)(?:(?:asked|wanted) (?:to|for|about)\\s*|was looking for\\s*|said they\\s*|asked\\s*|wanted\\s*)?\\S*");
    }

    private static boolean endsBadly(String phrase) {
        List<Token> tokens = Token.allIn(phrase);
        return !tokens.isEmpty() && NEVER_LAST.contains(tokens.getLast().lower());
    }

    /** "the customer have" → "the customer has". */
    private static String agree(String told) {
        return told.replaceAll("(?i)\\bthe customer (?:have)\\b", "the customer has")
                .replaceAll("(?i)\\bthe customer are\\b", "the customer is")
                .replaceAll("(?i)\\bthe customer were\\b", "the customer was")
                .replaceAll("(?i)\\bthe agent have\\b", "the agent has")
                .replaceAll("(?i)\\bthe agent (?:am|are)\\b", "the agent is")
                .replaceAll("(?i)^the agent\\b", "Agent");
    }

    private static String replace(String text, Map<String, String> words) {
        var told = new StringBuilder();
        int done = 0;
        for (Token token : Token.allIn(text)) {
            told.append(text, done, token.from());
            told.append(words.getOrDefault(token.lower(), token.text()));
            done = token.to();
        }
        return told.append(text.substring(done)).toString();
    }

    private static Telling told(String pattern, Function<Matcher, String> as) {
        return new Telling(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.DOTALL), as);
    }
}
