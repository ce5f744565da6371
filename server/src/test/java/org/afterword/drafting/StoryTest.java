package org.afterword.drafting;

import static org.afterword.drafting.TestContact.aContact;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoryTest {
    @Test
    void aTransferIsToldInTwoSentences() {
        Draft draft = aContact()
                .customer("Hi, I want to transfer money to Amy, please.")
                .agent("How much and from which account?")
                .customer("$200 from my checking account.")
                .agent("Please confirm: transfer $200 from your checking account to Amy.")
                .customer("Yes.")
                .action("TransferMoney", Map.of("amount", "200", "account_type", "checking", "recipient_name", "Amy"))
                .agent("Your transfer was successful.")
                .customer("That's all, thanks.")
                .draft();

        assertThat(summary(draft))
                .isEqualTo(
                        "Customer wanted to transfer money to Amy. Agent transferred the money: $200, to Amy, checking.");
        assertThat(draft.summary().statements())
                .allSatisfy(claim -> assertThat(claim.check()).isEqualTo(Claim.Check.SUPPORTED))
                .allSatisfy(claim -> assertThat(claim.evidence()).isNotEmpty());
        assertThat(draft.resolution()).isNotNull().extracting(Claim::value).isEqualTo("resolved");
    }

    @Test
    void spokenTalkWithoutActionsIsToldFromItsWords() {
        Draft draft = aContact()
                .agent("hello this is harper valley national bank my name is elizabeth how can i help you today")
                .customer("hi my name is patricia brown i lost my debit card")
                .agent("okay")
                .agent("a new debit card has been sent to your home address")
                .customer("no that was going to be it")
                .draft();

        assertThat(summary(draft))
                .isEqualTo(
                        "Customer said they lost their debit card. A new debit card has been sent to the customer's home address.");
    }

    @Test
    void whatDidNotWorkIsToldInsteadOfTheAttempt() {
        Draft draft = aContact()
                .customer("I'd like to book a flight to Denver.")
                .action("BookFlight", Map.of("destination", "Denver"))
                .agent("Sorry, I could not book the flight.")
                .customer("Okay, bye.")
                .draft();

        assertThat(summary(draft))
                .isEqualTo("Customer wanted to book a flight to Denver. Agent could not book a flight: Denver.");
        assertThat(draft.resolution()).isNotNull().extracting(Claim::value).isEqualTo("unresolved");
    }

    @Test
    void aDeclinedOfferIsTold() {
        Draft draft = aContact()
                .customer("Can you find me a flight to Denver?")
                .agent("Would you like me to book your ticket?")
                .customer("No, not now. That's all.")
                .draft();

        assertThat(summary(draft))
                .isEqualTo(
                        "Customer wanted to find a flight to Denver. Customer declined the offer to book their ticket.");
    }

    @Test
    void anAnswerToAQuestionIsNoRequest() {
        Draft draft = aContact()
                .customer("I want to book a flight to Denver.")
                .agent("When would you like to leave?")
                .customer("I want to leave on March 10th.")
                .draft();

        assertThat(draft.issue().statements())
                .extracting(Claim::value)
                .containsExactly("Customer wanted to book a flight to Denver.");
    }

    @Test
    void aFailureThatWasMendedIsNotTold() {
        Draft draft = aContact()
                .customer("I'd like to book a flight to Denver.")
                .action("BookFlight", Map.of("departure_time", "12:45"))
                .agent("I'm sorry, I couldn't book the flight. Is 13:00 fine?")
                .customer("Yes.")
                .action("BookFlight", Map.of("departure_time", "13:00"))
                .agent("I've got it for you.")
                .customer("That's all, thanks.")
                .draft();

        assertThat(summary(draft))
                .isEqualTo("Customer wanted to book a flight to Denver. Agent booked the flight: 1 pm.");
        assertThat(draft.resolution()).isNotNull().extracting(Claim::value).isEqualTo("resolved");
    }

    @Test
    void aMaskStaysInTheEvidenceAndOutOfTheStory() {
        Draft draft = aContact()
                .customer("I lost my debit card [card number] yesterday.")
                .draft();

        assertThat(summary(draft)).isEqualTo("Customer said they lost their debit card yesterday.");
        assertThat(draft.summary().statements())
                .allSatisfy(claim -> assertThat(claim.check()).isEqualTo(Claim.Check.SUPPORTED));
        assertThat(draft.summary().statements().getFirst().evidence())
                .containsExactly(new Evidence.Quote(0, 0, 45, "I lost my debit card [card number] yesterday."));
    }

    @Test
    void whatAnActionIsCalledComesFromTheReasonItSpeaksFor() {
        Draft draft = aContact()
                .customer("I'd like to book a flight.")
                .action(
                        "BookFlight",
                        Map.of(
                                "origin", "Chicago",
                                "destination", "Denver",
                                "departure_date", "2026-03-10",
                                "return_date", "2026-03-12",
                                "number_of_bags", "2",
                                "seating_class", "Business"))
                .agent("Your flight is booked.")
                .draft();

        assertThat(draft.actions())
                .extracting(Claim::value)
                .containsExactly(
                        "Agent booked the flight: from Chicago to Denver, from March 10 to March 12, Business, 2 bags.");
    }

    @Test
    void aTransferToSomebodyElseIsAnEscalation() {
        Draft draft = aContact()
                .customer("I want to complain about a fee.")
                .agent("I will connect you with my supervisor.")
                .draft();

        assertThat(draft.resolution()).isNotNull().extracting(Claim::value).isEqualTo("escalated");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            I need you to cancel my card.                           | Customer asked the agent to cancel their card.
            Could you please check my balance for me?               | Customer wanted to check their balance.
            i was wondering what your local branch hours are        | Customer asked what the local branch hours are.
            I'm looking for a flight to Denver                      | Customer was looking for a flight to Denver.
            Find me a flight, and do you serve alcohol?             | Customer wanted to find a flight.
            I'm calling about my credit card.                       | Customer asked about their credit card.
            i need a new checkbook                                  | Customer wanted a new checkbook.
            I want to visit a doctor, make it on the 7th.           | Customer wanted to visit a doctor.
            I was charged twice for my order.                       | Customer said they were charged twice for their order.
            Can you help me in finding a bus to Denver?             | Customer asked for help finding a bus to Denver.
            Could you tell me the balance of my account?            | Customer asked for the balance of their account.
            I want to see Dr. Amy Chen about my card.               | Customer wanted to see Dr. Amy Chen about their card.
            I need a card at 9:30 am and I don't care which.        | Customer wanted a card at 9:30 am.
            um my card isn't working at the shop                    | Customer said their card isn't working at the shop.
            I need to transfer money if my balance allows, please   | Customer wanted to transfer money if their balance allows.
            Can you tell me about transfers to an account?          | Customer asked about transfers to an account.
            """)
    void aRequestIsRetoldInTheThirdPerson(String said, String told) {
        Draft draft = aContact().customer(said).draft();

        assertThat(draft.issue().statements()).extracting(Claim::value).containsExactly(told);
    }

    @Test
    void withoutWordsTheDraftComesFromActionsAndSaysWhatWasNotHeard() {
        Draft draft = aContact()
                .action("TransferMoney", Map.of("amount", "200", "recipient_name", "Amy"))
                .draft();

        assertThat(summary(draft))
                .isEqualTo("Customer wanted to transfer money. Agent transferred the money: to Amy, amount 200.");
        assertThat(draft.reasons()).extracting(Claim::value).containsExactly("TransferMoney");
        assertThat(draft.fields().keySet()).containsExactlyInAnyOrder("amount", "recipient_name");
        assertThat(draft.resolution()).isNotNull().extracting(Claim::check).isEqualTo(Claim.Check.NOT_HEARD);
        assertThat(draft.sentiment()).isNotNull().extracting(Claim::check).isEqualTo(Claim.Check.NOT_HEARD);
        assertThat(draft.checklist().get("verified"))
                .isNotNull()
                .extracting(Claim::check)
                .isEqualTo(Claim.Check.NOT_HEARD);
    }

    @Test
    void withNothingAtAllEveryPartThatNeedsWordsWasNotHeard() {
        Draft draft = aContact().draft();

        assertThat(draft.summary().statements()).extracting(Claim::check).containsExactly(Claim.Check.NOT_HEARD);
        assertThat(draft.disposition())
                .isNotNull()
                .extracting(ranked -> ranked.claim().check())
                .isEqualTo(Claim.Check.NOT_HEARD);
    }

    @Test
    void claimsKeepTheirIdsWhileTheTalkGrows() {
        var contact = aContact().stillOn().customer("I want to transfer money to Amy.");
        List<String> before = ids(contact.draft());
        contact.agent("How much?")
                .customer("$200. And can you check my balance?")
                .action("TransferMoney", Map.of("amount", "200"))
                .agent("I have made the transfer.");

        assertThat(ids(contact.draft())).containsAll(before);
    }

    private static List<String> ids(Draft draft) {
        return draft.summary().statements().stream().map(Claim::id).toList();
    }

    /** Nobody wanted to have to, to come on, or what was done already; and it was the company that could not. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Have to stop using this for internet surfing.  | This means we could not run the train.
            Come on now fix your connection with the shop. | That is because we could not run the train.
            Reset the app and now they've gone up!         | They left since we could not run the train.
            """)
    void whatWouldSaySomethingElseIfItWereRetoldIsQuoted(String customer, String agent) {
        Draft draft = aContact()
                .with(TestContact.nothing())
                .customer(customer)
                .agent(agent)
                .draft();

        assertThat(summary(draft))
                .contains("Customer said: “%s”".formatted(customer))
                .contains("Agent said: “%s”".formatted(agent));
    }

    /** Whoever tried it knows; a rule of what nobody can do, a step of an instruction and a mere yes say nothing of how it ended. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Please reset it now.                        | Thank you, it works again.              | resolved
            Sorry, I was not able to find the error.    | Never mind, it worked now. Thanks!      | resolved
            I have reset your password.                 | I get the same error message again.     | unresolved
            Please sign in once more.                   | It still doesn't work.                  | unresolved
            I am afraid you can't pay with a voucher.   | Thank you for your help.                | resolved
            It is synced when the payment is completed. | Hm.                                     |
            Please try a restart.                       | That worked!                            | resolved
            Please try a restart.                       | It's working now, thanks.               | resolved
            I can't find it, but my colleague will.     | I just want this sorted.                | unresolved
            How may I help?                             | It worked fine until the update.        |
            I understand, but we cannot cancel this.    | That's all, thanks.                     | unresolved
            I've reset it, tell me if there is more.    | Okay.                                   | resolved
            The opening hours are nine to five.         | Thanks, I don't work on Fridays.        | resolved
            The opening hours are nine to five.         | Thanks, I have another problem.         | resolved
            How old is the device?                      | Yes.                                    |
            """)
    void howItEndedIsWhatWasSaidOfItLast(String agent, String customer, @Nullable String resolution) {
        Draft draft = aContact()
                .with(TestContact.nothing())
                .customer("I can't sign in.")
                .agent(agent)
                .customer(customer)
                .draft();

        assertThat(draft.resolution() == null ? null : draft.resolution().value())
                .isEqualTo(resolution);
    }

    @Test
    void verbsAgreeWithWhoTheyAreToldOf() {
        Draft draft = aContact()
                .with(TestContact.nothing())
                .customer("My miles are not back yet.")
                .agent("I see where the redeposit was requested yesterday.")
                .draft();

        assertThat(summary(draft)).contains("Agent sees where the redeposit was requested yesterday.");
    }

    @Test
    void whatNoPatternRetellsIsQuoted() {
        Draft draft = aContact()
                .with(TestContact.nothing())
                .customer("Kinect and console nothing but a black screen. Any ideas?")
                .agent("Sorry to hear that! Please unplug the sensor for ten seconds and plug it back in.")
                .customer("ok thanks")
                .draft();

        assertThat(summary(draft))
                .isEqualTo("Customer said: “Kinect and console nothing but a black screen.” "
                        + "Agent said: “Please unplug the sensor for ten seconds and plug it back in.”");
        assertThat(draft.summary().statements())
                .allSatisfy(claim -> assertThat(claim.check()).isEqualTo(Claim.Check.SUPPORTED))
                .allSatisfy(claim -> assertThat(claim.evidence()).hasSize(1));
    }

    @Test
    void contractionsWithoutTheirMarksAreReadAsWhatTheyAre() {
        Draft draft = aContact()
                .with(TestContact.nothing())
                .customer("My Kinect wont turn on since Friday.")
                .draft();

        assertThat(summary(draft)).isEqualTo("Customer said their Kinect won't turn on since Friday.");
    }

    @Test
    void aLongQuotationIsCutInTheSummaryAndShowsIt() {
        Draft draft = aContact()
                .with(TestContact.nothing())
                .customer(
                        "Disgusted at the high numbers of people without kids parking near the doors of every store every week.")
                .draft();

        assertThat(summary(draft))
                .startsWith("Customer said: “Disgusted at the")
                .endsWith(" …”");
        assertThat(summary(draft).split(" ")).hasSizeLessThanOrEqualTo(14);
        assertThat(draft.issue().statements())
                .singleElement()
                .extracting(Claim::value)
                .asString()
                .endsWith("every store every week.”");
    }

    @Test
    void whatIsSpokenInAnotherLanguageIsNotDraftedFrom() {
        Draft draft = aContact()
                .customer("Hola, quiero transferir 200 dólares de mi cuenta de ahorros a mi hermana, por favor")
                .agent("Claro, dígame el nombre completo de su hermana y el número de su cuenta")
                .customer("Amy Lopez")
                .draft();

        assertThat(draft.reason()).isEqualTo("This was spoken in Spanish, and drafts understand only English.");
        assertThat(draft.issue().statements())
                .allSatisfy(claim -> assertThat(claim.check()).isEqualTo(Claim.Check.NOT_HEARD));
        assertThat(draft.fields()).isEmpty();
    }

    @Test
    void whatIsUnderstoodIsDraftedFromAllTheSame() {
        Draft draft = aContact()
                .customer("Hi, I want to transfer money to Amy, please.")
                .agent("Guten Tag, ich verbinde Sie mit meiner Kollegin, die Ihnen gleich weiterhilft")
                .customer("Thank you, I would like to transfer $200 from my checking account")
                .draft();

        assertThat(draft.reason()).isEqualTo("Some of this was spoken in German, and drafts understand only English.");
        assertThat(summary(draft)).startsWith("Customer wanted to transfer money to Amy.");
    }

    private static String summary(Draft draft) {
        return draft.summary().statements().stream()
                .map(claim -> String.valueOf(claim.value()))
                .collect(Collectors.joining(" "));
    }
}
