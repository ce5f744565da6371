package org.afterword.drafting;

import static org.afterword.drafting.TestContact.aContact;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.afterword.drafting.ConfirmedExamples.Example;
import org.afterword.drafting.Draft.Alternative;
import org.junit.jupiter.api.Test;

class RankingTest {
    private static final DraftingEngine ENGINE = new DraftingEngine(new WordEmbedder());

    @Test
    void withoutHistoryTheCatalogsWordsDecide() {
        Draft draft =
                aContact().customer("I lost my debit card and need a new card.").draft();

        assertThat(code(draft)).isEqualTo("card-replaced");
        assertThat(draft.reasons()).extracting(Claim::value).containsExactly("LostCard");
        assertThat(draft.reasons().getFirst().evidence())
                .containsExactly(new Evidence.Quote(0, 0, 41, "I lost my debit card and need a new card."));
    }

    @Test
    void aDesktopActionOfThatNameIsStrongEvidence() {
        Draft draft = aContact()
                .customer("Hello there, I need some help today.")
                .action("CheckBalance", Map.of())
                .draft();

        assertThat(code(draft)).isEqualTo("balance-told");
        assertThat(draft.reasons().getFirst().evidence()).contains(new Evidence.Action("action-0"));
    }

    @Test
    void confirmedContactsLikeThisOneOutweighTheCatalogsWords() {
        var contact = aContact().customer("My plastic got eaten by the machine again.");
        var example = new Example(ENGINE.fingerprint(contact.input()), "card-replaced", List.of("LostCard"), List.of());

        Draft draft = ENGINE.draft(contact.input(), new ConfirmedExamples(Collections.nCopies(5, example)));

        assertThat(code(draft)).isEqualTo("card-replaced");
        assertThat(draft.disposition())
                .isNotNull()
                .extracting(r -> r.claim().confidence())
                .matches(c -> (double) c > 0.8);
        assertThat(draft.disposition()).extracting(r -> r.claim().check()).isEqualTo(Claim.Check.SUPPORTED);
    }

    @Test
    void confirmedContactsUnlikeThisOneHardlyCount() {
        var other = aContact().customer("Completely different words about gardening and weather.");
        var example = new Example(ENGINE.fingerprint(other.input()), "flight-booked", List.of("BookFlight"), List.of());

        Draft draft = ENGINE.draft(
                aContact().customer("I lost my debit card and need a new card.").input(),
                new ConfirmedExamples(List.of(example)));

        assertThat(code(draft)).isEqualTo("card-replaced");
    }

    @Test
    void aTagThatContactsLikeThisOneGotIsDraftedAtOnce() {
        var contact = aContact().customer("My plastic got eaten by the machine again.");
        var example = new Example(
                ENGINE.fingerprint(contact.input()), "card-replaced", List.of("LostCard"), List.of("fraud"));

        Draft draft = ENGINE.draft(contact.input(), new ConfirmedExamples(List.of(example)));

        assertThat(draft.tags()).extracting(Claim::value).containsExactly("fraud");
        assertThat(draft.tags().getFirst().evidence())
                .containsExactly(new Evidence.Quote(0, 0, 42, "My plastic got eaten by the machine again."));
    }

    @Test
    void aTagThatContactsLikeThisOneDidNotGetIsDraftedNoMore() {
        var contact = aContact().customer("I think this is fraud.");
        var example = new Example(ENGINE.fingerprint(contact.input()), "card-replaced", List.of("LostCard"), List.of());

        assertThat(ENGINE.draft(contact.input(), ConfirmedExamples.NONE).tags()).isNotEmpty();
        assertThat(ENGINE.draft(contact.input(), new ConfirmedExamples(List.of(example)))
                        .tags())
                .isEmpty();
    }

    @Test
    void aKnownCallTypeLendsWeightToItsOwnReasons() {
        var said = "I want to check it and transfer it to another city.";

        double unknown = confidence(aContact().customer(said).draft(), "TransferMoney");
        double known = confidence(aContact().ofType("banking").customer(said).draft(), "TransferMoney");

        assertThat(known).isGreaterThan(unknown);
    }

    @Test
    void alternativesFollowInOrderOfConfidence() {
        Draft draft = aContact()
                .customer("I want to check the balance of an account.")
                .customer("And transfer money to another account.")
                .draft();

        List<Alternative> alternatives =
                draft.disposition() == null ? List.of() : draft.disposition().alternatives();
        assertThat(alternatives)
                .isNotEmpty()
                .isSortedAccordingTo((a, b) -> Double.compare(b.confidence(), a.confidence()))
                .extracting(Alternative::code)
                .doesNotContain(code(draft));
    }

    private static double confidence(Draft draft, String reason) {
        return draft.reasons().stream()
                .filter(claim -> reason.equals(claim.value()))
                .mapToDouble(Claim::confidence)
                .findFirst()
                .orElse(0);
    }

    private static String code(Draft draft) {
        return draft.disposition() == null
                ? "none"
                : String.valueOf(draft.disposition().claim().value());
    }
}
