package org.afterword.drafting;

import static org.afterword.drafting.TestContact.aContact;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import org.afterword.drafting.StatementCheck.Finding;
import org.afterword.drafting.StatementCheck.Part;
import org.afterword.drafting.StatementCheck.Verdict;
import org.junit.jupiter.api.Test;

class StatementCheckTest {
    private final StatementCheck check = check(aContact()
            .agent("Thank you for calling, how can I help you today?")
            .customer(
                    "Hi, I want to move nine hundred and fifty dollars to my friend Raghav, and my card was stolen on Friday.")
            .agent("I am sorry to hear that. I have blocked the card and sent you a new one.")
            .customer("You people are so rude, but thank you.")
            .action("TransferMoney", Map.of("amount", "950", "recipient_name", "Raghav", "reference", "TX-77120")));

    @Test
    void whatWasSaidOrDoneIsSupportedAndNamesItsTurns() {
        Finding finding = only("Customer moved $950 to Raghav, reference 77120.");

        assertThat(finding.verdict()).isEqualTo(Verdict.SUPPORTED);
        assertThat(finding.turns()).startsWith(1);
    }

    @Test
    void whatIsNotInTheEvidenceIsNamedWithItsPlace() {
        String text = "Card was blocked. Moved $590 to Amir.";

        assertThat(check.of(text)).extracting(Finding::verdict).containsExactly(Verdict.SUPPORTED, Verdict.UNSUPPORTED);
        assertThat(check.missing(text))
                .extracting(Part::kind, Part::text, part -> text.substring(part.from(), part.to()))
                .containsExactly(tuple("amount", "590", "590"), tuple("name", "Amir", "Amir"));
    }

    @Test
    void whatNothingBearsOutIsUnsupportedAsAWhole() {
        Finding finding = only("Technician replaced the broken washing machine in the kitchen.");

        assertThat(finding.verdict()).isEqualTo(Verdict.UNSUPPORTED);
        assertThat(finding.parts()).isEmpty();
        assertThat(finding.doubt())
                .isGreaterThan(only("The agent has blocked the stolen card.").doubt());
    }

    @Test
    void anOpinionIsMarkedUnlessItsWordsWereSaid() {
        assertThat(only("Customer was unreasonable about the stolen card.").verdict())
                .isEqualTo(Verdict.OPINION);
        assertThat(only("Customer was rude.").verdict()).isNotEqualTo(Verdict.OPINION);
    }

    @Test
    void whatIsCopiedFromTheEvidenceIsSupported() {
        assertThat(only("You people are so rude, but thank you.").verdict()).isEqualTo(Verdict.SUPPORTED);
    }

    @Test
    void namesAreLookedUpInAShortSentenceFullOfThem() {
        assertThat(check.missing("Sent by Dr. Maria on June 10, had 20 pills."))
                .extracting(StatementCheck.Part::text)
                .contains("Maria");
        assertThat(check.missing("Past Medical History Reviewed")).isEmpty();
    }

    @Test
    void withoutWordsNothingCanBeChecked() {
        StatementCheck silent = check(aContact().action("TransferMoney", Map.of("amount", "950")));

        assertThat(silent.obstacle()).isEqualTo("noWords");
        assertThat(silent.of("Moved $5 to Amir.")).isEmpty();
    }

    @Test
    void anotherLanguageCannotBeChecked() {
        StatementCheck german = check(aContact()
                .agent("Guten Tag, mein Name ist Schmidt, wie kann ich Ihnen helfen?")
                .customer("Ich möchte meine Rechnung für den letzten Monat noch einmal haben, die habe ich verloren."));

        assertThat(german.obstacle()).isEqualTo("language");
        assertThat(german.of("Moved $5 to Amir.")).isEmpty();
    }

    @Test
    void readsSoMuchAndNoMore() {
        String text = "The card was blocked. ".repeat(100_000);

        assertThat(check.of(text)).hasSizeLessThan(100);
        assertThat(check.of("")).isEmpty();
        assertThat(check.of("...!?\uD83D\uDE00")).isEmpty();
    }

    private Finding only(String text) {
        List<Finding> findings = check.of(text);
        assertThat(findings).hasSize(1);
        return findings.getFirst();
    }

    private static StatementCheck check(TestContact contact) {
        return new StatementCheck(contact.input(), new WordEmbedder());
    }
}
