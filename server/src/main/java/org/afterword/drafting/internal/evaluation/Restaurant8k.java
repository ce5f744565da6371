package org.afterword.drafting.internal.evaluation;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.afterword.catalog.CallType;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.Complexity;
import org.afterword.catalog.Form;
import org.afterword.catalog.FormField;
import org.afterword.catalog.FormField.Type;
import org.afterword.drafting.internal.evaluation.LabelledContact.Truth;
import org.afterword.drafting.internal.evaluation.LabelledContact.Turn;
import org.afterword.drafting.internal.evaluation.LabelledContact.Who;
import org.afterword.drafting.internal.language.Mention;
import org.afterword.drafting.internal.language.Mentions;
import tools.jackson.databind.JsonNode;

/**
 * Restaurant-8k (Coope et al., ACL 2020): single turns of customers who book a table, with the values in them. What the agent had asked for is
 * known and becomes a question before the turn. How many people is a number wherever the marked words have one and no more
 * ("5 people" is 5); else, as in "my wife and I", no number is right. A day is right without its weekday as well, and "the 19th" is that
 * of the month. The published test part is measured, where it is there.
 */
final class Restaurant8k implements Converter {
    /** The talks name days of that month and the following ones. */
    private static final LocalDate DAY = LocalDate.of(2018, 8, 1);

    private static final String BOOKING = "booking";

    /** "the 19th": of that month, which has 31 days. */
    private static final Pattern DAY_OF_MONTH =
            Pattern.compile("(?:the )?([1-9]|[12]\\d|3[01])(?:st|nd|rd|th)\\.?", Pattern.CASE_INSENSITIVE);

    private static final Pattern WEEKDAY = Pattern.compile(
            "\\b(?:on |(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\\b)", Pattern.CASE_INSENSITIVE);

    /** @param question with which an agent asks for it */
    private record Slot(String name, String label, String description, Type type, String question) {}

    private static final List<Slot> SLOTS = List.of(
            new Slot("date", "Date", "Day of the booking", Type.DATE, "For what day?"),
            new Slot("time", "Time", "Time of the booking", Type.TIME, "At what time?"),
            new Slot("people", "People", "Number of people", Type.NUMBER, "For how many people?"),
            new Slot("first_name", "First name", "First name of the customer", Type.NAME, "What is your first name?"),
            new Slot("last_name", "Last name", "Last name of the customer", Type.NAME, "What is your last name?"));

    @Override
    public String name() {
        return "restaurant8k";
    }

    @Override
    public LabelledSet convert(Path folder) throws IOException {
        List<LabelledContact> train = contacts(DataFile.in(folder, "train.json"));
        Optional<Path> test = DataFile.find(folder, "test.json");
        return test.isEmpty()
                ? LabelledSet.split(catalog(), train)
                : new LabelledSet(catalog(), contacts(test.get()), train);
    }

    private static Catalog catalog() {
        List<FormField> fields = SLOTS.stream()
                .map(slot -> new FormField(
                        slot.name(), slot.label(), slot.description(), slot.type(), List.of(), false, false))
                .toList();
        return Converter.declaring(
                List.of(new CallType(
                        BOOKING, "Booking", "Books a table in a restaurant", Complexity.LOW, BOOKING, null)),
                List.of(),
                List.of(),
                List.of(new Form(BOOKING, "Booking", fields)));
    }

    private static List<LabelledContact> contacts(Path file) throws IOException {
        String part = DataFile.stemOf(file);
        return DataFile.entries(file, (number, turn) -> contact(part + " " + number, turn));
    }

    private static LabelledContact contact(String id, JsonNode turn) {
        String text = DataFile.text(turn.path("userInput"), "text");
        var turns = new ArrayList<Turn>();
        String asked = turn.path("context")
                .path("requestedSlots")
                .valueStream()
                .map(JsonNode::asString)
                .distinct()
                .map(name -> slot(name).question())
                .collect(Collectors.joining(" "));
        if (!asked.isEmpty()) {
            turns.add(Turn.of(Who.AGENT, asked));
        }
        turns.add(Turn.of(Who.CUSTOMER, text));
        Map<String, List<String>> fields = new LinkedHashMap<>();
        for (JsonNode label : turn.path("labels")) {
            Slot slot = slot(DataFile.text(label, "slot"));
            fields.put(slot.name(), forms(slot, marked(text, label.path("valueSpan"))));
        }
        return LabelledContact.inbound(
                        id, DAY, "chat", turns, Truth.with().fields(fields).build())
                .ofType(BOOKING);
    }

    private static Slot slot(String name) {
        return SLOTS.stream()
                .filter(slot -> slot.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no slot '%s'".formatted(name)));
    }

    /** Without a start it begins with the text. */
    private static String marked(String text, JsonNode span) {
        int from = span.path("startIndex").asInt(0);
        int to = span.path("endIndex").asInt(-1);
        if (from < 0 || to <= from || to > text.length()) {
            throw new IllegalArgumentException(
                    "%d to %d is no part of a text of %d characters".formatted(from, to, text.length()));
        }
        return text.substring(from, to).strip();
    }

    private static List<String> forms(Slot slot, String marked) {
        Optional<String> other = switch (slot.type()) {
            case NUMBER -> onlyNumber(marked);
            case DATE -> dayOfMonth(marked).or(() -> withoutWeekday(marked));
            default -> Optional.empty();
        };
        return Stream.concat(Stream.of(marked), other.stream()).distinct().toList();
    }

    private static Optional<String> onlyNumber(String marked) {
        List<String> numbers = Mentions.in(marked, DAY).stream()
                .filter(mention -> mention.kind() == Mention.Kind.NUMBER)
                .map(Mention::value)
                .toList();
        return numbers.size() == 1 ? Optional.of(numbers.getFirst()) : Optional.empty();
    }

    private static Optional<String> dayOfMonth(String marked) {
        var matcher = DAY_OF_MONTH.matcher(marked);
        return matcher.matches()
                ? Optional.of(
                        DAY.withDayOfMonth(Integer.parseInt(matcher.group(1))).toString())
                : Optional.empty();
    }

    private static Optional<String> withoutWeekday(String marked) {
        String rest = WEEKDAY.matcher(marked).replaceAll(" ").replaceAll("^[\\s.,]+|[\\s.,]+$", "");
        return rest.matches(".*\\d.*") ? Optional.of(rest) : Optional.empty();
    }
}
