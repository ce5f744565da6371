package org.afterword.drafting.internal.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.afterword.drafting.Claim;
import org.afterword.drafting.Draft;
import org.afterword.drafting.internal.Proposals;
import org.afterword.drafting.internal.proof.Comparison.Judged;
import org.afterword.drafting.internal.proof.Comparison.Outcome;
import org.afterword.platform.Json;
import org.afterword.wrapup.SealedMask;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class ComparisonTest {
    private static final Draft DRAFT = draft();

    @Test
    void whatIsConfirmedAsItWasDraftedIsAccepted() {
        Map<String, Outcome> outcomes = outcomes(Proposals.of(DRAFT));

        assertThat(outcomes.values()).containsOnly(Outcome.ACCEPTED, Outcome.NOT_OFFERED);
        assertThat(outcomes).containsEntry("tags/STRUCK", Outcome.NOT_OFFERED);
    }

    @Test
    void whatIsChangedIsEditedWhatIsTakenOutRejectedAndWhatIsAddedMissed() {
        Map<String, Outcome> outcomes = outcomes(record("""
                {"summary": "Nothing of this was said in any way at all.", "reasons": ["LATE"], "tags": ["VIP"],
                 "disposition": "COMPLAINT", "fields": {"amount": "31", "date": "2026-03-02"},
                 "checklist": {"greeted": false, "closed": true}}
                """));

        assertThat(outcomes)
                .isEqualTo(Map.of(
                        "summary", Outcome.EDITED,
                        "reasons/DAMAGED", Outcome.REJECTED,
                        "reasons/LATE", Outcome.MISSED,
                        "tags/STRUCK", Outcome.NOT_OFFERED,
                        "tags/VIP", Outcome.MISSED,
                        "disposition", Outcome.EDITED,
                        "fields/amount", Outcome.EDITED,
                        "fields/date", Outcome.MISSED,
                        "checklist/greeted", Outcome.REJECTED,
                        "checklist/closed", Outcome.MISSED));
    }

    @Test
    void aTextCountsAsTakenOverWhereFourOfFiveWordsStay() {
        assertThat(Comparison.kept("Refund of thirty dollars started", "Refund of thirty dollars begun."))
                .isEqualTo(0.8);
        assertThat(outcomes(record("{\"summary\": \"Refund of thirty dollars begun.\"}")))
                .containsEntry("summary", Outcome.ACCEPTED);
        assertThat(outcomes(record("{\"summary\": \"Refund of forty dollars begun.\"}")))
                .containsEntry("summary", Outcome.EDITED);
        assertThat(outcomes(Json.object())).containsEntry("summary", Outcome.REJECTED);
    }

    @Test
    void whoDidNotSeeTheDraftIsComparedInWhatIsStatedInTheSameTerms() {
        List<Judged> judged = Comparison.of(DRAFT, Proposals.of(DRAFT), Json.object(), Proposals.of(DRAFT), _ -> true);

        assertThat(judged).extracting(Judged::part).doesNotContain("summary").contains("disposition", "fields");
        assertThat(judged).as("nothing stood in the record").noneMatch(Judged::filled);
    }

    @Test
    void theLogHoldsCodesAndNoWordsOfTheCustomer() {
        List<Judged> judged = Comparison.of(
                DRAFT,
                Proposals.of(DRAFT),
                Proposals.of(DRAFT),
                record("{\"disposition\": \"COMPLAINT\", \"fields\": {\"amount\": \"4711\"}}"),
                _ -> false);

        assertThat(Json.write(judged)).contains("REFUND", "COMPLAINT").doesNotContain("30", "4711", "thirty");
        Judged disposition = judged.stream()
                .filter(one -> one.part().equals("disposition"))
                .findFirst()
                .orElseThrow();
        assertThat(disposition.candidates())
                .extracting(Comparison.Candidate::value)
                .containsExactly("REFUND", "COMPLAINT");
        assertThat(disposition.confirmed()).isEqualTo("COMPLAINT");
    }

    @Test
    void aSealedFieldIsNotMissed() {
        ObjectNode confirmed = Json.object();
        confirmed.putObject("fields").put("iban", SealedMask.next());

        assertThat(outcomes(confirmed)).doesNotContainKey("fields/iban");
    }

    /** Words in any order, each as often as it stands there. */
    @Property
    void keptIsAShareAndAllOfTheSameText(@ForAll String one, @ForAll String other) {
        assertThat(Comparison.kept(one, other)).isBetween(0.0, 1.0);
        assertThat(Comparison.kept(one, one)).isEqualTo(1.0);
    }

    private static Map<String, Outcome> outcomes(ObjectNode confirmed) {
        var outcomes = new LinkedHashMap<String, Outcome>();
        Comparison.of(DRAFT, Proposals.of(DRAFT), Proposals.of(DRAFT), confirmed, _ -> false)
                .forEach(one ->
                        outcomes.put(one.item() == null ? one.part() : one.part() + "/" + one.item(), one.outcome()));
        return outcomes;
    }

    private static ObjectNode record(String json) {
        return (ObjectNode) Json.read(json);
    }

    private static Draft draft() {
        Draft none = Draft.none();
        return new Draft(
                Draft.Status.READY,
                null,
                "builtIn",
                "m1",
                null,
                null,
                new Draft.Statements(List.of(claim("s1", "Refund of thirty dollars started"))),
                none.issue(),
                none.resolutionText(),
                List.of(),
                List.of(),
                List.of(claim("reasons/DAMAGED", "DAMAGED")),
                List.of(claim("tags/STRUCK", "STRUCK").withCheck(Claim.Check.STRUCK)),
                List.of(),
                Map.of("amount", claim("fields/amount", "30")),
                Map.of("greeted", Claim.of("checklist/greeted", true, 0.9, List.of())),
                new Draft.Ranked(claim("disposition", "REFUND"), List.of(new Draft.Alternative("COMPLAINT", 0.1))),
                null,
                null,
                Map.of());
    }

    private static Claim<String> claim(String id, String value) {
        return Claim.of(id, value, 0.9, List.of());
    }
}
