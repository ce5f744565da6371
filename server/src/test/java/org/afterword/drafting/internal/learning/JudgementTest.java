package org.afterword.drafting.internal.learning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class JudgementTest {
    private final RankingModel good = Trainer.train(TrainerTest.lessons(200, 0)).model();
    private final RankingModel bad =
            Trainer.train(inverted(TrainerTest.lessons(200, 0))).model();
    private final List<Lesson> unseen = TrainerTest.lessons(60, 0);

    @Test
    void aModelThatLearnedReplacesTheCatalogsWords() {
        assertThat(Judgement.of(good, null, unseen).mayReplace()).isTrue();
        assertThat(Judgement.of(good, null, unseen).right()).isEqualTo(1);
    }

    @Test
    void aWorseOneReplacesNothingAndIsTakenOutOfUse() {
        assertThat(Judgement.of(bad, good, unseen).mayReplace()).isFalse();
        assertThat(Judgement.of(bad, good, unseen).isClearlyWorse()).isTrue();
        assertThat(Judgement.of(good, bad, unseen).isClearlyWorse()).isFalse();
    }

    @Test
    void aFewContactsDecideNothing() {
        assertThat(Judgement.of(good, bad, unseen.subList(0, 9)).mayReplace()).isFalse();
        assertThat(Judgement.of(bad, good, unseen.subList(0, 49)).isClearlyWorse())
                .isFalse();
        assertThat(Judgement.of(good, bad, List.of()).mayReplace()).isFalse();
    }

    private static List<Lesson> inverted(List<Lesson> lessons) {
        return lessons.stream()
                .map(lesson -> new Lesson(
                        lesson.id(),
                        lesson.features(),
                        lesson.prior(),
                        lesson.code().equals("REFUND") ? "COMPLAINT" : "REFUND"))
                .toList();
    }
}
