package org.afterword.speech.internal;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.afterword.platform.Json;
import org.afterword.speech.Transcriber;
import org.afterword.speech.internal.audio.WavFile;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A server that speaks OpenAI's protocol for transcription: OpenAI itself, vLLM, whisper.cpp, speaches and others. What may pass is tried
 * up to three times within the deadline; what the server refuses for good is not. No words of an answer go into a reason.
 */
final class OpenAiTranscriber implements Transcriber {
    private static final String PATH = "/v1/audio/transcriptions";
    private static final int MOST_ATTEMPTS = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final int LARGEST_ANSWER = 4 << 20;

    /** Beyond both, the recognizer itself takes a segment for silence (as Whisper does). */
    private static final double NO_SPEECH = 0.6;

    private static final double UNLIKELY = -1.0;

    /** Beyond it a text repeats itself (as Whisper has it). */
    private static final double REPETITIVE = 2.4;

    /** {@code 20ms}, {@code 1s}, {@code 6m30s}. */
    private static final Pattern SPAN =
            Pattern.compile("(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+(?:\\.\\d+)?)s)?(?:(\\d+)ms)?");

    /** Waits between attempts. */
    interface Pause {
        void sleep(Duration pause) throws InterruptedException;
    }

    /** What came of one attempt. */
    private sealed interface Attempt {
        record Answered(Answer answer) implements Attempt {}

        /** @param after as the server wants it; null = it does not say */
        record MayPass(@Nullable Duration after, String reason) implements Attempt {}
    }

    private final HttpClient http;
    private final SpeechSettings.Endpoint endpoint;
    private final URI address;
    private final RandomGenerator random;
    private final Pause pause;

    OpenAiTranscriber(
            HttpClient http, SpeechSettings.Endpoint endpoint, URI base, RandomGenerator random, Pause pause) {
        this.http = http;
        this.endpoint = endpoint;
        this.address = URI.create(base.toString().replaceFirst("(/v1)?/*$", "") + PATH);
        this.random = random;
        this.pause = pause;
    }

    @Override
    public String name() {
        return "%s at %s".formatted(endpoint.model(), address.getAuthority());
    }

    @Override
    public Answer transcribe(Utterance utterance) {
        long until = System.nanoTime() + endpoint.deadline().toNanos();
        try {
            for (int attempt = 1; ; attempt++) {
                Attempt made = attempt(utterance, Duration.ofNanos(until - System.nanoTime()));
                switch (made) {
                    case Attempt.Answered(var answer) -> {
                        return answer;
                    }
                    case Attempt.MayPass(var after, var reason) -> {
                        Duration wait = after == null ? backOff(attempt) : after;
                        if (attempt == MOST_ATTEMPTS || System.nanoTime() + wait.toNanos() >= until) {
                            return new Answer.Later(after, reason);
                        }
                        pause.sleep(wait);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Later(null, "the server stopped");
        }
    }

    private Duration backOff(int attempt) {
        long most = FIRST_PAUSE.toMillis() << attempt - 1;
        return Duration.ofMillis(most / 2 + random.nextLong(most / 2 + 1));
    }

    private Attempt attempt(Utterance utterance, Duration left) throws InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> exchange =
                http.sendAsync(request(utterance), BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_ANSWER));
        try {
            return read(exchange.get(Math.max(1, left.toMillis()), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            exchange.cancel(true);
            return new Attempt.MayPass(
                    null, "no answer within %d s".formatted(endpoint.deadline().toSeconds()));
        } catch (InterruptedException e) {
            exchange.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            return new Attempt.MayPass(
                    null, "not reached: " + String.valueOf(e.getCause()).replaceFirst("^[\\w.]*\\.(\\w+).*$", "$1"));
        }
    }

    private HttpRequest request(Utterance utterance) {
        var form = new Form();
        form.field("model", endpoint.model());
        form.field("response_format", endpoint.format());
        if (endpoint.format().equals("verbose_json")) {
            form.field("timestamp_granularities[]", "segment");
        }
        if (utterance.language() != null) {
            form.field("language", utterance.language());
        }
        form.file("file", "utterance.wav", "audio/wav", WavFile.of(utterance.samples()));
        var request = HttpRequest.newBuilder(address)
                .header("content-type", "multipart/form-data; boundary=" + form.boundary)
                .header("accept", "application/json")
                .header("user-agent", "Afterword")
                .POST(BodyPublishers.ofByteArray(form.end()));
        if (endpoint.key() != null) {
            request.header("authorization", "Bearer " + endpoint.key());
        }
        return request.build();
    }

    private static Attempt read(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        String body = new String(response.body(), StandardCharsets.UTF_8);
        JsonNode json = json(body);
        if (status >= 200 && status < 300) {
            return json != null && json.path("text").isString()
                    ? new Attempt.Answered(heard(json))
                    : new Attempt.MayPass(null, "answered %d with something that is no transcript".formatted(status));
        }
        String reason = "answered %d%s".formatted(status, code(json));
        boolean noQuota = body.contains("insufficient_quota");
        if (status == 429 && !noQuota) {
            return new Attempt.MayPass(wanted(response), reason);
        }
        if (status == 408 || status == 409 || status >= 500) {
            return new Attempt.MayPass(wanted(response), reason);
        }
        return new Attempt.Answered(
                new Answer.Never(status >= 300 && status < 400 ? reason + "; redirects are not followed" : reason));
    }

    private static @Nullable JsonNode json(String body) {
        try {
            return Json.mapper().readTree(body);
        } catch (JacksonException e) {
            return null;
        }
    }

    /** What kind of error it is, if the answer says so in a word; never its message, which may repeat what was sent. */
    private static String code(@Nullable JsonNode json) {
        if (json == null) {
            return "";
        }
        JsonNode error = json.path("error").isObject() ? json.path("error") : json;
        for (String name : new String[] {"code", "type"}) {
            String value = error.path(name).asString("");
            if (value.matches("[a-z][a-z_]{1,60}")) {
                return " (" + value + ")";
            }
        }
        return "";
    }

    private static @Nullable Duration wanted(HttpResponse<?> response) {
        for (String name : new String[] {"retry-after", "x-ratelimit-reset-requests", "x-ratelimit-reset-tokens"}) {
            String text = response.headers().firstValue(name).orElse("").strip();
            if (text.matches("\\d{1,4}")) {
                return Duration.ofSeconds(Long.parseLong(text));
            }
            Matcher parts = SPAN.matcher(text);
            if (!text.isEmpty() && text.length() <= 20 && parts.matches()) {
                return span(parts);
            }
        }
        return null;
    }

    private static Duration span(MatchResult parts) {
        double seconds = 3_600 * number(parts.group(1)) + 60 * number(parts.group(2)) + number(parts.group(3));
        return Duration.ofMillis(Math.round(1_000 * seconds + number(parts.group(4))));
    }

    private static double number(@Nullable String text) {
        return text == null ? 0 : Double.parseDouble(text);
    }

    /** Segments that the recognizer takes for silence are left out; of one that repeats itself no word can be believed. */
    private static Answer.Heard heard(JsonNode json) {
        String language = language(json.path("language").asString(""));
        JsonNode segments = json.path("segments");
        if (!segments.isArray() || segments.isEmpty()) {
            return new Answer.Heard(json.path("text").asString().strip(), language, false);
        }
        var text = new StringBuilder();
        for (JsonNode segment : segments) {
            if (segment.path("compression_ratio").asDouble(0) > REPETITIVE) {
                return new Answer.Heard("", language, true);
            }
            boolean silent = segment.path("no_speech_prob").asDouble(0) > NO_SPEECH
                    && segment.path("avg_logprob").asDouble(0) < UNLIKELY;
            if (!silent) {
                text.append(' ').append(segment.path("text").asString("").strip());
            }
        }
        return new Answer.Heard(text.toString().strip(), language, text.isEmpty());
    }

    /** Servers answer with a code or with a name in English. */
    private static @Nullable String language(String answered) {
        if (answered.matches("[a-z]{2}")) {
            return answered;
        }
        for (String code : Locale.getISOLanguages()) {
            if (code.length() == 2
                    && Locale.of(code).getDisplayLanguage(Locale.ENGLISH).equalsIgnoreCase(answered)) {
                return code;
            }
        }
        return null;
    }

    /** A form with a file in it (RFC 7578). */
    private static final class Form {
        private final String boundary = "afterword-" + UUID.randomUUID();
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();

        void field(String name, String value) {
            text("--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n".formatted(boundary, name, value));
        }

        void file(String name, String fileName, String type, byte[] content) {
            text("--%s\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\nContent-Type: %s\r\n\r\n"
                    .formatted(boundary, name, fileName, type));
            body.writeBytes(content);
            text("\r\n");
        }

        byte[] end() {
            text("--%s--\r\n".formatted(boundary));
            return body.toByteArray();
        }

        private void text(String text) {
            body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
