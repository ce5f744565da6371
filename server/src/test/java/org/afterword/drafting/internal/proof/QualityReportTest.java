package org.afterword.drafting.internal.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.afterword.drafting.DraftQuality;
import org.afterword.drafting.Grade;
import org.afterword.drafting.Rollout;
import org.afterword.drafting.internal.proof.ProofRepository.Confused;
import org.afterword.drafting.internal.proof.ProofRepository.GradeRow;
import org.afterword.drafting.internal.proof.ProofRepository.Sums;
import org.afterword.drafting.internal.proof.ProofRepository.WeekRow;
import org.afterword.platform.Proportion;
import org.junit.jupiter.api.Test;

class QualityReportTest {
    private static final LocalDate MONDAY = LocalDate.parse("2026-03-02");

    @Test
    void agreementIsToldApartByWhoSawTheDraft() {
        DraftQuality report = of(
                List.of(
                        week(0, "m1", false, new Sums(90, 5, 5, 7)),
                        week(0, "m1", true, new Sums(6, 3, 1, 2)),
                        week(1, "m2", false, new Sums(10, 0, 0, 0))),
                List.of());

        DraftQuality.Part part = report.parts().getFirst();
        assertThat(part.seen()).isEqualTo(new DraftQuality.Agreement(Proportion.of(100, 110), 5, 5, 7));
        assertThat(part.blind()).isEqualTo(new DraftQuality.Agreement(Proportion.of(6, 10), 3, 1, 2));
        assertThat(part.weeks())
                .containsExactly(
                        new DraftQuality.Week(MONDAY, Proportion.of(90, 100)),
                        new DraftQuality.Week(MONDAY.plusWeeks(1), Proportion.of(10, 10)));
        assertThat(report.versions()).extracting(DraftQuality.Version::model).containsExactly("m1", "m2");
    }

    @Test
    void whatAgreesLessThanBeforeDrifts() {
        DraftQuality report = of(
                List.of(week(0, "m", false, new Sums(900, 50, 50, 0)), week(6, "m", false, new Sums(60, 40, 0, 0))),
                List.of());

        Proportion.Difference drift =
                Objects.requireNonNull(report.parts().getFirst().drift());
        assertThat(drift.isClear()).isTrue();
        assertThat(drift.value()).isEqualTo(0.6 - 0.9);
    }

    @Test
    void ofFewNobodyCanSayWhetherTheyDrift() {
        assertThat(of(
                                List.of(
                                        week(0, "m", false, new Sums(900, 50, 50, 0)),
                                        week(6, "m", false, new Sums(0, 29, 0, 0))),
                                List.of())
                        .parts()
                        .getFirst()
                        .drift())
                .isNull();
    }

    @Test
    void dispositionsThatAreTakenForEachOtherStandTogetherWhicheverWasDrafted() {
        DraftQuality report = of(
                List.of(),
                List.of(
                        new Confused("A", "A", 80),
                        new Confused("A", "B", 10),
                        new Confused("B", "A", 20),
                        new Confused("B", "B", 90),
                        new Confused("C", "A", 2)));

        assertThat(report.confusable())
                .containsExactly(new DraftQuality.Confusable("A", "B", 30, Proportion.of(30, 80 + 20 + 2 + 10 + 90)));
    }

    @Test
    void aPartHoldsTheLessOfWhatItEarnedAndMay() {
        var rollout = new Rollout(null, 0, Map.of(), Map.of("claims", Map.of("tags", Grade.OFF)));
        var earned = new GradeRow("claims", "tags", Instant.EPOCH, Grade.SUGGEST, Proportion.of(30, 50));

        DraftQuality report = new QualityReport(
                        List.of(), List.of(), List.of(earned), List.of(earned), rollout, DraftQuality.Unattended.NONE)
                .of(MONDAY, MONDAY.plusWeeks(8), null);

        assertThat(report.grades())
                .containsExactly(new DraftQuality.PartGrade("claims", "tags", Grade.SUGGEST, Grade.OFF, Grade.OFF));
        assertThat(report.changes()).hasSize(1);
    }

    private static DraftQuality of(List<WeekRow> weeks, List<Confused> confused) {
        return new QualityReport(weeks, confused, List.of(), List.of(), Rollout.NONE, DraftQuality.Unattended.NONE)
                .of(MONDAY, MONDAY.plusWeeks(8), null);
    }

    private static WeekRow week(int number, String model, boolean blind, Sums sums) {
        return new WeekRow(MONDAY.plusWeeks(number), "disposition", model, blind, sums);
    }
}
