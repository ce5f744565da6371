package org.afterword.drafting.internal.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Opinions about the customer, and judgments of them: "rude", "a liar", "seems drunk", a diagnosis. A declared list of words, with rules
 * about whom they are said of: "the customer was rude" judges, "the rude letter", "difficult to reach" and "said that the driver was rude" do
 * not. Insults judge wherever they stand.
 */
public final class Judgments {
    /** Words that judge. @param text as it stands there */
    public record Judgment(String text, int from, int to) {}

    /** What people are called that nobody can see from outside, or that only offends. */
    private static final String TRAIT =
            "(?:rude|annoying|stupid|lazy|crazy|insane|aggressive|unreasonable|clueless|nasty|whiny|incompetent|"
                    + "impatient|unpleasant|hostile|dishonest|dumb|hysterical|pushy|arrogant|obnoxious|abusive|irrational|ridiculous|condescending|"
                    + "impolite|uncooperative|immature|manipulative|paranoid|delusional|senile|demented|drunk|intoxicated|stoned|tipsy|high as a kite|"
                    + "bipolar|depressed|autistic|schizophrenic|psychotic|mentally ill|unstable|unhinged|illiterate|slow[- ]witted|cheap|stingy|greedy|"
                    + "shady|sketchy|untrustworthy|cranky|moody|bitchy|difficult(?! to)|suspicious(?! of| about| that)|entitled(?! to)|"
                    + "demanding(?! (?:an?|the|his|her|their|that|to|we|compensation|money|refunds?)\\b)|ignorant(?! of)|impossible(?! to)|"
                    + "(?:a )?(?:pain|nightmare|handful)\\b(?! in (?:his|her|their|the) (?!neck|ass))|on drugs|off (?:his|her|their) meds|"
                    + "lying|exaggerating|overreacting|faking|making (?:it|this|things) up|whining|ranting|bullying|"
                    + "(?:a )?(?:liar|fraudster|scammer|troublemaker|alcoholic|addict|racist|psychopath|bully|hypochondriac))";

    private static final String INSULT =
            "(?:idiots?|idiotic|morons?|moronic|imbeciles?|jerks?|assholes?|bitch|nutcase|nutjob|lunatic|weirdo|dumbass|whiner|crybaby|time[- ]waster|karen)";

    private static final String ILLNESS =
            "(?:dementia|alzheimer'?s|schizophrenia|a mental (?:illness|disorder)|mental (?:issues|problems|health issues)|anger issues|"
                    + "a drinking problem|a drug problem|a personality disorder|learning difficulties)";

    private static final String PERSON =
            "(?:customers?|callers?|clients?|users?|guests?|cust|cx|members?|lady|gentleman|guy|man|woman|person|he|she|they|"
                    + "(?:mr|mrs|ms|miss)\\.? \\p{L}+)";

    private static final String LINK =
            "(?:'s|'re|\\s+(?:is|was|are|were|be|been|has been|had been|being|got|gets|became|becomes|remained|stayed|acted|acts|acting|sounds?|"
                    + "sounded|seems?|seemed|appears?|appeared|looks?|looked|came across(?: as)?|comes across(?: as)?|came off(?: as)?|kept|keeps))";

    private static final String FILL =
            "(?:(?:\\s+|,\\s*)(?:an?|very|really|quite|so|extremely|rather|pretty|somewhat|totally|completely|incredibly|being|to be|bit|little|too|"
                    + "just|also|not|always|all|such|as|like|clearly|obviously|probably|kind of|\\p{L}+(?:,| and| but| or)))*";

    /** "Seems", "obviously": what is said of the customer so is a guess. */
    private static final String GUESS =
            "(?:obviously|clearly|apparently|probably|presumably|supposedly|should have known)";

    private static final String GUESSED =
            "\\s+(?:seems?|seemed|appears?|appeared|looks|looked|sounds|sounded)(?: to be| like)?(?: \\p{L}+ly| very| quite| a bit| a little)*"
                    + "\\s+(?:confused|annoyed|frustrated|irritated|stressed|scared|worried|tired|bored|upset|angry|nervous|sad|mad|happy|unhappy|"
                    + "disappointed|agitated|distracted|anxious|hesitant|reluctant|lonely|old|elderly|young|lost|foreign|uneducated|disabled|sick|ill)\\b";

    private static final Pattern OF_PERSON =
            Pattern.compile("(?iu)\\b" + PERSON + LINK + FILL + "\\s+(?<what>" + TRAIT + ")\\b");
    private static final Pattern BEFORE_PERSON = Pattern.compile(
            "(?iu)\\b(?<what>" + TRAIT
                    + ")(?: old| young)?\\s+(?:customers?|callers?|clients?|guests?|cust|cx|lady|guy|man|woman|person|people)\\b");
    /** A note without a subject is about the customer. */
    private static final Pattern ALONE = Pattern.compile(
            "(?iu)^\\W*(?:(?:was|is|very|really|quite|so|extremely|rather|pretty|seems?|seemed|sounded)\\s+)*(?<what>"
                    + TRAIT
                    + ")(?=\\W*$|\\s*[,.;]|\\s+(?:and|but|on the (?:phone|call|line)|throughout|the whole|all the time|during|when|with me)\\b)");

    private static final Pattern ILL = Pattern.compile("(?iu)\\b" + PERSON
            + "(?:\\s+(?:obviously|clearly|probably|apparently|may|might|must|also))*\\s+(?:has|have|had|suffers? from|suffered from)(?:\\s+(?:some|severe|early|obvious))*\\s+(?<what>"
            + ILLNESS + ")");
    private static final Pattern INSULTS = Pattern.compile("(?iu)\\b(?<what>" + INSULT + ")\\b");
    private static final Pattern GUESSES = Pattern.compile(
            "(?iu)\\b" + PERSON + "(?:\\s+(?:is|was|has|had|will|just|also|did))?\\s+(?<what>" + GUESS + ")\\b");
    private static final Pattern IMPRESSIONS = Pattern.compile("(?iu)\\b" + PERSON + "(?<what>" + GUESSED + ")");
    private static final Pattern MINE = Pattern.compile(
            "(?iu)\\b(?<what>i (?:think|believe|guess|feel|suspect|assume)|in my (?:opinion|view)|if you ask me|imo|imho)\\b");

    private static final List<Pattern> ALL =
            List.of(OF_PERSON, BEFORE_PERSON, ALONE, ILL, INSULTS, GUESSES, IMPRESSIONS, MINE);

    /** Whoever is named before is whom "he", "she" and "they" may mean, and who may be what the customer says. */
    private static final Pattern SOMEBODY_ELSE = Pattern.compile(
            "(?iu)\\b(?:agent|driver|technician|colleague|staff|employee|representative|rep|manager|supervisor|doctor|nurse|waiter|clerk|teller|"
                    + "courier|seller|salesman|neighbou?r|husband|wife|son|daughter|team|operator|advisor)s?\\b");

    private static final Pattern PRONOUN = Pattern.compile("(?i)^(?:he|she|they)\\b");

    private Judgments() {}

    /** In order, none overlapping another. */
    public static List<Judgment> in(String statement) {
        var found = new ArrayList<Judgment>();
        for (Pattern pattern : ALL) {
            Matcher matcher = pattern.matcher(statement);
            while (matcher.find()) {
                int from = matcher.start("what");
                int to = matcher.end("what");
                boolean taken = found.stream().anyMatch(other -> other.from() < to && from < other.to());
                if (!taken && !isOfSomebodyElse(statement, matcher.start())) {
                    int begin = from + leading(statement.substring(from, to));
                    found.add(new Judgment(statement.substring(begin, to), begin, to));
                }
            }
        }
        found.sort(Comparator.comparingInt(Judgment::from));
        return found;
    }

    private static boolean isOfSomebodyElse(String statement, int at) {
        return PRONOUN.matcher(statement.substring(at)).find()
                && SOMEBODY_ELSE.matcher(statement.substring(0, at)).find();
    }

    private static int leading(String text) {
        return text.length() - text.stripLeading().length();
    }
}
