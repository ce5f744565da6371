package org.afterword.wrapup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.afterword.catalog.APolicy;
import org.afterword.catalog.PolicySettings;
import org.afterword.platform.Json;
import org.afterword.wrapup.DraftSource.Proposal;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What a policy makes of drafted statements that nothing bears out. */
class ProposalTest {
    private static final String DRAFT = """
            {"status": "ready", "summary": {"statements": [
               {"value": "Asked for a refund.", "check": "supported"},
               {"value": "Moved last week.", "check": "unsupported"},
               {"value": "Was rude.", "check": "opinion"},
               {"value": "Paid $12.", "check": "struck"}]}%s}
            """;

    @Test
    void aPolicyThatStrikesThemFillsInWhatIsBorneOut() {
        assertThat(summary("STRIKE", "")).isEqualTo("Asked for a refund.");
    }

    @Test
    void aPolicyThatMarksThemFillsThemInButNeitherOpinionsNorWhatIsWrong() {
        assertThat(summary("MARK", "")).isEqualTo("Asked for a refund. Moved last week.");
    }

    @Test
    void aPartThatDoesNotFillTheRecordByItselfStaysEmptyUnderEitherPolicy() {
        ObjectNode nothing = Json.object();
        Proposal graded = proposal(nothing, ", \"grades\": {\"summary\": \"SUGGEST\"}");

        assertThat(graded.under(policy("MARK")).record()).isEmpty();
    }

    private static String summary(String unsupported, String more) {
        return proposal(Json.object().put("summary", "Asked for a refund."), more)
                .under(policy(unsupported))
                .record()
                .path("summary")
                .asString();
    }

    private static Proposal proposal(ObjectNode record, String more) {
        return new Proposal("d#1", Instant.EPOCH, "builtIn", record, Json.read(DRAFT.formatted(more)));
    }

    private static WrapUpPolicy policy(String unsupported) {
        PolicySettings said = APolicy.of("p", "{}", "{'unsupported': '%s'}".formatted(unsupported))
                .settings();
        return new WrapUpPolicy(List.of("p"), List.of(), 1, false, said.over(PolicySettings.DEFAULT));
    }
}
