package org.afterword.drafting.internal;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tells in the third person what the agent said and what either side promised: "I've booked your flight" becomes "Agent booked
 * the customer's flight". Only words of the sentence are used, apart from pronouns.
 */
final class Retelling {
    private static final Pattern AGENT_LEAD_IN = Pattern.compile(
            "^(?:(?:ok|okay|alright|all right|great|sure|yes|yep|perfect|certainly|of course|so|now|and|well|um+|uh+|done|good news|thank you|thanks|"
                    + "absolutely|no problem|got it|excellent|wonderful|awesome|right|sorry|unfortunately|(?:i'm|i am|we're|we are) (?:so |very )?(?:sorry|afraid)|but|"
                    + "(?:i|we)(?: do| sincerely)? apologi[sz]e|my apologies|(?:sorry )?to say|it (?:looks|seems|appears)(?: like| that)?)\\b[,.!:]*\\s*)+",
            Pattern.CASE_INSENSITIVE);

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

    private Retelling() {}

    /** What the agent said as a whole sentence about agent and customer; at most {@code words} words, else nothing. */
    static Optional<String> ofAgent(Line line, int words) {
        String said = AGENT_LEAD_IN.matcher(Phrases.plain(line)).replaceFirst("");
        boolean asks = said.matches("(?is)(?:kindly|please|let|make sure|confirm|just)\\b.*");
        return Stream.of(said, FURTHER.matcher(said).replaceFirst(""))
                .filter(statement -> !asks
                        && !ANSWER_TOO.matcher(statement).find()
                        && !OF_THE_COMPANY.matcher(statement).find()
                        && !HALF.matcher(statement).matches())
                .map(statement -> Phrases.agree(Phrases.replace(Phrases.withoutTail(statement), AGENT_WORDS)))
                .filter(told -> !told.isBlank() && Phrases.count(told) <= words)
                .findFirst()
                .map(Phrases::sentence);
    }

    /** A clause that leaves its main one to another sentence, or a step of a list. */
    private static final Pattern HALF =
            Pattern.compile("(?is)(?:(?:if|when|once|since|because|while|although)\\b[^,]*|\\d+[. ].*)");

    /** Where "we" is the company, not who speaks: "this means we could not run". */
    private static final Pattern OF_THE_COMPANY =
            Pattern.compile("(?i)\\b(?:means?|because|since|as|why|if|when) we\\b");

    /** Where the answer to another question begins. */
    private static final Pattern ANSWER_TOO = Pattern.compile("(?i)\\band,? (?:no|yes|yeah|yep)\\b");

    private static final Pattern FURTHER = Pattern.compile(
            "(?i)\\s*,?\\s*\\b(?:and (?:no|yes|yeah|yep|the|it|it's|its|you|your|they|there|as)|but|as for)\\b.*$");

    private static final Pattern NOT_DONE = Pattern.compile(
            "(?i)(?:^|\\b(?:i|we)(?:'m| am| was| were|'re| are)?(?: sorry| afraid| still| just)* )(?:unable to|not able to|wasn't able to|weren't able to|could not|couldn't|"
                    + "could n't|cannot|can not|can't|failed to) (?<x>[a-z]+ .+)");
    private static final Pattern STATEMENT = Pattern.compile("(?i)(?:the|your|our|there|that|this|a|an)\\b.*");

    /** What did not work: "Agent could not …", or what was not possible; nothing where the sentence cannot be told well. */
    static Optional<String> ofFailure(Line line, int words) {
        String said = AGENT_LEAD_IN.matcher(Phrases.plain(line)).replaceFirst("");
        Matcher failed = NOT_DONE.matcher(said);
        if (OF_THE_COMPANY.matcher(said).find()) {
            return Optional.empty();
        }
        if (failed.find()) {
            String what = failed.group("x")
                    .replaceFirst("(?i)^(\\w+) th(?:at|is) (?=(?!at|for|on|in|to|with|either|now|as)\\w)", "$1 the ");
            return Phrases.shorten(Phrases.agree(Phrases.replace(Phrases.firstClause(what), AGENT_WORDS)), words - 3)
                    .map(told -> Phrases.sentence("Agent could not " + told));
        }
        return STATEMENT.matcher(said).matches() ? ofAgent(line, words) : Optional.empty();
    }

    private static final Pattern UNNAMED = Pattern.compile(
            "(?i)^(?:one|1|an?)(?= (?:from|that|at|with|in|called|named|by|on|for|leaving|departing)\\b)");

    private static final Pattern FOUND = Pattern.compile(
            "(?i)(?:^|[,;] )(?:(?<found>there(?:'s| is| are)|i(?:'ve| have)? found|i have|we have|i see)|how about|what about|(?:may i |i(?:'d| would)? |can i )(?:suggest|recommend))"
                    + " (?<x>(?:an?|one|1|(?-i:\\p{Lu}\\S*))\\b.+)");

    /** What the agent named or suggested, if it bears a name: "Agent suggested …". */
    static Optional<String> ofOffer(Line line, int words) {
        Matcher offer = FOUND.matcher(AGENT_LEAD_IN.matcher(Phrases.plain(line)).replaceFirst(""));
        if (!offer.find()) {
            return Optional.empty();
        }
        String whole = Phrases.firstClause(offer.group("x"));
        String thing = UNNAMED.matcher(whole).replaceFirst("an option").replaceFirst("(?i)^(?:one|1) ", "a ");
        boolean named = thing.matches("(?s).*\\p{Lu}.*");
        boolean leans = thing.matches("(?is).*\\b(?:you|your|it|its|this|that one|other|another|there|our|my)\\b.*");
        return named && !leans
                ? Phrases.shorten(thing, words - 2)
                        .map(told -> Phrases.sentence(
                                "Agent " + (offer.group("found") == null ? "suggested " : "mentioned ") + told))
                : Optional.empty();
    }

    /** What the agent offered to do, without a subject. */
    static Optional<String> offered(String act, int words) {
        return Phrases.shorten(Phrases.replace(act, OFFERED_WORDS), words);
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
        String told = line.byAgent() ? Phrases.replace(future, AGENT_WORDS) : Requests.inThirdPerson(future);
        return Phrases.shorten(Phrases.agree(told), LONGEST_PROMISE).map(Phrases::sentence);
    }
}
