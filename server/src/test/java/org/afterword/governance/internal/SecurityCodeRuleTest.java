package org.afterword.governance.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class SecurityCodeRuleTest {
    private static final List<String> PIECES = List.of(
            "cvv",
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

    @Property(tries = 5000)
    void whereACueCanBeginIsWhereOneIsFound(@ForAll long seed) {
        var random = new Random(seed);
        String text = random.ints(random.nextInt(20), 0, PIECES.size())
                .mapToObj(PIECES::get)
                .collect(Collectors.joining(random.nextBoolean() ? " " : ""));

        List<String> plain = SecurityCodeRule.CUE
                .matcher(text)
                .results()
                .map(SecurityCodeRuleTest::place)
                .toList();

        assertThat(SecurityCodeRule.cuesIn(text).stream()
                        .map(SecurityCodeRuleTest::place)
                        .toList())
                .isEqualTo(plain);
    }

    private static String place(MatchResult cue) {
        return cue.start() + " to " + cue.end();
    }
}
