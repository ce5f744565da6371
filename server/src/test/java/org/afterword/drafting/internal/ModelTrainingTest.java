package org.afterword.drafting.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.afterword.conversation.ConversationFixture;
import org.afterword.conversation.InteractionId;
import org.afterword.drafting.ConfirmedExamples.Example;
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
        assertThat(states()).isEmpty();

        confirm(1, Turned.NONE);
        learn();

        assertThat(ranked(inUse(), "money").get("REFUND")).isGreaterThan(0.9);
    }

    @Test
    void nothingIsLearnedAnewBeforeATenthMoreWasConfirmed() {
        confirm(1_100, Turned.NONE);
        learn();
        confirm(109, Turned.NONE);
        learn();
        assertThat(inUse().number()).isEqualTo(1);

        confirm(1, Turned.NONE);
        learn();

        assertThat(inUse().number()).isEqualTo(2);
        assertThat(inUse().contacts()).isEqualTo(1_210);
    }

    /** What is held back of the new ones says the contrary of what the others do. */
    @Test
    void aVersionThatIsWorseByTheRecordsHeldBackStaysOutAndIsNotTriedAgain() {
        confirm(100, Turned.NONE);
        learn();
        confirm(100, Turned.NOT_HELD_BACK);
        learn();

        assertThat(states()).containsExactly("IN_USE", "REFUSED");
        learn();
        assertThat(states()).hasSize(2);
    }

    @Test
    void aVersionThatGetsWorseGoesOutOfUse() {
        confirm(100, Turned.NONE);
        learn();
        confirm(100, Turned.ALL);
        learn();
        assertThat(states()).as("for a while all was the other way round").containsExactly("REPLACED", "IN_USE");

        confirm(60, Turned.NONE);
        learn();

        assertThat(states()).containsExactly("IN_USE", "ROLLED_BACK");
        assertThat(ranked(inUse(), "money").get("REFUND")).isGreaterThan(0.9);
    }

    /** Which records bear the other code. */
    private enum Turned {
        NONE,
        NOT_HELD_BACK,
        ALL
    }

    private void confirm(int count, Turned which) {
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
                                new Example(embedder.embed(List.of(id)).getFirst(), code, List.of()),
                                new Lesson(id, features, UNDECIDED, code),
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
        return center.tenancy
                .in(TENANT, () -> models.inUse(TENANT, Subject.dispositions(embedder.model())))
                .orElseThrow();
    }

    private List<String> states() {
        return center.tenancy.in(
                TENANT,
                () -> center.jdbc.query(
                        "SELECT state FROM learned_model WHERE tenant_id = ? ORDER BY number",
                        (rs, n) -> rs.getString("state"),
                        TENANT.value()));
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
