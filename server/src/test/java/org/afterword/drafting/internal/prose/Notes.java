package org.afterword.drafting.internal.prose;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import org.afterword.drafting.DraftInput;
import org.afterword.drafting.TestContact;
import org.afterword.drafting.internal.prose.ModelSettings.Budget;
import org.afterword.drafting.internal.prose.ModelSettings.Kind;
import org.afterword.drafting.internal.prose.ModelSettings.Price;
import org.afterword.drafting.internal.prose.ModelSettings.TokenLimit;
import org.afterword.platform.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A contact, settings and answers, as tests of prose need them. */
final class Notes {
    static final String KEY = "sk-quince-1234";

    private Notes() {}

    /** Lines 1 to 4, one sentence each. */
    static TestContact lostCard() {
        return TestContact.aContact()
                .agent("Good morning, how can I help you?")
                .customer("I lost my debit card yesterday.")
                .agent("I have blocked the debit card.")
                .agent("A new one is on its way to you.");
    }

    /** A good answer about {@link #lostCard}. */
    static String good() {
        return answer(
                """
                [{"text": "Customer reported a lost debit card.", "lines": [2]}, {"text": "The debit card was blocked.", "lines": [3]}]
                """,
                "[{\"text\": \"Customer said that the debit card was lost yesterday.\", \"lines\": [2]}]",
                "[{\"text\": \"The agent blocked the debit card.\", \"lines\": [3]}]",
                null);
    }

    static String answer(String summary, String issue, String resolution, @Nullable String disposition) {
        ObjectNode answer = Json.object();
        answer.set("summary", Json.read(summary));
        answer.set("issue", Json.read(issue));
        answer.set("resolution", Json.read(resolution));
        return answer.put("disposition", disposition).toString();
    }

    /** A statement of its own in each text. */
    static String saying(String text, Integer... lines) {
        ArrayNode statements = Json.mapper().createArrayNode();
        ArrayNode numbers = statements.addObject().put("text", text).putArray("lines");
        for (Integer line : lines) {
            numbers.add(line);
        }
        return answer(statements.toString(), statements.toString(), statements.toString(), null);
    }

    static LanguageModel model(String url, Kind kind, int deadlineSeconds, Budget daily) {
        return new LanguageModel(
                new ModelSettings(
                        true,
                        kind,
                        URI.create(url),
                        "plum-7b",
                        TokenLimit.MAX_TOKENS,
                        deadlineSeconds,
                        700,
                        4,
                        false,
                        new Price(new BigDecimal("10"), new BigDecimal("20"), "EUR"),
                        daily,
                        Budget.NONE),
                new ApiKey(KEY),
                Instant.parse("2026-03-02T09:00:00Z"));
    }

    /** The number of the line in which this was said. */
    static int lineOf(DraftInput input, String words) {
        for (JsonNode line : OutgoingContact.of(input, true).leaving()) {
            if (line.path("said").asString("").contains(words)) {
                return line.path("n").asInt();
            }
        }
        throw new AssertionError("nobody said " + words);
    }
}
