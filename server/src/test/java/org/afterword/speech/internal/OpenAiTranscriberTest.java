package org.afterword.speech.internal;

import static com.github.tomakehurst.wiremock.client.WireMock.aMultipart;
import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.binaryEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.afterword.speech.Transcriber.Answer;
import org.afterword.speech.Transcriber.Utterance;
import org.afterword.speech.internal.audio.WavFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiTranscriberTest {
    private static final String PATH = "/v1/audio/transcriptions";
    private static final Utterance UTTERANCE = new Utterance(new short[] {1, -2, 3}, "en");
    private static final String VERBOSE = """
            {"task": "transcribe", "language": "english", "duration": 8.47, "text": " Two parts.",
             "segments": [{"id": 0, "start": 0.0, "end": 3.3, "text": " Two", "avg_logprob": -0.28, "compression_ratio": 1.2,
                           "no_speech_prob": 0.01},
                          {"id": 1, "start": 3.3, "end": 8.4, "text": " parts."}]}
            """;

    @RegisterExtension
    final WireMockExtension server = WireMockExtension.newInstance().build();

    final List<Duration> pauses = new ArrayList<>();

    @Test
    void anUtteranceIsSentAsTheProtocolHasIt() {
        answer(aResponse().withBody(VERBOSE));

        assertThat(transcribe()).isEqualTo(new Answer.Heard("Two parts.", "en", false));

        server.verify(postRequestedFor(urlEqualTo(PATH))
                .withHeader("Authorization", equalTo("Bearer secret-key"))
                .withAnyRequestBodyPart(aMultipart("model").withBody(equalTo("whisper-1")))
                .withAnyRequestBodyPart(aMultipart("response_format").withBody(equalTo("verbose_json")))
                .withAnyRequestBodyPart(aMultipart("timestamp_granularities[]").withBody(equalTo("segment")))
                .withAnyRequestBodyPart(aMultipart("language").withBody(equalTo("en")))
                .withAnyRequestBodyPart(aMultipart("file")
                        .withHeader("Content-Type", equalTo("audio/wav"))
                        .withBody(binaryEqualTo(WavFile.of(UTTERANCE.samples())))));
    }

    @Test
    void aModelThatKnowsPlainJsonAloneIsAskedForThat() {
        answer(aResponse().withBody("{\"text\": \" Plain words. \"}"));

        assertThat(transcriber("json", Duration.ofSeconds(20)).transcribe(UTTERANCE))
                .isEqualTo(new Answer.Heard("Plain words.", null, false));

        server.verify(postRequestedFor(urlEqualTo(PATH))
                .withAnyRequestBodyPart(aMultipart("response_format").withBody(equalTo("json"))));
        assertThat(server.findAll(postRequestedFor(urlEqualTo(PATH))).getFirst().getBodyAsString())
                .doesNotContain("granularities");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://a.example/v1/ | a.example",
                "https://a.example/v1  | a.example",
                "https://a.example     | a.example",
                "http://localhost:8000 | localhost:8000"
            })
    void theAddressMayEndWithTheVersion(URI url, String authority) {
        assertThat(new OpenAiTranscriber(
                                HttpClient.newHttpClient(),
                                endpoint("json", Duration.ofSeconds(1)),
                                url,
                                new Random(1),
                                pauses::add)
                        .name())
                .isEqualTo("whisper-1 at " + authority);
    }

    @Test
    void whatTheRecognizerTakesForSilenceIsLeftOut() {
        answer(aResponse().withBody("""
                {"text": " Thank you.", "segments": [{"text": " Thank you.", "no_speech_prob": 0.9, "avg_logprob": -1.4}]}
                """));

        assertThat(transcribe()).isEqualTo(new Answer.Heard("", null, true));
    }

    @Test
    void whatRepeatsItselfIsUnreliable() {
        answer(aResponse().withBody("""
                {"text": " No no no no no.", "segments": [{"text": " No no no no no.", "compression_ratio": 3.1}]}
                """));

        assertThat(transcribe()).isEqualTo(new Answer.Heard("", null, true));
    }

    @ParameterizedTest
    @CsvSource({"408", "409", "500", "502", "503", "504"})
    void whatMayPassIsTriedTwiceMore(int status) {
        answer(aResponse().withStatus(status));

        assertThat(transcribe()).isEqualTo(new Answer.Later(null, "answered " + status));
        assertThat(server.findAll(postRequestedFor(urlEqualTo(PATH)))).hasSize(3);
        assertThat(pauses).hasSize(2);
        assertThat(pauses.getFirst()).isBetween(Duration.ofMillis(250), Duration.ofMillis(500));
        assertThat(pauses.getLast()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
    }

    @Test
    void aLimitIsWaitedForAsTheServerSays() {
        answer(
                aResponse()
                        .withStatus(429)
                        .withHeader("x-ratelimit-reset-requests", "20ms")
                        .withBody(
                                "{\"error\": {\"message\": \"m\", \"type\": \"requests\", \"code\": \"rate_limit_exceeded\"}}"));

        assertThat(transcribe())
                .isEqualTo(new Answer.Later(Duration.ofMillis(20), "answered 429 (rate_limit_exceeded)"));
        assertThat(pauses).containsExactly(Duration.ofMillis(20), Duration.ofMillis(20));
    }

    @Test
    void aLimitBeyondTheDeadlineIsLeftForLater() {
        answer(aResponse().withStatus(429).withHeader("x-ratelimit-reset-tokens", "6m30s"));

        assertThat(transcribe()).isEqualTo(new Answer.Later(Duration.ofSeconds(390), "answered 429"));
        assertThat(pauses).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "429 | {\"error\": {\"message\": \"m\", \"type\": \"insufficient_quota\"}} | answered 429 (insufficient_quota)",
                "401 | {\"error\": {\"message\": \"Incorrect API key provided: secret-key\", \"code\": \"invalid_api_key\"}} | answered 401 (invalid_api_key)",
                "400 | {\"object\": \"error\", \"message\": \"m\", \"type\": \"BadRequestError\", \"code\": 400} | answered 400",
                "404 | {\"detail\": \"Not Found\"} | answered 404",
                "413 | '' | answered 413",
                "301 | '' | answered 301; redirects are not followed"
            })
    void whatIsRefusedForGoodIsNotTriedAgain(int status, String body, String reason) {
        answer(aResponse().withStatus(status).withBody(body));

        assertThat(transcribe()).isEqualTo(new Answer.Never(reason));
        assertThat(server.findAll(postRequestedFor(urlEqualTo(PATH)))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"'<html>Bad gateway</html>'", "''", "'{\"text\": 3}'", "'{\"text\": \"cut o'", "'[]'"})
    void nonsenseMayPass(String body) {
        answer(aResponse().withBody(body));

        assertThat(transcribe()).isEqualTo(new Answer.Later(null, "answered 200 with something that is no transcript"));
    }

    @Test
    void aConnectionThatBreaksMayPass() {
        answer(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

        assertThat(transcribe())
                .isInstanceOfSatisfying(
                        Answer.Later.class, later -> assertThat(later.reason()).startsWith("not reached: "));
    }

    @Test
    void theDeadlineHoldsForAllAttemptsTogether() {
        answer(aResponse().withBody(VERBOSE).withFixedDelay(30_000));
        long began = System.nanoTime();

        Answer answer = transcriber("verbose_json", Duration.ofSeconds(1)).transcribe(UTTERANCE);

        assertThat(answer).isEqualTo(new Answer.Later(null, "no answer within 1 s"));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    }

    private Answer transcribe() {
        return transcriber("verbose_json", Duration.ofSeconds(20)).transcribe(UTTERANCE);
    }

    private OpenAiTranscriber transcriber(String format, Duration deadline) {
        return new OpenAiTranscriber(
                HttpClient.newHttpClient(),
                endpoint(format, deadline),
                URI.create(server.baseUrl()),
                new Random(1),
                pauses::add);
    }

    private static SpeechSettings.Endpoint endpoint(String format, Duration deadline) {
        return new SpeechSettings.Endpoint(null, "secret-key", "whisper-1", format, deadline);
    }

    private void answer(ResponseDefinitionBuilder response) {
        server.stubFor(post(PATH).willReturn(response));
    }
}
