package org.afterword.drafting.internal.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
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
    void aContactMayHaveSeveralCodesAndNone() {
        var lessons = new ArrayList<Lesson>();
        for (int i = 0; i < 200; i++) {
            Set<String> codes = i % 4 == 0
                    ? Set.of("REFUND", "COMPLAINT")
                    : i % 4 == 1 ? Set.of("REFUND") : i % 4 == 2 ? Set.of("COMPLAINT") : Set.of();
            var words = new ArrayList<String>(List.of("hello"));
            if (codes.contains("REFUND")) {
                words.addAll(List.of("give", "it", "back"));
            }
            if (codes.contains("COMPLAINT")) {
                words.addAll(List.of("this", "is", "bad"));
            }
            lessons.add(new Lesson(
                    "wrap-up-" + i,
                    said(words.toArray(String[]::new)),
                    Map.of("REFUND", 0.1, "COMPLAINT", 0.1),
                    codes));
        }
        RankingModel model =
                RankingModel.parse(Trainer.train(lessons, Link.ANY_OF).model().toBytes());

        Map<String, Double> both = model.rank(
                said("hello", "give", "it", "back", "this", "is", "bad"), Map.of("REFUND", 0.1, "COMPLAINT", 0.1));
        Map<String, Double> none = model.rank(said("hello"), Map.of("REFUND", 0.1, "COMPLAINT", 0.1));

        assertThat(both.values()).allSatisfy(share -> assertThat(share).isGreaterThan(0.8));
        assertThat(none.values()).allSatisfy(share -> assertThat(share).isLessThan(0.2));
        assertThat(Judgement.of(model, null, lessons).right()).isGreaterThan(0.95);
    }

    /** What is heard is true of a contact in four of five; the catalog's words are surer than that of everything. */
    @Test
    void eachOfSeveralCodesIsAsLikelyAsItIsTrueOfContactsItDidNotSee() {
        RankingModel model = Trainer.train(noisy(1_500, 0), Link.ANY_OF).model();

        var stated = new ArrayList<Double>();
        var right = new ArrayList<Boolean>();
        for (Lesson lesson : noisy(4_000, 1_500)) {
            model.rank(lesson.features(), lesson.prior()).forEach((code, share) -> {
                stated.add(share);
                right.add(lesson.codes().contains(code));
            });
        }

        assertThat(calibrationError(stated, right)).isLessThan(0.03);
    }

    @Test
    void aCodeThatNothingWasLearnedOfIsAsLikelyAsTheCatalogsWordsWereRight() {
        RankingModel model = Trainer.train(noisy(1_500, 0), Link.ANY_OF).model();

        Map<String, Double> shares =
                model.rank(said("hello"), Map.of("NEW_AND_NAMED", 0.95, "NEW_AND_NEAR", 0.5, "NEW_AND_FAR", 0.05));

        assertThat(shares.get("NEW_AND_NAMED")).isCloseTo(0.8, within(0.05));
        assertThat(shares.get("NEW_AND_FAR")).isCloseTo(0.2, within(0.05));
        assertThat(shares.get("NEW_AND_NEAR"))
                .isLessThan(shares.get("NEW_AND_NAMED"))
                .isGreaterThan(shares.get("NEW_AND_FAR"));
    }

    /** Of each of two codes, independently, the words of the catalog are sure, and right in four of five contacts. */
    private static List<Lesson> noisy(int count, int from) {
        var random = new Random(from + 1);
        var lessons = new ArrayList<Lesson>();
        for (int i = 0; i < count; i++) {
            var codes = new HashSet<String>();
            var words = new ArrayList<>(List.of("hello"));
            var prior = new HashMap<String, Double>();
            for (String code : List.of("REFUND", "COMPLAINT")) {
                boolean heard = random.nextBoolean();
                if (heard) {
                    words.add(code.toLowerCase(Locale.ROOT));
                }
                prior.put(code, heard ? 0.95 : 0.05);
                if (heard == (random.nextInt(5) > 0)) {
                    codes.add(code);
                }
            }
            lessons.add(new Lesson("wrap-up-" + (from + i), said(words.toArray(String[]::new)), prior, codes));
        }
        return lessons;
    }

    /** Over ten bands of equal size. */
    private static double calibrationError(List<Double> stated, List<Boolean> right) {
        List<Integer> order = IntStream.range(0, stated.size())
                .boxed()
                .sorted(Comparator.comparing(stated::get))
                .toList();
        double error = 0;
        for (int band = 0; band < 10; band++) {
            List<Integer> within = order.subList(band * order.size() / 10, (band + 1) * order.size() / 10);
            double off = within.stream()
                    .mapToDouble(i -> stated.get(i) - (right.get(i) ? 1 : 0))
                    .sum();
            error += Math.abs(off) / order.size();
        }
        return error;
    }

    @Test
    void aModelOfTheFirstFormatIsOneOfItsCodes() throws IOException {
        var stored = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(stored)) {
            out.writeInt(1);
            out.writeInt(2);
            out.writeUTF("COMPLAINT");
            out.writeUTF("REFUND");
            out.writeDouble(2); // temperature
            out.writeDouble(0.9); // sure
            out.writeInt(0); // features
            out.writeInt(2); // biases
            out.writeShort(Float.floatToFloat16(0));
            out.writeShort(Float.floatToFloat16((float) Math.log(9)));
        }

        RankingModel model = RankingModel.parse(stored.toByteArray());

        assertThat(model.link()).isEqualTo(Link.ONE_OF);
        assertThat(model.sure()).isEqualTo(0.9);
        assertThat(model.rank(said("hello"), UNDECIDED).get("REFUND"))
                .as("odds of nine to one, at twice the temperature three to one")
                .isCloseTo(0.75, within(1e-3));
    }

    /** Half of the contacts are about both; which they are booked under is what was told first, and the words as a whole are the same. */
    @Test
    void ofSeveralMattersTheOneThatIsToldFirstDecides() {
        RankingModel model =
                RankingModel.parse(Trainer.train(ofBoth(400)).model().toBytes());

        assertThat(model.rank(lines("so listen", "give it back", "well then", "this is bad"), UNDECIDED)
                        .get("REFUND"))
                .isGreaterThan(0.8);
        assertThat(model.rank(lines("so listen", "this is bad", "give it back", "well then"), UNDECIDED)
                        .get("COMPLAINT"))
                .isGreaterThan(0.8);
    }

    @Test
    void linesThatTellNothingKnownLeaveTheCatalogItsSay() {
        RankingModel model = Trainer.train(ofBoth(400)).model();

        Map<String, Double> shares =
                model.rank(lines("so listen", "zebra"), Map.of("REFUND", 0.05, "COMPLAINT", 0.05, "NEW_CODE", 0.9));

        assertThat(shares.get("NEW_CODE")).isGreaterThan(0.5);
    }

    /** As are all that were confirmed before lines were kept. */
    @Test
    void aContactWithoutLinesIsRankedByAllThatWasSaid() {
        RankingModel model = Trainer.train(ofBoth(400)).model();

        assertThat(model.rank(said("give", "it", "back"), UNDECIDED).get("REFUND"))
                .isGreaterThan(0.7);
    }

    @Test
    void theSameLinesGiveTheSameModel() {
        assertThat(Trainer.train(ofBoth(100)).model().toBytes())
                .isEqualTo(Trainer.train(ofBoth(100)).model().toBytes());
    }

    /** After an upgrade: what ten contacts' lines say is not told of all that come. */
    @Test
    void linesOfAFewContactsDoNotCountYet() {
        List<Lesson> lessons = new ArrayList<>(lessons(300, 5));
        lessons.addAll(ofBoth(10).stream()
                .map(lesson -> new Lesson("new-" + lesson.id(), lesson.features(), lesson.prior(), lesson.code()))
                .toList());
        RankingModel model = Trainer.train(lessons).model();

        Features withLines = lines("give it back");
        var withoutLines = new Features(withLines.hashes(), withLines.weights(), withLines.meaning(), List.of());

        assertThat(model.rank(withLines, UNDECIDED)).isEqualTo(model.rank(withoutLines, UNDECIDED));
    }

    /** The words of each code are its own; a code that was added yesterday has only what the catalog says of it. */
    @Test
    void learnedCodesDoNotTakeTheContactsOfNewOnes() {
        var random = new Random(5);
        var lessons = new ArrayList<Lesson>();
        for (int i = 0; i < 1_000; i++) {
            int code = random.nextInt(10);
            int booked = random.nextInt(6) == 0 ? random.nextInt(10) : code;
            lessons.add(new Lesson("wrap-up-" + i, named(code, random), hunch(code, 10, random), "CODE_" + booked));
        }
        RankingModel model = Trainer.train(lessons).model();

        int right = 0;
        for (int i = 0; i < 200; i++) {
            Map<String, Double> shares = model.rank(named(10, random), hunch(10, 11, random));
            right += shares.entrySet().stream()
                            .max(Map.Entry.comparingByValue())
                            .orElseThrow()
                            .getKey()
                            .equals("CODE_10")
                    ? 1
                    : 0;
        }

        assertThat(right).as("of 200; 107 by the catalog's words as they are").isGreaterThan(150);
    }

    /** Two words of the code, and one of another. */
    private static Features named(int code, Random random) {
        return said("word" + code, "term" + code, "word" + random.nextInt(10));
    }

    /** In three of four contacts the catalog's words favor the code that is right, else another one. */
    private static Map<String, Double> hunch(int code, int codes, Random random) {
        int favored = random.nextInt(4) > 0 ? code : random.nextInt(codes);
        var prior = new HashMap<String, Double>();
        for (int i = 0; i < codes; i++) {
            prior.put("CODE_" + i, i == favored ? 0.3 : 0.7 / (codes - 1));
        }
        return prior;
    }

    private static List<Lesson> ofBoth(int count) {
        var random = new Random(11);
        var lessons = new ArrayList<Lesson>();
        for (int i = 0; i < count; i++) {
            boolean refund = random.nextBoolean();
            var said = new ArrayList<>(List.of("so listen", refund ? "give it back" : "this is bad"));
            if (random.nextBoolean()) {
                said.add(refund ? "this is bad" : "give it back");
            }
            said.add(random.nextInt(said.size()), "well then");
            lessons.add(new Lesson(
                    "wrap-up-" + i, lines(said.toArray(String[]::new)), UNDECIDED, refund ? "REFUND" : "COMPLAINT"));
        }
        return lessons;
    }

    private static Features lines(String... lines) {
        List<List<String>> words =
                Arrays.stream(lines).map(line -> List.of(line.split(" "))).toList();
        return new FeatureCollector()
                .words("customer", 2, words)
                .with(
                        new float[] {0.5f},
                        words.stream()
                                .map(line -> new FeatureCollector()
                                        .words("line", 1, List.of(line))
                                        .with(new float[] {0.5f}))
                                .toList());
    }

    @Test
    void aModelOfTheSecondFormatReadsNoLines() throws IOException {
        var stored = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(stored)) {
            out.writeInt(2);
            out.writeUTF("ONE_OF");
            out.writeInt(2);
            out.writeUTF("COMPLAINT");
            out.writeUTF("REFUND");
            for (double number : new double[] {0.5, 0, 0.5, 0, 0.9}) { // two scales, then from where on it is sure
                out.writeDouble(number);
            }
            out.writeInt(0); // features
            out.writeInt(2); // biases
            out.writeShort(Float.floatToFloat16(0));
            out.writeShort(Float.floatToFloat16((float) Math.log(9)));
        }

        RankingModel model = RankingModel.parse(stored.toByteArray());

        assertThat(model.sure()).isEqualTo(0.9);
        assertThat(model.rank(said("hello"), UNDECIDED).get("REFUND")).isCloseTo(0.75, within(1e-3));
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
