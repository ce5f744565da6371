package org.afterword.wrapup.internal;

import static org.afterword.wrapup.internal.WrapUpFixture.ANN;
import static org.afterword.wrapup.internal.WrapUpFixture.SAM;
import static org.afterword.wrapup.internal.WrapUpFixture.TENANT;
import static org.afterword.wrapup.internal.WrapUpFixture.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.afterword.conversation.Conversations;
import org.afterword.conversation.InteractionId;
import org.afterword.platform.DueWork;
import org.afterword.platform.PostgresDatabase;
import org.afterword.platform.ProblemException;
import org.afterword.platform.TenantId;
import org.afterword.wrapup.TypedKeywords.Keywords;
import org.afterword.wrapup.WrapUpId;
import org.afterword.wrapup.WrapUpView;
import org.afterword.wrapup.WrapUps.Completion;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Keywords and changes of the customer's data in records: what only people put there. */
class KeywordNotesTest {
    private static final InteractionId CALL = new InteractionId("call");

    @RegisterExtension
    final PostgresDatabase db = PostgresDatabase.migrated();

    final WrapUpFixture here = new WrapUpFixture(db);

    @BeforeEach
    void aCallThatIsOver() {
        here.connect("call", "ann");
        here.clock.advance(Duration.ofSeconds(60));
        here.hangUp("call");
        planned();
    }

    private WrapUpId id() {
        return here.idOf("call");
    }

    private WrapUpView type(String json) {
        return here.wrapUps.patch(ANN, id(), here.wrapUpOf("call").version(), record(json));
    }

    private List<Keywords> typed() {
        return here.tenancy.in(TENANT, () -> here.keywords.of(List.of(CALL)).getOrDefault(CALL, List.of()));
    }

    /** The contacts that want a draft, as a worker takes them. */
    private List<String> planned() {
        List<DueWork.Item> items =
                here.dueWork.claim(Conversations.DRAFT_WORK, here.clock.instant(), Duration.ofMinutes(1), 10);
        here.tenancy.run(TENANT, () -> here.dueWork.done(items));
        return items.stream().map(DueWork.Item::id).toList();
    }

    @Test
    void typingThemPlansTheDraftAtOnceAndTypingAnythingElseDoesNot() {
        type("{'summary': 'Called.'}");
        assertThat(planned()).isEmpty();

        type("{'keywords': 'refund dmgd box'}");

        assertThat(planned()).containsExactly("call");
        assertThat(typed()).containsExactly(new Keywords(id(), "refund dmgd box", here.clock.instant()));
    }

    @Test
    void takingThemOutPlansItAgainAndIsKnown() {
        type("{'keywords': 'refund dmgd box'}");
        planned();
        here.clock.advance(Duration.ofSeconds(5));

        type("{'keywords': null}");

        assertThat(planned()).containsExactly("call");
        assertThat(typed()).containsExactly(new Keywords(id(), "", here.clock.instant()));
    }

    @Test
    void theyAreRedactedAndShort() {
        type("{'keywords': 'card 4111 1111 1111 1111 lost'}");

        assertThat(typed()).extracting(Keywords::text).first().asString().doesNotContain("4111");
        assertThatThrownBy(() -> type("{'keywords': '%s'}".formatted("x".repeat(1001))))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void noDraftFillsThemInAndNoneFillsInAChangeOfTheCustomersData() {
        here.drafts.propose(
                "call",
                here.clock.instant(),
                record(
                        "{'summary': 'Drafted.', 'keywords': 'drafted', 'customerChanges': {'phone': {'new': '555 0199'}}}"));

        WrapUpView shown = here.wrapUps.get(ANN, id());

        assertThat(shown.record()).isEqualTo(record("{'summary': 'Drafted.'}"));
    }

    @Test
    void keywordsStayInTheHouseAndATickedChangeLeaves() {
        WrapUpView ticked = type("""
                {'keywords': 'refund dmgd box', 'customerChanges': {'phone': {'old': '555 0100', 'new': '555 0199'}}}
                """);
        assertThat(ticked.provenance().at("/~1customerChanges~1phone/status").asString())
                .isEqualTo("typed");

        here.wrapUps.complete(
                ANN, id(), ticked.version(), new Completion(record("{'disposition': 'DONE'}"), List.of(), null, null));
        here.clock.advance(Duration.ofSeconds(11));
        here.work();

        assertThat(here.dataOf("wrapup.completed").path("record"))
                .isEqualTo(
                        record(
                                "{'disposition': 'DONE', 'customerChanges': {'phone': {'old': '555 0100', 'new': '555 0199'}}}"));
        assertThat(here.wrapUps.get(SAM, id()).record().path("keywords").asString())
                .as("kept with the record")
                .isEqualTo("refund dmgd box");
    }

    @Test
    void aChangeThatIsUntickedAgainIsGone() {
        type("{'customerChanges': {'phone': {'old': '555 0100', 'new': '555 0199'}}}");

        WrapUpView now = type("{'customerChanges': {'phone': null}}");

        assertThat(now.record().has("customerChanges")).isFalse();
    }

    @Test
    void whatIsNoChangeIsRefused() {
        Map.of(
                        "{'customerChanges': {'shoeSize': {'new': '42'}}}", "#/record/customerChanges/shoeSize",
                        "{'customerChanges': {'phone': '555 0199'}}", "#/record/customerChanges/phone",
                        "{'customerChanges': {'phone': {'old': '555 0100'}}}", "#/record/customerChanges/phone/new",
                        "{'customerChanges': {'phone': {'new': '1', 'by': 'x'}}}", "#/record/customerChanges/phone/by")
                .forEach((patch, place) -> assertThatThrownBy(() -> type(patch))
                        .isInstanceOfSatisfying(
                                ProblemException.class,
                                problem -> assertThat(problem.faults())
                                        .extracting(ProblemException.Fault::pointer)
                                        .containsExactly(place)));
    }

    @Test
    void whatIsSplitOffHasNoKeywordsForADraft() {
        WrapUpView part =
                here.splits.split(ANN, id(), null, record("{'id': 'C-9'}")).wrapUp();
        planned();

        here.wrapUps.patch(ANN, part.id(), part.version(), record("{'keywords': 'refund'}"));

        assertThat(typed()).isEmpty();
        assertThat(planned()).isEmpty();
    }

    @Test
    void anotherTenantsAreNotSeen() {
        type("{'keywords': 'refund dmgd box'}");

        assertThat(here.tenancy.in(new TenantId("other"), () -> here.keywords.of(List.of(CALL))))
                .isEmpty();
    }
}
