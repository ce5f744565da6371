package org.afterword.drafting.internal.prose;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.math.MathContext;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a tenant has set up its language model, without the key.
 *
 * @param url             where the endpoint is, without {@code /v1/…}
 * @param model           as the endpoint calls it
 * @param tokenLimit      how the endpoint wants to be told how long an answer may be
 * @param deadlineSeconds for one draft, repeats and pauses between them included
 * @param outputTokens    how long an answer may be
 * @param callsAtOnce     how many contacts each node asks about at the same time
 * @param namesMayLeave   whether names, telephone numbers, e-mail addresses and long numbers leave as they are
 * @param price           null where money does not count
 */
record ModelSettings(
        boolean enabled,
        Kind kind,
        URI url,
        String model,
        TokenLimit tokenLimit,
        int deadlineSeconds,
        int outputTokens,
        int callsAtOnce,
        boolean namesMayLeave,
        @Nullable Price price,
        Budget daily,
        Budget monthly) {

    enum Kind {
        /** OpenAI, and what speaks as it does: vLLM, llama.cpp, Ollama, gateways. */
        @JsonProperty("openAiCompatible")
        OPEN_AI_COMPATIBLE,
        @JsonProperty("anthropic")
        ANTHROPIC
    }

    /** The name of the member; of endpoints of kind {@link Kind#OPEN_AI_COMPATIBLE}. */
    enum TokenLimit {
        @JsonProperty("max_tokens")
        MAX_TOKENS,
        /** Newer models of OpenAI, which take no temperature either. */
        @JsonProperty("max_completion_tokens")
        MAX_COMPLETION_TOKENS
    }

    /** Of a million tokens. */
    record Price(BigDecimal input, BigDecimal output, String currency) {
        private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

        BigDecimal of(Spent spent) {
            return input.multiply(BigDecimal.valueOf(spent.inputTokens()))
                    .add(output.multiply(BigDecimal.valueOf(spent.outputTokens())))
                    .divide(MILLION, MathContext.DECIMAL64);
        }
    }

    /** What all calls of a span may take together; null = as much as they do. */
    record Budget(
            @Nullable Long tokens,
            @Nullable BigDecimal money,
            @Nullable Long seconds) {
        static final Budget NONE = new Budget(null, null, null);
    }

    Duration deadline() {
        return Duration.ofSeconds(deadlineSeconds);
    }

    BigDecimal money(Spent spent) {
        return price == null ? BigDecimal.ZERO : price.of(spent);
    }
}
