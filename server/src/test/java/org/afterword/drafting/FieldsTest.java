package org.afterword.drafting;

import static org.afterword.drafting.TestContact.aContact;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FieldsTest {
    @Test
    void whatTheAgentEnteredFillsTheFieldOfItsNameAndShowsTheWordsToo() {
        Draft draft = aContact()
                .ofType("banking")
                .customer("Please send nine hundred and fifty dollars to Raghav.")
                .action("TransferMoney", Map.of("amount", "950", "recipient_name", "Raghav"))
                .agent("Your transfer was successful.")
                .draft();

        Claim<String> amount = claim(draft, "amount");
        assertThat(amount.value()).isEqualTo("$950");
        assertThat(amount.check()).isEqualTo(Claim.Check.SUPPORTED);
        assertThat(amount.evidence())
                .contains(
                        new Evidence.Action("action-0"),
                        new Evidence.Quote(0, 12, 42, "nine hundred and fifty dollars"));
        assertThat(value(draft, "recipient_name")).isEqualTo("Raghav");
    }

    @Test
    void prepositionsTellWhereATripBeginsAndEnds() {
        Draft draft = aContact()
                .ofType("travel")
                .customer("I need to fly from Chicago to San Diego on March 10th and return on the 14th.")
                .draft();

        assertThat(value(draft, "origin")).isEqualTo("Chicago");
        assertThat(value(draft, "destination")).isEqualTo("San Diego");
        assertThat(value(draft, "departure_date")).isEqualTo("2026-03-10");
        assertThat(value(draft, "return_date")).isEqualTo("2026-03-14");
    }

    @Test
    void anAnswerGoesToTheFieldThatWasAskedFor() {
        Draft draft = aContact()
                .ofType("travel")
                .customer("i need a flight please")
                .agent("okay what city are you traveling to, what is your destination")
                .customer("uh san diego")
                .agent("and how many people will travel")
                .customer("two")
                .agent("what time do you want to leave")
                .customer("um eight fifteen a m")
                .draft();

        assertThat(value(draft, "destination")).isEqualTo("san diego");
        assertThat(value(draft, "travelers")).isEqualTo("2");
        assertThat(value(draft, "departure_time")).isEqualTo("08:15");
    }

    @Test
    void aNameEndsWhereItsWhereaboutsBegin() {
        assertThat(recipient("dr amy chen in san jose")).isEqualTo("dr amy chen");
        assertThat(recipient("It's Dr. Amy Chen In San Jose.")).isEqualTo("Dr. Amy Chen");
        assertThat(recipient("Dr. Amy Chen, near Fremont Station.")).isEqualTo("Dr. Amy Chen");
    }

    private static String recipient(String answer) {
        return value(
                aContact()
                        .ofType("banking")
                        .customer("I want to transfer money, please.")
                        .agent("What is the name of the recipient?")
                        .customer(answer)
                        .draft(),
                "recipient_name");
    }

    @Test
    void aLaterConfirmedValueWins() {
        Draft draft = aContact()
                .ofType("travel")
                .customer("I want to fly from Boston to Denver leaving on March 5th.")
                .agent("You want to leave on March 5th from Boston, is that right?")
                .customer("Yes.")
                .customer("Oh wait, can you make that leaving on March 7th?")
                .agent("So leaving on March 7th, is that correct?")
                .customer("Yes, that's right.")
                .draft();

        assertThat(value(draft, "departure_date")).isEqualTo("2026-03-07");
    }

    @Test
    void whatTheCustomerDidNotAgreeToIsNotTaken() {
        Draft draft = aContact()
                .ofType("travel")
                .customer("Find me a flight.")
                .agent("There is a Business ticket leaving at 8 am, would you like that?")
                .customer("No, what else do you have?")
                .draft();

        assertThat(draft.fields()).doesNotContainKeys("seating_class", "departure_time");
    }

    @Test
    void theLongestChoiceIsMeant() {
        Draft draft = aContact()
                .ofType("travel")
                .customer("I would like a Premium Economy ticket.")
                .draft();

        assertThat(value(draft, "seating_class")).isEqualTo("Premium Economy");
    }

    @Test
    void yesAndNoQuestionsAreAnsweredByStatementOrReply() {
        assertThat(value(
                        aContact()
                                .ofType("travel")
                                .customer("It has to be a refundable ticket.")
                                .draft(),
                        "refundable"))
                .isEqualTo("True");
        assertThat(value(
                        aContact()
                                .ofType("travel")
                                .customer("I need a flight.")
                                .agent("Should it be refundable?")
                                .customer("No.")
                                .draft(),
                        "refundable"))
                .isEqualTo("False");
        assertThat(aContact()
                        .ofType("travel")
                        .customer("Is it refundable?")
                        .draft()
                        .fields())
                .doesNotContainKey("refundable");
    }

    @Test
    void nothingSaidFillsNothing() {
        Draft draft = aContact()
                .ofType("travel")
                .agent("How can I help you?")
                .customer("Let me think about it, thanks.")
                .draft();

        assertThat(draft.fields()).isEmpty();
    }

    @Test
    void aFieldsIdDoesNotChangeWhileItsValueDoes() {
        var contact = aContact().ofType("travel").stillOn().customer("A flight from Boston to Denver please.");
        String before = claim(contact.draft(), "destination").id();
        contact.agent("So you are going to Dallas, is that right?").customer("Yes, that's right.");

        Claim<String> after = claim(contact.draft(), "destination");

        assertThat(after.value()).isEqualTo("Dallas");
        assertThat(after.id()).isEqualTo(before);
    }

    private static String value(Draft draft, String field) {
        return String.valueOf(claim(draft, field).value());
    }

    private static Claim<String> claim(Draft draft, String field) {
        return draft.fields().getOrDefault(field, Claim.of("none", "nothing in " + draft.fields(), 0, List.of()));
    }
}
