package org.afterword.drafting.internal;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.afterword.catalog.FormField;
import org.afterword.drafting.Claim;
import org.afterword.drafting.DraftInput.DesktopAction;
import org.afterword.drafting.Evidence;
import org.afterword.drafting.internal.language.Mention;
import org.afterword.drafting.internal.language.Mentions;

/** What the agent did in other systems, in words. */
final class ActionsTaken {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MMMM d", Locale.ENGLISH);
    private static final DateTimeFormatter DAY_AND_YEAR = DateTimeFormatter.ofPattern("MMMM d yyyy", Locale.ENGLISH);
    private static final int DAYS_NEAR = 180;
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("h a", Locale.ENGLISH);
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("h:mm a", Locale.ENGLISH);
    private static final int ALL_WORDS = 40;

    /** What is longer is a text of its own, not a value to tell. */
    private static final int LONGEST_VALUE = 60;

    private final Situation situation;
    private final List<Vote> reasons;

    /** @param reasons the chosen ones; an action that speaks for one of them is called by its label */
    ActionsTaken(Situation situation, List<Vote> reasons) {
        this.situation = situation;
        this.reasons = reasons;
    }

    List<Claim<String>> all() {
        return situation.input().actions().stream()
                .map(action -> done("actions/" + action.id(), action, ALL_WORDS))
                .toList();
    }

    /** "Agent booked a hotel: Aloft, March 3, 2 rooms."; as many values as fit into {@code words}. */
    Claim<String> done(String id, DesktopAction action, int words) {
        return claim(id, "Agent " + past(action), action, words, List.of());
    }

    /** "Agent could not book a hotel: Aloft, March 3.", where {@code said} tells that it did not work. */
    Claim<String> refused(String id, DesktopAction action, Evidence said, int words) {
        return claim(id, "Agent could not " + deed(action).infinitive(), action, words, List.of(said));
    }

    /** Whether the action changed something, as far as its name tells. */
    static boolean changedSomething(DesktopAction action) {
        return Deed.named(action.name()).changes();
    }

    private Claim<String> claim(
            String id, String did, DesktopAction action, int words, List<? extends Evidence> further) {
        var evidence = new ArrayList<Evidence>();
        evidence.add(new Evidence.Action(action.id()));
        evidence.addAll(further);
        var kept = new ArrayList<String>();
        int count = Phrases.count(did);
        for (String value : values(action, evidence)) {
            count += Phrases.count(value);
            if (count > words) {
                break;
            }
            kept.add(value);
        }
        String text = kept.isEmpty() ? did : did + ": " + String.join(", ", kept);
        return Claim.of(id, Phrases.sentence(text), 0.95, evidence);
    }

    private String past(DesktopAction action) {
        String words = Names.words(action.name());
        if (words.length() > LONGEST_VALUE) {
            return "used another system";
        }
        return deed(action).past().or(() -> Deed.named(action.name()).past()).orElse("used \"" + words + "\"");
    }

    /** As the label of the reason tells it that the action speaks for, else as its own name does. */
    private Deed deed(DesktopAction action) {
        Deed named = Deed.named(action.name());
        return reasons.stream()
                .filter(reason -> reason.evidence().contains(new Evidence.Action(action.id())))
                .flatMap(reason -> situation.input().catalog().findReason(reason.code()).stream())
                .flatMap(reason -> Deed.labeled(reason.label()).stream())
                .filter(deed -> deed.changes() == named.changes())
                .findFirst()
                .orElse(named);
    }

    /** Kinds of value in the order in which they are told. */
    private enum Kind {
        AMOUNT,
        NAME,
        FROM,
        TO,
        DAY,
        START,
        END,
        TIME,
        CHOICE,
        COUNT
    }

    private record Told(Kind kind, String text) {}

    /** Values as people read them, without those that say yes or no; two days become a period. */
    private List<String> values(DesktopAction action, List<Evidence> evidence) {
        var told = new EnumMap<Kind, List<String>>(Kind.class);
        action.parameters().forEach((name, raw) -> {
            if (!raw.isBlank()
                    && raw.length() <= LONGEST_VALUE
                    && !raw.equals("None")
                    && FieldValues.truth(raw).isEmpty()) {
                Told value = told(action, name, raw.strip(), evidence);
                told.computeIfAbsent(value.kind, kind -> new ArrayList<>()).add(value.text);
            }
        });
        tellPair(told, Kind.FROM, "from ", Kind.TO, "to ");
        tellPair(told, Kind.START, "", Kind.END, "until ");
        if (told.getOrDefault(Kind.TIME, List.of()).size() > 1) {
            told.remove(Kind.TIME); // which is which, no word tells
        }
        return told.values().stream().flatMap(List::stream).distinct().toList();
    }

    /** "from Chicago to Denver", "from March 2 to March 5", or what there is of it. */
    private static void tellPair(
            Map<Kind, List<String>> told, Kind one, String before, Kind other, String beforeOther) {
        List<String> from = told.getOrDefault(one, List.of());
        List<String> to = mostTelling(told.getOrDefault(other, List.of()));
        if (from.size() == 1 && to.size() == 1) {
            told.put(one, List.of("from " + from.getFirst() + " to " + to.getFirst()));
            told.remove(other);
        } else {
            told.computeIfPresent(
                    one, (kind, values) -> values.stream().map(before::concat).toList());
            told.computeIfPresent(
                    other,
                    (kind, values) -> to.stream().map(beforeOther::concat).toList());
        }
    }

    /** Of the name of a recipient and the kind of their account, the name. */
    private static List<String> mostTelling(List<String> values) {
        List<String> names = values.stream()
                .filter(value -> value.codePoints().anyMatch(Character::isUpperCase))
                .toList();
        return names.isEmpty() ? values : names;
    }

    private Told told(DesktopAction action, String name, String raw, List<Evidence> evidence) {
        String words = Names.words(name);
        Mention mention = only(raw, situation.input().referenceDate()).orElse(null);
        if (mention == null) {
            return named(action, words, raw);
        }
        return switch (mention.kind()) {
            case DATE -> {
                Kind kind = Role.END.isNamedBy(words) ? Kind.END : Role.START.isNamedBy(words) ? Kind.START : Kind.DAY;
                yield new Told(
                        kind,
                        day(LocalDate.parse(mention.value()), situation.input().referenceDate()));
            }
            case TIME -> new Told(Kind.TIME, time(LocalTime.parse(mention.value())));
            case NUMBER ->
                amount(mention, evidence)
                        .map(amount -> new Told(Kind.AMOUNT, amount))
                        .orElseGet(() -> new Told(Kind.COUNT, counted(words, raw)));
            case AMOUNT -> new Told(Kind.AMOUNT, raw);
            case PHONE, EMAIL -> new Told(Kind.NAME, raw);
        };
    }

    /** A text: a choice of a form, a side of a journey or payment, or simply a name. */
    private Told named(DesktopAction action, String name, String raw) {
        Set<String> others =
                action.parameters().keySet().stream().map(Names::words).collect(Collectors.toSet());
        if (Role.FROM.isNamedBy(name) || others.contains("recipient " + name)) {
            return new Told(Kind.FROM, raw);
        }
        boolean hasSides = others.stream().anyMatch(other -> Role.FROM.isNamedBy(other) || other.contains("recipient"));
        if (hasSides && Role.TO.isNamedBy(name)) {
            return new Told(Kind.TO, raw);
        }
        boolean choice = situation.input().catalog().forms().stream()
                .flatMap(form -> form.fields().stream())
                .anyMatch(field ->
                        field.type() == FormField.Type.CHOICE && field.choices().contains(raw));
        return new Told(choice ? Kind.CHOICE : Kind.NAME, raw);
    }

    /** "number of rooms", 2 → "2 rooms"; "group size", 4 → "group size 4". */
    private static String counted(String name, String number) {
        String things = name.replaceFirst("^number (?:of )?", "");
        if (!things.endsWith("s")) {
            return name + " " + number;
        }
        return number + " " + (number.equals("1") ? things.substring(0, things.length() - 1) : things);
    }

    /** The number as the amount of money as which it was said. */
    private Optional<String> amount(Mention number, List<Evidence> evidence) {
        for (Line line : situation.talk().lines()) {
            for (Mention said : line.mentions()) {
                if (said.kind() == Mention.Kind.AMOUNT
                        && FieldValues.number(said.value()).equals(FieldValues.number(number.value()))) {
                    evidence.add(line.quote(said.from(), said.to()));
                    return Optional.of(said.value());
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Mention> only(String raw, LocalDate today) {
        List<Mention> mentions = Mentions.in(raw.strip(), today);
        return mentions.stream()
                .filter(m ->
                        mentions.size() == 1 && m.to() - m.from() == raw.strip().length())
                .findFirst();
    }

    /** With its year where another one would be understood. */
    private static String day(LocalDate date, LocalDate today) {
        boolean near = Math.abs(ChronoUnit.DAYS.between(today, date)) < DAYS_NEAR;
        return date.format(near ? DAY : DAY_AND_YEAR);
    }

    private static String time(LocalTime time) {
        return time.format(time.getMinute() == 0 ? HOUR : MINUTE).toLowerCase(Locale.ROOT);
    }
}
