package org.afterword.drafting.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.afterword.drafting.Claim;
import org.afterword.drafting.CustomerChange;
import org.afterword.drafting.DraftInput;
import org.afterword.drafting.Evidence;
import org.afterword.drafting.internal.Talk.Move;
import org.afterword.drafting.internal.language.Mention;
import org.afterword.drafting.internal.language.Token;
import org.jspecify.annotations.Nullable;

/**
 * What the customer says of their own name, telephone number, e-mail address or postal address that is another than what is known. A value
 * alone is none: people name numbers to be called back at, and those of others. It has to be said that it is the new or the right one, or
 * what is known has to be called old, or the agent has to have asked whether it is still right.
 */
final class CustomerChanges {
    /** What of a customer can change, and how it is called in a talk. */
    private enum Kind {
        NAME(
                "(?<!\\b(?:user|file|product|company|business) )(?:(?:last|first|full|family|married|legal) )?(?:sur)?name"),
        PHONE("(?:(?:phone|telephone|cell|cellphone|mobile)(?: phone)?(?: number)?"
                + "|(?<!\\b(?:account|order|policy|card|member|membership|reference|case|ticket|confirmation|tracking|serial|invoice|"
                + "customer|claim|id|routing|security|flight|model|booking) )number)"),
        EMAIL("e-?mail(?: address)?"),
        ADDRESS("(?<!\\b(?:e-?mail|ip|web|work|office|shipping|delivery|branch) )address");

        private final Pattern named;
        private final Pattern announced;
        private final Pattern ofOthers;
        private final Pattern asked;

        Kind(String words) {
            String own = "(?:my|our) (?:\\w+ )?" + words;
            named = Pattern.compile("\\b" + words + "\\b");
            announced = Pattern.compile(
                    "\\b(?:my|our) (?:\\w+ )?(?:new|current|correct|updated|actual|right|latest) (?:\\w+ )?" + words
                            + "\\b"
                            + "|\\b" + own
                            + "(?:'s| has| have| is| was| got)?(?: been| just| also| since| recently)* (?:changed|updated|different|now)\\b"
                            + "|\\b(?:chang|updat|switch|correct)(?:e|ed|ing)? " + own + "\\b"
                            + "|\\b(?:have|got) a new " + words + "\\b"
                            + "|\\b(?:new|correct|right|current) " + words + "(?:'s| is| will be| would be|:)");
            ofOthers = Pattern.compile(
                    "\\b(?:work|office|company|business|store|shop|his|her|their|your|(?:wife|husband|partner|son|daughter|mother|father|"
                            + "mom|dad|friend|brother|sister|boss|neighbor|assistant)(?:'?s)?) (?:new |cell |mobile |home )?"
                            + words + "\\b");
            asked = Pattern.compile(
                    "\\b(?:confirm|verify|check|still|on file|on record|up to date|current|correct|new|updated?)\\b.*\\b"
                            + words + "\\b" + "|\\b" + words
                            + "\\b.*\\b(?:still|on file|on record|up to date|current|correct|changed|right)\\b(?! (?:away|now))");
        }

        String member() {
            return name().toLowerCase(Locale.ROOT);
        }

        @Nullable
        String known(DraftInput.Contact contact) {
            return switch (this) {
                case NAME -> contact.customerName();
                case PHONE -> contact.customerPhone();
                case EMAIL -> contact.customerEmail();
                case ADDRESS -> contact.customerAddress();
            };
        }
    }

    private static final Pattern MOVED = Pattern.compile(
            "\\b(?:i|we)(?:'ve| have|'re| are|'m| am)?(?: just| recently| since)* (?:moved|moving|relocated)\\b");

    /** What was known is not right any more; of what, the talk around it tells. */
    private static final Pattern CALLED_OLD = Pattern.compile(
            "\\b(?:that|this|it|what you have|the one you have)(?:'s| is| was)?(?: an?| my| the| really| actually| pretty)* "
                    + "(?:old|wrong|outdated|out of date|previous|former|incorrect|not (?:right|correct|current|mine|it|up to date))\\b"
                    + "|\\bno longer (?:use|have|mine|valid|current|live|my)\\b|\\b(?:it|that)(?:'s| is| has) (?:since )?changed\\b"
                    + "|\\bit(?:'s| is) now\\b|\\bnow it(?:'s| is)\\b|\\bnot any ?more\\b|\\b(?:don't|do not) (?:use|have|live) (?:that|it|there)\\b");

    private static final Pattern UNCHANGED = Pattern.compile(
            "\\b(?:hasn't|has not|haven't|have not|didn't|did not|never)(?: been)? chang|\\bstill the same\\b|\\bno chang|\\bsame as before\\b");

    /** A number for one call is none of the customer's data. */
    private static final Pattern FOR_NOW = Pattern.compile(
            "\\b(?:call|reach|text|contact|ring|phone) (?:me|us|you|him|her|them)\\b|\\bcall(?:ing)?(?: \\w+)? ?-?back\\b|\\bbest number\\b|"
                    + "\\b(?:for|just) (?:today|now|this call|the moment)\\b|\\btemporar");

    private static final Set<String> OLD = Set.of(
            "old",
            "previous",
            "former",
            "formerly",
            "was",
            "were",
            "used",
            "from",
            "not",
            "isn't",
            "instead",
            "than",
            "before");
    private static final Set<String> NEW =
            Set.of("new", "now", "changed", "to", "updated", "current", "correct", "right");

    private static final Pattern ADDRESS = Pattern.compile(
            "(?<![\\p{Alnum}/.-])\\d{1,6}[A-Za-z]? (?:[\\p{L}\\d.'’-]{1,30} ){1,4}?(?i:street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|court|ct|way|"
                    + "place|pl|square|sq|terrace|parkway|pkwy|circle|highway|hwy)\\b\\.?(?:,? (?i:apt|apartment|unit|suite)\\.? ?[\\w-]{1,8})?"
                    + "(?:,? \\p{Lu}[\\p{L}'’-]{1,30}(?: \\p{Lu}[\\p{L}'’-]{1,30}){0,2})?(?:,? \\p{Lu}{2}\\b)?(?:,? \\d{5}(?:-\\d{4})?\\b)?");

    /** Where a name is given, and not only somebody's told. */
    private static final Pattern BEFORE_NAME =
            Pattern.compile("\\b(?:(?:sur)?name(?:'s| is)?(?: now| to)?|changed to|is now|it(?:'s| is)|go by)\\W*$");

    private static final Pattern LAST_NAME = Pattern.compile("\\b(?:last|family|married|sur) ?name\\b");

    /** Streets as they are written in short. */
    private static final Map<String, String> WHOLE = Map.ofEntries(
            Map.entry("st", "street"),
            Map.entry("ave", "avenue"),
            Map.entry("rd", "road"),
            Map.entry("ln", "lane"),
            Map.entry("dr", "drive"),
            Map.entry("blvd", "boulevard"),
            Map.entry("ct", "court"),
            Map.entry("pl", "place"),
            Map.entry("sq", "square"),
            Map.entry("pkwy", "parkway"),
            Map.entry("hwy", "highway"),
            Map.entry("apartment", "apt"));

    private static final int LEAST_PHONE_DIGITS = 7;
    private static final int WORDS_BEFORE = 6;

    private static final double ANNOUNCED = 0.8;
    private static final double OLD_ONE_CALLED_OLD = 0.7;
    private static final double ASKED_FOR = 0.6;

    private final Situation situation;
    private final DraftInput.Contact contact;

    CustomerChanges(Situation situation) {
        this.situation = situation;
        this.contact = situation.input().contact();
    }

    /** By what changes; of several values for the same, the one said last. Nothing about a customer of whom nothing is known. */
    Map<String, Claim<CustomerChange>> all() {
        if (contact.customerId() == null
                && Arrays.stream(Kind.values()).allMatch(kind -> kind.known(contact) == null)) {
            return Map.of();
        }
        var changes = new EnumMap<Kind, Claim<CustomerChange>>(Kind.class);
        for (Move move : situation.talk().moves()) {
            if (move.byCustomer()) {
                read(move, changes);
            }
        }
        var byMember = new LinkedHashMap<String, Claim<CustomerChange>>();
        changes.forEach((kind, claim) -> byMember.put(kind.member(), claim));
        return byMember;
    }

    /** A value with its place in its line. */
    private record Value(Kind kind, String text, int from, int to) {}

    /** Why a value counts. */
    private record Cue(double confidence, Line line) {}

    private void read(Move move, Map<Kind, Claim<CustomerChange>> changes) {
        List<Line> before = move.index() == 0
                ? List.of()
                : situation.talk().moves().get(move.index() - 1).lines();
        for (int i = 0; i < move.lines().size(); i++) {
            Line line = move.lines().get(i);
            List<Line> soFar = move.lines().subList(0, i + 1);
            int clauseFrom = 0;
            for (Value value : values(line)) {
                String clause = lower(line.text().substring(Math.min(clauseFrom, value.from()), value.from()));
                clauseFrom = value.to();
                cue(value.kind(), clause, line, soFar, before)
                        .ifPresent(cue -> take(value, clause, cue, line, changes));
            }
        }
    }

    private void take(Value value, String clause, Cue cue, Line line, Map<Kind, Claim<CustomerChange>> changes) {
        Kind kind = value.kind();
        String known = kind.known(contact);
        boolean given = kind != Kind.NAME || BEFORE_NAME.matcher(clause).find();
        if (!given || known == null && cue.confidence() < ANNOUNCED) {
            return;
        }
        String said = kind == Kind.NAME ? whole(value.text(), known, clause) : value.text();
        if (known != null && isSame(kind, known, said)) {
            changes.remove(kind); // back to what is known
            return;
        }
        var evidence = new ArrayList<Evidence>();
        evidence.add(line.quote());
        if (!cue.line().equals(line)) {
            evidence.add(cue.line().quote());
        }
        changes.put(
                kind,
                Claim.of(
                        "customerChanges/" + kind.member(),
                        new CustomerChange(known, said),
                        cue.confidence(),
                        evidence));
    }

    /**
     * What makes the value the customer's from now on, if anything does.
     *
     * @param clause what stands before it in its line, from the value before
     * @param soFar  the customer's lines up to this one
     * @param before what the agent had said
     */
    private static Optional<Cue> cue(Kind kind, String clause, Line line, List<Line> soFar, List<Line> before) {
        String said = lower(line.text());
        boolean isOthers = kind.ofOthers.matcher(said).find();
        if (isOthers || isCalledOld(clause) || UNCHANGED.matcher(said).find()) {
            return Optional.empty();
        }
        Optional<Line> announced = soFar.reversed().stream()
                .filter(one -> announces(kind, lower(one.text())))
                .findFirst();
        if (announced.isPresent() && !FOR_NOW.matcher(clause).find()) {
            return announced.map(one -> new Cue(ANNOUNCED, one));
        }
        if (kind == Kind.PHONE && FOR_NOW.matcher(said).find()) {
            return Optional.empty();
        }
        boolean spokenOf = before.stream().anyMatch(one -> speaksOf(kind, one))
                || soFar.stream()
                        .anyMatch(one -> kind.named.matcher(lower(one.text())).find());
        Optional<Line> old = soFar.reversed().stream()
                .filter(one -> CALLED_OLD.matcher(lower(one.text())).find())
                .findFirst();
        if (spokenOf && old.isPresent()) {
            return old.map(one -> new Cue(OLD_ONE_CALLED_OLD, one));
        }
        return before.stream()
                .filter(one -> asksWhetherStillRight(kind, one))
                .reduce((earlier, later) -> later)
                .map(one -> new Cue(ASKED_FOR, one));
    }

    private static boolean announces(Kind kind, String said) {
        return kind.announced.matcher(said).find() && !UNCHANGED.matcher(said).find()
                || kind == Kind.ADDRESS && MOVED.matcher(said).find();
    }

    private static boolean speaksOf(Kind kind, Line line) {
        return kind.named.matcher(lower(line.text())).find()
                || values(line).stream().anyMatch(value -> value.kind() == kind);
    }

    private static boolean asksWhetherStillRight(Kind kind, Line line) {
        String said = lower(line.text());
        boolean forNow = kind == Kind.PHONE && FOR_NOW.matcher(said).find();
        return kind.asked.matcher(said).find()
                && !forNow
                && !OLD_ASKED.matcher(said).find();
    }

    private static final Pattern OLD_ASKED = Pattern.compile("\\b(?:old|previous|former)\\b");

    /** Whether the last word before the value that says which one it is calls it the old one. */
    private static boolean isCalledOld(String clause) {
        List<String> words = Token.allIn(clause).stream().map(Token::lower).toList();
        List<String> near = words.subList(Math.max(0, words.size() - WORDS_BEFORE), words.size());
        return last(near, OLD) > last(near, NEW);
    }

    private static int last(List<String> words, Set<String> wanted) {
        for (int i = words.size() - 1; i >= 0; i--) {
            if (wanted.contains(words.get(i))) {
                return i;
            }
        }
        return -1;
    }

    private static List<Value> values(Line line) {
        var values = new ArrayList<Value>();
        for (Mention mention : line.mentions()) {
            if (mention.kind() == Mention.Kind.PHONE) {
                String said = line.text().substring(mention.from(), mention.to());
                boolean inDigits = digits(said).length() >= LEAST_PHONE_DIGITS;
                values.add(
                        new Value(Kind.PHONE, inDigits ? said.strip() : mention.value(), mention.from(), mention.to()));
            } else if (mention.kind() == Mention.Kind.EMAIL) {
                values.add(new Value(Kind.EMAIL, mention.value(), mention.from(), mention.to()));
            }
        }
        ADDRESS.matcher(line.text())
                .results()
                .forEach(found -> values.add(new Value(Kind.ADDRESS, found.group(), found.start(), found.end())));
        Spans.names(line).forEach(span -> values.add(new Value(Kind.NAME, span.text(), span.start(), span.end())));
        values.sort(Comparator.comparingInt(Value::from));
        return values;
    }

    /** A new last name with the first names that are known. */
    private static String whole(String said, @Nullable String known, String clause) {
        List<String> names = known == null ? List.of() : List.of(known.strip().split("\\s+"));
        boolean lastAlone = names.size() > 1
                && !said.contains(" ")
                && LAST_NAME.matcher(clause).find();
        return lastAlone ? String.join(" ", names.subList(0, names.size() - 1)) + " " + said : said;
    }

    /** However it is written; a part of what is known says nothing new. */
    private static boolean isSame(Kind kind, String known, String said) {
        return switch (kind) {
            case PHONE -> {
                String one = digits(known).replaceFirst("^0+", "");
                String other = digits(said).replaceFirst("^0+", "");
                yield one.equals(other)
                        || Math.min(one.length(), other.length()) >= LEAST_PHONE_DIGITS
                                && (one.endsWith(other) || other.endsWith(one));
            }
            case EMAIL -> known.strip().equalsIgnoreCase(said.strip());
            case NAME, ADDRESS -> words(known).containsAll(words(said));
        };
    }

    private static Set<String> words(String text) {
        return Token.allIn(text).stream()
                .map(Token::lower)
                .map(word -> WHOLE.getOrDefault(word, word))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String digits(String text) {
        return text.replaceAll("\\D", "");
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT).replace('’', '\'');
    }
}
