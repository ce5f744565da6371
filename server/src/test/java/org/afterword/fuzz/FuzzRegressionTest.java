package org.afterword.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.afterword.ApiServer;
import org.afterword.conversation.AnEvent;
import org.afterword.platform.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs that once did harm. */
class FuzzRegressionTest {
    private static final String LONG =
            "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";

    static final ApiServer SERVER = ApiServer.running();
    static final World WORLD = newWorld();

    private static World newWorld() {
        try {
            return new World(SERVER);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // what PostgreSQL cannot compare or store
                "/api/v1/agents?state=NOT_READY&cursor=%0A%00",
                "/api/v1/audit?to=%2B200935924-03-02T10:01:29.493Z",
                "/api/v1/audit?to=6340863146781689493",
                "/api/v1/wrap-ups?status=OPEN&from=-249635024-08-27T15:54:31Z",
                "/api/v1/reports/acw?from=-999999999-01-01T00:00:00Z&to=%2B999999999-01-01T00:00:00Z",
                // what is no percent-encoded UTF-8
                "/api/v1/agents?team=%",
                "/api/v1/agents?team=%zz",
                "/api/v1/agents?team=%C0%AF",
                "/api/v1/~0/a;b=c%%%%",
                // what is no pair
                "/api/v1/agents?team=north&=%25",
                "/health/live?=%25"
            })
    void aQueryThatCannotBeAnsweredIsRefused(String target) throws Exception {
        Wire.Answer answer = answer(get(target));

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(Verdict.on(answer, get(target))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "*/json", "application/json;q=x", "image/png"})
    void aRefusalIsAProblemWhateverIsAccepted(String accept) throws Exception {
        Input input = Input.of("query", "GET", "/api/v1/wrap-ups?limit=x")
                .as(World.ADMINISTRATOR)
                .header("Accept", accept)
                .bare();

        Wire.Answer answer = answer(input);

        assertThat(answer.status()).isBetween(400, 406);
        assertThat(Verdict.on(answer, input)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/panel/%20", "/panel/" + LONG})
    void aPanelOfWhatCannotBeAWrapUpIsThePanel(String path) throws Exception {
        Input input = Input.of(PageInputs.KIND, "GET", World.PAGES + path)
                .header("Accept", "text/html")
                .header("Cookie", "SESSION={token:session-a0}")
                .bare();

        assertThat(answer(input).status()).isEqualTo(200);
    }

    @Test
    void askingForTheHeadOfTheStreamDoesNotKeepTheConnection() throws Exception {
        Input head = Input.of("query", "HEAD", "/api/v1/stream")
                .as(World.ADMINISTRATOR)
                .bare();
        try (var wire = new Wire(SERVER.address())) {
            assertThat(wire.exchange(WORLD.signed(head.request()), false).status())
                    .isEqualTo(200);
            assertThat(wire.exchange(WORLD.signed(get("/api/v1/catalog").request()), false)
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void anEmptyBodyIsNoCloudEvent() throws Exception {
        Wire.Answer answer = answer(Input.of("event", "POST", "/api/v1/events")
                .as(World.INTEGRATION)
                .header("Content-Type", "application/cloudevents+json")
                .body(new byte[0]));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("The body is empty.");
    }

    /** Too deep, with a null character beside what is too deep. */
    @Test
    void anEventThatCannotBeKeptWholeDoesNotHoldUpTheOthers() throws Exception {
        String deep =
                "{\"specversion\": \"1.0\", \"id\": \"d\", \"source\": \"/fuzz\", \"type\": \"a\\u0000b\", \"data\": %s}"
                        .formatted("[".repeat(40) + "]".repeat(40));
        String good = Json.write(AnEvent.of("agent.ready", "beside-a-deep-one", "2026-03-02T09:00:00Z", "{}"));

        Wire.Answer answer = answer(Input.of("events", "POST", "/api/v1/events")
                .as(World.INTEGRATION)
                .header("Content-Type", "application/cloudevents-batch+json")
                .body(("[" + deep + "," + good + "]").getBytes(StandardCharsets.UTF_8)));

        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        assertThat(Json.read(answer.text()).path("accepted").asInt()).isEqualTo(1);
        assertThat(Json.read(answer.text()).at("/rejected/0/reason").asString()).contains("nested deeper");
    }

    @Test
    void aNumberThatIsTooLargeSetsItsOwnEventAsideAlone() throws Exception {
        String large = "{\"specversion\": \"1.0\", \"id\": \"l\", \"source\": \"/fuzz\", \"type\": \"queue.status\","
                + " \"subject\": \"q\", \"data\": {\"waiting\": 1, \"longestWaitSeconds\": 1e400}}";
        String good = Json.write(AnEvent.of("agent.ready", "beside-a-large-one", "2026-03-02T09:00:00Z", "{}"));

        Wire.Answer answer = answer(Input.of("events", "POST", "/api/v1/events")
                .as(World.INTEGRATION)
                .header("Content-Type", "application/cloudevents-batch+json")
                .body(("[" + large + "," + good + "]").getBytes(StandardCharsets.UTF_8)));

        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        assertThat(Json.read(answer.text()).path("accepted").asInt()).isEqualTo(1);
    }

    @Test
    void aNullAmongThePointersOfACompletionIsNamed() throws Exception {
        Input input = Input.of("completion", "POST", "/api/v1/wrap-ups/none/completion")
                .as("a0")
                .header("Content-Type", "application/json")
                .header("If-Match", "\"0\"")
                .body("{\"unconfirmed\": [null]}".getBytes(StandardCharsets.UTF_8));

        assertThat(answer(input).text()).contains("#/unconfirmed");
    }

    @Test
    void aHeaderOfABinaryEventThatIsNotUtf8IsNamed() throws Exception {
        Wire.Answer answer = answer(Input.of("event", "POST", "/api/v1/events")
                .as(World.INTEGRATION)
                .header("Content-Type", "application/json")
                .header("ce-specversion", "1.0")
                .header("ce-id", "1")
                .header("ce-source", "/fuzz")
                .header("ce-type", "\u0085")
                .body("{}".getBytes(StandardCharsets.UTF_8)));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("ce-type");
    }

    @Test
    void aTimeOfTheYearTenThousandInGreenwichIsRefused() throws Exception {
        Wire.Answer answer = answer(get("/api/v1/audit?to=9999-12-31T23%3A59%3A59-18%3A00"));

        assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void anAddressThatIsNoUtf8IsRefusedAsEverythingElseIs() throws Exception {
        Wire.Answer answer = answer(get("/api/v1/users/%E0%80%80"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("content-type")).startsWith("application/problem+json");
        assertThat(answer.text()).contains("cannot be read");
    }

    @Test
    void aReservationForAContactWithNulInItsIdIsRefused() throws Exception {
        Wire.Answer answer = answer(Input.of("reservation", "POST", "/api/v1/routing/reservations")
                .as(World.INTEGRATION)
                .header("Content-Type", "application/json")
                .body("{\"channel\":\"chat\",\"queue\":\"support\",\"interactionId\":\"a\\u0000\"}"
                        .getBytes(StandardCharsets.UTF_8)));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("cannot be stored");
    }

    @ParameterizedTest
    @ValueSource(ints = {1022, 1023, 1024, 1025, 1026})
    void aLongCharacterMayStandAnywhereInACatalog(int place) throws Exception {
        String catalog =
                "# " + "x".repeat(place - 3) + "\ntags: [{code: A, label: \ud83d\ude00}]\n# \ud83d\ude00".repeat(300);

        Wire.Answer answer = answer(Input.of("catalog", "PUT", "/api/v1/catalog")
                .as(World.ADMINISTRATOR)
                .header("Content-Type", "application/yaml")
                .body(catalog.getBytes(StandardCharsets.UTF_8)));

        assertThat(answer.status()).isIn(200, 400);
    }

    /** Whatever the size of the parser's buffer is, in one of the two a pair of surrogates lies across its end. */
    @ParameterizedTest
    @ValueSource(strings = {"", "x"})
    void aCatalogMayConsistOfLongCharacters(String before) throws Exception {
        String catalog = "tags:\n  - code: A\n    label: " + before + "\ud83d\ude00".repeat(3000) + "\n";

        Wire.Answer answer = answer(Input.of("catalog", "PUT", "/api/v1/catalog")
                .as(World.ADMINISTRATOR)
                .header("Content-Type", "application/yaml")
                .body(catalog.getBytes(StandardCharsets.UTF_8)));

        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "//a", "\\", "50%", "a;b=c", "a@host;tag=1?x#y", "\ud83d\ude00"})
    void aContactIsShownWhateverItsIdIs(String id) throws Exception {
        WORLD.call(id, "agent/1");
        Input transcript = Input.of("query", "GET", "/api/v1/interactions/%s/transcript".formatted(Input.encoded(id)))
                .as("supervisor")
                .bare();

        assertThat(answer(transcript).text()).contains("Hello.");
        assertThat(answer(get("/api/v1/agents/" + Input.encoded("agent/1"))).status())
                .isEqualTo(200);
    }

    private static Input get(String target) {
        return Input.of("query", "GET", target).as(World.ADMINISTRATOR).bare();
    }

    private static Wire.Answer answer(Input input) throws Exception {
        try (var wire = new Wire(SERVER.address())) {
            return wire.exchange(WORLD.signed(input.request()), false);
        }
    }
}
