package org.afterword.drafting.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.afterword.drafting.Claim;
import org.afterword.drafting.CustomerChange;
import org.afterword.drafting.Draft;
import org.afterword.drafting.Draft.Alternative;
import org.afterword.drafting.Draft.Ranked;
import org.afterword.drafting.Draft.Statements;
import org.afterword.drafting.Evidence;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class ProposalsTest {
    @Test
    void aDispositionThatTheMachineIsSureOfFillsTheRecord() {
        assertThat(recordWithDispositionAt(Ranked.LEAST_TO_FILL)
                        .path("disposition")
                        .asString())
                .isEqualTo("booked");
    }

    @Test
    void oneThatItIsNotSureOfIsLeftToThePerson() {
        assertThat(recordWithDispositionAt(Ranked.LEAST_TO_FILL - 0.01).has("disposition"))
                .isFalse();
    }

    @Test
    void noChangeOfTheCustomersDataIsFilledInHoweverSureTheMachineIs() {
        assertThat(recordWithDispositionAt(1).has("customerChanges")).isFalse();
    }

    private static ObjectNode recordWithDispositionAt(double confidence) {
        return Proposals.of(new Draft(
                Draft.Status.READY,
                null,
                null,
                null,
                null,
                null,
                Statements.NONE,
                Statements.NONE,
                Statements.NONE,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                new Ranked(
                        Claim.of("disposition", "booked", confidence, List.of(new Evidence.Action("action-0"))),
                        List.of(new Alternative("recommended", 0.1))),
                null,
                null,
                Map.of(
                        "phone",
                        Claim.of(
                                "customerChanges/phone",
                                new CustomerChange("555 0100", "555 0199"),
                                confidence,
                                List.of(new Evidence.Action("action-0"))))));
    }
}
