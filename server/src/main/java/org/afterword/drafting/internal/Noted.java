package org.afterword.drafting.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.afterword.catalog.Abbreviation;
import org.afterword.catalog.Catalog;
import org.afterword.drafting.DraftInput;
import org.afterword.drafting.DraftInput.Note;
import org.afterword.drafting.DraftInput.Speaker;
import org.afterword.drafting.DraftInput.Turn;
import org.afterword.drafting.Evidence;

/**
 * The keywords that agents typed about a contact, cut into pieces with short forms written out: "refund dmgd box, cb fri" is "refund damaged
 * box" and "callback promised Friday". What reads talk reads each piece as a turn of the customer's; what it finds there rests on the note.
 */
final class Noted {
    /** Between two pieces; a comma in a number is within one. */
    private static final Pattern BETWEEN =
            Pattern.compile("\\s*(?:[;\\r\\n]|,(?!\\d)|(?<!\\b[DdMmSs][rst])[.!?](?=\\s|$)|(?<=\\s)[-–|/](?=\\s))\\s*");

    /** What can be a short form: no part of an e-mail address. */
    private static final Pattern WORD = Pattern.compile(
            "(?<![\\p{L}\\p{N}@._+-])[\\p{L}\\p{N}](?:[\\p{L}\\p{N}_.:'’-]*[\\p{L}\\p{N}])?(?![\\p{L}\\p{N}._+-]*@)(?![\\p{L}\\p{N}])");

    /** Days as people jot them down, whatever a catalog says. */
    private static final Map<String, String> DAYS = Map.ofEntries(
            Map.entry("mon", "Monday"),
            Map.entry("tue", "Tuesday"),
            Map.entry("tues", "Tuesday"),
            Map.entry("wed", "Wednesday"),
            Map.entry("thu", "Thursday"),
            Map.entry("thur", "Thursday"),
            Map.entry("thurs", "Thursday"),
            Map.entry("fri", "Friday"),
            Map.entry("sat", "Saturday"),
            Map.entry("sun", "Sunday"),
            Map.entry("tmr", "tomorrow"),
            Map.entry("tmrw", "tomorrow"),
            Map.entry("tmw", "tomorrow"),
            Map.entry("eod", "end of the day"),
            Map.entry("eow", "end of the week"),
            Map.entry("eom", "end of the month"));

    /** These are words as well, and days only at the end of a piece. */
    private static final Set<String> WORDS_TOO = Set.of("wed", "sat", "sun");

    /** The strongest first, as where words were heard. */
    private static final List<Outcome> DECISIVE =
            List.of(Outcome.PASSED_ON, Outcome.PROMISED, Outcome.FAILED, Outcome.DONE, Outcome.TOLD);

    /**
     * One of the keywords' phrases.
     *
     * @param from where it begins in the note
     * @param to   where it ends, exclusive
     * @param text with its short forms written out
     */
    record Piece(Note note, int from, int to, String text) {
        Evidence.Note evidence() {
            return new Evidence.Note(note.wrapUpId(), from, to, note.text().substring(from, to));
        }
    }

    private final List<Piece> pieces;

    private Noted(List<Piece> pieces) {
        this.pieces = List.copyOf(pieces);
    }

    static Noted in(DraftInput input) {
        Map<String, String> shortForms = shortForms(input.catalog());
        var pieces = new ArrayList<Piece>();
        for (Note note : input.notes()) {
            int from = 0;
            Matcher between = BETWEEN.matcher(note.text());
            while (between.find()) {
                add(pieces, note, from, between.start(), shortForms);
                from = between.end();
            }
            add(pieces, note, from, note.text().length(), shortForms);
        }
        return new Noted(pieces);
    }

    private static void add(List<Piece> pieces, Note note, int from, int to, Map<String, String> shortForms) {
        int begin = from;
        int end = to;
        while (begin < end && Character.isWhitespace(note.text().charAt(begin))) {
            begin++;
        }
        while (end > begin && Character.isWhitespace(note.text().charAt(end - 1))) {
            end--;
        }
        String typed = note.text().substring(begin, end);
        if (typed.codePoints().anyMatch(Character::isLetterOrDigit)) {
            pieces.add(new Piece(note, begin, end, writtenOut(typed, shortForms)));
        }
    }

    /** What was typed, as the catalog's short forms and those of days have it. */
    static String writtenOut(String typed, Catalog catalog) {
        return writtenOut(typed, shortForms(catalog));
    }

    private static String writtenOut(String typed, Map<String, String> shortForms) {
        Matcher word = WORD.matcher(typed);
        return word.replaceAll(found -> {
            String lower = found.group().toLowerCase(Locale.ROOT);
            boolean isLast = found.end() == typed.length();
            String otherwise =
                    isLast || !WORDS_TOO.contains(lower) ? DAYS.getOrDefault(lower, found.group()) : found.group();
            return Matcher.quoteReplacement(shortForms.getOrDefault(lower, otherwise));
        });
    }

    private static Map<String, String> shortForms(Catalog catalog) {
        var forms = new HashMap<String, String>();
        for (Abbreviation abbreviation : catalog.abbreviations()) {
            forms.putIfAbsent(
                    abbreviation.code().toLowerCase(Locale.ROOT),
                    abbreviation.text().strip());
        }
        return forms;
    }

    boolean isEmpty() {
        return pieces.isEmpty();
    }

    List<Piece> pieces() {
        return pieces;
    }

    /** The contact as if the customer had said the pieces, each in a turn of its number. */
    DraftInput said(DraftInput input) {
        return input.withTurns(IntStream.range(0, pieces.size())
                .mapToObj(i -> {
                    Piece piece = pieces.get(i);
                    Instant typed = piece.note().time();
                    return new Turn(i, Speaker.CUSTOMER, piece.text(), typed, null, null, null);
                })
                .toList());
    }

    /** What evidence in those turns stands for. */
    Evidence evidence(Evidence inTurns) {
        return switch (inTurns) {
            case Evidence.Quote quote -> pieces.get(quote.turn()).evidence();
            case Evidence.Action action -> action;
            case Evidence.Note note -> note;
        };
    }

    /** What the piece says that became of the contact, if it does. */
    static Optional<Outcome> outcome(Piece piece) {
        return Optional.ofNullable(Outcome.named(piece.text(), null));
    }

    /** What became of the contact as the keywords tell it; the evidence is theirs. */
    Optional<Outcome.Seen> outcome() {
        return DECISIVE.stream()
                .flatMap(outcome -> pieces.stream()
                        .filter(piece -> outcome(piece).filter(outcome::equals).isPresent())
                        .map(piece -> new Outcome.Seen(outcome, List.of(piece.evidence()))))
                .findFirst();
    }
}
