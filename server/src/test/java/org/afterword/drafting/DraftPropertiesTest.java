package org.afterword.drafting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.afterword.drafting.Claim.Check;
import org.afterword.drafting.DraftInput.Contact;
import org.afterword.drafting.DraftInput.DesktopAction;
import org.afterword.drafting.DraftInput.Speaker;
import org.afterword.drafting.DraftInput.Turn;
import org.afterword.drafting.internal.language.Mention;
import org.afterword.drafting.internal.language.Mentions;

class DraftPropertiesTest {
    private static final Pattern DIGITS = Pattern.compile("\\d+");
    private static final int SUMMARY_WORDS = 35;

    private final DraftingEngine engine = new DraftingEngine(new WordEmbedder());

    @Property(tries = 300)
    void whatStandsHasItsNumbersInEvidenceThatExists(@ForAll("contacts") DraftInput input) {
        Draft draft = engine.draft(input, ConfirmedExamples.NONE);

        texts(draft).filter(claim -> claim.check() == Check.SUPPORTED).forEach(claim -> {
            assertThat(claim.evidence()).isNotEmpty();
            String evidence = words(claim, input);
            assertThat(values(evidence)).containsAll(values(String.valueOf(claim.value())));
        });
        draft.fields().forEach((name, claim) -> {
            assertThat(claim.evidence()).as(name).isNotEmpty();
            if (claim.check() == Check.SUPPORTED) {
                assertThat(values(words(claim, input))).as(name).containsAll(values(String.valueOf(claim.value())));
            }
        });
    }

    @Property(tries = 300)
    void theEnginesOwnStatementsPassItsCheck(@ForAll("contacts") DraftInput input) {
        Draft draft = engine.draft(input, ConfirmedExamples.NONE);

        assertThat(texts(draft)).extracting(Claim::check).doesNotContain(Check.STRUCK, Check.UNSUPPORTED);
        assertThat(draft.fields().values()).extracting(Claim::check).doesNotContain(Check.STRUCK, Check.UNSUPPORTED);
    }

    @Property(tries = 300)
    void aSummaryHasAtMost35WordsAndEveryIdIsGivenOnce(@ForAll("contacts") DraftInput input) {
        Draft draft = engine.draft(input, ConfirmedExamples.NONE);

        String summary = draft.summary().statements().stream()
                .map(claim -> claim.value() == null ? "" : claim.value())
                .collect(Collectors.joining(" "));
        assertThat(summary.isBlank() ? 0 : summary.strip().split("\\s+").length).isLessThanOrEqualTo(SUMMARY_WORDS);
        assertThat(texts(draft).map(Claim::id)).doesNotHaveDuplicates();
    }

    @Property(tries = 300)
    void whatIsDraftedFromKeywordsRestsOnThemAndPassesTheCheck(@ForAll("keywords") String typed) {
        var note = new DraftInput.Note("w-0", typed, at(3));
        var input = new DraftInput(
                        contact(), List.of(), List.of(), true, TestContact.ZONE, TestContact.DAY, TestContact.bank())
                .withNotes(List.of(note));

        Draft draft = engine.draft(input, ConfirmedExamples.NONE);

        assertThat(draft.status()).isEqualTo(Draft.Status.READY);
        assertThat(texts(draft)).extracting(Claim::check).doesNotContain(Check.STRUCK, Check.UNSUPPORTED);
        assertThat(draft.fields().values()).extracting(Claim::check).doesNotContain(Check.STRUCK, Check.UNSUPPORTED);
        assertThat(texts(draft).map(Claim::id)).doesNotHaveDuplicates();
        assertThat(texts(draft).flatMap(claim -> claim.evidence().stream()))
                .allSatisfy(evidence -> assertThat(evidence)
                        .isInstanceOfSatisfying(
                                Evidence.Note.class,
                                place -> assertThat(typed.substring(place.from(), place.to()))
                                        .isEqualTo(place.quote())));
    }

    @Property(tries = 100)
    void theOrderOfTheInputDoesNotMatter(@ForAll("contacts") DraftInput input, @ForAll long seed) {
        var turns = new ArrayList<>(input.turns());
        var actions = new ArrayList<>(input.actions());
        Collections.shuffle(turns, new Random(seed));
        Collections.shuffle(actions, new Random(seed));
        var shuffled = new DraftInput(
                input.contact(), turns, actions, input.ended(), input.zone(), input.referenceDate(), input.catalog());

        assertThat(engine.draft(shuffled, ConfirmedExamples.NONE))
                .isEqualTo(engine.draft(input, ConfirmedExamples.NONE));
    }

    @Property(tries = 100)
    void anyTextIsTaken(@ForAll("anything") List<String> texts) {
        var turns = new ArrayList<Turn>();
        for (String text : texts) {
            turns.add(Turn.of(turns.size(), turns.size() % 2 == 0 ? Speaker.CUSTOMER : Speaker.AGENT, text));
        }
        var actions = texts.stream()
                .limit(2)
                .map(text ->
                        new DesktopAction("action-" + text, text, Map.of("amount", text, text, "x"), Map.of(), null))
                .distinct()
                .toList();
        var input =
                new DraftInput(contact(), turns, actions, true, TestContact.ZONE, TestContact.DAY, TestContact.bank());

        Draft draft = engine.draft(input, ConfirmedExamples.NONE);

        assertThat(draft.status()).isEqualTo(Draft.Status.READY);
    }

    @Provide
    Arbitrary<DraftInput> contacts() {
        Arbitrary<Turn> said = Combinators.combine(
                        Arbitraries.integers().between(0, 30),
                        Arbitraries.of(Speaker.AGENT, Speaker.CUSTOMER),
                        sentences())
                .as((n, who, text) -> new Turn(
                        n,
                        who,
                        text,
                        TestContact.DAY
                                .atTime(9, 0)
                                .plusSeconds(10L * n)
                                .atZone(TestContact.ZONE)
                                .toInstant(),
                        null,
                        null,
                        null));
        Arbitrary<DesktopAction> done = Combinators.combine(
                        Arbitraries.integers().between(0, 30),
                        Arbitraries.of("TransferMoney", "BookFlight", "GetBalance", "waive-fee"),
                        Arbitraries.of("950", "200", "Raghav", "2026-03-10", "18:00", "checking", "San Diego"),
                        Arbitraries.of("amount", "recipient_name", "departure_date", "departure_time", "destination"))
                .as((n, name, value, parameter) ->
                        new DesktopAction("action-" + n + name, name, Map.of(parameter, value), Map.of(), at(n)));
        return Combinators.combine(
                        said.list().ofMaxSize(14),
                        done.list().ofMaxSize(3).uniqueElements(DesktopAction::id),
                        Arbitraries.of(true, false))
                .as((turns, actions, ended) -> new DraftInput(
                        contact(), turns, actions, ended, TestContact.ZONE, TestContact.DAY, TestContact.bank()));
    }

    @Provide
    Arbitrary<String> keywords() {
        Arbitrary<String> piece = Arbitraries.of(
                "refund $950",
                "transfer 200 to Raghav",
                "lost card",
                "flight to San Diego mar 10",
                "cb fri",
                "callback tmrw 3 pm",
                "email form by 14 march",
                "could not reach",
                "escalated to T2",
                "fee waived",
                "maria@example.org",
                "408-739-6520",
                "1,200.50 dollars",
                "Dr. Smith",
                "w/o card");
        Arbitrary<String> known = piece.list()
                .ofMaxSize(6)
                .flatMap(pieces ->
                        Arbitraries.of(", ", "; ", ". ", "\n", " - ").map(between -> String.join(between, pieces)));
        return Arbitraries.oneOf(
                known,
                Arbitraries.strings().ofMaxLength(200),
                Arbitraries.strings().withChars("aA1 $.,:;'/-@\n").ofMaxLength(60));
    }

    @Provide
    Arbitrary<List<String>> anything() {
        Arbitrary<String> wild = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(200),
                Arbitraries.strings().withChars("aA1 $.,:'/-@\"\n").ofMaxLength(60),
                Arbitraries.strings().ascii().ofMinLength(4_000).ofMaxLength(6_000),
                sentences(),
                Arbitraries.of(
                        "",
                        " ",
                        "İstanbul 'n ʼ",
                        "٣٤٥ ½ ²",
                        "in 99999999999999 days",
                        "99:99 am 31 of February",
                        "$",
                        "a hundred million million dollars"));
        return wild.list().ofMaxSize(8);
    }

    private static Arbitrary<String> sentences() {
        Arbitrary<String> value = Arbitraries.of(
                "$950",
                "nine hundred and fifty dollars",
                "two hundred dollars",
                "March 10th",
                "the 14th",
                "next Friday",
                "tomorrow",
                "6 pm",
                "half past 3 in the afternoon",
                "Raghav",
                "Amy Smith",
                "San Diego",
                "Chicago",
                "two people",
                "checking",
                "408-739-6520");
        Arbitrary<String> frame = Arbitraries.of(
                "I want to transfer %s to %s, please.",
                "Can you find me a flight from %s to %s?",
                "Please confirm: %s and %s, is that right?",
                "Yes, that's right.",
                "No, %s instead of %s.",
                "I have transferred %s to %s.",
                "Your booking for %s at %s is confirmed.",
                "We will call you back by %s about %s.",
                "I'll email you the forms within 3 business days, %s.",
                "Sorry, I could not book %s for %s.",
                "Would you like me to book %s for %s?",
                "what time do you want to leave",
                "uh %s",
                "The balance of your account is %s.",
                "this is ridiculous, %s",
                "That's all, thanks.");
        return Combinators.combine(frame, value, value).as((text, one, other) -> text.formatted(one, other));
    }

    private static Instant at(int n) {
        return TestContact.DAY
                .atTime(9, 0)
                .plusSeconds(10L * n + 5)
                .atZone(TestContact.ZONE)
                .toInstant();
    }

    private static Contact contact() {
        return new Contact("voice", "inbound", null, null, null, null, null);
    }

    private static Stream<Claim<String>> texts(Draft draft) {
        return Stream.of(
                        draft.summary().statements(),
                        draft.issue().statements(),
                        draft.resolutionText().statements(),
                        draft.actions(),
                        draft.nextSteps())
                .flatMap(List::stream);
    }

    /** The words of a claim's evidence, read from the input and not from the claim. */
    private static String words(Claim<?> claim, DraftInput input) {
        return claim.evidence().stream()
                .map(evidence -> switch (evidence) {
                    case Evidence.Quote quote ->
                        input.turns().stream()
                                .filter(turn -> turn.number() == quote.turn())
                                .map(turn -> turn.text().substring(quote.from(), quote.to()))
                                .collect(Collectors.joining());
                    case Evidence.Action action ->
                        input.actions().stream()
                                .filter(done -> done.id().equals(action.actionId()))
                                .flatMap(done -> done.parameters().values().stream())
                                .collect(Collectors.joining(" ; "));
                    case Evidence.Note note ->
                        input.notes().stream()
                                .filter(typed -> typed.wrapUpId().equals(note.wrapUpId()))
                                .map(typed -> typed.text().substring(note.from(), note.to()))
                                .collect(Collectors.joining());
                })
                .collect(Collectors.joining(" ; "));
    }

    /** Every number in the text: those of values in canonical form, and digits that belong to none. */
    private static List<String> values(String text) {
        LocalDate today = TestContact.DAY;
        List<Mention> mentions = Mentions.in(text, today);
        Stream<String> typed = mentions.stream().map(m -> m.value().replaceAll("[$,+]", ""));
        Stream<String> loose = DIGITS.matcher(text)
                .results()
                .filter(digits ->
                        mentions.stream().noneMatch(m -> m.from() <= digits.start() && digits.end() <= m.to()))
                .map(MatchResult::group);
        return Stream.concat(typed, loose).toList();
    }
}
