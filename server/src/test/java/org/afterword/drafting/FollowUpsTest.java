package org.afterword.drafting;

import static org.afterword.drafting.TestContact.aContact;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.List;
import org.afterword.drafting.FollowUp.Kind;
import org.afterword.drafting.FollowUp.Owner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FollowUpsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            We will call you back by Friday.                              | CALLBACK | 2026-03-06T23:59 | Agent will call the customer back by Friday.
            I'll email you the forms tomorrow.                            | EMAIL    | 2026-03-03T23:59 | Agent will email the customer the forms tomorrow.
            Someone will contact you within 3 business days.              | CALLBACK | 2026-03-05T23:59 | Someone will contact the customer within 3 business days.
            okay i will send you a new card in two weeks                  | DOCUMENT | 2026-03-16T23:59 | Agent will send the customer a new card in two weeks.
            I'm going to send you a text message at 5 pm.                 | SMS      | 2026-03-02T17:00 | Agent will send the customer a text message at 5 pm.
            We'll refund the fee by the end of the week.                  | PROCESS  | 2026-03-06T23:59 | Agent will refund the fee by the end of the week.
            I will look into the charge and get back to you.              | CALLBACK |                  | Agent will look into the charge and get back to the customer.
            """)
    void aPromiseOfTheAgentBecomesAFollowUpDueInTheTenantsZone(
            String said, Kind kind, @Nullable LocalDateTime due, String text) {
        FollowUp followUp =
                only(aContact().customer("I was charged twice.").agent(said).draft());

        assertThat(followUp)
                .isEqualTo(new FollowUp(
                        text,
                        kind,
                        Owner.AGENT,
                        due == null ? null : due.atZone(TestContact.ZONE).toInstant()));
    }

    @Test
    void theCustomerPromisesToo() {
        FollowUp followUp = only(aContact()
                .customer("Okay, I'll send you the documents tomorrow.")
                .draft());

        assertThat(followUp.owner()).isEqualTo(Owner.CUSTOMER);
        assertThat(followUp.text()).isEqualTo("Customer will send the agent the documents tomorrow.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I'll check that for you.",
                "I will send it right now.",
                "One moment, I'll look that up.",
                "Shall we call you back?",
                "You will get 1 ticket."
            })
    void whatIsDoneInTheTalkIsNoPromise(String said) {
        assertThat(aContact().customer("I need help.").agent(said).draft().followUps())
                .isEmpty();
    }

    @Test
    void aPromiseKeptBeforeTheEndIsGone() {
        Draft draft = aContact()
                .agent("I will send you the confirmation email.")
                .customer("Thanks.")
                .agent("I have sent the confirmation email to you.")
                .draft();

        assertThat(draft.followUps()).isEmpty();
    }

    @Test
    void aPromiseIsAlsoTheNextStepAndLeavesTheContactPending() {
        Draft draft = aContact()
                .customer("My card does not work.")
                .agent("We will call you back by Friday.")
                .customer("Okay, thank you.")
                .draft();

        assertThat(draft.nextSteps())
                .extracting(Claim::value)
                .containsExactly("Agent will call the customer back by Friday.");
        assertThat(draft.resolution()).isNotNull().extracting(Claim::value).isEqualTo("pending");
    }

    private static FollowUp only(Draft draft) {
        List<FollowUp> values = draft.followUps().stream()
                .flatMap(claim -> java.util.Optional.ofNullable(claim.value()).stream())
                .toList();
        assertThat(values).hasSize(1);
        return values.getFirst();
    }
}
