package org.afterword.drafting;

import static org.afterword.drafting.TestContact.aContact;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.afterword.drafting.Claim.Check;
import org.afterword.drafting.Draft.Statements;
import org.afterword.drafting.Draft.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DraftCheckTest {
    private static final String SAID =
            "Please move nine hundred and fifty dollars to Raghav next Friday at half past 3 in the afternoon.";

    private final DraftInput input = aContact()
            .customer(SAID)
            .agent("Done, and he can be reached at 408-739-6520.")
            .action("TransferMoney", Map.of("amount", "950", "recipient_name", "Raghav"))
            .input();
    private final Evidence said = new Evidence.Quote(0, 0, SAID.length(), SAID);
    private final Evidence done = new Evidence.Action("action-0");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Customer asked to move $950 to Raghav.",
                "Customer asked for a transfer of 950 dollars on March 13 at 3:30 pm.",
                "Customer Raghav called."
            })
    void aTextWhoseFactsAreInItsEvidenceStands(String text) {
        assertThat(check(text, said)).isEqualTo(Check.SUPPORTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Customer asked to move $905 to Raghav.",
                "Customer asked to move $950 to Amir.",
                "Customer asked to move $950 on March 14.",
                "Customer asked to move $950 at 3 pm.",
                "Customer asked to move three hundred dollars.",
                "Amy Smith asked to move $950.",
                "Customer can be reached at 408-739-6521.",
                "Customer wrote from amy@example.org."
            })
    void aPlantedNumberNameDateOrAddressIsStruck(String text) {
        assertThat(check(text, said)).isEqualTo(Check.STRUCK);
    }

    @Test
    void anActionIsEvidenceForItsParameters() {
        assertThat(check("Agent transferred $950 to Raghav.", done)).isEqualTo(Check.SUPPORTED);
        assertThat(check("Agent transferred $9,500 to Raghav.", done)).isEqualTo(Check.STRUCK);
    }

    @Test
    void aTextWithoutEvidenceIsUnsupported() {
        assertThat(check("Customer was asked to wait.")).isEqualTo(Check.UNSUPPORTED);
    }

    @Test
    void evidenceThatDoesNotExistCountsForNothing() {
        assertThat(check("Customer called.", new Evidence.Quote(0, 0, 6, "Kindly")))
                .isEqualTo(Check.UNSUPPORTED);
        assertThat(check("Customer called.", new Evidence.Quote(7, 0, 6, "Please")))
                .isEqualTo(Check.UNSUPPORTED);
        assertThat(check("Customer called.", new Evidence.Action("action-9"))).isEqualTo(Check.UNSUPPORTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Customer was rude and asked to move $950.",
                "Customer obviously wants to move $950.",
                "Customer seemed suspicious."
            })
    void aJudgmentIsAnOpinion(String text) {
        assertThat(check(text, said)).isEqualTo(Check.OPINION);
    }

    @Test
    void aFieldIsStruckUnlessItsValueIsInItsEvidence() {
        assertThat(field("amount", "$950", said)).isEqualTo(Check.SUPPORTED);
        assertThat(field("amount", "$950", done)).isEqualTo(Check.SUPPORTED);
        assertThat(field("amount", "$590", said)).isEqualTo(Check.STRUCK);
        assertThat(field("departure_date", "2026-03-13", said)).isEqualTo(Check.SUPPORTED);
        assertThat(field("departure_date", "2026-03-06", said)).isEqualTo(Check.STRUCK);
        assertThat(field("amount", "$950")).isEqualTo(Check.STRUCK);
        assertThat(field("of_no_form", "950", said)).isEqualTo(Check.STRUCK);
    }

    private Check check(String text, Evidence... evidence) {
        Draft draft = draft(new Statements(List.of(Claim.of("summary/issue", text, 1, List.of(evidence)))), Map.of());
        return new DraftCheck(input)
                .check(draft)
                .summary()
                .statements()
                .getFirst()
                .check();
    }

    private Check field(String name, String value, Evidence... evidence) {
        Draft draft = draft(Statements.NONE, Map.of(name, Claim.of("fields/" + name, value, 1, List.of(evidence))));
        return new DraftCheck(input)
                .check(draft)
                .fields()
                .getOrDefault(name, Claim.notHeard("none"))
                .check();
    }

    private static Draft draft(Statements summary, Map<String, Claim<String>> fields) {
        return new Draft(
                Status.READY,
                null,
                "test",
                "test",
                null,
                null,
                summary,
                Statements.NONE,
                Statements.NONE,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                fields,
                Map.of(),
                null,
                null,
                null,
                Map.of());
    }
}
