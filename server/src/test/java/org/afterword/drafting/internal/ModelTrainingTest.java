package org.afterword.drafting.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.afterword.conversation.ConversationFixture;
import org.afterword.conversation.InteractionId;
import org.afterword.drafting.ConfirmedExamples.Example;
import org.afterword.drafting.Lessons;
import org.afterword.drafting.WordEmbedder;
import org.afterword.drafting.internal.DraftRepository.NewExample;
import org.afterword.drafting.internal.ModelRepository.Subject;
import org.afterword.drafting.internal.ModelRepository.Version;
import org.afterword.drafting.internal.learning.FeatureCollector;
import org.afterword.drafting.internal.learning.Features;
import org.afterword.drafting.internal.learning.HeldBack;
import org.afterword.drafting.internal.learning.Lesson;
import org.afterword.drafting.internal.learning.RankingModel;
import org.afterword.platform.DueWork;
import org.afterword.platform.LowPriority;
import org.afterword.platform.PostgresDatabase;
import org.afterword.platform.ProcessorShare;
import org.afterword.platform.TenantId;
import org.afterword.wrapup.WrapUpId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ModelTrainingTest {
    private static final TenantId TENANT = TenantId.DEFAULT;
    private static final Map<String, Double> UNDECIDED = Map.of("REFUND", 0.5, "COMPLAINT", 0.5);
    private static final Map<String, Double> UNLIKELY =
            Map.of("tags/MONEY", 0.0, "reasons/UPSET", 0.0, "tags/VIP", 0.0);

    @RegisterExtension
    final PostgresDatabase db = PostgresDatabase.migrated();

    final ConversationFixture center = new ConversationFixture(db);
    final DraftRepository drafts = new DraftRepository(center.jdbc);
    final ModelRepository models = new ModelRepository(center.jdbc);
    final DueWork dueWork = new DueWork(center.tenancy, center.jdbc, center.clock);
    final WordEmbedder embedder = new WordEmbedder();
    final ModelTraining training = new ModelTraining(
            center.tenancy,
            models,
            embedder,
            new LowPriority("drafting", ProcessorShare.LEAST, 1),
            dueWork,
            center.clock);

    private int confirmed;

    @Test
    void aHundredConfirmedRecordsMakeAModel() {
        confirm(99, Turned.NONE);
        learn();
        assertThat(states("dispositions")).isEmpty();

        confirm(1, Turned.NONE);
        learn();

        assertThat(ranked(inUse(), "money").get("REFUND")).isGreaterThan(0.9);
    }

    @Test
    void reasonsAndTagsAreLearnedEachForItself() {
        confirm(200, Turned.NONE);

        learn();

        Map<String, Double> money = RankingModel.parse(Objects.requireNonNull(
                        inUse(Subject.codes(embedder.model())).weights()))
                .rank(said("money"), UNLIKELY);
        assertThat(money.get("tags/MONEY")).isGreaterThan(0.9);
        assertThat(money.get("reasons/UPSET")).as("both contacts have it").isGreaterThan(0.9);
        assertThat(money.get("tags/VIP")).as("neither has it").isLessThan(0.1);
    }

    @Test
    void nothingIsLearnedAnewBeforeATenthMoreWasConfirmed() {
        confirm(1_100, Turned.NONE);
        learn();
        confirm(109, Turned.NONE);
        learn();
        assertThat(states("dispositions")).containsExactly("IN_USE");

        confirm(1, Turned.NONE);
        learn();

        assertThat(states("dispositions")).containsExactly("REPLACED", "IN_USE");
        assertThat(inUse().contacts()).isEqualTo(1_210);
    }

    @Test
    void whereRecordsHaveNeitherReasonsNorTagsNothingIsLearnedOfThem() {
        confirm(200, Turned.NONE, refund -> Set.of());

        learn();

        assertThat(states("dispositions")).containsExactly("IN_USE");
        assertThat(states("codes")).isEmpty();
    }

    /** What is held back of the new ones says the contrary of what the others do. */
    @Test
    void aVersionThatIsWorseByTheRecordsHeldBackStaysOutAndIsNotTriedAgain() {
        confirm(100, Turned.NONE);
        learn();
        confirm(100, Turned.NOT_HELD_BACK);
        learn();

        assertThat(states("dispositions")).containsExactly("IN_USE", "REFUSED");
        assertThat(states("codes")).containsExactly("IN_USE", "REFUSED");
        learn();
        assertThat(states("dispositions")).hasSize(2);
        assertThat(states("codes")).hasSize(2);
    }

    @Test
    void aVersionThatGetsWorseGoesOutOfUse() {
        confirm(100, Turned.NONE);
        learn();
        confirm(100, Turned.ALL);
        learn();
        assertThat(states("dispositions"))
                .as("for a while all was the other way round")
                .containsExactly("REPLACED", "IN_USE");
        assertThat(states("codes")).containsExactly("REPLACED", "IN_USE");

        confirm(60, Turned.NONE);
        learn();

        assertThat(states("dispositions")).containsExactly("IN_USE", "ROLLED_BACK");
        assertThat(states("codes")).containsExactly("IN_USE", "ROLLED_BACK");
        assertThat(ranked(inUse(), "money").get("REFUND")).isGreaterThan(0.9);
    }

    /** Which records bear the other code. */
    private enum Turned {
        NONE,
        NOT_HELD_BACK,
        ALL
    }

    private void confirm(int count, Turned which) {
        confirm(count, which, refund -> refund ? Set.of("tags/MONEY", "reasons/UPSET") : Set.of("reasons/UPSET"));
    }

    private void confirm(int count, Turned which, Function<Boolean, Set<String>> codes) {
        center.tenancy.run(TENANT, () -> {
            for (int i = 0; i < count; i++) {
                String id = "w" + confirmed++;
                boolean refund = confirmed % 2 == 0;
                boolean turned = which == Turned.ALL || which == Turned.NOT_HELD_BACK && !HeldBack.is(id);
                Features features = said(refund ? "money" : "rude");
                String code = refund != turned ? "REFUND" : "COMPLAINT";
                center.clock.advance(Duration.ofSeconds(1));
                drafts.putExample(
                        TENANT,
                        new NewExample(
                                new WrapUpId(id),
                                new InteractionId("call-" + id),
                                center.clock.instant(),
                                embedder.model(),
                                new Example(embedder.embed(List.of(id)).getFirst(), code, List.of(), List.of()),
                                new Lessons(
                                        new Lesson(id, features, UNDECIDED, code),
                                        new Lesson(id, features, UNLIKELY, codes.apply(refund != turned))),
                                Map.of()));
            }
            training.moreWasConfirmed();
        });
    }

    private void learn() {
        center.clock.advance(Duration.ofMinutes(2));
        Instant now = center.clock.instant();
        training.handle(TENANT, dueWork.claim(ModelTraining.LEARN, now, training.lease(), 1));
        assertThat(dueWork.claim(ModelTraining.LEARN, now.plus(training.lease()).plusSeconds(1), training.lease(), 1))
                .as("what is left to do")
                .isEmpty();
    }

    private Version inUse() {
        return inUse(Subject.dispositions(embedder.model()));
    }

    private Version inUse(Subject subject) {
        return center.tenancy.in(TENANT, () -> models.inUse(TENANT, subject)).orElseThrow();
    }

    private List<String> states(String subject) {
        return center.tenancy.in(
                TENANT,
                () -> center.jdbc.query(
                        "SELECT state FROM learned_model WHERE tenant_id = ? AND subject = ? ORDER BY number",
                        (rs, n) -> rs.getString("state"),
                        TENANT.value(),
                        subject));
    }

    private static Map<String, Double> ranked(Version version, String word) {
        return RankingModel.parse(Objects.requireNonNull(version.weights())).rank(said(word), UNDECIDED);
    }

    private static Features said(String word) {
        return new FeatureCollector()
                .words("customer", 2, List.of(List.of(word)))
                .with(new float[] {0.5f});
    }
}
