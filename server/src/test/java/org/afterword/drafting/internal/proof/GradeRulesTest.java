package org.afterword.drafting.internal.proof;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.afterword.drafting.Grade;
import org.afterword.platform.Proportion;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GradeRulesTest {
    @ParameterizedTest
    @CsvSource({
        "PREFILL,  0,   49, PREFILL",
        "PREFILL, 35,   50, PREFILL",
        "PREFILL, 34,   50, SUGGEST",
        "PREFILL,  0,   50, SUGGEST",
        "PREFILL, 790, 1000, PREFILL",
        "PREFILL, 770, 1000, SUGGEST",
        "SUGGEST, 49,   50, PREFILL",
        "SUGGEST, 45,   50, SUGGEST",
        "SUGGEST, 46,   50, PREFILL",
        "SUGGEST, 19,   50, SUGGEST",
        "SUGGEST, 18,   50, OFF",
        "OFF,      0,   50, OFF",
        "OFF,     31,   50, OFF",
        "OFF,     32,   50, SUGGEST",
        "OFF,     50,   50, SUGGEST"
    })
    void aGradeFollowsWhatIsClear(Grade grade, long agreed, long judged, Grade next) {
        assertThat(GradeRules.next(grade, Proportion.of(agreed, judged))).isEqualTo(next);
    }

    /** What could not be judged, or taken over, any more would never come back. */
    @ParameterizedTest
    @CsvSource({
        "disposition, OFF",
        "fields, OFF",
        "summary, SUGGEST",
        "followUps, SUGGEST",
        "issue, PREFILL",
        "sentiment, PREFILL"
    })
    void aPartFallsNoFurtherThanWhereItCanRiseAgain(String part, Grade least) {
        assertThat(GradeRules.least(part)).isEqualTo(least);
    }

    /** What made a part fall does not make it rise again, nor the other way round. */
    @Property
    void theSameMeasurementNeverMovesAPartToAndFro(
            @ForAll Grade grade,
            @ForAll @LongRange(min = 0, max = 400) long agreed,
            @ForAll @LongRange(min = 0, max = 400) long others) {
        Proportion measured = Proportion.of(agreed, agreed + others);
        Grade next = GradeRules.next(grade, measured);

        if (next.compareTo(grade) < 0) {
            assertThat(GradeRules.next(next, measured)).isLessThanOrEqualTo(next);
        } else if (next.compareTo(grade) > 0) {
            assertThat(GradeRules.next(next, measured)).isGreaterThanOrEqualTo(next);
        }
    }
}
