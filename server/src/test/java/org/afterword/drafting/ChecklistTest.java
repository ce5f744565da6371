package org.afterword.drafting;

import static org.afterword.drafting.TestContact.aContact;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChecklistTest {
    @Test
    void anItemIsTickedOnceItsPartIsThereAndRestsOnTheSameEvidence() {
        Draft draft = aContact()
                .customer("I lost my debit card and need a new card.")
                .agent("We will call you back by Friday.")
                .draft();

        assertThat(draft.checklist().keySet()).containsExactly("summary", "status", "follow-up");
        assertThat(draft.checklist().get("follow-up"))
                .isNotNull()
                .extracting(Claim::evidence)
                .isEqualTo(List.of(new Evidence.Quote(1, 0, 32, "We will call you back by Friday.")));
    }

    @Test
    void anItemIsTickedByWhatTheAgentSaid() {
        Draft draft = aContact()
                .agent("Sure. May I have your date of birth please?")
                .customer("The first of May.")
                .draft();

        assertThat(draft.checklist().get("verified"))
                .isNotNull()
                .extracting(Claim::evidence)
                .isEqualTo(List.of(new Evidence.Quote(0, 6, 43, "May I have your date of birth please?")));
    }

    @Test
    void whatTheCustomerSaysTicksNothing() {
        assertThat(aContact().customer("May I have your date of birth?").draft().checklist())
                .doesNotContainKey("verified");
    }

    @Test
    void anItemIsTickedByADesktopAction() {
        Draft draft = aContact()
                .customer("Hello, it's me.")
                .action("VerifyCustomer", Map.of())
                .draft();

        assertThat(draft.checklist().get("verified"))
                .isNotNull()
                .extracting(Claim::evidence)
                .isEqualTo(List.of(new Evidence.Action("action-0")));
    }
}
