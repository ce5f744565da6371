package org.afterword.drafting.internal;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.CatalogItem;
import org.afterword.catalog.FormField;
import org.afterword.drafting.Claim.Check;
import org.afterword.drafting.CustomerChange;
import org.afterword.drafting.DraftInput;
import org.afterword.drafting.DraftInput.DesktopAction;
import org.afterword.drafting.DraftInput.Turn;
import org.afterword.drafting.Evidence;
import org.afterword.drafting.internal.check.Facts;
import org.afterword.drafting.internal.check.Facts.Source;
import org.afterword.drafting.internal.check.Judgments;
import org.afterword.drafting.internal.language.Mention;
import org.afterword.drafting.internal.language.Mentions;
import org.afterword.drafting.internal.language.Token;

/** What was said and done in one contact, to hold claims against. */
public final class Grounds {
    /**
     * A piece of evidence that exists.
     *
     * @param noted by the agent, and said by nobody
     */
    private record Piece(Source source, String words, List<Mention> mentions, boolean noted) {
        /** @param day from which its "tomorrow" counts */
        static Piece of(String text, LocalDate day) {
            return of(text, day, false);
        }

        static Piece of(String text, LocalDate day, boolean noted) {
            return new Piece(new Source(text, day), FieldValues.words(text), Mentions.in(text, day), noted);
        }

        boolean holdsWords(String other) {
            return (" " + words + " ").contains(" " + FieldValues.words(other) + " ");
        }
    }

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
        return holdsFacts(text, pieces) ? Check.SUPPORTED : Check.STRUCK;
    }

    /** A field: its value has to be in its evidence, of several each. {@code fields} are those of the name; one that fits is enough. */
    public Check field(List<FormField> fields, String value, List<Evidence> evidence) {
        List<Piece> pieces = pieces(evidence);
        boolean holds = fields.stream()
                .anyMatch(field -> field.valuesIn(value).stream()
                        .allMatch(one -> pieces.stream().anyMatch(piece -> holdsValue(field, one, piece))));
        return holds ? Check.SUPPORTED : Check.STRUCK;
    }

    /** What is new about a customer: it was mentioned, or whatever of its words was not known before was said. */
    public Check change(CustomerChange change, List<Evidence> evidence) {
        List<Piece> pieces = pieces(evidence);
        boolean mentioned = pieces.stream()
                .flatMap(piece -> piece.mentions.stream())
                .anyMatch(mention -> mention.value().equals(change.after()));
        Set<String> known = change.before() == null ? Set.of() : words(change.before());
        boolean said = words(change.after()).stream()
                .allMatch(word -> known.contains(word) || pieces.stream().anyMatch(piece -> piece.holdsWords(word)));
        return mentioned || (!pieces.isEmpty() && said) ? Check.SUPPORTED : Check.STRUCK;
    }

    private static Set<String> words(String text) {
        return Token.allIn(text).stream().map(Token::lower).collect(Collectors.toSet());
    }

    private static boolean holdsValue(FormField field, String value, Piece piece) {
        if (FieldValues.isYesOrNo(field)) {
            return true;
        }
        boolean mentioned =
                piece.mentions.stream().anyMatch(mention -> FieldValues.same(field, mention.value(), value));
        return mentioned || piece.holdsWords(value);
    }

    /** Words that were said are no opinion of whoever writes; those of a note are. */
    private static boolean isOpinion(String text, List<Piece> pieces) {
        return Judgments.in(text).stream()
                .anyMatch(judgment ->
                        pieces.stream().noneMatch(piece -> !piece.noted && piece.holdsWords(judgment.text())));
    }

    private boolean holdsFacts(String text, List<Piece> pieces) {
        return new Facts(pieces.stream().map(Piece::source).toList(), labels)
                .missing(text, input.referenceDate())
                .isEmpty();
    }

    /** Words by which the catalog calls things: no names, wherever they stand. */
    public static Set<String> labels(Catalog catalog) {
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
                case Evidence.Note note -> noted(note).ifPresent(pieces::add);
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

    /** As it was typed, and as its short forms are written out. */
    private Optional<Piece> noted(Evidence.Note evidence) {
        return input.notes().stream()
                .filter(note -> note.wrapUpId().equals(evidence.wrapUpId())
                        && note.text().startsWith(evidence.quote(), evidence.from()))
                .findFirst()
                .map(note -> Piece.of(
                        Noted.writtenOut(evidence.quote(), input.catalog()) + " ; " + evidence.quote(),
                        note.time() == null
                                ? input.referenceDate()
                                : note.time().atZone(input.zone()).toLocalDate(),
                        true));
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
