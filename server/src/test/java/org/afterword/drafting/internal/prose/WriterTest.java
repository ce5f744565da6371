package org.afterword.drafting.internal.prose;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.afterword.drafting.internal.prose.FakeModel.json;
import static org.afterword.drafting.internal.prose.FakeModel.refusing;
import static org.afterword.drafting.internal.prose.FakeModel.sample;
import static org.afterword.drafting.internal.prose.FakeModel.saying;
import static org.afterword.drafting.internal.prose.FakeModel.using;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.afterword.ApiServer;
import org.afterword.drafting.Draft;
import org.afterword.drafting.DraftInput;
import org.afterword.drafting.TestContact;
import org.afterword.drafting.internal.prose.ModelSettings.Budget;
import org.afterword.drafting.internal.prose.ModelSettings.Kind;
import org.afterword.drafting.internal.prose.Writing.Outcome;
import org.afterword.platform.AllowedHosts;
import org.afterword.platform.Json;
import org.afterword.platform.OutgoingHttp;
import org.afterword.platform.Tenancy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class WriterTest {
    @RegisterExtension
    final FakeModel endpoint = new FakeModel();

    final ApiServer server = ApiServer.running();
    final ApiServer.Center center = server.newTenant();
    final Ledger ledger = server.bean(Ledger.class);
    final InstantSource clock = InstantSource.system();
    final Breaker breaker = new Breaker();
    final List<Duration> pauses = new ArrayList<>();
    final Writer writer = new Writer(
            new ModelClient(OutgoingHttp.client(), new AllowedHosts("hosts", List.of("*"), true), clock),
            ledger,
            breaker,
            pauses::add,
            new Random(1),
            clock);

    final TestContact contact = Notes.lostCard();

    private Writing write() {
        return write(model(Kind.OPEN_AI_COMPATIBLE));
    }

    private Writing write(LanguageModel model) {
        return writer.write(center.id(), model, contact.input(), contact.draft());
    }

    private LanguageModel model(Kind kind) {
        return Notes.model(endpoint.url(), kind, 20, Budget.NONE);
    }

    @Test
    void anAnswerInTheShapeThatWasAskedForIsTaken() {
        endpoint.answers(saying(Notes.good()));

        Writing writing = write();

        assertThat(writing.outcome()).isEqualTo(Outcome.USED);
        assertThat(Objects.requireNonNull(writing.written()).summary())
                .extracting(Written.Statement::text)
                .containsExactly("Customer reported a lost debit card.", "The debit card was blocked.");
        assertThat(writing.calls()).isEqualTo(1);
        assertThat(writing.spent().inputTokens()).isEqualTo(96);
        assertThat(writing.spent().outputTokens()).isEqualTo(58);
    }

    @Test
    void anEndpointLikeThatOfOpenAiIsAskedForStrictJson() {
        endpoint.answers(saying(Notes.good()));

        write();

        var request = endpoint.requests().getFirst();
        assertThat(request.getUrl()).isEqualTo("/v1/chat/completions");
        assertThat(request.getHeader("Authorization")).isEqualTo("Bearer " + Notes.KEY);
        JsonNode body = endpoint.body(0);
        assertThat(body.path("model").asString()).isEqualTo("plum-7b");
        assertThat(body.path("max_tokens").asInt()).isEqualTo(700);
        assertThat(body.path("temperature").asInt()).isZero();
        JsonNode format = body.path("response_format");
        assertThat(format.path("type").asString()).isEqualTo("json_schema");
        assertThat(format.path("json_schema").path("name").asString()).matches("[A-Za-z0-9_-]{1,64}");
        assertThat(format.path("json_schema").path("strict").asBoolean()).isTrue();
        assertThat(openObjects(format.path("json_schema").path("schema"))).isEmpty();
        assertThat(body.path("messages").path(0).path("role").asString()).isEqualTo("system");
        assertThat(body.path("messages").path(1).path("role").asString()).isEqualTo("user");
        assertThat(body.path("messages").path(0).path("content").asString()).doesNotContain("debit card");
    }

    /** Objects of a schema that a strict server would not take. */
    private static List<JsonNode> openObjects(JsonNode schema) {
        Stream<JsonNode> deeper = schema.valueStream().flatMap(child -> openObjects(child).stream());
        boolean open = schema.path("type").asString("").equals("object")
                && (schema.path("additionalProperties").asBoolean(true)
                        || schema.path("required").size()
                                != schema.path("properties").size());
        return Stream.concat(open ? Stream.of(schema) : Stream.empty(), deeper).toList();
    }

    @Test
    void anthropicIsAskedToUseOneTool() {
        endpoint.answers(using(Notes.good()));

        Writing writing = write(model(Kind.ANTHROPIC));

        assertThat(writing.outcome()).isEqualTo(Outcome.USED);
        assertThat(writing.spent().tokens()).isEqualTo(412 + 77);
        var request = endpoint.requests().getFirst();
        assertThat(request.getUrl()).isEqualTo("/v1/messages");
        assertThat(request.getHeader("x-api-key")).isEqualTo(Notes.KEY);
        assertThat(request.getHeader("anthropic-version")).isEqualTo("2023-06-01");
        JsonNode body = endpoint.body(0);
        assertThat(body.path("tool_choice").path("name").asString())
                .isEqualTo(body.path("tools").path(0).path("name").asString());
        assertThat(body.path("system").asString()).isNotBlank();
        assertThat(body.path("messages").size()).isEqualTo(1);
    }

    /** By the place in the file of samples. */
    @ParameterizedTest
    @CsvSource({
        "0, BUSY, 3",
        "1, USED_UP, 1",
        "2, FAILING, 3",
        "3, REJECTED, 1",
        "4, REJECTED, 1",
        "5, TOO_LONG, 2",
        "6, REJECTED, 1",
        "7, REJECTED, 1",
        "8, REJECTED, 1",
        "9, FAILING, 3"
    })
    void whatEndpointsLikeThatOfOpenAiRefuseIsRepeatedWhereThatIsWorthIt(int place, Outcome outcome, int calls) {
        endpoint.answers(refusing(sample("openai-errors").path(place)));

        Writing writing = write();

        assertThat(writing.outcome()).isEqualTo(outcome);
        assertThat(writing.reason()).isNotBlank();
        assertThat(endpoint.requests()).hasSize(calls);
        assertThat(writing.spent().tokens()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0, BUSY, 3", "1, BUSY, 3", "2, FAILING, 3", "3, REJECTED, 1", "4, REJECTED, 1"})
    void whatAnthropicRefusesIsRepeatedWhereThatIsWorthIt(int place, Outcome outcome, int calls) {
        endpoint.answers(refusing(sample("anthropic-errors").path(place)));
        LanguageModel model = Notes.model(endpoint.url(), Kind.ANTHROPIC, 60, Budget.NONE);

        Writing writing = write(model);

        assertThat(writing.outcome()).isEqualTo(outcome);
        assertThat(endpoint.requests()).hasSize(calls);
    }

    @Test
    void aRefusalIsToldByItsNameAndNeverInItsWords() {
        endpoint.answers(refusing(sample("openai-errors").path(3)));

        assertThat(write().reason()).isEqualTo("it answered 401 (invalid_api_key)");
    }

    @Test
    void whoIsAskedToWaitWaitsAsLong() {
        endpoint.answersInTurn(refusing(sample("anthropic-errors").path(0)), using(Notes.good()));
        LanguageModel model = Notes.model(endpoint.url(), Kind.ANTHROPIC, 60, Budget.NONE);

        assertThat(write(model).outcome()).isEqualTo(Outcome.USED);
        assertThat(pauses).containsExactly(Duration.ofSeconds(12));
    }

    @Test
    void withoutRetryAfterTheLimitThatIsUsedUpTellsHowLong() {
        ObjectNode refusal = (ObjectNode) sample("openai-errors").path(0).deepCopy();
        ((ObjectNode) refusal.path("headers")).remove("retry-after");
        endpoint.answersInTurn(refusing(refusal), saying(Notes.good()));

        assertThat(write().outcome()).isEqualTo(Outcome.USED);
        assertThat(pauses).containsExactly(Duration.ofSeconds(1));
    }

    @Test
    void withoutAnyHeaderPausesGrow() {
        ObjectNode refusal = (ObjectNode) sample("openai-errors").path(0).deepCopy();
        refusal.remove("headers");
        endpoint.answers(refusing(refusal));

        assertThat(write().outcome()).isEqualTo(Outcome.BUSY);
        assertThat(pauses).hasSize(2);
        assertThat(pauses.get(0)).isBetween(Duration.ofMillis(375), Duration.ofMillis(500));
        assertThat(pauses.get(1)).isBetween(Duration.ofMillis(750), Duration.ofMillis(1000));
    }

    @Test
    void whoAsksToWaitBeyondTheDeadlineIsNotWaitedFor() {
        endpoint.answers(aResponse().withStatus(429).withHeader("retry-after", "3600"));

        Writing writing = write();

        assertThat(writing.outcome()).isEqualTo(Outcome.BUSY);
        assertThat(writing.reason()).contains("3600 s");
        assertThat(endpoint.requests()).hasSize(1);
        assertThat(pauses).isEmpty();
    }

    @Test
    void passingTroubleIsForgottenOnceItAnswers() {
        endpoint.answersInTurn(aResponse().withStatus(503), saying(Notes.good()));

        Writing writing = write();

        assertThat(writing.outcome()).isEqualTo(Outcome.USED);
        assertThat(writing.calls()).isEqualTo(2);
    }

    @Test
    void whoIsSlowerThanTheDeadlineIsNotWaitedFor() {
        endpoint.answers(saying(Notes.good()).withFixedDelay(60_000));
        long began = System.nanoTime();

        Writing writing = write(Notes.model(endpoint.url(), Kind.OPEN_AI_COMPATIBLE, 1, Budget.NONE));

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
        assertThat(writing.outcome()).isEqualTo(Outcome.SLOW);
        assertThat(writing.reason()).isEqualTo("it did not answer within 1 s");
        assertThat(writing.spent().inputTokens())
                .as("what it took nobody knows")
                .isPositive();
    }

    @Test
    void anAnswerThatTricklesIsNotWaitedForEither() {
        endpoint.answers(saying(Notes.good()).withChunkedDribbleDelay(10, 60_000));

        assertThat(write(Notes.model(endpoint.url(), Kind.OPEN_AI_COMPATIBLE, 1, Budget.NONE))
                        .outcome())
                .isEqualTo(Outcome.SLOW);
    }

    @Test
    void whoIsDownIsToldFromWhoRefuses() {
        Writing writing = write(Notes.model("http://localhost:1", Kind.OPEN_AI_COMPATIBLE, 20, Budget.NONE));

        assertThat(writing.outcome()).isEqualTo(Outcome.UNREACHABLE);
        assertThat(writing.calls()).isEqualTo(3);
        assertThat(writing.spent().tokens()).isZero();
    }

    @Test
    void aConnectionThatBreaksIsTriedAgain() {
        endpoint.answersInTurn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER), saying(Notes.good()));

        assertThat(write().outcome()).isEqualTo(Outcome.USED);
    }

    static Stream<Arguments> unusable() {
        ObjectNode empty = (ObjectNode) sample("openai-chat-response").deepCopy();
        ((ObjectNode) empty.path("choices").path(0).path("message")).putNull("content");
        ObjectNode tools = (ObjectNode) empty.deepCopy();
        ((ObjectNode) tools.path("choices").path(0)).put("finish_reason", "tool_calls");
        ((ObjectNode) tools.path("choices").path(0).path("message"))
                .putArray("tool_calls")
                .addObject()
                .put("id", "call_1")
                .put("type", "function")
                .putObject("function")
                .put("name", "send_mail")
                .put("arguments", "{}");
        return Stream.of(
                Arguments.of("a page", aResponse().withBody("<html><body>Welcome</body></html>")),
                Arguments.of("nothing", aResponse().withBody("")),
                Arguments.of("a number", aResponse().withBody("42")),
                Arguments.of("another document", aResponse().withBody("{\"choices\": \"none\"}")),
                Arguments.of("no content", json(empty)),
                Arguments.of("a call of a tool", json(tools)),
                Arguments.of("prose", saying("The customer lost a card.")),
                Arguments.of("half of it", saying(Notes.good().substring(0, 80))),
                Arguments.of("another schema", json(sample("openai-chat-response-schema-violation"))),
                Arguments.of("a member too many", saying(Notes.good().replaceFirst("\\{", "{\"note\": 1, "))),
                Arguments.of("a list", saying("[" + Notes.good() + "]")),
                Arguments.of("a text for a list", saying(Notes.answer("\"Lost.\"", "[]", "[]", null))),
                Arguments.of("a line that is not there", saying(Notes.saying("Customer said so.", 99))),
                Arguments.of("an unknown code", saying(Notes.answer("[]", "[]", "[]", "REFUND_NOW"))),
                Arguments.of("a text without end", saying(Notes.saying("word ".repeat(200), 2))),
                Arguments.of(
                        "a link beside a statement",
                        saying(Notes.answer(
                                "[{\"text\": \"Lost.\", \"lines\": [2], \"url\": \"http://evil.example\"}]",
                                "[]",
                                "[]",
                                null))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unusable")
    void whatIsNotAsAskedForIsAskedForOnceMore(String what, ResponseDefinitionBuilder response) {
        endpoint.answersInTurn(response, saying(Notes.good()));

        Writing writing = write();

        assertThat(writing.outcome()).isEqualTo(Outcome.USED);
        assertThat(endpoint.requests()).hasSize(2);
        assertThat(endpoint.body(1).path("messages").path(0).path("content").asString())
                .contains("Your last answer could not be used");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unusable")
    void whatIsTwiceNotAsAskedForIsGivenUp(String what, ResponseDefinitionBuilder response) {
        endpoint.answers(response);

        Writing writing = write();

        assertThat(writing.outcome()).isEqualTo(Outcome.INVALID);
        assertThat(writing.reason()).startsWith("its answer could not be used: ");
        assertThat(writing.written()).isNull();
        assertThat(endpoint.requests()).hasSize(2);
    }

    @Test
    void anAnswerInAFenceIsRead() {
        String sample = sample("openai-chat-response-fenced")
                .at("/choices/0/message/content")
                .asString();
        assertThat(sample).startsWith("```json");
        endpoint.answers(saying("```json\n" + Notes.good() + "\n```"));

        assertThat(write().outcome()).isEqualTo(Outcome.USED);
    }

    @Test
    void anAnswerThatIsCutOffGetsMoreRoomOnce() {
        endpoint.answersInTurn(json(sample("openai-chat-response-truncated")), saying(Notes.good()));

        assertThat(write().outcome()).isEqualTo(Outcome.USED);
        assertThat(endpoint.body(0).path("max_tokens").asInt()).isEqualTo(700);
        assertThat(endpoint.body(1).path("max_tokens").asInt()).isEqualTo(1400);
    }

    @Test
    void anAnswerThatIsCutOffTwiceIsGivenUp() {
        endpoint.answers(json(sample("openai-chat-response-truncated")));

        assertThat(write().outcome()).isEqualTo(Outcome.CUT_OFF);
        assertThat(endpoint.requests()).hasSize(2);
    }

    /** Its input is JSON, and may even look whole. */
    @Test
    void whatAnthropicCutOffIsDiscarded() {
        endpoint.answers(json(sample("anthropic-response-max-tokens")));

        assertThat(write(model(Kind.ANTHROPIC)).outcome()).isEqualTo(Outcome.CUT_OFF);
        assertThat(endpoint.requests()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"openai-chat-response-refusal", "openai-chat-response-content-filter"})
    void whoRefusesIsNotAskedAgain(String sample) {
        endpoint.answers(json(sample(sample)));

        assertThat(write().outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(endpoint.requests()).hasSize(1);
    }

    @Test
    void otherToolsThanOursAreNotUsed() {
        endpoint.answers(json(sample("anthropic-response-tool-use")));

        assertThat(write(model(Kind.ANTHROPIC)).outcome()).isEqualTo(Outcome.INVALID);
    }

    @Test
    void textInsteadOfTheToolIsNotUsed() {
        ObjectNode message = (ObjectNode) sample("anthropic-response-tool-use").deepCopy();
        message.put("stop_reason", "end_turn")
                .putArray("content")
                .addObject()
                .put("type", "text")
                .put("text", Notes.good());
        endpoint.answers(json(message));

        assertThat(write(model(Kind.ANTHROPIC)).outcome()).isEqualTo(Outcome.INVALID);
    }

    @Test
    void whatIsTooLongIsShortened() {
        for (int i = 0; i < 40; i++) {
            contact.customer("It was in my wallet number %d.".formatted(i));
        }
        endpoint.answersInTurn(refusing(sample("openai-errors").path(5)), saying(Notes.good()));

        assertThat(write().outcome()).isEqualTo(Outcome.USED);
        String whole = endpoint.body(0).path("messages").path(1).path("content").asString();
        String half = endpoint.body(1).path("messages").path(1).path("content").asString();
        assertThat(half.length()).isLessThan(whole.length() * 3 / 5);
        assertThat(half).contains("debit card").contains("number 39").doesNotContain("number 15.");
    }

    @Test
    void redirectsAreNotFollowedWithTheKey() {
        endpoint.answers(aResponse().withStatus(307).withHeader("Location", endpoint.url() + "/elsewhere"));

        assertThat(write().outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(endpoint.requests()).hasSize(1);
    }

    @Test
    void whatTheSettingDoesNotAllowIsNotReached() {
        var strict = new Writer(
                new ModelClient(OutgoingHttp.client(), new AllowedHosts("hosts", List.of("*"), false), clock),
                ledger,
                breaker,
                pauses::add,
                new Random(1),
                clock);

        assertThat(strict.write(center.id(), model(Kind.OPEN_AI_COMPATIBLE), contact.input(), contact.draft())
                        .outcome())
                .isEqualTo(Outcome.REJECTED);
        assertThat(endpoint.requests()).isEmpty();
    }

    @Test
    void noTransactionWaitsForAModel() {
        var tenancy = server.bean(Tenancy.class);
        var client = new ModelClient(OutgoingHttp.client(), new AllowedHosts("hosts", List.of("*"), true), clock);
        var question = new Question("", "", Json.object(), 100);

        assertThatThrownBy(() -> tenancy.run(
                        center.id(), () -> client.ask(model(Kind.OPEN_AI_COMPATIBLE), question, Duration.ofSeconds(1))))
                .isInstanceOf(IllegalStateException.class);
        assertThat(endpoint.requests()).isEmpty();
    }

    @Test
    void aCallBooksTheMostThatItCanTakeAndGivesBackTheRest() {
        endpoint.answers(saying(Notes.good()));

        write();

        LanguageModelRepository.Use use = taken();
        assertThat(use.calls()).isEqualTo(1);
        assertThat(use.spent().inputTokens()).isEqualTo(96);
        assertThat(use.spent().outputTokens()).isEqualTo(58);
        assertThat(use.money()).isEqualByComparingTo(new BigDecimal("0.00212"));
    }

    private LanguageModelRepository.Use taken() {
        return server.bean(Tenancy.class)
                .in(center.id(), () -> ledger.taken(center.id()))
                .today();
    }

    @ParameterizedTest
    @CsvSource({"600, , , tokens", ", 0.001, , money", ", , 10, time"})
    void aCallThatCouldTakeMoreThanThereIsIsNotMade(Long tokens, BigDecimal money, Long seconds, String named) {
        endpoint.answers(saying(Notes.good()));

        Writing writing =
                write(Notes.model(endpoint.url(), Kind.OPEN_AI_COMPATIBLE, 20, new Budget(tokens, money, seconds)));

        assertThat(writing.outcome()).isEqualTo(Outcome.BUDGET);
        assertThat(writing.reason()).isEqualTo("the budget of %s for this day is used up".formatted(named));
        assertThat(endpoint.requests()).isEmpty();
        assertThat(taken().calls()).isZero();
    }

    @Test
    void callsAtTheSameTimeShareABudget() {
        ModelSettings settings = Notes.model(endpoint.url(), Kind.OPEN_AI_COMPATIBLE, 20, new Budget(1000L, null, null))
                .settings();
        var most = new Spent(300, 400, Duration.ofSeconds(1));

        Ledger.Booking first = ledger.book(center.id(), settings, most);
        Ledger.Booking second = ledger.book(center.id(), settings, most);
        ledger.settle(center.id(), settings, first, new Spent(100, 100, Duration.ZERO));
        Ledger.Booking third = ledger.book(center.id(), settings, most);

        assertThat(first.refusal()).isNull();
        assertThat(second.refusal()).isNotNull();
        assertThat(third.refusal()).isNull();
    }

    @Test
    void anEndpointThatFailsAgainAndAgainIsLeftAlone() {
        endpoint.answers(aResponse().withStatus(500));
        for (int i = 0; i < 3; i++) {
            assertThat(write().outcome()).isEqualTo(Outcome.FAILING);
        }
        int asked = endpoint.requests().size();

        assertThat(write().outcome()).isEqualTo(Outcome.RESTING);
        assertThat(endpoint.requests()).hasSize(asked);

        LanguageModel model = model(Kind.OPEN_AI_COMPATIBLE);
        var changed = new LanguageModel(
                model.settings(), model.key(), model.changedAt().plusSeconds(1));
        assertThat(write(changed).outcome()).isEqualTo(Outcome.FAILING);
    }

    @Test
    void anAccountThatIsUsedUpIsLeftAloneAtOnce() {
        endpoint.answers(refusing(sample("openai-errors").path(1)));

        assertThat(write().outcome()).isEqualTo(Outcome.USED_UP);
        assertThat(write().outcome()).isEqualTo(Outcome.RESTING);
        assertThat(endpoint.requests()).hasSize(1);
    }

    @Test
    void namesAndNumbersStayHere() {
        var spoken = TestContact.aContact()
                .agent("Good morning, my name is Paula.")
                .customer("This is Quentin Marlowe, my number is 415-555-0199 and my mail is quentin@example.com.")
                .customer("I lost the card of account 12345678.")
                .agent("Thank you, Mr Marlowe, I have blocked it.");
        DraftInput input = spoken.input();
        endpoint.answers(saying(Notes.saying("NAME_3 lost the card of account NUMBER_1.", 4)));

        Writing writing = writer.write(center.id(), model(Kind.OPEN_AI_COMPATIBLE), input, Draft.none());

        assertThat(endpoint.requests().getFirst().getBodyAsString())
                .doesNotContainIgnoringCase("marlowe")
                .doesNotContainIgnoringCase("quentin")
                .doesNotContainIgnoringCase("paula")
                .doesNotContain("0199")
                .doesNotContain("12345678");
        assertThat(writing.written()).isNotNull();
        assertThat(writing.contact().restored("NUMBER_1")).contains("12345678");
        assertThat(writing.contact().restored("NUMBER_9")).isEmpty();
    }
}
