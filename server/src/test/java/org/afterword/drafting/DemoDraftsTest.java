package org.afterword.drafting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.afterword.drafting.Claim.Check;
import org.afterword.drafting.DemoContacts.DemoContact;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The whole engine, with its real model, on every fourth conversation of the demo: with nothing learned, and after others were confirmed. */
class DemoDraftsTest {
    private static final int EVERY = 4;
    private static final int SUMMARY_WORDS = 35;

    private static final String NO_TICKETS = "sgd-16_00107";

    private record Drafted(DemoContact contact, Draft draft) {
        String id() {
            return contact.truth().id();
        }
    }

    private static List<Drafted> drafted = List.of();
    private static List<Drafted> draftedAfterOthers = List.of();
    private static @Nullable Drafted failedBooking;

    @BeforeAll
    static void draft() {
        var engine = DraftingEngine.inProcess();
        List<DemoContact> contacts = DemoContacts.all();
        drafted = drafts(engine, everyFourth(contacts, 0), ConfirmedExamples.NONE);
        var confirmed = DemoContacts.confirmed(everyFourth(contacts, 1), engine);
        draftedAfterOthers = drafts(engine, everyFourth(contacts, 0), confirmed);
        List<DemoContact> noTickets = contacts.stream()
                .filter(contact -> contact.truth().id().equals(NO_TICKETS))
                .toList();
        failedBooking = drafts(engine, noTickets, confirmed).getFirst();
    }

    private static List<DemoContact> everyFourth(List<DemoContact> contacts, int first) {
        return IntStream.iterate(first, i -> i < contacts.size(), i -> i + EVERY)
                .mapToObj(contacts::get)
                .toList();
    }

    private static List<Drafted> drafts(
            DraftingEngine engine, List<DemoContact> contacts, ConfirmedExamples confirmed) {
        return contacts.stream()
                .map(contact -> new Drafted(contact, engine.draft(contact.input(), confirmed)))
                .toList();
    }

    @Test
    void everyConversationGetsASummaryADispositionReasonsAndAnOutcome() {
        assertThat(drafted).hasSizeGreaterThan(50);
        for (Drafted d : drafted) {
            assertThat(d.draft().summary().statements()).as(d.id()).isNotEmpty();
            assertThat(d.draft().disposition()).as(d.id()).isNotNull();
            assertThat(d.draft().reasons()).as(d.id()).isNotEmpty();
            assertThat(d.draft().resolution()).as(d.id()).isNotNull();
        }
    }

    @Test
    void aHeadlineHasAtMostTwelveWordsAndASummaryThirtyFive() {
        for (Drafted d : drafted) {
            assertThat(d.draft().summary().statements())
                    .as(d.id())
                    .filteredOn(claim -> claim.id().equals("summary/issue"))
                    .extracting(claim -> words(String.valueOf(claim.value())))
                    .allSatisfy(count -> assertThat(count).isBetween(2, 12));
            assertThat(d.draft().summary().statements().stream()
                            .mapToInt(claim -> words(String.valueOf(claim.value())))
                            .sum())
                    .as(d.id())
                    .isLessThanOrEqualTo(35);
        }
    }

    private static int words(String text) {
        return text.strip().split("\\s+").length;
    }

    @Test
    void nothingIsInvented() {
        for (Drafted d : drafted) {
            assertThat(claims(d.draft()))
                    .as(d.id())
                    .allSatisfy(claim -> assertThat(claim.evidence()).isNotEmpty())
                    .extracting(Claim::check)
                    .containsOnly(Check.SUPPORTED);
        }
    }

    @Test
    void noSummaryIsLongerThan35Words() {
        for (Drafted d : drafted) {
            int words = d.draft().summary().statements().stream()
                    .mapToInt(claim -> String.valueOf(claim.value()).split("\\s+").length)
                    .sum();
            assertThat(words).as(d.id()).isLessThanOrEqualTo(SUMMARY_WORDS);
        }
    }

    /** Floors well below what was measured when they were set (docs/drafts.md): a fall through them is a defect. */
    @Test
    void dispositionsAndReasonsAreMostlyRight() {
        assertThat(share(drafted, DemoDraftsTest::dispositionIsRight))
                .as("right dispositions")
                .isGreaterThan(0.75);
        assertThat(share(drafted, DemoDraftsTest::someReasonIsRight))
                .as("contacts with a right reason")
                .isGreaterThan(0.9);
    }

    /** What was confirmed of other contacts, most of them only in the same trade, must not drown what was done in this one. */
    @Test
    void theyStayRightAndSureAfterOtherContactsWereConfirmed() {
        assertThat(share(draftedAfterOthers, DemoDraftsTest::dispositionIsRight))
                .as("right dispositions")
                .isGreaterThan(0.9);
        assertThat(share(draftedAfterOthers, DemoDraftsTest::someReasonIsRight))
                .as("contacts with a right reason")
                .isGreaterThan(0.9);
        assertThat(share(
                        draftedAfterOthers,
                        d -> d.draft().disposition() != null
                                && d.draft().disposition().fills()))
                .as("dispositions sure enough for the record")
                .isGreaterThan(0.9);
    }

    /** "I apologize I couldn't buy the tickets": the action was tried, so its reason and its form stay. */
    @Test
    void aFailedBookingKeepsItsReasonAndItsFormAfterOtherContactsWereConfirmed() {
        Draft draft = failedBooking == null ? Draft.none() : failedBooking.draft();

        assertThat(draft.reasons()).extracting(Claim::value).contains("reserve-oneway-flight");
        assertThat(draft.fields())
                .containsKeys(
                        "airlines", "departure_date", "destination_city", "origin_city", "passengers", "seating_class");
        assertThat(draft.disposition())
                .isNotNull()
                .satisfies(d -> assertThat(d.claim().value()).isEqualTo("travel-not-booked"))
                .matches(Draft.Ranked::fills);
    }

    private static boolean dispositionIsRight(Drafted d) {
        return d.draft().disposition() != null
                && d.contact()
                        .truth()
                        .disposition()
                        .equals(d.draft().disposition().claim().value());
    }

    private static boolean someReasonIsRight(Drafted d) {
        return d.draft().reasons().stream()
                .anyMatch(claim -> d.contact().truth().reasons().contains(String.valueOf(claim.value())));
    }

    private static double share(List<Drafted> of, Predicate<Drafted> is) {
        return of.stream().filter(is).count() / (double) of.size();
    }

    private static List<Claim<?>> claims(Draft draft) {
        return Stream.of(
                        draft.summary().statements(),
                        draft.issue().statements(),
                        draft.resolutionText().statements(),
                        draft.actions(),
                        draft.nextSteps(),
                        draft.reasons(),
                        draft.tags(),
                        draft.followUps(),
                        draft.fields().values(),
                        draft.checklist().values())
                .<Claim<?>>flatMap(claims -> claims.stream())
                .toList();
    }
}
