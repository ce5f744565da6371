package org.afterword.drafting.internal.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.afterword.drafting.internal.check.Fact.Kind;
import org.afterword.drafting.internal.check.Facts.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FactsTest {
    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);
    private static final String[] UNITS = {
        "",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen"
    };
    private static final String[] TENS = {
        "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"
    };

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "She is 26 years old.                         | I'm twenty six.",
                "Transferred $1,250.50.                       | move 1250.50 dollars please",
                "Transferred 1,250 dollars.                   | twelve hundred and no, one thousand two hundred and fifty dollars",
                "Paid $950.                                   | nine hundred and fifty dollars",
                "Seen on 01/10/09.                            | I saw him on January tenth two thousand nine.",
                "Seen on July 31, 2008.                       | it was July thirty first two thousand eight",
                "Since August 1998.                           | since august of nineteen ninety eight",
                "Leaves at 8:15 am.                           | at quarter past eight in the morning",
                "Leaves at 3:30 pm.                           | three thirty is fine",
                "Leaves at 08:15.                             | To confirm, the 0815 departure",
                "Called 408-739-6520.                         | four oh eight seven three nine six five two oh",
                "Called (408) 739-6520.                       | my number is 408 739 6520",
                "Bought 2 tickets.                            | We want a couple of tickets",
                "For 1.5 years.                               | for a year and a half",
                "Fell at the ABC Store.                       | I fell in an A B C store.",
                "Takes medication for GERD.                   | for the G E R D",
                "Customer complained to Spotify.              | SpotifyCares hey",
                "Has CHF.                                     | he has congestive heart failure",
                "Meets Katherine on Friday.                   | see catherine katharine on fri",
                "Due on March 3.                              | do it tomorrow",
                "Due on March 13.                             | next Friday then",
                "Write to amy@example.org.                    | amy at example dot org",
                "1. Reflux. 2. Asthma.                        | reflux and asthma",
                "Customer said it was the first time.         | I never had that"
            })
    void whatWasSaidInAnotherFormIsThere(String statement, String said) {
        assertThat(missing(statement, said)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "She is 62 years old.           | NUMBER  | 62            | I'm twenty six.",
                "Paid $905.                     | AMOUNT  | 905           | nine hundred and fifty dollars",
                "Paid $50.                      | AMOUNT  | 50            | nine hundred and fifty dollars",
                "Three days ago.                | NUMBER  | Three         | three years ago",
                "Since August 1999.             | DATE    | August 1999   | since august of nineteen ninety eight",
                "Seen on 01/11/09.              | DATE    | 01/11/09      | I saw him on January tenth two thousand nine.",
                "Seen on July 30, 2008.         | DATE    | July 30, 2008 | it was July thirty first two thousand eight",
                "Comes on Monday.               | DATE    | Monday        | next Friday then",
                "Leaves at 8:45 am.             | TIME    | 8:45 am       | at quarter past eight in the morning",
                "Leaves at 19:45.               | TIME    | 19:45         | at quarter past eight in the morning",
                "Called 408-739-6521.           | NUMBER  | 6521          | four oh eight seven three nine six five two oh",
                "He saw Dr. Patel.              | NAME    | Patel         | I saw doctor Kumar",
                "Sarah called.                  | NAME    | Sarah         | hi it's Anna",
                "Customer flies to Paris.       | NAME    | Paris         | I want to fly to rome",
                "Write to bob@example.org.      | ADDRESS | bob@example.org | amy at example dot org"
            })
    void whatWasNotSaidIsMissing(String statement, Kind kind, String text, String said) {
        assertThat(missing(statement, said)).extracting(Fact::kind, Fact::text).contains(tuple(kind, text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Refunded the fee and closed the account.",
                "Customer may call back.",
                "Rescheduled. Emailed the invoice.",
                "The Patient Denies Chest Pain And Nausea.",
                "Customer wanted one more of those.",
                "Second attempt."
            })
    void whatIsNoNameAndNoNumberIsNotMissing(String statement) {
        assertThat(missing(statement, "ok")).isEmpty();
    }

    @Test
    void saysWhereItStands() {
        assertThat(missing("Paid $905 to Amir.", "I paid"))
                .containsExactly(new Fact(Kind.AMOUNT, "905", 6, 9), new Fact(Kind.NAME, "Amir", 13, 17));
    }

    /** However it is written. */
    @Property(tries = 500)
    void aNumberThatWasNotSaidIsMissing(
            @ForAll("written") Written said, @ForAll("written") Written stated, @ForAll("fillings") String filling) {
        Assume.that(!said.value().equals(stated.value()));
        // a row of numbers may be read in parts
        Assume.that(!said.text().contains(" ") || !stated.isPartOf(said));

        assertThat(missing(
                        "The customer mentioned " + stated.text() + " " + filling + ".",
                        "it is " + said.text() + " I said"))
                .as("%s where %s was said", stated.text(), said.text())
                .isNotEmpty();
    }

    @Property(tries = 500)
    void aNumberThatWasSaidIsThere(
            @ForAll @IntRange(min = 2, max = 999_999) int value,
            @ForAll("forms") Form said,
            @ForAll("forms") Form stated) {
        assertThat(missing("The customer mentioned " + stated.of(value) + ".", "it is " + said.of(value) + " I said"))
                .as("%s where %s was said", stated.of(value), said.of(value))
                .isEmpty();
    }

    @Property(tries = 500)
    void whatStandsThereWordForWordIsNeverMissing(
            @ForAll("talks") List<String> turns, @ForAll @IntRange(min = 0, max = 5) int turn) {
        String copied = turns.get(turn % turns.size());
        var facts = new Facts(turns.stream().map(text -> new Source(text, DAY)).toList(), List.of());

        assertThat(facts.missing(copied, DAY)).isEmpty();
        assertThat(facts.missing(copied.toLowerCase(Locale.ROOT), DAY)).isEmpty();
    }

    /** How a number is written. */
    enum Form {
        DIGITS {
            @Override
            String of(int value) {
                return String.valueOf(value);
            }
        },
        GROUPED {
            @Override
            String of(int value) {
                return String.format(Locale.ROOT, "%,d", value);
            }
        },
        MONEY {
            @Override
            String of(int value) {
                return "$" + String.format(Locale.ROOT, "%,d", value);
            }
        },
        DOLLARS {
            @Override
            String of(int value) {
                return words(value) + " dollars";
            }
        },
        WORDS {
            @Override
            String of(int value) {
                return words(value);
            }
        };

        abstract String of(int value);
    }

    record Written(BigDecimal value, String text) {
        /** Digits of the one within those of the other. */
        boolean isPartOf(Written other) {
            return other.value().toPlainString().contains(value.toPlainString());
        }
    }

    @Provide
    Arbitrary<Form> forms() {
        return Arbitraries.of(Form.class);
    }

    @Provide
    Arbitrary<Written> written() {
        return Combinators.combine(Arbitraries.integers().between(2, 999_999), Arbitraries.of(Form.class))
                .as((value, form) -> new Written(BigDecimal.valueOf(value), form.of(value)));
    }

    @Provide
    Arbitrary<String> fillings() {
        return Arbitraries.of("", "and left", "as said before", "to the agent");
    }

    @Provide
    Arbitrary<List<String>> talks() {
        Arbitrary<String> word = Arbitraries.oneOf(
                Arbitraries.of(
                        "the",
                        "Paris",
                        "rude",
                        "MRI",
                        "on",
                        "March",
                        "third",
                        "1998",
                        "$5",
                        "3:30",
                        "pm",
                        "Dr.",
                        "Kumar",
                        "08/27/03",
                        "120/80",
                        "oh",
                        "S1",
                        "two",
                        "hundred",
                        "and",
                        "forty",
                        "%",
                        "mg",
                        "amy@example.org",
                        "+49 30 123456",
                        "!",
                        "?",
                        "half",
                        "Friday",
                        "next",
                        "in 3 days",
                        "ß",
                        "日本",
                        "1.0.64"),
                Arbitraries.integers().between(0, 100_000).map(String::valueOf),
                Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(8));
        return word.list()
                .ofMinSize(1)
                .ofMaxSize(12)
                .map(words -> String.join(" ", words))
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    private static List<Fact> missing(String statement, String said) {
        return new Facts(List.of(new Source(said, DAY)), List.of()).missing(statement, DAY);
    }

    private static String words(int value) {
        if (value >= 1000) {
            String rest = value % 1000 == 0 ? "" : " " + words(value % 1000);
            return words(value / 1000) + " thousand" + rest;
        }
        if (value >= 100) {
            String rest = value % 100 == 0 ? "" : " and " + words(value % 100);
            return UNITS[value / 100] + " hundred" + rest;
        }
        return value < 20 ? UNITS[value] : (TENS[value / 10] + " " + UNITS[value % 10]).strip();
    }
}
