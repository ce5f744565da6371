package org.afterword.drafting.internal.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JudgmentsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Customer was rude and asked to move $950.     | rude",
                "The caller was very angry and rude.           | rude",
                "Difficult customer, wanted a refund.          | Difficult",
                "She sounded drunk.                            | drunk",
                "Customer seems drunk.                         | drunk",
                "He is a liar.                                 | liar",
                "Mr. Smith was being unreasonable.             | unreasonable",
                "Customer kept lying about the payment.        | lying",
                "cust was impatient                            | impatient",
                "Rude and pushy.                               | Rude",
                "Very rude on the phone.                       | rude",
                "Spoke to an idiot about the bill.             | idiot",
                "Customer has dementia.                        | dementia",
                "Caller probably has a drinking problem.       | a drinking problem",
                "Customer obviously wants to move $950.        | obviously",
                "Customer seemed confused.                     | seemed confused",
                "I think the order is lost.                    | I think",
                "Customer appears to be elderly.               | appears to be elderly"
            })
    void aJudgmentOfTheCustomerIsFound(String statement, String judgment) {
        assertThat(Judgments.in(statement)).extracting(Judgments.Judgment::text).contains(judgment);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Customer received the rude letter in May.",
                "Customer is difficult to reach before noon.",
                "Customer said that the driver was rude.",
                "Customer complained about the agent; he was rude.",
                "Customer was suspicious of the charge.",
                "Customer is entitled to a refund.",
                "Customer was demanding a refund of $20.",
                "Customer bought a cheap flight.",
                "The aggressive cleaner damaged the floor.",
                "The account appears to be registered twice.",
                "Customer appears in both systems.",
                "The line was clearly faulty.",
                "The router seems broken.",
                "Customer asked for a quiet room.",
                "Customer feels the price is too high.",
                "Customer has a pain in the lower back.",
                "The difficult part is done.",
                "Customer's card was stolen by a crazy driver on Monday."
            })
    void whatIsSaidOfSomethingElseIsNot(String statement) {
        assertThat(Judgments.in(statement)).isEmpty();
    }
}
