package org.afterword.drafting.internal.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.Disposition;
import org.afterword.catalog.FormField;
import org.afterword.catalog.FormField.Type;
import org.afterword.drafting.internal.evaluation.LabelledContact.Action;
import org.afterword.drafting.internal.evaluation.LabelledContact.Tone;
import org.afterword.drafting.internal.evaluation.LabelledContact.Tones;
import org.afterword.drafting.internal.evaluation.LabelledContact.Turn;
import org.afterword.drafting.internal.evaluation.LabelledContact.Who;
import org.afterword.platform.StartupException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On files in the form of published sets that this test makes up. */
class ConverterTest {
    @TempDir
    Path folder;

    @Nested
    class OfBanking77 {
        @Test
        void aCategoryIsADispositionCalledByItsName() throws IOException {
            write("train.csv.gz", """
                    text,category
                    "Where, please, is my card?",card_arrival
                    Why was it sent back?,sent_back?
                    """);

            LabelledSet set = convert(new Banking77());

            assertThat(set.catalog().dispositions())
                    .extracting(Disposition::code, Disposition::label)
                    .containsExactly(tuple("card_arrival", "card arrival"), tuple("sent_back", "sent back?"));
            assertThat(all(set).stream().map(LabelledContact::truth).map(LabelledContact.Truth::disposition))
                    .containsExactlyInAnyOrder("card_arrival", "sent_back");
            assertThat(all(set).stream().map(LabelledContact::turns))
                    .contains(List.of(Turn.of(Who.CUSTOMER, "Where, please, is my card?")));
        }

        @Test
        void aFifthIsMeasuredAndNeverWordsThatAreLearnedFrom() throws IOException {
            String rows = IntStream.range(0, 1000)
                    .mapToObj(i -> "question number %d,topic_%d\n".formatted(i / 2, i % 2))
                    .collect(Collectors.joining());
            write("train.csv.gz", "text,category\n" + rows);

            LabelledSet set = convert(new Banking77());

            assertThat(set.contacts()).hasSizeBetween(150, 250);
            assertThat(all(set)).hasSize(1000);
            assertThat(set.contacts().stream().map(LabelledContact::wordsOfCustomer))
                    .doesNotContainAnyElementsOf(set.confirmed().stream()
                            .map(LabelledContact::wordsOfCustomer)
                            .toList());
            assertThat(convert(new Banking77()).contacts())
                    .as("the same each time")
                    .isEqualTo(set.contacts());
        }

        @Test
        void thePublishedTestPartIsMeasuredWhereItIsThere() throws IOException {
            write("train.csv.gz", "text,category\nIs it here?,arrival\nWhere is it?,arrival\n");
            write("test.csv", "text,category\nWhat does it cost?,fees\n");

            LabelledSet set = convert(new Banking77());

            assertThat(set.contacts()).extracting(LabelledContact::id).containsExactly("test 2");
            assertThat(set.confirmed()).extracting(LabelledContact::id).containsExactly("train 2", "train 3");
            assertThat(set.catalog().findDisposition("fees")).isPresent();
        }

        @Test
        void saysWhichRowIsNotAsItShouldBe() throws IOException {
            write("train.csv.gz", "text,category\nIs it here?,arrival\nWhere, oh where?,arrival\n");

            refuses(new Banking77(), "%s, row 3: 3 values, not 2.", "train.csv.gz");
        }

        @Test
        void saysWhichColumnIsMissing() throws IOException {
            write("train.csv.gz", "text,label\nIs it here?,arrival\n");

            refuses(new Banking77(), "%s has no column 'category'.", "train.csv.gz");
        }
    }

    @Nested
    class OfNatCs {
        @Test
        void aDomainIsACallTypeAndAGroup() throws IOException {
            write("banking.jsonl.gz", """
                    {"utterance_id": "b1", "utterance": "uh where is a branch", "intent": "FindBranch"}
                    """);
            write("travel.jsonl", """
                    {"utterance_id": "t1", "utterance": "i need a seat", "intent": "BookSeat"}
                    """);

            LabelledSet set = convert(new NatCs());

            assertThat(set.catalog().dispositions())
                    .containsExactly(
                            new Disposition("banking.FindBranch", "Find branch", null, null, List.of("banking")),
                            new Disposition("travel.BookSeat", "Book seat", null, null, List.of("travel")));
            assertThat(all(set))
                    .extracting(
                            LabelledContact::id,
                            LabelledContact::group,
                            one -> one.truth().disposition())
                    .containsExactlyInAnyOrder(
                            tuple("b1", "banking", "banking.FindBranch"), tuple("t1", "travel", "travel.BookSeat"));
        }

        @Test
        void saysWhichLineIsNotAsItShouldBe() throws IOException {
            write("banking.jsonl.gz", """
                    {"utterance_id": "b1", "utterance": "uh where is a branch", "intent": "FindBranch"}
                    {"utterance_id": "b2", "utterance": "hello"}
                    """);

            refuses(new NatCs(), "%s, line 2: 'intent' is missing or no text.", "banking.jsonl.gz");
        }

        @Test
        void saysThatThereIsNoFile() {
            assertThatExceptionOfType(NoSuchFileException.class)
                    .isThrownBy(() -> convert(new NatCs()))
                    .withMessage(folder.resolve("*.jsonl.gz").toString());
        }
    }

    @Nested
    class OfRestaurant8k {
        @Test
        void whatTheAgentHadAskedForIsAQuestion() throws IOException {
            write("train.json.gz", """
                    [{"userInput": {"text": "5 people at 7pm"},
                      "context": {"requestedSlots": ["people", "time", "people"]},
                      "labels": [{"slot": "people", "valueSpan": {"endIndex": 8}},
                                 {"slot": "time", "valueSpan": {"startIndex": 12, "endIndex": 15}}]}]
                    """);

            LabelledContact contact = all(convert(new Restaurant8k())).getFirst();

            assertThat(contact.turns())
                    .containsExactly(
                            Turn.of(Who.AGENT, "For how many people? At what time?"),
                            Turn.of(Who.CUSTOMER, "5 people at 7pm"));
            assertThat(contact.truth().fields())
                    .isEqualTo(Map.of("people", List.of("5 people", "5"), "time", List.of("7pm")));
            assertThat(contact.callType()).isEqualTo("booking");
        }

        @Test
        void aTurnWithoutValuesHasNoneAndFewWordsAreNoNumber() throws IOException {
            write("train.json", """
                    [{"userInput": {"text": "Is there a terrace?"}},
                     {"userInput": {"text": "My wife and I"}, "labels": [{"slot": "people", "valueSpan": {"endIndex": 13}}]}]
                    """);

            assertThat(all(convert(new Restaurant8k())).stream()
                            .collect(Collectors.toMap(
                                    LabelledContact::wordsOfCustomer,
                                    contact -> contact.truth().fields())))
                    .isEqualTo(Map.of(
                            "Is there a terrace?",
                            Map.of(),
                            "My wife and I",
                            Map.of("people", List.of("My wife and I"))));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "Sun, 05 Aug 2018       | 05 Aug 2018",
                    "Aug 26 2018, on Sunday | Aug 26 2018",
                    "the 19th               | 2018-08-19",
                    "next Tuesday           |",
                    "May 6th                |"
                })
        void aDayIsRightWithoutItsWeekdayToo(String marked, String other) throws IOException {
            write("train.json", """
                    [{"userInput": {"text": "%s"}, "labels": [{"slot": "date", "valueSpan": {"endIndex": %d}}]}]
                    """.formatted(marked, marked.length()));

            assertThat(all(convert(new Restaurant8k())).getFirst().truth().fields())
                    .isEqualTo(Map.of("date", other == null ? List.of(marked) : List.of(marked, other)));
        }

        @Test
        void fieldsHaveTheTypesOfTheirValues() throws IOException {
            write("train.json", "[{\"userInput\": {\"text\": \"Hi\"}}]");

            assertThat(convert(new Restaurant8k()).catalog().forms().getFirst().fields())
                    .extracting(FormField::name, FormField::type)
                    .containsExactly(
                            tuple("date", Type.DATE),
                            tuple("time", Type.TIME),
                            tuple("people", Type.NUMBER),
                            tuple("first_name", Type.NAME),
                            tuple("last_name", Type.NAME));
        }

        @Test
        void saysWhichEntryIsNotAsItShouldBe() throws IOException {
            write("train.json.gz", """
                    [{"userInput": {"text": "Hi"}},
                     {"userInput": {"text": "At 7"}, "labels": [{"slot": "time", "valueSpan": {"startIndex": 3, "endIndex": 9}}]}]
                    """);

            refuses(new Restaurant8k(), "%s: entry 2: 3 to 9 is no part of a text of 4 characters.", "train.json.gz");
        }

        @Test
        void saysInWhichLineTheJsonEnds() throws IOException {
            write("train.json.gz", "[{\"userInput\": {\"text\": \"Hi\"}},\n{\"userInput\": \n");

            assertThatExceptionOfType(StartupException.class)
                    .isThrownBy(() -> convert(new Restaurant8k()))
                    .withMessageStartingWith("%s, line 2: ".formatted(folder.resolve("train.json.gz")));
        }
    }

    @Nested
    class OfHarperValley {
        private static final String METADATA = """
                {"start_time_ms": 1591056783191, "tasks": [
                  {"task_type": "transfer money", "transfer amount": 135, "transfer source account": "savings "},
                  {"task_type": "get branch hours", "branch hours": "9 to 5"}]}
                """;

        @Test
        void aCallIsMeasuredInBothWordsInTheOrderOfTime() throws IOException {
            write("metadata/c1.json", METADATA);
            write("transcript/c1.json", """
                    [{"speaker_role": "caller", "start_ms": 900, "human_transcript": "move money [noise] please",
                      "transcript": "moon money please"},
                     {"speaker_role": "agent", "start_ms": 100, "human_transcript": "hello", "transcript": "hello"},
                     {"speaker_role": "caller", "start_ms": 1900, "human_transcript": "<unk> [baby]", "transcript": "oh"}]
                    """);

            LabelledSet set = convert(new HarperValley());

            assertThat(set.confirmed()).isEmpty();
            assertThat(set.contacts())
                    .extracting(LabelledContact::group, LabelledContact::turns)
                    .containsExactly(
                            tuple(
                                    "words by people",
                                    List.of(Turn.of(Who.AGENT, "hello"), Turn.of(Who.CUSTOMER, "move money please"))),
                            tuple(
                                    "words by a machine",
                                    List.of(
                                            Turn.of(Who.AGENT, "hello"),
                                            Turn.of(Who.CUSTOMER, "moon money please"),
                                            Turn.of(Who.CUSTOMER, "oh"))));
            assertThat(set.contacts()).extracting(LabelledContact::day).containsOnly(LocalDate.of(2020, 6, 2));
        }

        @Test
        void theTasksAreTheTruthAndTheirFieldsTheForms() throws IOException {
            write("metadata/c1.json", METADATA);
            write("transcript/c1.json", "[]");

            LabelledSet set = convert(new HarperValley());

            assertThat(set.contacts().getFirst().truth())
                    .isEqualTo(LabelledContact.Truth.with()
                            .disposition("transfer_money")
                            .reasons(List.of("transfer_money", "get_branch_hours"))
                            .fields(Map.of(
                                    "transfer_amount", List.of("135"),
                                    "transfer_source_account", List.of("savings"),
                                    "branch_hours", List.of("9 to 5")))
                            .build());
            assertThat(set.catalog().fieldsFor(null, List.of("transfer_money"), null))
                    .extracting(FormField::name, FormField::type)
                    .containsExactly(
                            tuple("transfer_amount", Type.AMOUNT), tuple("transfer_source_account", Type.CHOICE));
            assertThat(set.catalog().leafDispositions()).hasSize(8);
        }

        @Test
        void saysWhichCallIsNotAsItShouldBe() throws IOException {
            write("metadata/c1.json", "{\"tasks\": [{\"task_type\": \"sing\"}]}");

            refuses(new HarperValley(), "%s: there is no task 'sing'.", "metadata/c1.json");

            write("metadata/c1.json", METADATA);
            write("transcript/c1.json", "[{\"speaker_role\": \"agent\",\n \"start_ms\" 3}]");

            assertThatExceptionOfType(StartupException.class)
                    .isThrownBy(() -> convert(new HarperValley()))
                    .withMessageStartingWith("%s, line 2: ".formatted(folder.resolve("transcript/c1.json")));
        }
    }

    @Nested
    class OfAbcd {
        private void catalog() throws IOException {
            write("ontology.json", """
                    {"intents": {"flows": ["single_item"], "subflows": {"single_item": ["hats_how", "hats_why"]}},
                     "actions": {"kb_query": {"look-up": ["customer_name", "account_id"], "nod": []},
                                 "interaction": {"notify": ["team"], "enter": ["detail", "other"]}},
                     "values": {"enumerable": {"team": ["manager"]}}}
                    """);
            write("guidelines.json", """
                    {"Single-Item": {"description": "asks about a hat", "subflows": {"How to Wear Hats": {}, "Why Hats": {}}}}
                    """);
        }

        @Test
        void flowsAreBranchesAndSubflowsLeavesCalledAsInTheGuidelines() throws IOException {
            catalog();
            write("sample.jsonl", talk("[\"look-up\", [\"ann lee\"]]"));

            Catalog catalog = convert(new Abcd()).catalog();

            assertThat(catalog.leafDispositions())
                    .containsExactly(
                            new Disposition(
                                    "single_item.hats_how",
                                    "How to Wear Hats",
                                    null,
                                    "single_item",
                                    List.of("single_item")),
                            new Disposition(
                                    "single_item.hats_why", "Why Hats", null, "single_item", List.of("single_item")));
            assertThat(catalog.callTypes().getFirst().description()).isEqualTo("asks about a hat");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "look-up | ann lee  | customer_name | known to be that",
                    "notify  | manager  | team          | one of those it can have",
                    "notify  | a friend | team          | of the only slot",
                    "enter   | 555-0100 | value         | of nobody knows what"
                })
        void actionsStandWhereTheyWereDone(String action, String value, String parameter, String why)
                throws IOException {
            catalog();
            write("sample.jsonl", talk("[\"%s\", [\"%s\"]]".formatted(action, value)));

            assertThat(convert(new Abcd()).contacts().getFirst().actions())
                    .as(why)
                    .containsExactly(new Action(action, Map.of(parameter, value), null, 1));
        }

        @Test
        void fieldsAreWhatWasSaidOrEntered() throws IOException {
            catalog();
            write("sample.jsonl", talk("[\"look-up\", [\"ann lee\"]]"));

            LabelledContact contact = convert(new Abcd()).contacts().getFirst();

            assertThat(contact.truth().disposition()).isEqualTo("single_item.hats_why");
            assertThat(contact.truth().fields())
                    .as("the e-mail address is known, but nobody said it")
                    .isEqualTo(Map.of("customer_name", List.of("ann lee"), "order_id", List.of("77")));
        }

        @Test
        void saysWhichLineIsNotAsItShouldBe() throws IOException {
            catalog();
            write("sample.jsonl", talk("[\"nod\", []]") + talk("[\"nod\", []]").replace("hats_why", "hats_off"));

            refuses(new Abcd(), "%s, line 2: there is no 'single_item.hats_off'.", "sample.jsonl");
        }

        /** Hello, order number, an action, goodbye. */
        private static String talk(String action) {
            return """
                    {"convo_id": 4, "scenario": {"flow": "single_item", "subflow": "hats_why_1", \
                    "personal": {"customer_name": "ann lee", "email": "ann@example.com"}, "order": {"order_id": "77"}}, \
                    "original": [["agent", "Hello"], ["customer", "It is order 77."], ["action", "Done."], ["agent", "Bye"]], \
                    "delexed": [{"targets": ["hats_why", null, null, []]}, {"targets": ["hats_why", null, null, []]}, \
                    {"targets": ["hats_why", "take_action", %s]}, {"targets": ["hats_why", null, null, []]}]}
                    """.formatted(action.substring(1, action.length() - 1));
        }
    }

    @Nested
    class OfMaia {
        @Test
        void theEnglishSideIsTaken() throws IOException {
            write("one.json.gz", "[" + talk(5, "[[2, 2]]") + "]");

            LabelledContact contact = convert(new Maia()).contacts().getFirst();

            assertThat(contact.turns())
                    .containsExactly(Turn.of(Who.CUSTOMER, "Word 0. Word 1."), Turn.of(Who.AGENT, "Sure."));
            assertThat(contact.group()).isEqualTo("one");
        }

        @ParameterizedTest
        @CsvSource({"5, resolved", "4, resolved", "3,", "2, unresolved", "1, unresolved", "-1,"})
        void successIsHowItEnded(int success, String resolution) throws IOException {
            write("one.json", "[" + talk(success, "[[2]]") + "]");

            assertThat(convert(new Maia()).contacts().getFirst().truth().resolution())
                    .isEqualTo(resolution);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "[[2, 0, 4, 7]]        | NEUTRAL  | NEUTRAL  | NEUTRAL  | empathy, confusion and fear are none",
                    "[[3], [2], [2]]       | NEGATIVE | NEUTRAL  | NEGATIVE | disappointment",
                    "[[5], [2], [1]]       | NEGATIVE | POSITIVE | NEUTRAL  | as much of both",
                    "[[6, 2], [2, 2], [1, 1]] | NEGATIVE | POSITIVE | POSITIVE | more delight than anger",
                    "[[2, 3, 2, 2]]        | NEGATIVE | NEUTRAL  | NEGATIVE | the second of four is in the first third",
                    "[[2, 2, 3, 2]]        | NEUTRAL  | NEUTRAL  | NEGATIVE | the third of four is in none"
                })
        void emotionsAreSummedInThirds(String emotions, Tone start, Tone end, Tone overall, String why)
                throws IOException {
            write("one.json", "[" + talk(3, emotions) + "]");

            assertThat(convert(new Maia()).contacts().getFirst().truth().sentiment())
                    .as(why)
                    .isEqualTo(new Tones(start, end, overall));
        }

        @Test
        void nothingIsMeasuredWhereEmotionsAreMissing() throws IOException {
            write("one.json", "[" + talk(3, "[[3]]").replace("\"Emotion\": [3]", "\"Emotion\": []") + "]");

            assertThat(convert(new Maia()).contacts().getFirst().truth().sentiment())
                    .isNull();
        }

        @Test
        void saysWhichEntryIsNotAsItShouldBe() throws IOException {
            write(
                    "one.json",
                    "[%s,\n%s]".formatted(talk(3, "[[2]]"), talk(3, "[[2]]").replace("floor", "flaw")));

            refuses(new Maia(), "%s: entry 2: 'floor' is missing or no text.", "one.json");
        }

        /** @param emotions of each sentence of each of the customer's turns */
        private static String talk(int success, String emotions) {
            var turns = new StringBuilder();
            int sentence = 0;
            for (String turn :
                    emotions.substring(2, emotions.strip().length() - 2).split("], \\[")) {
                String words = IntStream.range(sentence, sentence + turn.split(",").length)
                        .mapToObj("\"Word %d.\""::formatted)
                        .collect(Collectors.joining(", "));
                sentence += turn.split(",").length;
                turns.append("""
                        {"floor": "inbound", "text_src": ["Wort."], "text_mt": [%s], "Emotion": [%s]},
                        """.formatted(words, turn));
            }
            return """
                    {"id": "m1", "dialog": {"Task Sucess": %d}, "turns": [%s
                     {"floor": "outbound", "text_src": ["Sure."], "text_mt": ["Gern."], "Emotion": [3]}]}
                    """.formatted(success, turns);
        }
    }

    private LabelledSet convert(Converter converter) throws IOException {
        return converter.convert(folder);
    }

    private static List<LabelledContact> all(LabelledSet set) {
        return Stream.concat(set.contacts().stream(), set.confirmed().stream()).toList();
    }

    /** @param message with a place for the path of the file */
    private void refuses(Converter converter, String message, String file) {
        assertThatExceptionOfType(StartupException.class)
                .isThrownBy(() -> convert(converter))
                .withMessage(message.formatted(folder.resolve(file)));
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        try (OutputStream out = name.endsWith(".gz")
                ? new GZIPOutputStream(Files.newOutputStream(file))
                : Files.newOutputStream(file)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
