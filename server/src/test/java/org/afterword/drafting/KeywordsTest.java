package org.afterword.drafting;

import static org.afterword.drafting.TestContact.aContact;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.afterword.catalog.Abbreviation;
import org.afterword.catalog.CallType;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.Complexity;
import org.afterword.catalog.Disposition;
import org.afterword.catalog.Form;
import org.afterword.catalog.FormField;
import org.afterword.catalog.FormField.Type;
import org.afterword.catalog.Reason;
import org.afterword.catalog.Template;
import org.afterword.drafting.Claim.Check;
import org.afterword.drafting.Draft.Alternative;
import org.afterword.drafting.FollowUp.Kind;
import org.afterword.drafting.FollowUp.Owner;
import org.junit.jupiter.api.Test;

/** What becomes of a contact whose words nobody heard, and of which its agent typed a few keywords. */
class KeywordsTest {
    private static final String TYPED = "refund dmgd box, cb fri";

    /** The end of Friday 6 March 2026 in New York. */
    private static final Instant FRIDAY = Instant.parse("2026-03-07T04:59:00Z");

    @Test
    void fiveWordsAndAnAbbreviationBecomeARecord() {
        Draft draft = aContact().with(shop()).noted(TYPED).draft();

        assertThat(texts(draft.summary().statements()))
                .isEqualTo("Reason for contact: Refund. Refund damaged box. Callback promised Friday.");
        assertThat(draft.reasons()).extracting(Claim::value).containsExactly("REFUND");
        assertThat(draft.resolution()).isNotNull().extracting(Claim::value).isEqualTo("pending");
        assertThat(draft.followUps())
                .singleElement()
                .extracting(Claim::value)
                .isEqualTo(new FollowUp("Callback promised Friday.", Kind.CALLBACK, Owner.AGENT, FRIDAY));
        assertThat(draft.nextSteps()).extracting(Claim::value).containsExactly("Callback promised Friday.");
        assertThat(draft.reason()).isEqualTo("No words were heard: this was drafted from the agent's keywords.");
    }

    @Test
    void everythingRestsOnWhatTheAgentTypedAndOnNoTurn() {
        Draft draft = aContact().with(shop()).noted(TYPED).draft();

        assertThat(claims(draft))
                .isNotEmpty()
                .allSatisfy(claim -> assertThat(claim.check()).isEqualTo(Check.SUPPORTED))
                .allSatisfy(
                        claim -> assertThat(claim.evidence()).isNotEmpty().hasOnlyElementsOfType(Evidence.Note.class));
        assertThat(draft.followUps().getFirst().evidence()).containsExactly(new Evidence.Note("w-0", 17, 23, "cb fri"));
        assertThat(new DraftCheck(aContact().with(shop()).noted("other words").input())
                        .check(draft)
                        .followUps()
                        .getFirst()
                        .check())
                .as("where the note says something else")
                .isEqualTo(Check.UNSUPPORTED);
    }

    @Test
    void whatNothingSpeaksForIsNotHeard() {
        Draft draft = aContact().with(shop()).noted("refund dmgd box").draft();

        assertThat(draft.resolution()).isEqualTo(Claim.notHeard("resolution"));
        assertThat(draft.sentiment()).isEqualTo(Claim.notHeard("sentiment"));
        assertThat(draft.unheard()).isTrue();
        assertThat(draft.fields()).isEmpty();
        assertThat(draft.followUps()).isEmpty();
        assertThat(draft.checklist()).doesNotContainKey("sentiment");
    }

    @Test
    void dispositionsAreRankedByTheWordsAndByWhatTheySayCameOfIt() {
        Draft done = aContact().with(shop()).noted("dmgd box, refund sent").draft();
        Draft passedOn =
                aContact().with(shop()).noted("dmgd box, escalated to tier two").draft();

        assertThat(done.disposition())
                .isNotNull()
                .satisfies(ranked -> assertThat(ranked.claim().value()).isEqualTo("REFUNDED"))
                .satisfies(ranked -> assertThat(ranked.alternatives())
                        .extracting(Alternative::code)
                        .contains("PASSED_ON"));
        assertThat(done.resolution()).isNotNull().extracting(Claim::value).isEqualTo("resolved");
        assertThat(passedOn.disposition())
                .isNotNull()
                .satisfies(ranked -> assertThat(ranked.claim().value()).isEqualTo("PASSED_ON"));
    }

    @Test
    void fieldsAreFilledByTheirTypesFromTheKeywords() {
        Draft draft = aContact()
                .with(shop())
                .ofType("RETURNS")
                .noted("refund $40, order date march 3rd, maria@example.org")
                .draft();

        assertThat(field(draft, "amount").value()).isEqualTo("$40");
        assertThat(field(draft, "mail").value()).isEqualTo("maria@example.org");
        assertThat(field(draft, "mail").evidence())
                .containsExactly(new Evidence.Note("w-0", 34, 51, "maria@example.org"));
    }

    @Test
    void theTemplateOfTheCallTypeTellsIt() {
        Catalog catalog = shop(new Template(
                "returns",
                "Returns",
                "Return or refund: {keywords}. Amount {amount}. The policy was explained.",
                List.of("RETURNS"),
                List.of()));

        Draft draft = aContact().with(catalog).ofType("RETURNS").noted(TYPED).draft();

        assertThat(draft.summary().statements())
                .as("a sentence without a value is left out, one in which nothing was put does not stand")
                .extracting(Claim::value, Claim::check)
                .containsExactly(
                        tuple("Return or refund: refund damaged box, callback promised Friday.", Check.SUPPORTED),
                        tuple("The policy was explained.", Check.UNSUPPORTED));
    }

    @Test
    void theTemplateOfTheDispositionGoesBeforeThatOfTheCallType() {
        Catalog catalog = shop(
                new Template("returns", "Returns", "Return: {keywords}.", List.of("RETURNS"), List.of()),
                new Template("refunded", "Refunded", "{amount} refunded, {reason}.", List.of(), List.of("REFUNDED")));

        Draft draft = aContact()
                .with(catalog)
                .ofType("RETURNS")
                .noted("dmgd box, refund $40 sent")
                .draft();

        assertThat(texts(draft.summary().statements()))
                .as("what a template does not take up follows")
                .isEqualTo("$40 refunded, Refund. Damaged box. Refund $40 sent.");
    }

    @Test
    void withWordsTheKeywordsFillOnlyWhatTheseLeaveOpen() {
        Draft draft = aContact()
                .with(shop())
                .ofType("RETURNS")
                .customer("My box arrived damaged and I want a refund of $25.")
                .agent("I have sent the refund.")
                .noted("refund $40, maria@example.org, cb fri")
                .draft();

        assertThat(field(draft, "amount").value()).isEqualTo("$25");
        assertThat(field(draft, "mail").value()).isEqualTo("maria@example.org");
        assertThat(draft.followUps()).extracting(Claim::id).containsExactly("followUps/noted.callback");
        assertThat(draft.unheard()).isFalse();
        assertThat(texts(draft.summary().statements())).doesNotContain("40");
    }

    @Test
    void aLanguageThatIsNotUnderstoodIsAsIfNobodyWasHeard() {
        Draft draft = aContact()
                .with(shop())
                .customer(
                        "Guten Tag, mein Paket ist gestern völlig beschädigt bei mir angekommen, und ich möchte mein Geld zurück.")
                .noted(TYPED)
                .draft();

        assertThat(draft.unheard()).isTrue();
        assertThat(draft.reasons()).extracting(Claim::value).containsExactly("REFUND");
        assertThat(draft.reason()).contains("German").endsWith("The rest was drafted from the agent's keywords.");
    }

    @Test
    void whatIsReportedAsDoneOrMissedIsNoPromise() {
        assertThat(aContact().with(shop()).noted("missed callback").draft().followUps())
                .isEmpty();
        assertThat(aContact().with(shop()).noted("form sent fri").draft().followUps())
                .isEmpty();
        assertThat(aContact().with(shop()).noted("refund").draft().followUps()).isEmpty();
        assertThat(aContact().with(shop()).noted("email label by tmrw").draft().followUps())
                .singleElement()
                .extracting(Claim::value)
                .isEqualTo(new FollowUp(
                        "Email label by tomorrow.", Kind.EMAIL, Owner.AGENT, Instant.parse("2026-03-04T04:59:00Z")));
        assertThat(aContact()
                        .with(shop())
                        .noted("cu to send photo by fri")
                        .draft()
                        .followUps())
                .singleElement()
                .satisfies(claim -> assertThat(claim.value())
                        .isNotNull()
                        .extracting(FollowUp::owner)
                        .isEqualTo(Owner.CUSTOMER));
    }

    @Test
    void whatAnAgentNotesOfTheCustomersMannersIsTheAgentsOpinion() {
        Draft draft = aContact()
                .with(shop())
                .noted("refund dmgd box, customer was rude")
                .draft();

        assertThat(draft.summary().statements())
                .filteredOn(claim -> String.valueOf(claim.value()).contains("rude"))
                .extracting(Claim::check)
                .containsExactly(Check.OPINION);
    }

    @Test
    void whatAnAgentTypesIsStillNotChecked() {
        var check = new DraftingEngine(new WordEmbedder())
                .check(aContact().with(shop()).noted(TYPED).input());

        assertThat(check.obstacle()).isEqualTo("noWords");
        assertThat(check.of("Refunded $14 to Amir.")).isEmpty();
    }

    /** A template without keywords is for contacts that were heard; a sentence of it that nothing is known for is left out. */
    @Test
    void whereTheCustomerWasHeardTheTemplateOfTheCallTypeTellsThatToo() {
        Template template = new Template(
                "heard",
                "Returns, heard",
                "{reason}: {issue}. Amount {amount}. Ordered on {ordered}. The policy was explained.",
                List.of("RETURNS"),
                List.of());
        TestContact contact = aContact()
                .with(shop(template))
                .ofType("RETURNS")
                .customer("I want a refund for a damaged box.")
                .agent("How much did you pay?")
                .customer("It was $40.");
        Draft draft = contact.draft();

        assertThat(texts(draft.summary().statements()))
                .isEqualTo("Refund: Customer wanted a refund for a damaged box. Amount $40.");
        assertThat(draft.summary().statements())
                .allSatisfy(claim -> assertThat(claim.check()).isEqualTo(Check.SUPPORTED))
                .allSatisfy(
                        claim -> assertThat(claim.evidence()).isNotEmpty().hasOnlyElementsOfType(Evidence.Quote.class));
        assertThat(texts(contact.with(shop()).draft().summary().statements()))
                .as("without a template")
                .startsWith("Customer wanted a refund for a damaged box.");
    }

    @Test
    void aTemplateForKeywordsTellsNothingThatWasHeard() {
        Template template = new Template("typed", "Returns", "Return: {keywords}.", List.of("RETURNS"), List.of());

        Draft draft = aContact()
                .with(shop(template))
                .ofType("RETURNS")
                .customer("I want a refund for a damaged box.")
                .draft();

        assertThat(texts(draft.summary().statements())).startsWith("Customer wanted a refund for a damaged box.");
    }

    private static Stream<Claim<?>> claimsOf(List<? extends Claim<?>> claims) {
        return claims.stream().map(claim -> claim);
    }

    /** Those that have a value, but for disposition. */
    private static List<Claim<?>> claims(Draft draft) {
        return Stream.of(
                        claimsOf(draft.summary().statements()),
                        claimsOf(draft.issue().statements()),
                        claimsOf(draft.resolutionText().statements()),
                        claimsOf(draft.nextSteps()),
                        claimsOf(draft.reasons()),
                        claimsOf(draft.followUps()),
                        claimsOf(List.copyOf(draft.fields().values())))
                .flatMap(all -> all)
                .filter(claim -> claim.value() != null)
                .toList();
    }

    private static String texts(List<Claim<String>> claims) {
        return claims.stream().map(claim -> String.valueOf(claim.value())).collect(Collectors.joining(" "));
    }

    private static Claim<String> field(Draft draft, String name) {
        return draft.fields().getOrDefault(name, Claim.notHeard("none"));
    }

    private static Catalog shop(Template... templates) {
        var form = new Form(
                "returns",
                "Returns",
                List.of(
                        field("amount", "Amount", Type.AMOUNT),
                        field("ordered", "Order date", Type.DATE),
                        field("mail", "E-mail", Type.EMAIL)));
        return new Catalog(
                List.of(),
                List.of(),
                List.of(),
                List.of(new CallType(
                        "RETURNS", "Returns", "Returns, refunds and damaged goods", Complexity.LOW, "returns", null)),
                List.of(),
                List.of(
                        new Reason("REFUND", "Refund", "Customer wants a refund for a damaged box", "RETURNS"),
                        new Reason("TRACKING", "Order tracking", "Where a parcel is and when it arrives", null)),
                List.of(
                        new Disposition("REFUNDED", "Refunded", "The refund was sent", null, List.of("RETURNS")),
                        new Disposition("PASSED_ON", "Escalated", "Somebody else goes on with it", null, List.of()),
                        new Disposition("TRACKED", "Tracking given", "Where the parcel is was told", null, List.of())),
                List.of(),
                List.of(form),
                List.of(),
                List.of(),
                List.of(templates),
                List.of(
                        new Abbreviation("cb", "Callback", "callback promised"),
                        new Abbreviation("cu", "Customer", "customer"),
                        new Abbreviation("dmgd", "Damaged", "damaged")),
                List.of());
    }

    private static FormField field(String name, String label, Type type) {
        return new FormField(name, label, null, type, List.of(), false, false);
    }
}
