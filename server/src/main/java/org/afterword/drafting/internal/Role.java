package org.afterword.drafting.internal;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.afterword.drafting.internal.language.Token;
import org.jspecify.annotations.Nullable;

/**
 * Which side of something a value is on: where a journey begins or ends, when a stay begins or ends, whose account. English
 * marks it by the words before the value ("from", "until"), forms by the name of the field ("origin", "check out date").
 */
enum Role {
    FROM(
            Set.of("origin", "from", "source", "departing", "leaving", "starting", "outbound"),
            Set.of("from", "leaving", "departing", "out of", "starting"),
            "\\b(?:from|leaving|departing|depart|origin|leave)\\b"),
    TO(
            Set.of("destination", "to", "recipient", "where_to", "arriving", "arrival", "going", "ending", "target"),
            Set.of("to", "towards", "toward", "into", "arriving", "visit", "visiting", "reach"),
            "\\b(?:destination|going|recipient|arriv\\w+)\\b|\\bto\\b\\W*$|\\b(?:travell?ing|heading|flying|want to go|like to go) to\\b|\\bwhere to\\b"),
    START(
            Set.of("check in", "pickup", "pick up", "start", "departure", "leaving", "begin", "begins"),
            Set.of(
                    "check in",
                    "checking in",
                    "pick up",
                    "pick it up",
                    "picking it up",
                    "pickup",
                    "from",
                    "starting",
                    "leaving",
                    "depart",
                    "departing",
                    "leave",
                    "begins",
                    "check-in"),
            "\\b(?:check(?:ing)?[- ]in|pick(?:ing)?[- ]?(?:it )?up|pickup|leave|leaving|depart\\w*|start\\w*|begin\\w*)\\b"),
    END(
            Set.of("check out", "dropoff", "drop off", "return", "end", "until"),
            Set.of(
                    "check out",
                    "checking out",
                    "drop off",
                    "drop it off",
                    "dropping it off",
                    "until",
                    "till",
                    "through",
                    "return",
                    "returning",
                    "returns",
                    "coming back",
                    "come back",
                    "back",
                    "get back",
                    "keep it until",
                    "checkout",
                    "to",
                    "ending",
                    "ends"),
            "\\b(?:check(?:ing)?[- ]?out|drop(?:ping)?[- ]?(?:it )?off|return\\w*|until|end|(?:come|coming|get|getting|go|going|head|heading) back|how long)\\b");

    /** How many words before a value can mark it. */
    private static final int REACH = 4;

    private final Set<String> inNames;
    private final Set<String> before;
    private final Pattern inQuestions;

    Role(Set<String> inNames, Set<String> before, String inQuestions) {
        this.inNames = inNames;
        this.before = before;
        this.inQuestions = Pattern.compile(inQuestions);
    }

    /** The one of {@code candidates} that a question asks for, if it asks for one alone. */
    static @Nullable Role askedFor(Set<Role> candidates, String question) {
        List<Role> asked = candidates.stream()
                .filter(role -> role.inQuestions.matcher(question).find())
                .toList();
        return asked.size() == 1 ? asked.getFirst() : null;
    }

    boolean isNamedBy(String fieldName) {
        String padded = " " + fieldName + " ";
        return inNames.stream().anyMatch(n -> padded.contains(" " + n + " "));
    }

    /** Distance in words from the mark to the value that begins at {@code token}, 1 = right before it; 0 = no mark. */
    int markedBefore(List<Token> tokens, int token) {
        for (int distance = 1; distance <= REACH && token - distance >= 0; distance++) {
            int at = token - distance;
            for (String mark : before) {
                if (ends(tokens, at, mark) && reaches(tokens, mark, at, token)) {
                    return distance;
                }
            }
        }
        return 0;
    }

    /** The nearest of {@code candidates} that is marked before the value. */
    static @Nullable Role nearest(Set<Role> candidates, List<Token> tokens, int token) {
        Role nearest = null;
        int least = Integer.MAX_VALUE;
        for (Role role : candidates) {
            int distance = role.markedBefore(tokens, token);
            if (distance > 0 && distance < least) {
                nearest = role;
                least = distance;
            }
        }
        return nearest;
    }

    /** "To" and "from" mark what follows at once: "to San Diego on March 10th" is no end of a period. */
    private static boolean reaches(List<Token> tokens, String mark, int at, int token) {
        boolean preposition = mark.equals("to") || mark.equals("from");
        return !preposition
                || tokens.subList(at + 1, token).stream().map(Token::lower).allMatch(BETWEEN::contains);
    }

    private static final Set<String> BETWEEN = Set.of("the", "a", "an", "my", "our", "this", "around", "about");

    private static boolean ends(List<Token> tokens, int at, String mark) {
        String[] words = mark.split("[ -]");
        for (int i = 0; i < words.length; i++) {
            int place = at - (words.length - 1 - i);
            if (place < 0 || !tokens.get(place).is(words[i])) {
                return false;
            }
        }
        return true;
    }
}
