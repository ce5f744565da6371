package org.afterword.drafting.internal.prose;

import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.afterword.drafting.internal.prose.ModelSettings.Budget;
import org.afterword.drafting.internal.prose.ModelSettings.Kind;
import org.afterword.drafting.internal.prose.ModelSettings.Price;
import org.afterword.drafting.internal.prose.ModelSettings.TokenLimit;
import org.afterword.platform.AllowedHosts;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemException.Fault;
import org.afterword.platform.ProblemType;
import org.jspecify.annotations.Nullable;

/**
 * Settings as somebody sends them; what is absent is as usual.
 *
 * @param enabled         usually not
 * @param url             where the endpoint is; required
 * @param model           as the endpoint calls it; required
 * @param key             of the endpoint; absent leaves the one that is known, empty removes it
 * @param tokenLimit      usually {@code max_tokens}
 * @param deadlineSeconds 1 to 240; usually 20
 * @param outputTokens    100 to 8000; usually 700
 * @param callsAtOnce     1 to 8; usually 4
 * @param namesMayLeave   usually not
 */
record WantedModel(
        @Nullable Boolean enabled,
        @Nullable Kind kind,
        @Nullable String url,
        @Nullable String model,
        @Nullable String key,
        @Nullable TokenLimit tokenLimit,
        @Nullable Integer deadlineSeconds,
        @Nullable Integer outputTokens,
        @Nullable Integer callsAtOnce,
        @Nullable Boolean namesMayLeave,
        @Nullable Price price,
        @Nullable Budget daily,
        @Nullable Budget monthly) {

    private static final int USUAL_DEADLINE = 20;
    static final int LONGEST_DEADLINE = 240;
    private static final int USUAL_OUTPUT = 700;
    private static final int LEAST_OUTPUT = 100;
    private static final int MOST_OUTPUT = 8_000;
    private static final int USUAL_AT_ONCE = 4;
    private static final int LONGEST_NAME = 200;

    /** @throws ProblemException INVALID naming everything that cannot be taken */
    ModelSettings settings(AllowedHosts allowedHosts) {
        var faults = new ArrayList<Fault>();
        Optional<URI> address = address(allowedHosts, faults);
        if (kind == null) {
            faults.add(new Fault("#/kind", "is required"));
        }
        if (model == null || model.isBlank() || model.length() > LONGEST_NAME) {
            faults.add(new Fault("#/model", "must have 1 to %d characters".formatted(LONGEST_NAME)));
        }
        int deadline = number("#/deadlineSeconds", deadlineSeconds, USUAL_DEADLINE, 1, LONGEST_DEADLINE, faults);
        int output = number("#/outputTokens", outputTokens, USUAL_OUTPUT, LEAST_OUTPUT, MOST_OUTPUT, faults);
        int atOnce = number("#/callsAtOnce", callsAtOnce, USUAL_AT_ONCE, 1, ProseWork.MOST_AT_ONCE, faults);
        checkPrice(faults);
        Budget ofDay = budget("#/daily", daily, faults);
        Budget ofMonth = budget("#/monthly", monthly, faults);
        if (!faults.isEmpty()) {
            throw new ProblemException(ProblemType.INVALID, "Some settings cannot be taken.", faults);
        }
        return new ModelSettings(
                Boolean.TRUE.equals(enabled),
                Objects.requireNonNull(kind),
                address.orElseThrow(),
                Objects.requireNonNull(model),
                tokenLimit == null ? TokenLimit.MAX_TOKENS : tokenLimit,
                deadline,
                output,
                atOnce,
                Boolean.TRUE.equals(namesMayLeave),
                price,
                ofDay,
                ofMonth);
    }

    private Optional<URI> address(AllowedHosts allowedHosts, List<Fault> faults) {
        if (url == null) {
            faults.add(new Fault("#/url", "is required"));
            return Optional.empty();
        }
        try {
            URI address = URI.create(url);
            String objection = address.getQuery() != null || address.getFragment() != null
                    ? "must end with its path"
                    : allowedHosts.objectionTo(address).orElse(null);
            if (objection == null) {
                return Optional.of(address);
            }
            faults.add(new Fault("#/url", objection));
        } catch (IllegalArgumentException e) {
            faults.add(new Fault("#/url", "is no address"));
        }
        return Optional.empty();
    }

    private static int number(
            String pointer, @Nullable Integer wanted, int usual, int least, int most, List<Fault> faults) {
        int value = wanted == null ? usual : wanted;
        if (value < least || value > most) {
            faults.add(new Fault(pointer, "must be from %d to %d".formatted(least, most)));
        }
        return value;
    }

    private void checkPrice(List<Fault> faults) {
        if (price == null) {
            return;
        }
        if (!isAmount(price.input()) || !isAmount(price.output())) {
            faults.add(new Fault(
                    "#/price", "must have `input` and `output`, each of a million tokens, from 0 to 1000000"));
        }
        if (price.currency() == null || !price.currency().matches("[A-Z]{3}")) {
            faults.add(new Fault("#/price/currency", "must be a code of three letters, such as EUR"));
        }
    }

    private Budget budget(String pointer, @Nullable Budget wanted, List<Fault> faults) {
        if (wanted == null) {
            return Budget.NONE;
        }
        boolean amounts = (wanted.tokens() == null || wanted.tokens() > 0)
                && (wanted.seconds() == null || wanted.seconds() > 0)
                && (wanted.money() == null || isAmount(wanted.money()));
        if (!amounts) {
            faults.add(new Fault(pointer, "must name amounts above 0"));
        }
        if (wanted.money() != null && price == null) {
            faults.add(new Fault(pointer + "/money", "needs a price to go by"));
        }
        return wanted;
    }

    private static boolean isAmount(@Nullable BigDecimal amount) {
        return amount != null
                && amount.signum() >= 0
                && amount.compareTo(BigDecimal.valueOf(1_000_000)) <= 0
                && amount.scale() <= 9;
    }
}
