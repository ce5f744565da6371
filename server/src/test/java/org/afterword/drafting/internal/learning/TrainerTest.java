package org.afterword.drafting.internal.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrainerTest {
    /** The catalog's words do not tell the two apart. */
    private static final Map<String, Double> UNDECIDED = Map.of("REFUND", 0.5, "COMPLAINT", 0.5);

    @Test
    void wordsThatPeopleDisposeOfAlikeBendTheRanking() {
        RankingModel model = Trainer.train(lessons(200, 0)).model();

        assertThat(model.rank(said("give", "it", "back"), UNDECIDED).get("REFUND"))
                .isGreaterThan(0.9);
        assertThat(model.rank(said("this", "is", "bad"), UNDECIDED).get("COMPLAINT"))
                .isGreaterThan(0.9);
    }

    @Test
    void whereNothingWasLearnedTheCatalogsWordsDecide() {
        RankingModel model = Trainer.train(lessons(200, 0)).model();

        Map<String, Double> shares =
                model.rank(said("zebra"), Map.of("REFUND", 0.05, "COMPLAINT", 0.05, "NEW_CODE", 0.9));

        assertThat(shares.get("NEW_CODE")).isGreaterThan(shares.get("REFUND")).isGreaterThan(shares.get("COMPLAINT"));
    }

    @Test
    void sharesAddUpToOneAndAreOfTheCodesAskedFor() {
        RankingModel model = Trainer.train(lessons(200, 0)).model();

        Map<String, Double> shares = model.rank(said("give", "it", "back"), Map.of("REFUND", 1.0));

        assertThat(shares).containsOnlyKeys("REFUND");
        assertThat(shares.values()).allSatisfy(share -> assertThat(share).isCloseTo(1, within(1e-9)));
    }

    /** One in five is noise that nothing can tell, so being surer than four in five is wrong. */
    @Test
    void confidencesAreAsRightAsContactsItDidNotSee() {
        RankingModel model = Trainer.train(lessons(600, 5)).model();

        double stated = lessons(600, 5).stream()
                .mapToDouble(lesson ->
                        model.rank(said(words(lesson.code().equals("REFUND"))), UNDECIDED).values().stream()
                                .mapToDouble(share -> share)
                                .max()
                                .orElseThrow())
                .average()
                .orElseThrow();

        assertThat(stated).isBetween(0.7, 0.9);
    }

    @Test
    void theSameLessonsGiveTheSameModel() {
        assertThat(Trainer.train(lessons(60, 4)).model().toBytes())
                .isEqualTo(Trainer.train(lessons(60, 4)).model().toBytes());
    }

    @Test
    void aModelRanksAlikeOnceItWasStored() {
        RankingModel model = Trainer.train(lessons(200, 5)).model();
        RankingModel stored = RankingModel.parse(model.toBytes());

        assertThat(stored.codes()).isEqualTo(model.codes());
        assertThat(stored.rank(said("give", "it", "back"), UNDECIDED).get("REFUND"))
                .isCloseTo(model.rank(said("give", "it", "back"), UNDECIDED).get("REFUND"), within(1e-3));
    }

    @Test
    void aModelThatIsCutOffSaysSo() {
        byte[] stored = Trainer.train(lessons(60, 0)).model().toBytes();

        assertThatThrownBy(() -> RankingModel.parse(Arrays.copyOf(stored, stored.length - 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cut off");
    }

    @Test
    void theBlindOneDoesNotKnowWhatOnlyHeldBackContactsSay() {
        var lessons = new ArrayList<>(lessons(200, 0));
        lessons.replaceAll(lesson ->
                HeldBack.is(lesson.id()) ? new Lesson(lesson.id(), said("xylophone"), UNDECIDED, "COMPLAINT") : lesson);
        Trainer.Trained trained = Trainer.train(lessons);

        assertThat(trained.model().rank(said("xylophone"), UNDECIDED).get("COMPLAINT"))
                .isGreaterThan(0.75);
        assertThat(trained.blind().rank(said("xylophone"), UNDECIDED).get("COMPLAINT"))
                .isCloseTo(0.5, within(0.2));
    }

    /** @param noise one in so many bears the other code; 0 = none does */
    static List<Lesson> lessons(int count, int noise) {
        var random = new Random(7);
        var lessons = new ArrayList<Lesson>();
        for (int i = 0; i < count; i++) {
            boolean refund = random.nextBoolean();
            boolean wrong = noise > 0 && random.nextInt(noise) == 0;
            lessons.add(new Lesson(
                    "wrap-up-" + i, said(words(refund)), UNDECIDED, refund != wrong ? "REFUND" : "COMPLAINT"));
        }
        return lessons;
    }

    private static String[] words(boolean refund) {
        return refund ? new String[] {"give", "it", "back"} : new String[] {"this", "is", "bad"};
    }

    static Features said(String... words) {
        return new FeatureCollector()
                .words("customer", 2, List.of(List.of(words)))
                .with(new float[] {0.5f});
    }
}
