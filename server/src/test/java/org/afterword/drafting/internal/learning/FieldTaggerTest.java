package org.afterword.drafting.internal.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.afterword.drafting.internal.learning.TaggedLine.Value;
import org.junit.jupiter.api.Test;

class FieldTaggerTest {
    private static final List<TaggedLine> LINES = lines();

    @Test
    void findsValuesWhereRecordsTaughtThatTheyStand() {
        FieldTagger tagger = FieldTaggerTrainer.train(LINES);

        assertThat(tagger.fields()).containsExactly("city", "name");
        assertThat(spans(tagger.tag(seen("my", "name", "is", "zoe", "zander")))).containsExactly("name 3-5");
        assertThat(spans(tagger.tag(seen("from", "oslo", "please")))).containsExactly("city 1-2");
        assertThat(tagger.tag(seen("thank", "you"))).isEmpty();
        assertThat(tagger.tag(new int[0][])).isEmpty();
    }

    @Test
    void isLessSureOfWhatWasTaughtBothWays() {
        List<TaggedLine> lines = new ArrayList<>(LINES);
        for (int i = 0; i < 20; i++) {
            String[] words = {"it", "is", "for", "paris"};
            lines.add(new TaggedLine(seen(words), i % 2 == 0 ? List.of(new Value("city", 3, 4, 1)) : List.of()));
        }
        FieldTagger tagger = FieldTaggerTrainer.train(lines);

        double unsure = tagger.tag(seen("it", "is", "for", "paris")).stream()
                .mapToDouble(Value::confidence)
                .max()
                .orElse(0);
        double certain = tagger.tag(seen("from", "paris", "please")).getFirst().confidence();
        assertThat(certain).isGreaterThan(0.7).isGreaterThan(unsure);
    }

    @Test
    void knowsNothingWithoutLessons() {
        assertThat(FieldTaggerTrainer.train(List.of()).tag(seen("from", "oslo")))
                .isEmpty();
    }

    @Test
    void findsTheSameOnceItWasStored() {
        FieldTagger tagger = FieldTaggerTrainer.train(LINES);

        FieldTagger again = FieldTagger.parse(tagger.toBytes());

        for (TaggedLine line : LINES) {
            assertThat(spans(again.tag(line.words()))).isEqualTo(spans(tagger.tag(line.words())));
        }
    }

    @Test
    void saysWhatIsWrongWithStoredBytes() {
        byte[] bytes = FieldTaggerTrainer.train(LINES).toBytes();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> FieldTagger.parse(Arrays.copyOf(bytes, 30)))
                .withMessage("a field tagger that is cut off after 30 bytes");
        bytes[3] = 7;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FieldTagger.parse(bytes))
                .withMessage("a field tagger of format 7, not 1");
    }

    private static List<TaggedLine> lines() {
        var lines = new ArrayList<TaggedLine>();
        for (String name : List.of("ann", "bob", "cleo", "dan", "eve", "finn")) {
            lines.add(new TaggedLine(seen("my", "name", "is", name, "z" + name), List.of(new Value("name", 3, 5, 1))));
            lines.add(new TaggedLine(seen("thank", "you", name), List.of()));
        }
        for (String city : List.of("paris", "rome", "lima", "bonn", "bern", "kyiv")) {
            lines.add(new TaggedLine(seen("from", city, "please"), List.of(new Value("city", 1, 2, 1))));
            lines.add(new TaggedLine(seen("thank", "you"), List.of()));
        }
        return lines;
    }

    /** The word, the one before it and its first letter. */
    private static int[][] seen(String... words) {
        return IntStream.range(0, words.length)
                .mapToObj(i -> new int[] {
                    ("w" + words[i]).hashCode(),
                    ("before" + (i == 0 ? "^" : words[i - 1])).hashCode(),
                    ("begins" + words[i].charAt(0)).hashCode()
                })
                .toArray(int[][]::new);
    }

    private static List<String> spans(List<Value> values) {
        return values.stream()
                .map(value -> "%s %d-%d".formatted(value.field(), value.from(), value.to()))
                .toList();
    }
}
