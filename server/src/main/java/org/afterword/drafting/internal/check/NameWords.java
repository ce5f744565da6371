package org.afterword.drafting.internal.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import org.afterword.drafting.internal.language.Token;

/**
 * Names by their capitals: inside a sentence any capitalized word, at its beginning one that is no ordinary word. Where most words
 * are capitalized, as in a heading, capitals say nothing.
 */
final class NameWords {
    /** Capitalized words that are no names. */
    private static final Set<String> NO_NAMES = Set.of(
            "customer",
            "customers",
            "agent",
            "agents",
            "caller",
            "user",
            "client",
            "patient",
            "doctor",
            "i",
            "i'm",
            "i've",
            "i'll",
            "i'd",
            "reason",
            "ok",
            "am",
            "pm",
            "mr",
            "mrs",
            "ms",
            "miss",
            "dr",
            "mister",
            "missus",
            "sir",
            "madam",
            "id",
            "tv",
            "us",
            "fyi",
            "na",
            "cx",
            "cust",
            "acct",
            "acw",
            "crm",
            "english",
            "mother",
            "father",
            "mom",
            "mum",
            "dad",
            "brother",
            "sister",
            "grandmother",
            "grandfather",
            "aunt",
            "uncle");

    /** Who does something at the beginning of a sentence is named there. */
    private static final Pattern DOES = Pattern.compile(
            "(?:\\p{L}+ed|is|was|has|had|will|would|wants|needs|says|said|and|from|paid|sent|told|gave|took|left|met|spoke|wrote|can|could|did|does)");

    private static final Set<String> TITLES = Set.of("dr", "mr", "mrs", "ms");

    private static final int SHORT = 5;

    /** "Family history:" is what a note calls its parts. */
    private static final int LONGEST_LABEL = 40;

    /** Words that often begin a note and that few conversations have. */
    private static final Set<String> OPENINGS = Set.of(
            "paid",
            "sent",
            "told",
            "gave",
            "took",
            "left",
            "met",
            "spoke",
            "wrote",
            "kept",
            "held",
            "bought",
            "sold",
            "brought",
            "found",
            "made",
            "ran",
            "went",
            "came",
            "saw",
            "said",
            "put",
            "set",
            "lost",
            "hung",
            "refund",
            "reset",
            "upgrade",
            "escalate",
            "transfer",
            "callback",
            "per",
            "via",
            "cancel",
            "technician",
            "supervisor",
            "manager",
            "courier",
            "driver",
            "merchant",
            "router",
            "modem",
            "invoice",
            "ticket",
            "payment",
            "account",
            "claim",
            "login",
            "password",
            "flight",
            "booking",
            "laptop",
            "bill",
            "statement",
            "delivery",
            "package",
            "parcel",
            "item",
            "subscription",
            "plan",
            "card",
            "device",
            "phone",
            "line",
            "service",
            "balance",
            "fee",
            "charge",
            "email",
            "voicemail",
            "case",
            "contract",
            "website",
            "app",
            "loan",
            "deposit",
            "transaction",
            "replacement",
            "order",
            "system",
            "team",
            "support",
            "billing",
            "policy");

    /** So end words that begin a sentence and are no names. */
    private static final Pattern ORDINARY_ENDING = Pattern.compile("(?:ed|ing|ly|ion|ions|ment|able|ful|less)$");

    private static final Pattern BREAK = Pattern.compile("[.!?:;•\"“(\\[\\n/]|\\s[-–—*]\\s");

    private NameWords() {}

    /** @param taken whether something else was found at a place of the text */
    static List<Token> in(String text, List<Token> tokens, IntPredicate taken) {
        if (isHeading(tokens)) {
            return List.of();
        }
        int label = text.indexOf(':') < LONGEST_LABEL ? text.indexOf(':') : -1;
        var names = new ArrayList<Token>();
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            String word = plain(token);
            if (token.isWord()
                    && token.isCapitalized()
                    && token.from() > label
                    && !taken.test(token.from())
                    && !NO_NAMES.contains(word)
                    && !isShortening(token)) {
                boolean begins = breaks(text, tokens, i) && !isBehindTitle(tokens, i);
                if (begins ? isNameAtBeginning(text, tokens, i, word) : word.length() > 1) {
                    names.add(token);
                }
            }
        }
        return names;
    }

    /** In lower case, without what makes it somebody's. */
    static String plain(Token token) {
        return token.lower().replaceAll("'s?$", "");
    }

    private static boolean isNameAtBeginning(String text, List<Token> tokens, int i, String word) {
        boolean nextIsName = i + 1 < tokens.size()
                && tokens.get(i + 1).isCapitalized()
                && !NO_NAMES.contains(plain(tokens.get(i + 1)))
                && tokens.get(i + 1).text().length() > 1
                && !breaks(text, tokens, i + 1);
        boolean known = Vocabulary.get().isOrdinary(word) || OPENINGS.contains(word);
        boolean does =
                i + 1 < tokens.size() && DOES.matcher(tokens.get(i + 1).lower()).matches();
        return !known && (nextIsName || does && !ORDINARY_ENDING.matcher(word).find());
    }

    private static boolean isBehindTitle(List<Token> tokens, int i) {
        return i > 0 && TITLES.contains(tokens.get(i - 1).lower());
    }

    /** "HTN", "ETA": there are too many of them that nobody says. */
    private static boolean isShortening(Token token) {
        String text = token.text();
        return text.length() <= SHORT && text.equals(text.toUpperCase(Locale.ROOT));
    }

    /** Whether something ends before the token. */
    private static boolean breaks(String text, List<Token> tokens, int i) {
        return i == 0
                || BREAK.matcher(text.substring(
                                tokens.get(i - 1).to(), tokens.get(i).from()))
                        .find();
    }

    /** "Past Medical History"; a sentence has a verb or a thing in lower case, however many names are in it. */
    private static boolean isHeading(List<Token> tokens) {
        long words = tokens.stream()
                .filter(token -> token.isWord() && token.text().length() > 3)
                .count();
        long capitals = tokens.stream()
                .filter(token -> token.isWord() && token.text().length() > 3 && token.isCapitalized())
                .count();
        return words > 3 && capitals == words;
    }
}
