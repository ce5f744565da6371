package org.afterword.drafting.internal.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.afterword.drafting.internal.language.Mention.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MentionsTest {
    private static final LocalDate FRIDAY = LocalDate.of(2019, 3, 1);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            March 10th                      | 2019-03-10
            the 14th of March, please       | 2019-03-14
            9 March 2021                    | 2021-03-09
            march the ninth                 | 2019-03-09
            on march twenty first           | 2019-03-21
            January 3rd                     | 2019-01-03
            December 24                     | 2018-12-24
            the 8th                         | 2019-03-08
            12th of this month              | 2019-03-12
            the 2nd of next month           | 2019-04-02
            later today                     | 2019-03-01
            tomorrow                        | 2019-03-02
            this Saturday                   | 2019-03-02
            Sunday this week                | 2019-03-03
            next Wednesday                  | 2019-03-06
            Friday next week                | 2019-03-08
            uh tuesday                      | 2019-03-05
            Friday the 8th                  | 2019-03-08
            in 3 days                       | 2019-03-04
            in two weeks                    | 2019-03-15
            2019-04-05                      | 2019-04-05
            3/19/2019                       | 2019-03-19
            19.3.2019                       | 2019-03-19
            """)
    void aDayIsResolvedFromTheDayItWasNamedOn(String said, String date) {
        assertThat(only(Kind.DATE, said)).isEqualTo(date);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            8:30 am                         | 08:30
            at 6 PM                         | 18:00
            08:30 if possible               | 08:30
            5 p.m.                          | 17:00
            six in the evening              | 18:00
            half past 3 in the afternoon    | 15:30
            quarter to 5 pm                 | 16:45
            1 o"clock in the afternoon      | 13:00
            um eight fifteen a m            | 08:15
            morning 11                      | 11:00
            12 am                           | 00:00
            noon                            | 12:00
            """)
    void aTimeIsReadInFiguresAndInWords(String said, String time) {
        assertThat(only(Kind.TIME, said)).isEqualTo(time);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            $10,507.22                          | $10,507.22
            nine hundred and fifty dollars      | $950
            one thousand five hundred dollars   | $1,500
            uh one hundred and thirty five dollars | $135
            a hundred bucks                     | $100
            €20                                 | €20
            12.5 euros                          | €12.50
            """)
    void anAmountKeepsItsCurrency(String said, String amount) {
        assertThat(only(Kind.AMOUNT, said)).isEqualTo(amount);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            call 408-739-6520                             | 4087396520  | PHONE
            +1 415-829-0000                               | +14158290000 | PHONE
            it is five five five oh one two three         | 5550123     | PHONE
            write to Ann.Lee@mail.example.org             | ann.lee@mail.example.org | EMAIL
            ann dot lee at example dot org                | ann.lee@example.org | EMAIL
            for two people                                | 2           | NUMBER
            we are 1,200                                  | 1200        | NUMBER
            """)
    void numbersAndAddressesAreReadAsSaid(String said, String value, Kind kind) {
        assertThat(only(kind, said)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "the 4th street exit",
        "I may call",
        "one of them",
        "that one is fine",
        "at three",
        "3/4/2019",
        "I march on"
    })
    void whatCouldMeanSomethingElseIsNoValue(String said) {
        assertThat(Mentions.in(said, FRIDAY))
                .extracting(Mention::kind)
                .doesNotContain(Kind.DATE, Kind.TIME, Kind.AMOUNT);
    }

    @Test
    void aMentionKnowsWhereItStands() {
        String said = "Please move nine hundred and fifty dollars to Raghav on March 8th.";

        assertThat(Mentions.in(said, FRIDAY))
                .extracting(m -> said.substring(m.from(), m.to()))
                .containsExactly("nine hundred and fifty dollars", "March 8th");
    }

    private static String only(Kind kind, String said) {
        return Mentions.in(said, FRIDAY).stream()
                .filter(m -> m.kind() == kind)
                .map(Mention::value)
                .reduce((a, b) -> a + " and " + b)
                .orElse("none in " + Mentions.in(said, FRIDAY));
    }
}
