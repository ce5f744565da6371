package org.afterword.demo.internal;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.FormField;
import org.afterword.demo.internal.BuildDemoData.Sample;
import org.afterword.demo.internal.Conversation.DesktopAction;
import org.afterword.demo.internal.Conversation.Speaker;
import org.afterword.demo.internal.Conversation.Turn;
import org.jspecify.annotations.Nullable;

/**
 * Chooses conversations from the Schema-Guided Dialogue data set and gives them times, customers and a true record.
 *
 * <p>Reads the training dialogues with one JSON object a line: {@code id} ({@code dialogue_id} of the original), {@code services},
 * {@code turns} ({@code speaker} customer or agent, {@code text}, {@code spans} as [service, slot, start, end)), {@code intents}
 * ([service, active intent] in order of first mention), {@code fields} (service, slot, the forms of its last value) and
 * {@code actions} (the original's service calls: {@code service}, {@code method}, {@code parameters}, {@code turn} of the agent's
 * answer).
 *
 * <p>Only what reads well on a screen is taken, and only where it is plain from the words how the conversation ended.
 */
public final class SchemaGuidedDialogues {
    /** What one service of the data set is in the demo's catalog. {@code reasons} maps intents to reason codes. */
    private record Service(String queue, Map<String, String> reasons, String attempt, String booked, String failed) {}

    private static final Map<String, Service> SERVICES = Map.of(
            "Banks_1",
            new Service(
                    "bank",
                    Map.of("CheckBalance", "check-balance", "TransferMoney", "transfer-money"),
                    "TransferMoney",
                    "money-transferred",
                    "transfer-not-made"),
            "Flights_1",
            new Service(
                    "travel",
                    Map.of(
                            "SearchOnewayFlight", "search-oneway-flight",
                            "SearchRoundtripFlights", "search-roundtrip-flights",
                            "ReserveOnewayFlight", "reserve-oneway-flight",
                            "ReserveRoundtripFlights", "reserve-roundtrip-flights"),
                    "ReserveOnewayFlight|ReserveRoundtripFlights",
                    "flight-booked",
                    "travel-not-booked"),
            "Hotels_1",
            new Service(
                    "travel",
                    Map.of("SearchHotel", "search-hotel", "ReserveHotel", "reserve-hotel"),
                    "ReserveHotel",
                    "hotel-booked",
                    "travel-not-booked"),
            "Hotels_2",
            new Service(
                    "travel",
                    Map.of("SearchHouse", "search-house", "BookHouse", "book-house"),
                    "BookHouse",
                    "house-booked",
                    "travel-not-booked"),
            "Buses_2",
            new Service(
                    "travel",
                    Map.of("FindBus", "find-bus", "BuyBusTicket", "buy-bus-ticket"),
                    "BuyBusTicket",
                    "bus-booked",
                    "travel-not-booked"),
            "RentalCars_2",
            new Service(
                    "travel",
                    Map.of("GetCarsAvailable", "get-cars-available", "ReserveCar", "reserve-car"),
                    "ReserveCar",
                    "car-booked",
                    "travel-not-booked"),
            "Services_1",
            provider("salon"),
            "Services_2",
            provider("dentist"),
            "Services_3",
            provider("doctor"));

    private static Service provider(String what) {
        return new Service(
                "appointments",
                Map.of("FindProvider", "find-" + what, "BookAppointment", "book-" + what),
                "BookAppointment",
                what + "-booked",
                "appointment-not-available");
    }

    /** The disposition when nothing but looking something up was asked for, by the call type of the first reason. */
    private static final Map<String, String> LOOKED_UP = Map.of(
            "check-balance", "balance-given",
            "flight-search", "flight-search-only",
            "hotel-search", "hotel-search-only",
            "house-search", "house-search-only",
            "bus-search", "bus-search-only",
            "car-search", "car-search-only",
            "salon-search", "salon-given",
            "dentist-search", "dentist-given",
            "doctor-search", "doctor-given");

    /** At most so many conversations of one outcome: call type and disposition. */
    private static final int PER_OUTCOME = 18;

    private static final int PER_OUTCOME_OF_THE_BANK = 50;

    // One dialogue as it stands in the file.
    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Dialogue(
            String id,
            List<String> services,
            List<Line> turns,
            List<List<String>> intents,
            Map<String, Map<String, List<String>>> fields,
            List<Call> actions) {}

    private record Line(
            Speaker speaker, String text, @Nullable List<List<Object>> spans) {}

    private record Call(String service, String method, Map<String, String> parameters, int turn) {}

    private final Catalog catalog;
    private final Map<String, Integer> dialoguesWithWord = new HashMap<>();

    public SchemaGuidedDialogues(Catalog catalog) {
        this.catalog = catalog;
    }

    /** The chosen conversations, shuffled the same way each time. */
    List<Sample> choose(Path file) {
        List<Dialogue> all = read(file);
        for (Dialogue dialogue : all) {
            words(dialogue).forEach(word -> dialoguesWithWord.merge(word, 1, Integer::sum));
        }
        var byOutcome = new TreeMap<String, List<Dialogue>>();
        for (Dialogue dialogue : all) {
            if (SERVICES.keySet().containsAll(dialogue.services()) && readsWell(dialogue)) {
                @Nullable String outcome = outcome(dialogue);
                if (outcome != null) {
                    byOutcome.computeIfAbsent(outcome, o -> new ArrayList<>()).add(dialogue);
                }
            }
        }
        var chosen = new ArrayList<Dialogue>();
        byOutcome.forEach((outcome, dialogues) -> chosen.addAll(ofAllLengths(
                dialogues, outcome.endsWith("money-transferred") ? PER_OUTCOME_OF_THE_BANK : PER_OUTCOME)));
        Collections.shuffle(chosen, new Random(2));
        var customers = new InventedCustomers(3);
        return chosen.stream()
                .map(dialogue -> new Sample(conversation(dialogue, customers), truth(dialogue)))
                .toList();
    }

    /** All conversations about the demo's services whose ending is plain, however they read, in the order of the file. */
    public List<Sample> withPlainEnding(Path file) {
        var customers = new InventedCustomers(3);
        return read(file).stream()
                .filter(dialogue -> SERVICES.keySet().containsAll(dialogue.services()))
                .filter(dialogue -> !dialogue.actions().isEmpty() && outcome(dialogue) != null)
                .map(dialogue -> new Sample(conversation(dialogue, customers), truth(dialogue)))
                .toList();
    }

    private static List<Dialogue> read(Path file) {
        var json = new tools.jackson.databind.json.JsonMapper();
        try (var lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .map(line -> json.readValue(line, Dialogue.class))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Dialogue> ofAllLengths(List<Dialogue> dialogues, int count) {
        List<Dialogue> byLength = dialogues.stream()
                .sorted(Comparator.<Dialogue>comparingInt(d -> d.turns().size()).thenComparing(Dialogue::id))
                .toList();
        int taken = Math.min(count, byLength.size());
        var chosen = new ArrayList<Dialogue>();
        for (int i = 0; i < taken; i++) {
            chosen.add(byLength.get(i * byLength.size() / taken));
        }
        return chosen;
    }

    // --- what reads well

    private static final Pattern ODD = Pattern.compile(
            "  |''|'S\\b|[\"@#<>]|[?!.]{2}| [.,?!]|[^\\x20-\\x7e\\u00c0-\\u024f]|\\bi\\b|[a-z][.,?!][A-Z]|[A-Z]{4}|[.?!] [a-z]");
    private static final Pattern AGENT_TALKS_LIKE_A_CUSTOMER = Pattern.compile(
            "\\bI(?: want|'d like to| would like|'ll need| will need| need a| am looking|'m looking| prefer| will travel| plan)\\b");
    private static final Pattern WORD = Pattern.compile("(?<![A-Za-z'])[a-z][a-z']+");

    /** A word in so few dialogues is most likely a misspelling. */
    private static final int RARE = 8;

    private boolean readsWell(Dialogue dialogue) {
        List<Line> turns = dialogue.turns();
        return turns.size() >= 8
                && turns.size() <= 30
                && turns.getFirst().speaker() == Speaker.CUSTOMER
                && turns.getLast().speaker() == Speaker.AGENT
                && !dialogue.actions().isEmpty()
                && turns.stream().allMatch(SchemaGuidedDialogues::looksTidy)
                && turns.stream()
                                .filter(turn -> !turn.text().matches(".*[.?!]"))
                                .count()
                        <= 1
                && words(dialogue).stream().allMatch(word -> dialoguesWithWord.getOrDefault(word, 0) >= RARE);
    }

    private static boolean looksTidy(Line turn) {
        String text = turn.text();
        return text.length() <= 260
                && text.matches("[A-Z0-9$+].*")
                && !ODD.matcher(text).find()
                && !(turn.speaker() == Speaker.AGENT
                        && AGENT_TALKS_LIKE_A_CUSTOMER.matcher(text).find());
    }

    /** The lower-case words of a dialogue outside the values of its fields, which may well be rare. */
    private static Set<String> words(Dialogue dialogue) {
        var words = new LinkedHashSet<String>();
        for (Line turn : dialogue.turns()) {
            var text = new StringBuilder(turn.text());
            for (List<Object> span : turn.spans() == null ? List.<List<Object>>of() : turn.spans()) {
                int from = (Integer) span.get(2);
                int to = Math.min((Integer) span.get(3), text.length());
                text.replace(from, to, " ".repeat(to - from));
            }
            WORD.matcher(text).results().forEach(match -> words.add(match.group()));
        }
        return words;
    }

    // --- how it ended

    private static final Pattern DONE = Pattern.compile(
            "\\b(?:success(?:ful|fully)?|confirmed|booked|reserved|purchased|transferred|complete|completed|made (?:the|your) \\w+"
                    + "|reservation (?:is|has been|was) made|(?:is|are|been|all) (?:set|done|made)|gone through|went through)\\b");
    private static final Pattern NOT_DONE = Pattern.compile(
            "(?i)\\b(?:unable|could ?n[o']t|couldn't|can ?not|can't|wasn't able|was not able|not able|fail\\w*|unsuccess\\w*"
                    + "|not (?:been )?(?:booked|confirmed|possible|available|made|reserved))\\b");
    private static final Pattern DOUBT =
            Pattern.compile("(?i)\\b(?:sorry|apologi[sz]e|error|problem|issue|wish|want me)\\b");

    private enum Attempt {
        NONE,
        DONE,
        FAILED,
        UNCLEAR
    }

    /**
     * Whether the last attempt to book or transfer went through, going by the words in which the agent reported it. Where an
     * earlier one went through and the last did not, one disposition cannot say it all.
     */
    private static Attempt attempt(Dialogue dialogue) {
        var result = Attempt.NONE;
        boolean doneBefore = false;
        for (Call call : dialogue.actions()) {
            if (isAttempt(call.service(), call.method())) {
                doneBefore |= result == Attempt.DONE;
                String report = dialogue.turns().get(call.turn()).text();
                boolean done = DONE.matcher(report).find();
                boolean notDone = NOT_DONE.matcher(report).find();
                result = done && !notDone && !DOUBT.matcher(report).find()
                        ? Attempt.DONE
                        : notDone && !done ? Attempt.FAILED : Attempt.UNCLEAR;
            }
        }
        return doneBefore && result != Attempt.DONE ? Attempt.UNCLEAR : result;
    }

    private static boolean isAttempt(String serviceName, String method) {
        return method.matches(service(serviceName).attempt());
    }

    /** Call type and disposition; null where they are not plain, or where the fields of two services share a name. */
    private @Nullable String outcome(Dialogue dialogue) {
        Set<String> attempted = dialogue.actions().stream()
                .filter(call -> isAttempt(call.service(), call.method()))
                .map(Call::service)
                .collect(Collectors.toSet());
        boolean wantedMore = dialogue.intents().stream()
                .anyMatch(intent -> isAttempt(intent.get(0), intent.get(1)) && !attempted.contains(intent.get(0)));
        if (attempted.size() > 1
                || wantedMore
                || attempt(dialogue) == Attempt.UNCLEAR
                || sharesFieldNames(dialogue.fields().values())) {
            return null;
        }
        Truth truth = truth(dialogue);
        return truth.callType() + "/" + truth.disposition();
    }

    private static boolean sharesFieldNames(Collection<Map<String, List<String>>> services) {
        return services.stream().mapToInt(Map::size).sum()
                > services.stream()
                        .flatMap(slots -> slots.keySet().stream())
                        .distinct()
                        .count();
    }

    private Truth truth(Dialogue dialogue) {
        List<String> reasons = dialogue.intents().stream()
                .map(intent -> reason(intent.get(0), intent.get(1)))
                .distinct()
                .toList();
        List<String> main = dialogue.intents().stream()
                .filter(intent -> isAttempt(intent.get(0), intent.get(1)))
                .reduce((first, second) -> second)
                .orElse(dialogue.intents().getFirst());
        String callType = callTypeOf(reason(main.get(0), main.get(1)));
        Service service = service(main.get(0));
        Attempt attempt = attempt(dialogue);
        String disposition = switch (attempt) {
            case DONE -> service.booked();
            case FAILED, UNCLEAR -> service.failed();
            case NONE -> lookedUp(callType);
        };
        return new Truth(
                "sgd-" + dialogue.id(),
                callType,
                reasons,
                disposition,
                attempt == Attempt.FAILED ? "unresolved" : "resolved",
                fields(dialogue, callType, reasons));
    }

    /** Values of the fields that the catalog's forms ask for. */
    private Map<String, List<String>> fields(Dialogue dialogue, String callType, List<String> reasons) {
        Set<String> asked = catalog.fieldsFor(callType, reasons, null).stream()
                .map(FormField::name)
                .collect(Collectors.toSet());
        var fields = new TreeMap<String, List<String>>();
        dialogue.fields()
                .values()
                .forEach(slots -> slots.forEach((slot, forms) -> {
                    if (asked.contains(slot) && !forms.isEmpty() && !forms.contains("dontcare")) {
                        fields.put(slot, forms);
                    }
                }));
        return fields;
    }

    private static String lookedUp(String callType) {
        String disposition = LOOKED_UP.get(callType);
        if (disposition == null) {
            throw new IllegalStateException("no disposition says that '%s' was only looked up".formatted(callType));
        }
        return disposition;
    }

    private static String reason(String serviceName, String intent) {
        String reason = service(serviceName).reasons().get(intent);
        if (reason == null) {
            throw new IllegalStateException("no reason stands for %s of %s".formatted(intent, serviceName));
        }
        return reason;
    }

    private String callTypeOf(String reason) {
        String callType = catalog.findReason(reason).orElseThrow().callType();
        if (callType == null) {
            throw new IllegalStateException("reason '%s' names no call type".formatted(reason));
        }
        return callType;
    }

    private static Service service(String name) {
        Service service = SERVICES.get(name);
        if (service == null) {
            throw new IllegalStateException("the demo has no service %s".formatted(name));
        }
        return service;
    }

    // --- as a talk

    private static final double WORDS_PER_SECOND = 2.6;

    /** Gives the turns the time a talk takes: words at a speaking pace, short pauses, longer ones where something is looked up. */
    private static Conversation conversation(Dialogue dialogue, InventedCustomers customers) {
        var random = new Random(dialogue.id().hashCode());
        Map<Integer, List<Call>> callsByTurn = dialogue.actions().stream()
                .collect(Collectors.groupingBy(Call::turn, LinkedHashMap::new, Collectors.toList()));
        var turns = new ArrayList<Turn>();
        var actions = new ArrayList<DesktopAction>();
        double now = 0.4;
        for (int i = 0; i < dialogue.turns().size(); i++) {
            Line line = dialogue.turns().get(i);
            now += 0.3 + 1.1 * random.nextDouble();
            for (Call call : callsByTurn.getOrDefault(i, List.of())) {
                now += 1.5 + 2.0 * random.nextDouble();
                actions.add(new DesktopAction(call.method(), new TreeMap<>(call.parameters()), tenths(now)));
                now += 0.6 + 0.8 * random.nextDouble();
            }
            double start = now;
            now += Math.max(0.6, line.text().split("\\s+").length / WORDS_PER_SECOND);
            turns.add(new Turn(line.speaker(), line.text(), tenths(start), tenths(now)));
        }
        return new Conversation(
                "sgd-" + dialogue.id(),
                service(dialogue.services().getFirst()).queue(),
                customers.next(),
                turns,
                actions,
                tenths(now + 1.2),
                null);
    }

    private static double tenths(double seconds) {
        return Math.round(seconds * 10) / 10.0;
    }
}
