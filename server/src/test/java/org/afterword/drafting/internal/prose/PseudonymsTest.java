package org.afterword.drafting.internal.prose;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class PseudonymsTest {
    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);

    private static String hide(String... said) {
        return Pseudonyms.in(List.of(said), List.of(), "Ann Miller", DAY).hide(said[0]);
    }

    @Test
    void theCustomersNameIsHiddenInAnyCase() {
        assertThat(hide("yes ann miller speaking")).isEqualTo("yes NAME_1 NAME_2 speaking");
    }

    @Test
    void otherNamesAreKnownByTheirCapitals() {
        assertThat(hide("It is for Quentin, and Quentin's wife Ria."))
                .isEqualTo("It is for NAME_1, and NAME_1's wife NAME_2.");
        assertThat(hide("Ria, can you hear me?")).isEqualTo("NAME_1, can you hear me?");
    }

    @Test
    void whoGivesANameWithoutCapitalsIsHidden() {
        assertThat(hide("hello my name is ria and i lost my card"))
                .isEqualTo("hello my name is NAME_1 and i lost my card");
    }

    @Test
    void aWordThatIsAlsoWrittenWithoutACapitalIsNoName() {
        assertThat(hide("I lost my Card.", "the card was blue")).isEqualTo("I lost my Card.");
    }

    @Test
    void daysAmountsAndTimesStay() {
        String said = "I paid $950 on Monday, March 2 at 5 pm.";
        assertThat(hide(said)).isEqualTo(said);
    }

    @Test
    void telephoneNumbersAddressesAndLongNumbersAreHidden() {
        assertThat(hide("call 415-555-0199 or ria@example.com about order 1234567"))
                .isEqualTo("call PHONE_1 or EMAIL_1 about order NUMBER_1");
    }

    @Test
    void whatWasEnteredElsewhereIsHiddenWhereverItStands() {
        var pseudonyms = Pseudonyms.in(List.of("i want to pay him"), List.of("Quist"), null, DAY);

        assertThat(pseudonyms.hide("Quist")).isEqualTo("NAME_1");
    }

    @Test
    void whatIsHiddenComesBackAsItWasSaid() {
        var pseudonyms = Pseudonyms.in(List.of("It is for Quentin."), List.of(), null, DAY);
        pseudonyms.hide("It is for Quentin.");

        assertThat(pseudonyms.restore("NAME_1's card")).contains("Quentin's card");
        assertThat(pseudonyms.restore("NAME_2's card")).isEmpty();
    }

    @Test
    void whereNamesMayLeaveNothingIsChanged() {
        String said = "It is for Quentin, 415-555-0199, NAME_1.";

        assertThat(Pseudonyms.none(DAY).hide(said)).isEqualTo(said);
        assertThat(Pseudonyms.none(DAY).restore(said)).contains(said);
    }
}
