package org.afterword.drafting;

import static org.afterword.drafting.TestContact.aContact;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import org.afterword.drafting.Claim.Check;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a customer that differs from what is known of them. */
class CustomerChangesTest {
    private static TestContact kim() {
        return aContact().knownAs("Kim Lee", "+1 (555) 010-1234", "kim@example.org", "12 Oak Street, Springfield");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            phone   | My new number is 555-010-9999.                                       | 555-010-9999
            phone   | Please change my phone number to 555-010-9999.                       | 555-010-9999
            phone   | My number was changed to 555-010-9999.                               | 555-010-9999
            phone   | My old number was 555-010-1234, my new number is 555-010-9999.       | 555-010-9999
            phone   | I'd like to update my phone number from 555-010-1234 to 555-010-9999. | 555-010-9999
            email   | My new e-mail address is Kim.Lee@work.example.                       | kim.lee@work.example
            email   | I don't use that email any more, my email is now klee@example.net.   | klee@example.net
            address | I just moved to 4 Elm Road, Salem.                                   | 4 Elm Road, Salem
            address | My new address is 99 Pine Ave, Springfield.                          | 99 Pine Ave, Springfield
            name    | I got married, my last name is now Miller.                           | Kim Miller
            phone   | It changed, my phone number is now five five five zero one zero nine nine nine nine. | 5550109999
            """)
    void whatIsCalledNewIsProposed(String of, String said, String becomes) {
        Draft draft =
                kim().customer("Hello.").agent("How can I help?").customer(said).draft();

        assertThat(changes(draft)).containsExactly(Map.entry(of, becomes));
    }

    @Test
    void aChangeHasWhatWasKnownAndTheTurnsThatItRestsOn() {
        Draft draft = kim().agent("I have 555-010-1234 as your phone number.")
                .customer("That's an old number. It's 555-010-9999.")
                .draft();

        Claim<CustomerChange> change = change(draft, "phone");
        assertThat(change.value()).isEqualTo(new CustomerChange("+1 (555) 010-1234", "555-010-9999"));
        assertThat(change.check()).isEqualTo(Check.SUPPORTED);
        assertThat(change.evidence())
                .containsExactly(
                        new Evidence.Quote(1, 22, 40, "It's 555-010-9999."),
                        new Evidence.Quote(1, 0, 21, "That's an old number."));
    }

    @Test
    void anotherOneThanTheAgentAskedToHaveConfirmedIsProposed() {
        Draft draft = kim().agent("Can you confirm your email address?")
                .customer("It's kimlee@example.net.")
                .draft();

        assertThat(changes(draft)).containsExactly(Map.entry("email", "kimlee@example.net"));
        assertThat(change(draft, "email").evidence())
                .contains(new Evidence.Quote(0, 0, 35, "Can you confirm your email address?"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "You can call me back at 555-010-9999.",
                "The best number to reach me today is 555-010-9999.",
                "My work number is 555-010-9999.",
                "My husband's new number is 555-010-9999.",
                "My number has not changed, it's 555-010-1234.",
                "The number of your office is now 555-010-9999.",
                "My new order number is 555-010-9999.",
                "My old number was 555-010-9999.",
                "The shipping address is 99 Pine Ave, Springfield.",
                "My email is KIM@example.org now.",
                "My new number is 1-555-010-1234.",
                "My address is now 12 Oak St.",
                "My name is Kim.",
                "Is this the right number for sales, 555-010-9999?",
                "I spoke to Peter Miller about my name."
            })
    void aCallbackNumberAnothersOrWhatIsKnownAnywayIsNot(String said) {
        Draft draft =
                kim().customer("Hello.").agent("How can I help?").customer(said).draft();

        assertThat(draft.customerChanges()).isEmpty();
    }

    @Test
    void aNumberThatTheAgentAskedForToCallBackIsNot() {
        Draft draft = kim().agent("What's the best number to call you back, is it still this one?")
                .customer("555-010-9999.")
                .draft();

        assertThat(draft.customerChanges()).isEmpty();
    }

    @Test
    void whatTheAgentSaysOfItsOwnIsNot() {
        Draft draft = kim().agent("My new number is 555-010-9999.")
                .customer("Okay, thanks.")
                .draft();

        assertThat(draft.customerChanges()).isEmpty();
    }

    @Test
    void ofSeveralTheOneSaidLastCountsAndOneTakenBackNoMore() {
        Draft corrected = kim().customer("My new number is 555-010-9999.")
                .agent("555-010-9999?")
                .customer("Sorry, my new number is 555-010-8888.")
                .draft();
        Draft takenBack = kim().customer("My new number is 555-010-9999.")
                .agent("555-010-9999?")
                .customer("No wait, my current number is 555-010-1234.")
                .draft();

        assertThat(changes(corrected)).containsExactly(Map.entry("phone", "555-010-8888"));
        assertThat(takenBack.customerChanges()).isEmpty();
    }

    @Test
    void whatIsNotKnownYetHasToBeCalledNew() {
        TestContact known = aContact().knownAs("Kim Lee", null, null, null);

        Draft asked = known.agent("Can you confirm your email address?")
                .customer("It's kimlee@example.net.")
                .draft();
        Draft announced = aContact()
                .knownAs("Kim Lee", null, null, null)
                .customer("My new email is kimlee@example.net.")
                .draft();

        assertThat(asked.customerChanges()).isEmpty();
        assertThat(change(announced, "email").value()).isEqualTo(new CustomerChange(null, "kimlee@example.net"));
        assertThat(aContact()
                        .customer("My new email is kimlee@example.net.")
                        .draft()
                        .customerChanges())
                .as("of a customer nobody knows")
                .isEmpty();
    }

    @Test
    void aValueThatItsEvidenceDoesNotHaveIsStruck() {
        DraftInput input = kim().customer("My new number is 555-010-9999.").input();
        Draft draft = new DraftingEngine(new WordEmbedder()).draft(input, ConfirmedExamples.NONE);
        Claim<CustomerChange> claim = change(draft, "phone");

        var wrong = new CustomerChange("+1 (555) 010-1234", "555-010-7777");

        Draft checked = new DraftCheck(input)
                .check(draft.withCustomerChanges(
                        Map.of("phone", Claim.of(claim.id(), wrong, claim.confidence(), claim.evidence()))));

        assertThat(claim.check()).isEqualTo(Check.SUPPORTED);
        assertThat(change(checked, "phone").check()).isEqualTo(Check.STRUCK);
    }

    private static Claim<CustomerChange> change(Draft draft, String of) {
        return draft.customerChanges().getOrDefault(of, Claim.notHeard("none"));
    }

    private static Map<String, String> changes(Draft draft) {
        return draft.customerChanges().entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, change -> {
            CustomerChange value = change.getValue().value();
            return value == null ? "" : value.after();
        }));
    }
}
