package org.afterword.drafting.internal.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.Set;
import org.afterword.drafting.internal.evaluation.Planter.Kind;
import org.afterword.drafting.internal.evaluation.Planter.Planted;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanterTest {
    private static final Set<String> TALK =
            Planter.words("I paid Amir five dollars at 3:30 pm on May 4, 2020, no 12345");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NAME   | She paid Amir.        | Then Kumar called.     | She paid Kumar.",
                "NUMBER | Order 12345 is late.  | Order 67890 is late.   | Order 67890 is late.",
                "NUMBER | Paid five times.      | Called twelve times.   | Paid twelve times.",
                "AMOUNT | Paid $5.              | Paid $1,000.           | Paid $1,000.",
                "DATE   | Due May 4, 2020.      | Due June 6, 2021.      | Due June 6, 2021.",
                "TIME   | Came at 3:30 pm.      | Came at 8:45 am.       | Came at 8:45 am."
            })
    void aValueBecomesAnotherOneOfItsKindAndForm(Kind kind, String statement, String other, String expected) {
        var planter = new Planter();
        planter.learn(statement, TALK);
        planter.learn(other, Planter.words(other));

        Planted planted = planter.plant(statement, kind, TALK, new Random(1)).orElseThrow();

        assertThat(planted.text()).isEqualTo(expected);
        assertThat(other).contains(planted.text().substring(planted.from(), planted.to()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NAME   | She paid Amir.        | Then she called.",
                "NUMBER | Order 12345 is late.  | Order 678 is late.",
                "AMOUNT | Paid 5 dollars.       | Paid $1,000."
            })
    void nothingIsPlantedThatWouldNotStandThere(Kind kind, String statement, String other) {
        var planter = new Planter();
        planter.learn(statement, TALK);
        planter.learn(other, Planter.words(other));

        assertThat(planter.plant(statement, kind, TALK, new Random(1))).isEmpty();
    }
}
