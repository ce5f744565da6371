package org.afterword.drafting;

import static org.afterword.drafting.TestContact.aContact;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MoodAndTagsTest {
    @Test
    void plainWordsOfAngerAndDelightAreHeardWhereTheyFall() {
        Draft draft = aContact()
                .customer("This is ridiculous, I was charged twice.")
                .agent("I'm sorry, I have refunded it.")
                .customer("Okay.")
                .customer("Good, you have been very helpful.")
                .draft();

        assertThat(draft.sentiment()).isNotNull().extracting(Claim::value).isEqualTo(new Sentiment(0, -0.7, 0.7));
    }

    @Test
    void courtesyIsNoMood() {
        assertThat(aContact().customer("Great, thank you.").draft().sentiment()).isNull();
    }

    @Test
    void troubleThatGoesOnIsHeardATroubleIsNot() {
        Draft troubled = aContact()
                .customer("I can't sign in.")
                .agent("Please reset your password.")
                .customer("I did.")
                .customer("It still doesn't work.")
                .draft();

        assertThat(troubled.sentiment()).isNotNull().extracting(Claim::value).isEqualTo(new Sentiment(-0.3, 0, -0.3));
        assertThat(aContact().customer("I can't sign in.").draft().sentiment()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I need a rental car for three days.",
                "I've been a customer for ten years.",
                "Did it not work?",
                "I want to keep receiving paper bills.",
                "Nobody else will travel with me."
            })
    void ordinaryTalkIsNoMood(String said) {
        assertThat(aContact().customer(said).draft().sentiment()).isNull();
    }

    @Test
    void whatWentOnForDaysIsNoDelight() {
        assertThat(aContact()
                        .customer("I've had no internet for three days.")
                        .draft()
                        .sentiment())
                .isNotNull()
                .extracting(Claim::value)
                .isEqualTo(new Sentiment(-0.3, -0.3, 0));
    }

    @Test
    void whatTheAgentFeelsIsNotTheCustomersMood() {
        assertThat(aContact()
                        .agent("That is terrible, I am so frustrated.")
                        .draft()
                        .sentiment())
                .isNull();
    }

    @Test
    void aTagNeedsItsWordToBeSaid() {
        assertThat(aContact().customer("I think this is fraud.").draft().tags())
                .singleElement()
                .satisfies(claim -> assertThat(claim.evidence())
                        .containsExactly(new Evidence.Quote(0, 0, 22, "I think this is fraud.")));
        assertThat(aContact().customer("I need a new card.").draft().tags()).isEmpty();
    }
}
