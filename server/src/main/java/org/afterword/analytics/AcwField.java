package org.afterword.analytics;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The fields of an {@link AcwRow}, in the order in which tables show them, for sorting and for columns. */
public enum AcwField {
    KEY("key", AcwRow::key),
    HANDLED("handled", AcwRow::handled),
    INTERACTIONS("interactions", AcwRow::interactions),
    HELD("held", AcwRow::held),
    ACW_TOTAL_SECONDS("acwTotalSeconds", AcwRow::acwTotalSeconds),
    ACW_MEAN_SECONDS("acwMeanSeconds", AcwRow::acwMeanSeconds),
    ACW_MEAN_PER_INTERACTION_SECONDS("acwMeanPerInteractionSeconds", AcwRow::acwMeanPerInteractionSeconds),
    ACW_MEDIAN_SECONDS("acwMedianSeconds", AcwRow::acwMedianSeconds),
    ACW_P90_SECONDS("acwP90Seconds", AcwRow::acwP90Seconds),
    ACW_P99_SECONDS("acwP99Seconds", AcwRow::acwP99Seconds),
    ACW_SPREAD_SECONDS("acwSpreadSeconds", AcwRow::acwSpreadSeconds),
    ACW_PERCENT("acwPercent", AcwRow::acwPercent),
    AHT_SECONDS("ahtSeconds", AcwRow::ahtSeconds),
    OCCUPANCY("occupancy", AcwRow::occupancy),
    WORK_SECONDS("workSeconds", AcwRow::workSeconds),
    ACW_COMPLIANCE("acwCompliance", AcwRow::acwCompliance),
    OVERRUN_RATE("overrunRate", AcwRow::overrunRate),
    EXTENSION_RATE("extensionRate", AcwRow::extensionRate),
    DEFERRAL_RATE("deferralRate", AcwRow::deferralRate),
    CUT_RATE("cutRate", AcwRow::cutRate),
    DOCUMENTATION_MEAN_SECONDS("documentationMeanSeconds", AcwRow::documentationMeanSeconds),
    DRAFT_KEPT_RATE("draftKeptRate", AcwRow::draftKeptRate),
    NO_CONTACT("noContact", AcwRow::noContact),
    NOT_STARTED("notStarted", AcwRow::notStarted),
    SYSTEM_WAIT_TOTAL_SECONDS("systemWaitTotalSeconds", AcwRow::systemWaitTotalSeconds),
    SYSTEM_WAIT_MEAN_SECONDS("systemWaitMeanSeconds", AcwRow::systemWaitMeanSeconds),
    LEAKS("leaks", AcwRow::leaks),
    LEAKS_PER_10000("leaksPer10000", AcwRow::leaksPer10000);

    private final String code;
    private final Function<AcwRow, @Nullable Object> value;

    AcwField(String code, Function<AcwRow, @Nullable Object> value) {
        this.code = code;
        this.value = value;
    }

    /** As the API names it. */
    public String code() {
        return code;
    }

    /** A number, or the text of the key. */
    public @Nullable Object of(AcwRow row) {
        return value.apply(row);
    }

    /** Throws {@link IllegalArgumentException} that names the value if there is no such field. */
    public static AcwField parse(String code) {
        return Arrays.stream(values())
                .filter(field -> field.code.equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no field '%s', only %s"
                        .formatted(
                                code,
                                Arrays.stream(values()).map(AcwField::code).collect(Collectors.joining(", ")))));
    }
}
