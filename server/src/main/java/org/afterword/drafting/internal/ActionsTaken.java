package org.afterword.drafting.internal;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.afterword.drafting.Claim;
import org.afterword.drafting.DraftInput.DesktopAction;
import org.afterword.drafting.Evidence;
import org.afterword.drafting.internal.language.Mention;
import org.afterword.drafting.internal.language.Mention.Kind;
import org.afterword.drafting.internal.language.Mentions;

/** What the agent did in other systems, in words. */
final class ActionsTaken {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MMMM d", Locale.ENGLISH);
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("h a", Locale.ENGLISH);
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("h:mm a", Locale.ENGLISH);
    private static final int ALL_WORDS = 40;

    private ActionsTaken() {}

    static List<Claim<String>> in(Situation situation) {
        return situation.input().actions().stream()
                .map(action -> claim("actions/" + action.id(), action, situation, ALL_WORDS))
                .toList();
    }

    /** "Agent transferred the money: $950, to Raghav."; as many values as fit into {@code words}. */
    static Claim<String> claim(String id, DesktopAction action, Situation situation, int words) {
        var evidence = new ArrayList<Evidence>();
        evidence.add(new Evidence.Action(action.id()));
        var kept = new ArrayList<String>();
        String did = did(action);
        int count = Retelling.count(did);
        for (String value : values(action, situation, evidence)) {
            count += Retelling.count(value);
            if (count > words) {
                break;
            }
            kept.add(value);
        }
        String text = kept.isEmpty() ? did : did + ": " + String.join(", ", kept);
        return Claim.of(id, Retelling.sentence(text), 0.95, evidence);
    }

    /** Whether the action changed something, as far as its name tells. */
    static boolean changedSomething(DesktopAction action) {
        return Verbs.pastOf(verb(action)).isPresent();
    }

    private static String did(DesktopAction action) {
        String words = Names.words(action.name());
        String verb = verb(action);
        String rest = words.substring(Math.min(words.length(), verb.length())).strip();
        Optional<String> past = Verbs.pastOf(verb);
        if (past.isPresent()) {
            return "Agent " + past.get() + (rest.isEmpty() ? "" : " the " + rest);
        }
        return Verbs.isLooking(verb, rest) && !rest.isEmpty()
                ? "Agent looked up " + rest
                : "Agent used \"" + words + "\"";
    }

    private static String verb(DesktopAction action) {
        String words = Names.words(action.name());
        int space = words.indexOf(' ');
        return space < 0 ? words : words.substring(0, space);
    }

    /** Values as people read them, without those that say yes or no; two days become a period. */
    private static Set<String> values(DesktopAction action, Situation situation, List<Evidence> evidence) {
        var values = new LinkedHashSet<String>();
        var start = new ArrayList<String>();
        var end = new ArrayList<String>();
        action.parameters().forEach((name, raw) -> {
            if (raw.isBlank() || FieldValues.truth(raw).isPresent()) {
                return;
            }
            Optional<Mention> mention = only(raw, situation.input().referenceDate());
            String value =
                    mention.map(m -> value(m, name, raw, situation, evidence)).orElse(raw.strip());
            boolean day = mention.filter(m -> m.kind() == Kind.DATE).isPresent();
            if (day && Role.END.isNamedBy(Names.words(name))) {
                end.add(value);
            } else if (day && Role.START.isNamedBy(Names.words(name))) {
                start.add(value);
            } else {
                values.add(mention.isEmpty() ? marked(action, name, value) : value);
            }
        });
        if (start.size() == 1 && end.size() == 1) {
            values.add("from " + start.getFirst() + " to " + end.getFirst());
        } else {
            values.addAll(start);
            end.forEach(value -> values.add("until " + value));
        }
        return values;
    }

    /** "to Raghav", "from Chicago": where the name of the parameter says so of a name, and it is no mere whereabouts. */
    private static String marked(DesktopAction action, String name, String value) {
        String words = Names.words(name);
        if (!Character.isUpperCase(value.codePointAt(0))) {
            return value;
        }
        if (Role.FROM.isNamedBy(words)) {
            return "from " + value;
        }
        boolean journey = words.contains("recipient")
                || action.parameters().keySet().stream().map(Names::words).anyMatch(Role.FROM::isNamedBy);
        return journey && Role.TO.isNamedBy(words) ? "to " + value : value;
    }

    private static String value(
            Mention mention, String name, String raw, Situation situation, List<Evidence> evidence) {
        return switch (mention.kind()) {
            case DATE -> LocalDate.parse(mention.value()).format(DAY);
            case TIME -> time(LocalTime.parse(mention.value()));
            case NUMBER -> amount(mention, situation, evidence).orElseGet(() -> Names.words(name) + " " + raw.strip());
            case AMOUNT, PHONE, EMAIL -> raw.strip();
        };
    }

    /** The number as the amount of money as which it was said. */
    private static Optional<String> amount(Mention number, Situation situation, List<Evidence> evidence) {
        for (Line line : situation.talk().lines()) {
            for (Mention said : line.mentions()) {
                if (said.kind() == Kind.AMOUNT
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

    private static String time(LocalTime time) {
        return time.format(time.getMinute() == 0 ? HOUR : MINUTE).toLowerCase(Locale.ROOT);
    }
}
