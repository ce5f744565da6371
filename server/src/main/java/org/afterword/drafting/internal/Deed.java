package org.afterword.drafting.internal;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Something that is done, as a label ("Book a hotel") or a technical name ("ReserveHotel") tells it.
 *
 * @param verb   in lower case
 * @param object what it is done to, with its article if the name has one; may be empty
 */
record Deed(String verb, String object) {
    private static final Set<String> DETERMINERS =
            Set.of("a", "an", "the", "for", "about", "their", "some", "any", "another", "new", "more", "all", "up");

    /** Verbs that are as often nouns: "order status", "check deposit", "credit limit". */
    private static final Set<String> NOUNS_TOO = Set.of(
            "order",
            "check",
            "charge",
            "credit",
            "return",
            "change",
            "report",
            "refund",
            "request",
            "transfer",
            "process",
            "issue",
            "release",
            "link",
            "file",
            "search",
            "query",
            "list",
            "view",
            "mail",
            "post",
            "block",
            "move",
            "ship",
            "start",
            "stop",
            "purchase",
            "upgrade",
            "update",
            "access",
            "ask");

    private static final Set<String> UNCOUNTED = Set.of(
            "money", "balance", "weather", "information", "help", "data", "service", "access", "credit", "internet");

    private static final Set<String> TOPICS =
            Set.of("status", "details", "issues", "problems", "questions", "options", "terms");

    /** The deed of a technical name, which begins with its verb. */
    static Deed named(String name) {
        String words = Names.words(name);
        int space = words.indexOf(' ');
        return space < 0 ? new Deed(words, "") : new Deed(words.substring(0, space), words.substring(space + 1));
    }

    /** The deed that a label for people names, if it surely is one: "Book a hotel", not "Order status". */
    static Optional<Deed> labeled(String label) {
        int space = label.indexOf(' ');
        if (space < 0) {
            return Optional.empty();
        }
        var deed = new Deed(
                label.substring(0, space).toLowerCase(Locale.ROOT),
                label.substring(space + 1).strip());
        boolean verb = Verbs.pastOf(deed.verb).isPresent() || Verbs.isLooking(deed.verb) || deed.verb.equals("ask");
        boolean sure = deed.isDetermined() || !NOUNS_TOO.contains(deed.verb) || deed.isUncounted();
        return verb && sure ? Optional.of(deed) : Optional.empty();
    }

    /** Whether it changes something, rather than looks at it. */
    boolean changes() {
        return Verbs.pastOf(verb).isPresent();
    }

    /** "book a hotel". */
    String infinitive() {
        if (verb.equals("search")) {
            return "search for " + withArticle(object.replaceFirst("^for ", ""), article());
        }
        boolean known = Verbs.isLooking(verb) && !Verbs.isSearching(verb) && !isPlural();
        return (verb + " " + withArticle(object, known ? "the" : article())).strip();
    }

    /** "booked a hotel", "looked for a dentist"; nothing where the verb is not known. */
    Optional<String> past() {
        if (changes()) {
            return Verbs.pastOf(verb).map(past -> (past + " " + withArticle(object, "the")).strip());
        }
        if (object.isEmpty()) {
            return Optional.empty();
        }
        if (Verbs.isSearching(verb)) {
            return Optional.of("looked for " + withArticle(object.replaceFirst("^for ", ""), article()));
        }
        boolean looked = Verbs.isLooking(verb) || (verb.equals("get") && (isUncounted() || hasPlural()));
        return looked ? Optional.of("looked up " + withArticle(object, "the")) : Optional.empty();
    }

    private String withArticle(String words, String article) {
        boolean bare = words.isEmpty() || isDetermined() || (!article.equals("the") && isUncounted());
        return bare ? words : article + " " + words;
    }

    private String article() {
        return object.matches("(?i)[aeiou].*") ? "an" : "a";
    }

    private boolean isDetermined() {
        return DETERMINERS.contains(firstWord().toLowerCase(Locale.ROOT));
    }

    private boolean isUncounted() {
        return UNCOUNTED.contains(lastWord()) || isPlural();
    }

    private boolean isPlural() {
        return lastWord().matches(".*\\w{2,}[^s\\W]s") && !TOPICS.contains(lastWord());
    }

    private boolean hasPlural() {
        return object.matches(".*\\w{2,}[^s\\W]s\\b.*");
    }

    private String firstWord() {
        return object.replaceFirst(" .*", "");
    }

    private String lastWord() {
        return object.replaceFirst(".* ", "").toLowerCase(Locale.ROOT);
    }
}
