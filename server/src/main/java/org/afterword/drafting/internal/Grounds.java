package org.afterword.drafting.internal;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.CatalogItem;
import org.afterword.catalog.FormField;
import org.afterword.drafting.Claim.Check;
import org.afterword.drafting.DraftInput;
import org.afterword.drafting.DraftInput.DesktopAction;
import org.afterword.drafting.DraftInput.Turn;
import org.afterword.drafting.Evidence;
import org.afterword.drafting.internal.language.Mention;
import org.afterword.drafting.internal.language.Mention.Kind;
import org.afterword.drafting.internal.language.Mentions;
import org.afterword.drafting.internal.language.Token;

/** What was said and done in one contact, to hold claims against. */
public final class Grounds {
    /** A piece of evidence that exists. */
    private record Piece(String text, String words, List<Mention> mentions) {
        /** @param day from which its "tomorrow" counts */
        static Piece of(String text, LocalDate day) {
            return new Piece(text, FieldValues.words(text), Mentions.in(text, day));
        }

        boolean holdsWords(String other) {
            return (" " + words + " ").contains(" " + FieldValues.words(other) + " ");
        }
    }

    private static final Pattern OPINION = Pattern.compile(
            "(?i)\\b(?:rude|difficult|annoying|stupid|lazy|liar|lying|idiot\\w*|crazy|aggressive|unreasonable|demanding|clueless|nasty|whiny|entitled|"
                    + "incompetent|ignorant|impatient|unpleasant|hostile|dishonest|suspicious|dumb|hysterical|pushy|obviously|clearly|apparently|"
                    + "probably|presumably|seem(?:s|ed)?|i (?:think|believe|guess|feel)|in my opinion|should have known)\\b");

    /** Capitalized words that are no names. */
    private static final Set<String> NO_NAMES = Set.of("customer", "agent", "caller", "i", "reason", "ok", "am", "pm");

    private static final int LONGEST_VALUE = 1_000;

    private final Map<Integer, Turn> turns = new HashMap<>();
    private final Map<String, DesktopAction> actions = new HashMap<>();
    private final Set<String> labels;
    private final DraftInput input;

    public Grounds(DraftInput input) {
        this.input = input;
        this.labels = labels(input.catalog());
        input.turns().forEach(turn -> turns.put(turn.number(), turn));
        input.actions().forEach(action -> actions.put(action.id(), action));
    }

    /** A code or another value that has no words of its own. */
    public Check anything(Object value, List<Evidence> evidence) {
        return pieces(evidence).isEmpty() ? Check.UNSUPPORTED : Check.SUPPORTED;
    }

    /** A text: its facts have to be those of its evidence. */
    public Check text(String text, List<Evidence> evidence) {
        List<Piece> pieces = pieces(evidence);
        if (isOpinion(text, pieces)) {
            return Check.OPINION;
        }
        if (pieces.isEmpty()) {
            return Check.UNSUPPORTED;
        }
        return holdsFacts(text, pieces) && holdsNames(text, pieces) ? Check.SUPPORTED : Check.STRUCK;
    }

    /** A field: its value has to be in its evidence, of several each. {@code fields} are those of the name; one that fits is enough. */
    public Check field(List<FormField> fields, String value, List<Evidence> evidence) {
        List<Piece> pieces = pieces(evidence);
        boolean holds = fields.stream()
                .anyMatch(field -> field.valuesIn(value).stream()
                        .allMatch(one -> pieces.stream().anyMatch(piece -> holdsValue(field, one, piece))));
        return holds ? Check.SUPPORTED : Check.STRUCK;
    }

    private static boolean holdsValue(FormField field, String value, Piece piece) {
        if (FieldValues.isYesOrNo(field)) {
            return true;
        }
        boolean mentioned =
                piece.mentions.stream().anyMatch(mention -> FieldValues.same(field, mention.value(), value));
        return mentioned || piece.holdsWords(value);
    }

    private static boolean isOpinion(String text, List<Piece> pieces) {
        return OPINION.matcher(text)
                .results()
                .anyMatch(judgment -> pieces.stream().noneMatch(piece -> piece.holdsWords(judgment.group())));
    }

    private boolean holdsFacts(String text, List<Piece> pieces) {
        return Mentions.in(text, input.referenceDate()).stream()
                .allMatch(fact -> pieces.stream()
                        .anyMatch(piece -> holdsFact(fact, text.substring(fact.from(), fact.to()), piece)));
    }

    /** By its value, or by its very words, unless these are but a part of another value: "nine hundred" is not "nine hundred and fifty". */
    private static boolean holdsFact(Mention fact, String words, Piece piece) {
        List<Mention> said = piece.mentions;
        if (said.stream().anyMatch(sameAs(fact))) {
            return true;
        }
        String literal = words.toLowerCase(Locale.ROOT);
        String text = piece.text.toLowerCase(Locale.ROOT);
        int at = text.indexOf(literal);
        while (at >= 0) {
            int from = at;
            int to = at + literal.length();
            boolean part = said.stream().anyMatch(m -> m.from() < to && from < m.to() && m.to() - m.from() > to - from);
            if (!part && standsAlone(text, from, to)) {
                return true;
            }
            at = text.indexOf(literal, at + 1);
        }
        return false;
    }

    private static boolean standsAlone(String text, int from, int to) {
        boolean before = from == 0 || !Character.isLetterOrDigit(text.charAt(from - 1));
        boolean after = to == text.length() || !Character.isLetterOrDigit(text.charAt(to));
        return before && after;
    }

    private static Predicate<Mention> sameAs(Mention fact) {
        Optional<BigDecimal> number = isNumber(fact) ? FieldValues.number(fact.value()) : Optional.empty();
        return said -> number.isPresent()
                ? isNumber(said) && FieldValues.number(said.value()).equals(number)
                : said.kind() == fact.kind() && said.value().equals(fact.value());
    }

    private static boolean isNumber(Mention mention) {
        return mention.kind() == Kind.AMOUNT || mention.kind() == Kind.NUMBER;
    }

    /** Capitalized words inside a sentence; the first word of a sentence only if the next one is capitalized too. */
    private boolean holdsNames(String text, List<Piece> pieces) {
        Set<String> said = pieces.stream()
                .flatMap(piece -> Token.allIn(piece.text).stream())
                .map(Token::lower)
                .collect(Collectors.toSet());
        List<Mention> facts = Mentions.in(text, input.referenceDate());
        List<Token> tokens = Token.allIn(text);
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean begins = i == 0
                    || text.substring(tokens.get(i - 1).to(), token.from()).matches("(?s).*[.!?:].*");
            boolean nextIsName = i + 1 < tokens.size() && tokens.get(i + 1).isCapitalized();
            boolean inFact = facts.stream().anyMatch(f -> f.from() <= token.from() && token.to() <= f.to());
            boolean name = token.isWord() && token.isCapitalized() && (!begins || nextIsName) && !inFact;
            String word = token.lower().replaceAll("'s?$", "");
            if (name
                    && !NO_NAMES.contains(word)
                    && !said.contains(word)
                    && !said.contains(token.lower())
                    && !labels.contains(word)) {
                return false;
            }
        }
        return true;
    }

    /** Words by which the catalog calls things: no names, wherever they stand. */
    private static Set<String> labels(Catalog catalog) {
        return Stream.<CatalogItem>concat(catalog.reasons().stream(), catalog.callTypes().stream())
                .flatMap(item -> Token.allIn(item.label()).stream())
                .map(Token::lower)
                .collect(Collectors.toUnmodifiableSet());
    }

    private List<Piece> pieces(List<Evidence> evidence) {
        var pieces = new ArrayList<Piece>();
        for (Evidence one : evidence) {
            switch (one) {
                case Evidence.Quote quote -> said(quote).ifPresent(pieces::add);
                case Evidence.Action action -> done(action).ifPresent(pieces::add);
            }
        }
        return pieces;
    }

    private Optional<Piece> said(Evidence.Quote quote) {
        Turn turn = turns.get(quote.turn());
        if (turn == null || !turn.text().startsWith(quote.quote(), quote.from())) {
            return Optional.empty();
        }
        return Optional.of(Piece.of(quote.quote(), dayOf(turn)));
    }

    private Optional<Piece> done(Evidence.Action evidence) {
        return Optional.ofNullable(actions.get(evidence.actionId())).map(action -> {
            var words = new HashSet<String>(action.parameters().values());
            words.addAll(action.result().values());
            words.add(Names.words(action.name()));
            String text = words.stream().map(Grounds::bounded).collect(Collectors.joining(" ; "));
            return Piece.of(text, input.referenceDate());
        });
    }

    /** Values of that length are texts, in which nothing is looked up beyond their beginning. */
    private static String bounded(String value) {
        return value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE) : value;
    }

    private LocalDate dayOf(Turn turn) {
        return turn.time() == null
                ? input.referenceDate()
                : turn.time().atZone(input.zone()).toLocalDate();
    }
}
