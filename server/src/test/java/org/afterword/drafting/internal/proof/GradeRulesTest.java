package org.afterword.drafting.internal.proof;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.afterword.drafting.Grade;
import org.afterword.drafting.internal.proof.GradeRules.Agreed;
import org.afterword.platform.Proportion;
import org.junit.jupiter.api.Test;
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
        "OFF,     50,   50, SUGGEST",
        "PREFILL, 199, 199, PREFILL",
        "PREFILL, 189, 200, FILL_AUDITED",
        "PREFILL, 188, 200, PREFILL",
        "FILL_AUDITED, 299, 299, FILL_AUDITED",
        "FILL_AUDITED, 293, 300, FILL",
        "FILL_AUDITED, 292, 300, FILL_AUDITED",
        "FILL_AUDITED, 0, 19, FILL_AUDITED",
        "FILL_AUDITED, 15, 20, PREFILL",
        "FILL_AUDITED, 16, 20, FILL_AUDITED",
        "FILL, 17, 20, FILL_AUDITED",
        "FILL, 18, 20, FILL",
        "FILL, 300, 300, FILL"
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

    /** Who sees a value tends to leave it, so nobody's eyes are spared by that. */
    @Test
    void whatPeopleCanStateWithoutADraftEarnsByThoseWhoHadNone() {
        var seenAlone = new Agreed(Proportion.of(1000, 1000), Proportion.of(49, 49), Agreed.NONE);
        var blindToo = new Agreed(Proportion.of(1000, 1000), Proportion.of(200, 200), Agreed.NONE);

        assertThat(GradeRules.next("disposition", Grade.PREFILL, seenAlone, true)
                        .grade())
                .isEqualTo(Grade.PREFILL);
        assertThat(GradeRules.next("disposition", Grade.PREFILL, blindToo, true))
                .isEqualTo(new GradeRules.Step(Grade.FILL_AUDITED, Proportion.of(200, 200)));
        assertThat(GradeRules.next("summary", Grade.PREFILL, seenAlone, true).grade())
                .as("nobody writes word by word what is drafted")
                .isEqualTo(Grade.FILL_AUDITED);
    }

    @Test
    void nothingRisesBeyondWhatAPersonConfirmsUnlessAnAdministratorAllowsIt() {
        var agreed = new Agreed(Proportion.of(1000, 1000), Proportion.of(1000, 1000), Agreed.NONE);

        assertThat(GradeRules.next("disposition", Grade.PREFILL, agreed, false).grade())
                .isEqualTo(Grade.PREFILL);
        assertThat(GradeRules.next("issue", Grade.PREFILL, agreed, true).grade())
                .as("nobody looks at it")
                .isEqualTo(Grade.PREFILL);
    }

    /** Of the contacts that go to people because the draft is unsure, more are wrong. */
    @Test
    void whatNobodyLooksAtIsJudgedByTheAuditedAlone() {
        var othersAreWrong = new Agreed(Proportion.of(0, 1000), Proportion.of(0, 1000), Proportion.of(30, 30));
        var auditedAreWrong = new Agreed(Proportion.of(1000, 1000), Proportion.of(1000, 1000), Proportion.of(10, 20));

        assertThat(GradeRules.next("disposition", Grade.FILL, othersAreWrong, true)
                        .grade())
                .isEqualTo(Grade.FILL);
        assertThat(GradeRules.next("disposition", Grade.FILL, auditedAreWrong, true)
                        .grade())
                .isEqualTo(Grade.FILL_AUDITED);
    }

    /** A part that no policy lets out is looked at by people alone, who see it get worse. */
    @Test
    void whereHardlyAnythingIsAuditedAPartFallsLikeOneThatPeopleConfirm() {
        var wrong = new Agreed(Proportion.of(10, 100), Proportion.of(10, 100), Proportion.of(5, 5));
        var right = new Agreed(Proportion.of(90, 100), Proportion.of(90, 100), Proportion.of(5, 5));

        assertThat(GradeRules.next("disposition", Grade.FILL, wrong, true).grade())
                .isEqualTo(Grade.SUGGEST);
        assertThat(GradeRules.next("disposition", Grade.FILL, right, true).grade())
                .isEqualTo(Grade.FILL);
    }

    /** What it had earned is no reason to leave it where it is. */
    @Test
    void aPartWhosePermissionWasTakenBackFallsLikeAnyOther() {
        var wrong = new Agreed(Proportion.of(10, 100), Proportion.of(10, 100), Agreed.NONE);
        var right = new Agreed(Proportion.of(90, 100), Proportion.of(90, 100), Agreed.NONE);

        assertThat(GradeRules.next("disposition", Grade.FILL, wrong, false).grade())
                .isEqualTo(Grade.SUGGEST);
        assertThat(GradeRules.next("disposition", Grade.FILL, right, false).grade())
                .isEqualTo(Grade.FILL);
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
