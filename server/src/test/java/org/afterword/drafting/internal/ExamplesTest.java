package org.afterword.drafting.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.Catalogs;
import org.afterword.catalog.internal.CatalogRepository;
import org.afterword.conversation.AnEvent;
import org.afterword.conversation.ConversationFixture;
import org.afterword.drafting.ConfirmedExamples;
import org.afterword.drafting.ConfirmedExamples.Example;
import org.afterword.drafting.DraftingEngine;
import org.afterword.drafting.Embedder;
import org.afterword.drafting.Vector;
import org.afterword.drafting.WordEmbedder;
import org.afterword.drafting.internal.ModelRepository.NewVersion;
import org.afterword.drafting.internal.ModelRepository.Subject;
import org.afterword.drafting.internal.learning.Judgement;
import org.afterword.drafting.internal.learning.Link;
import org.afterword.drafting.internal.learning.RankingModel;
import org.afterword.drafting.internal.learning.Trainer;
import org.afterword.drafting.internal.proof.Proof;
import org.afterword.governance.Trail;
import org.afterword.governance.internal.TrailRepository;
import org.afterword.identity.Tenant;
import org.afterword.identity.TenantDirectory;
import org.afterword.identity.internal.TenantRepository;
import org.afterword.platform.DueWork;
import org.afterword.platform.EventLog;
import org.afterword.platform.LowPriority;
import org.afterword.platform.PostgresDatabase;
import org.afterword.platform.ProcessorShare;
import org.afterword.platform.Rush;
import org.afterword.platform.TenantId;
import org.afterword.platform.internal.EventPump;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.transaction.support.TransactionSynchronizationManager;

class ExamplesTest {
    private static final TenantId TENANT = TenantId.DEFAULT;
    private static final RankingModel NOTHING_LEARNED =
            RankingModel.parse(Trainer.train(List.of()).model().toBytes());

    @RegisterExtension
    final PostgresDatabase db = PostgresDatabase.migrated();

    final ConversationFixture center = new ConversationFixture(db);
    final EventLog eventLog = new EventLog(center.tenancy, center.jdbc);
    final TenantDirectory tenants =
            new TenantDirectory(new TenantRepository(center.jdbc), center.tenancy, List.of(), center.clock);
    final Catalogs catalogs = new Catalogs(
            new CatalogRepository(center.jdbc),
            center.tenancy,
            new Trail(new TrailRepository(center.jdbc), center.tenancy, center.clock),
            center.clock);
    final Watched embedder = new Watched();
    final ModelRepository models = new ModelRepository(center.jdbc);
    final LowPriority computing = new LowPriority("drafting", ProcessorShare.LEAST, 1);
    final DueWork dueWork = new DueWork(center.tenancy, center.jdbc, center.clock);
    final ModelTraining training =
            new ModelTraining(center.tenancy, models, embedder, computing, dueWork, center.clock);
    final Examples examples = new Examples(
            center.tenancy,
            new DraftRepository(center.jdbc),
            models,
            training,
            Proof.outcomes(center),
            center.conversations,
            catalogs,
            tenants,
            new DraftingEngine(embedder),
            computing,
            embedder,
            center.clock);
    final EventPump pump = new EventPump(
            center.tenancy, eventLog, center.jdbc, tenants, List.of(examples), new Rush(InstantSource.system()));

    @BeforeEach
    void aContactWasHeard() {
        tenants.create(new Tenant(TENANT, "Test", null, ZoneId.of("UTC")));
        var none = new Catalog(
                List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
                List.of(), List.of(), List.of(), List.of(), List.of());
        center.tenancy.run(TENANT, () -> catalogs.put(none, ConversationFixture.ADMINISTRATOR));
        center.take(AnEvent.said("call", 0, "customer", "My card was stolen, please block it."));
    }

    @Test
    void aConfirmedRecordIsLearnedWithoutATransactionWhileItIsEmbedded() {
        confirm();

        pump.feed(TENANT, examples);

        assertThat(embedder.inTransaction).isNotEmpty().containsOnly(false);
        assertThat(center.count("confirmed_example")).isEqualTo(1);
    }

    @Test
    void whatIsLearnedIsKnownToTheNextDraft() {
        assertThat(known().examples()).isEmpty();
        confirm();

        pump.feed(TENANT, examples);

        assertThat(known().examples()).extracting(Example::disposition).containsExactly("BLOCKED");
    }

    @Test
    void whatAModelHasLearnedCorrectsItNoMore() {
        confirm();
        pump.feed(TENANT, examples);
        assertThat(known().examples()).hasSize(1);
        center.tenancy.run(
                TENANT,
                () -> models.put(
                        TENANT,
                        new NewVersion(
                                Subject.dispositions(embedder.model()),
                                center.clock.instant(),
                                center.clock.instant(),
                                1,
                                new Judgement(20, 0.1, 0.2, 0, 1),
                                NOTHING_LEARNED.toBytes()),
                        null));

        center.clock.advance(Duration.ofSeconds(1));

        assertThat(unseen()).isEmpty();
        assertThat(known().codes()).as("reasons have no model").isNull();
        assertThat(known().examples()).hasSize(1);
        center.clock.advance(Duration.ofSeconds(1));
        confirm();
        pump.feed(TENANT, examples);
        assertThat(unseen()).as("a correction of what was learned").hasSize(1);
    }

    @Test
    void tagsOfAConfirmedRecordAreKnownAndCorrectTheModelOfReasonsAndTags() {
        center.tenancy.run(
                TENANT,
                () -> models.put(
                        TENANT,
                        new NewVersion(
                                Subject.codes(embedder.model()),
                                center.clock.instant(),
                                center.clock.instant(),
                                1,
                                new Judgement(20, 0.1, 0.2, 0, 1),
                                Trainer.train(List.of(), Link.ANY_OF).model().toBytes()),
                        null));
        center.clock.advance(Duration.ofSeconds(1));

        confirm();
        pump.feed(TENANT, examples);

        assertThat(Objects.requireNonNull(known().codes()).unseen())
                .singleElement()
                .satisfies(example -> assertThat(example.tags()).containsExactly("STOLEN"));
        assertThat(known().dispositions()).isNull();
    }

    @Test
    void aRecordThatWasConfirmedUnreadTeachesNothing() {
        confirm(figures(0, 1.0));
        pump.feed(TENANT, examples);
        assertThat(known().examples()).isEmpty();

        confirm(figures(0, 10.0));
        pump.feed(TENANT, examples);
        assertThat(known().examples()).as("long enough to be read").hasSize(1);
    }

    @Test
    void whoChangedADraftHasReadIt() {
        confirm(figures(1, 1.0));

        pump.feed(TENANT, examples);

        assertThat(known().examples()).hasSize(1);
    }

    /** Nobody looked at it, so nobody knows whether it is right. */
    @Test
    void whatAPolicyApprovedTeachesNothingUntilAPersonAmendsIt() {
        var letOut = Map.of("status", "drafted", "approvedBy", "policy:p@1");
        var confirmed = Map.of("status", "confirmed");
        left("wrapup.completed", "policy", Map.of("/disposition", letOut, "/reasons", letOut, "/summary", letOut));
        pump.feed(TENANT, examples);
        assertThat(known().examples()).isEmpty();

        left("wrapup.revised", "person", Map.of("/disposition", confirmed, "/reasons", letOut, "/summary", letOut));
        pump.feed(TENANT, examples);

        assertThat(known().examples()).extracting(Example::disposition).containsExactly("BLOCKED");
        assertThat(known().examples()).extracting(Example::reasons).containsExactly(List.of());
        assertThat(codeLessons()).as("nobody said that there was no reason").isZero();
    }

    @Test
    void aConfirmedRecordTeachesReasonsAndTags() {
        confirm();
        pump.feed(TENANT, examples);

        assertThat(codeLessons()).isEqualTo(1);
    }

    private static Map<String, Object> figures(int edited, double acwSeconds) {
        return Map.of("editedParts", edited, "acwSeconds", acwSeconds, "draftSource", "builtIn");
    }

    private List<Example> unseen() {
        return Objects.requireNonNull(known().dispositions()).unseen();
    }

    private int codeLessons() {
        return center.tenancy.in(
                TENANT,
                () -> models.codeLessons(TENANT, embedder.model(), Instant.EPOCH, 10)
                        .size());
    }

    private ConfirmedExamples known() {
        return center.tenancy.in(TENANT, () -> examples.of(TENANT).examples());
    }

    private void confirm() {
        confirm(Map.of());
    }

    private void confirm(Map<String, Object> figures) {
        var record = Map.of(
                "disposition",
                "BLOCKED",
                "reasons",
                List.of("CARD_STOLEN"),
                "tags",
                List.of("STOLEN"),
                "summary",
                "The customer's card was stolen. The agent blocked it and ordered a new one for Monday.");
        append(
                "wrapup.completed",
                Map.of(
                        "record",
                        record,
                        "figures",
                        figures,
                        "approvedBy",
                        Map.of("kind", "person", "id", "user:anna")));
    }

    /** @param provenance of the record's parts */
    private void left(String type, String approvedBy, Map<String, ?> provenance) {
        var record = Map.of(
                "disposition", "BLOCKED",
                "reasons", List.of("CARD_STOLEN"),
                "summary", "The customer's card was stolen. The agent blocked it and ordered a new one for Monday.");
        append(
                type,
                Map.of(
                        "record",
                        record,
                        "provenance",
                        provenance,
                        "figures",
                        Map.of("unattended", true, "acwSeconds", 2.0, "draftSource", "builtIn"),
                        "approvedBy",
                        Map.of("kind", approvedBy, "id", "x")));
    }

    private void append(String type, Map<String, ?> data) {
        center.tenancy.run(
                TENANT, () -> eventLog.append(new EventLog.NewEvent(center.clock.instant(), type, "w1", "call", data)));
    }

    /** Notes whether it was asked within a transaction. */
    private static final class Watched implements Embedder {
        private final WordEmbedder words = new WordEmbedder();
        final List<Boolean> inTransaction = new ArrayList<>();

        @Override
        public List<Vector> embed(List<String> texts) {
            inTransaction.add(TransactionSynchronizationManager.isActualTransactionActive());
            return words.embed(texts);
        }

        @Override
        public String model() {
            return words.model();
        }

        @Override
        public int dimensions() {
            return words.dimensions();
        }
    }
}
