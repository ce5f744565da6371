package org.afterword.drafting.internal.prose;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.afterword.drafting.Claim.Check;
import org.afterword.drafting.Draft;
import org.afterword.drafting.internal.prose.Judgment.Judged;
import org.afterword.drafting.internal.prose.Writing.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What became of asking a language model, and what it took, as drafts tell it.
 *
 * @param outcome    {@code used}, or why not, in one word
 * @param reason     why not, for people; null where it was used
 * @param prompt     version of what it was told
 * @param parts      of the record whose text is the model's
 * @param statements how many it wrote, by what the check found; null where it wrote none that could be read
 * @param disposition what it would have chosen among those that the built-in draft thinks possible; null where it chose none. Shown
 *                    and counted, never filled
 * @param sameDisposition whether that is what the built-in draft has; null where it chose none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Told(
        String outcome,
        @Nullable String reason,
        String model,
        String prompt,
        List<String> parts,
        @Nullable Statements statements,
        @Nullable String disposition,
        @Nullable Boolean sameDisposition,
        int calls,
        long inputTokens,
        long outputTokens,
        long millis,
        @Nullable BigDecimal money,
        @Nullable String currency) {

    /** How many statements the check found to be so. */
    record Statements(long supported, long unsupported, long struck, long opinion) {
        static Statements of(Judgment.Prose prose) {
            return new Statements(
                    prose.count(Check.SUPPORTED),
                    prose.count(Check.UNSUPPORTED),
                    prose.count(Check.STRUCK),
                    prose.count(Check.OPINION));
        }
    }

    private static final int DIGITS_OF_MONEY = 6;

    static Told of(ModelSettings settings, Writing writing, @Nullable Judged judged, Draft base) {
        boolean nothingStands = judged != null && judged.shown() == null;
        String disposition =
                writing.written() == null ? null : writing.written().disposition();
        return new Told(
                (nothingStands ? Outcome.UNSUPPORTED : writing.outcome()).code(),
                nothingStands ? "nothing that it wrote is founded on what was said and done" : writing.reason(),
                settings.model(),
                Prompt.VERSION,
                judged == null ? List.of() : List.copyOf(judged.parts()),
                judged == null ? null : Statements.of(judged.written()),
                disposition,
                disposition == null || base.disposition() == null
                        ? null
                        : disposition.equals(base.disposition().claim().value()),
                writing.calls(),
                writing.spent().inputTokens(),
                writing.spent().outputTokens(),
                writing.spent().time().toMillis(),
                settings.price() == null
                        ? null
                        : settings.money(writing.spent()).setScale(DIGITS_OF_MONEY, RoundingMode.HALF_UP),
                settings.price() == null ? null : settings.price().currency());
    }
}
