package org.afterword.drafting;

import static org.afterword.drafting.TestContact.aContact;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.afterword.drafting.ConfirmedExamples.Learned;
import org.afterword.drafting.internal.learning.Lesson;
import org.afterword.drafting.internal.learning.Link;
import org.afterword.drafting.internal.learning.Trainer;
import org.junit.jupiter.api.Test;

/** What people say here, the catalog has no words for: only confirmed records tell what it means. */
class LearnedCodesTest {
    private static final DraftingEngine ENGINE = new DraftingEngine(new WordEmbedder());
    private static final String CARD = "The machine has eaten my plastic.";
    private static final String BALANCE = "How much have I got left?";
    private static final String THIEF = "Somebody else has been shopping.";

    private static final ConfirmedExamples LEARNED = learned(400);

    @Test
    void aContactWithTwoReasonsGetsBoth() {
        Draft draft = ENGINE.draft(aContact().customer(CARD).customer(BALANCE).input(), LEARNED);

        assertThat(draft.reasons()).extracting(Claim::value).containsExactlyInAnyOrder("LostCard", "CheckBalance");
        assertThat(draft.reasons())
                .allSatisfy(claim -> assertThat(claim.confidence()).isGreaterThan(0.8));
    }

    @Test
    void aContactWithOneReasonGetsThatOneAndOneWithNoneGetsNone() {
        assertThat(ENGINE.draft(aContact().customer(CARD).input(), LEARNED).reasons())
                .extracting(Claim::value)
                .containsExactly("LostCard");
        assertThat(ENGINE.draft(aContact().customer("It rains again.").input(), LEARNED)
                        .reasons())
                .isEmpty();
    }

    @Test
    void aTagIsLearnedLikewiseAndRestsOnWhatTheCustomerBeganWith() {
        Draft draft = ENGINE.draft(aContact().customer(THIEF).input(), LEARNED);

        assertThat(draft.tags()).singleElement().satisfies(claim -> {
            assertThat(claim.value()).isEqualTo("fraud");
            assertThat(claim.evidence()).containsExactly(new Evidence.Quote(0, 0, THIEF.length(), THIEF));
        });
        assertThat(ENGINE.draft(aContact().customer(CARD).input(), LEARNED).tags())
                .isEmpty();
    }

    @Test
    void aReasonThatNobodyConfirmedYetIsFoundByItsDescription() {
        Draft draft = ENGINE.draft(
                aContact()
                        .customer("I want to transfer money to another account.")
                        .input(),
                LEARNED);

        assertThat(draft.reasons()).extracting(Claim::value).contains("TransferMoney");
    }

    @Test
    void withNothingLearnedTheyAreNotFound() {
        Draft draft = ENGINE.draft(aContact().customer(CARD).customer(BALANCE).input(), ConfirmedExamples.NONE);

        assertThat(draft.reasons()).isEmpty();
    }

    private static ConfirmedExamples learned(int count) {
        var random = new Random(3);
        var lessons = new ArrayList<Lesson>();
        for (int i = 0; i < count; i++) {
            TestContact contact = aContact().customer("It rains again.");
            var reasons = new ArrayList<String>();
            var tags = new ArrayList<String>();
            if (random.nextBoolean()) {
                contact.customer(CARD);
                reasons.add("LostCard");
            }
            if (random.nextBoolean()) {
                contact.customer(BALANCE);
                reasons.add("CheckBalance");
            }
            if (random.nextBoolean()) {
                contact.customer(THIEF);
                tags.add("fraud");
            }
            if (random.nextInt(4) == 0) {
                contact.customer("I lost my debit card and need a new card.");
                if (!reasons.contains("LostCard")) {
                    reasons.add("LostCard");
                }
            }
            lessons.add(Objects.requireNonNull(ENGINE.lessons("w-" + i, contact.input(), null, reasons, tags)
                    .codes()));
        }
        return new ConfirmedExamples(
                null, new Learned(Trainer.train(lessons, Link.ANY_OF).model(), List.of()), Map.of(), List.of());
    }
}
