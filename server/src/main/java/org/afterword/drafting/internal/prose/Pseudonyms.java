package org.afterword.drafting.internal.prose;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.afterword.drafting.internal.language.Mention;
import org.afterword.drafting.internal.language.Mentions;
import org.afterword.drafting.internal.language.Token;
import org.jspecify.annotations.Nullable;

/**
 * Stand-ins for what a model need not know: telephone numbers, e-mail addresses, numbers of five digits and more, and names. A name
 * is a word of the customer's known name, what somebody gives as theirs, or a word that is written with a capital within a sentence and
 * nowhere without one. In a transcript without capitals other people's names cannot be told from words, and stay.
 */
final class Pseudonyms {
    private enum Kind {
        NAME,
        PHONE,
        EMAIL,
        NUMBER
    }

    private record Span(int from, int to, Kind kind) {}

    private static final int LONG_NUMBER = 5;
    private static final Pattern STAND_IN = Pattern.compile("\\b(?:NAME|PHONE|EMAIL|NUMBER)_\\d{1,4}\\b");
    private static final Pattern INTRODUCTION = Pattern.compile("(?i)\\b(?:my name(?:'s| is)|name's)\\s+");
    private static final int WORDS_OF_A_NAME = 2;

    /** Capitals that tell nothing, and words that follow an introduction. */
    private static final Set<String> NO_NAMES = Set.of(
            "i",
            "i'm",
            "i'd",
            "i'll",
            "i've",
            "ok",
            "okay",
            "am",
            "pm",
            "mr",
            "mrs",
            "ms",
            "dr",
            "customer",
            "agent",
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday",
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
            "and",
            "from",
            "with",
            "on",
            "the",
            "a",
            "is",
            "yes",
            "no",
            "sure",
            "well",
            "hi",
            "hello",
            "thanks",
            "so",
            "right",
            "alright",
            "great",
            "sorry",
            "oh",
            "please",
            "actually",
            "good",
            "certainly",
            "perfect",
            "but",
            "yeah");

    private final LocalDate today;
    private final boolean hides;
    private final Set<String> names;
    private final Map<String, String> standIns = new HashMap<>();
    private final Map<String, String> originals = new HashMap<>();
    private final Map<Kind, Integer> counted = new EnumMap<>(Kind.class);

    private Pseudonyms(LocalDate today, boolean hides, Set<String> names) {
        this.today = today;
        this.hides = hides;
        this.names = names;
    }

    /**
     * For a contact in which these occur.
     *
     * @param said     what was said
     * @param values   what was entered elsewhere: words with a capital are names there wherever they stand
     * @param customer the customer's name, if it is known
     * @param today    from which "tomorrow" counts
     */
    static Pseudonyms in(
            Collection<String> said, Collection<String> values, @Nullable String customer, LocalDate today) {
        var capitals = new HashSet<String>();
        var others = new HashSet<String>();
        var known = new HashSet<String>();
        for (String text : said) {
            List<Token> tokens = Token.allIn(text);
            List<Mention> addresses = Mentions.in(text, today).stream()
                    .filter(mention -> mention.kind() == Mention.Kind.EMAIL)
                    .toList();
            for (int i = 0; i < tokens.size(); i++) {
                Token token = tokens.get(i);
                if (!token.isWord() || isWithin(token, addresses)) {
                    continue;
                }
                if (!token.isCapitalized()) {
                    others.add(bare(token));
                } else if (!begins(text, tokens, i) || isCalled(text, tokens, i)) {
                    capitals.add(bare(token));
                }
            }
            known.addAll(introduced(text, tokens));
        }
        capitals.removeAll(others);
        values.forEach(value -> Token.allIn(value).stream()
                .filter(token -> token.isWord() && token.isCapitalized())
                .forEach(token -> capitals.add(bare(token))));
        capitals.removeAll(NO_NAMES);
        if (customer != null) {
            Token.allIn(customer).stream().filter(Token::isWord).forEach(token -> known.add(bare(token)));
        }
        capitals.addAll(known);
        capitals.removeIf(name -> name.length() < 2);
        return new Pseudonyms(today, true, capitals);
    }

    private static boolean isWithin(Token token, List<Mention> mentions) {
        return mentions.stream().anyMatch(mention -> mention.from() < token.to() && token.from() < mention.to());
    }

    private static Set<String> introduced(String text, List<Token> tokens) {
        var names = new HashSet<String>();
        Matcher introduction = INTRODUCTION.matcher(text);
        while (introduction.find()) {
            int from = introduction.end();
            tokens.stream()
                    .filter(token -> token.from() >= from)
                    .limit(WORDS_OF_A_NAME)
                    .takeWhile(token -> token.isWord() && !NO_NAMES.contains(token.lower()))
                    .forEach(token -> names.add(bare(token)));
        }
        return names;
    }

    /** A capital tells nothing there. */
    private static boolean begins(String text, List<Token> tokens, int i) {
        return i == 0
                || text.substring(tokens.get(i - 1).to(), tokens.get(i).from()).matches("(?s).*[.!?:].*");
    }

    /** "Anna, could you", "Anna Miller is". */
    private static boolean isCalled(String text, List<Token> tokens, int i) {
        return text.startsWith(",", tokens.get(i).to())
                || i + 1 < tokens.size()
                        && tokens.get(i + 1).isCapitalized()
                        && text.substring(tokens.get(i).to(), tokens.get(i + 1).from())
                                .isBlank();
    }

    private static String bare(Token token) {
        return token.lower().replaceAll("'s?$", "");
    }

    /** Every text stays as it is. */
    static Pseudonyms none(LocalDate today) {
        return new Pseudonyms(today, false, Set.of());
    }

    /** The text with stand-ins; the same value gets the same one in every text. */
    String hide(String text) {
        if (!hides) {
            return text;
        }
        var hidden = new StringBuilder();
        int read = 0;
        for (Span span : spans(text)) {
            hidden.append(text, read, span.from).append(standInFor(span.kind, text.substring(span.from, span.to)));
            read = span.to;
        }
        return hidden.append(text, read, text.length()).toString();
    }

    /** In order, none over another. */
    private List<Span> spans(String text) {
        var spans = new ArrayList<Span>();
        List<Mention> mentions = Mentions.in(text, today);
        for (Mention mention : mentions) {
            @Nullable
            Kind kind = switch (mention.kind()) {
                case EMAIL -> Kind.EMAIL;
                case PHONE -> Kind.PHONE;
                case NUMBER ->
                    mention.value().chars().filter(Character::isDigit).count() >= LONG_NUMBER ? Kind.NUMBER : null;
                case DATE, TIME, AMOUNT -> null;
            };
            if (kind != null) {
                spans.add(new Span(mention.from(), mention.to(), kind));
            }
        }
        for (Token token : Token.allIn(text)) {
            String name = bare(token);
            if (names.contains(name) && !isWithin(token, mentions)) {
                spans.add(new Span(token.from(), Math.min(token.to(), token.from() + name.length()), Kind.NAME));
            }
        }
        spans.sort(Comparator.comparingInt(Span::from));
        return spans;
    }

    private String standInFor(Kind kind, String original) {
        return standIns.computeIfAbsent(kind + " " + original.toLowerCase(Locale.ROOT), _ -> {
            String standIn = kind + "_" + counted.merge(kind, 1, Integer::sum);
            originals.put(standIn, original);
            return standIn;
        });
    }

    /** The text with what its stand-ins stand for; empty where it has one that stands for nothing. */
    Optional<String> restore(String text) {
        if (!hides) {
            return Optional.of(text);
        }
        Matcher standIn = STAND_IN.matcher(text);
        var restored = new StringBuilder();
        while (standIn.find()) {
            String original = originals.get(standIn.group());
            if (original == null) {
                return Optional.empty();
            }
            standIn.appendReplacement(restored, Matcher.quoteReplacement(original));
        }
        return Optional.of(standIn.appendTail(restored).toString());
    }
}
