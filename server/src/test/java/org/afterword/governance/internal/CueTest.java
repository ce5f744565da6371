package org.afterword.governance.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CueTest {
    private static final List<String> PIECES = List.of(
            "cvv",
            "ssn",
            "S.S.N",
            "NIE",
            "tax id",
            "password",
            "p i n",
            "routing",
            "sort-code",
            "bank account",
            "número de seguridad social",
            "account",
            "order",
            "credit",
            "gift",
            "CVC2",
            "c v v",
            "cid",
            "cvn",
            "Ccv",
            "security",
            "social",
            "code",
            "number",
            "digits",
            "value",
            "card",
            "verification",
            "three",
            "Four",
            "3",
            "4",
            "digit",
            "on",
            "at",
            "the",
            "its",
            "back",
            "signature",
            "[",
            " ",
            " ",
            " ",
            " ",
            "-",
            "_",
            "é",
            "x",
            "1",
            ".",
            "\n",
            "ſ",
            "K");

    /** The quick look at the first two characters passes over nothing that a topic's names would match. */
    @Property(tries = 5000)
    void whereACueCanBeginIsWhereOneIsFound(@ForAll long seed) {
        var random = new Random(seed);
        String text = random.ints(random.nextInt(20), 0, PIECES.size())
                .mapToObj(PIECES::get)
                .collect(Collectors.joining(random.nextBoolean() ? " " : ""));

        assertThat(Cue.allIn(text)).isEqualTo(slowly(text));
    }

    @Test
    void masksAnswerAndNameNothing() {
        assertThat(Cue.allIn("your [security code] and [national id]"))
                .extracting(Cue::topic, Cue::masked)
                .containsExactly(tuple(Topic.SECURITY_CODE, true), tuple(Topic.NATIONAL_ID, true));
    }

    private static List<Cue> slowly(String text) {
        List<Cue> cues = new ArrayList<>();
        for (int at = 0; at < text.length(); at++) {
            for (Topic topic : Topic.values()) {
                Matcher matcher =
                        topic.pattern().matcher(text).useTransparentBounds(true).region(at, text.length());
                if (matcher.lookingAt()) {
                    cues.add(new Cue(topic, at, matcher.end(), false));
                    at = matcher.end() - 1;
                    break;
                }
            }
        }
        return cues;
    }
}
