package org.afterword.drafting.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.Catalogs;
import org.afterword.catalog.internal.CatalogRepository;
import org.afterword.conversation.AnEvent;
import org.afterword.conversation.ConversationFixture;
import org.afterword.drafting.ConfirmedExamples.Example;
import org.afterword.drafting.DraftingEngine;
import org.afterword.drafting.Embedder;
import org.afterword.drafting.Vector;
import org.afterword.drafting.WordEmbedder;
import org.afterword.governance.Trail;
import org.afterword.governance.internal.TrailRepository;
import org.afterword.identity.Tenant;
import org.afterword.identity.TenantDirectory;
import org.afterword.identity.internal.TenantRepository;
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
    final Examples examples = new Examples(
            center.tenancy,
            new DraftRepository(center.jdbc),
            center.conversations,
            catalogs,
            tenants,
            new DraftingEngine(embedder),
            new LowPriority("drafting", ProcessorShare.LEAST, 1),
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
        assertThat(known()).isEmpty();
        confirm();

        pump.feed(TENANT, examples);

        assertThat(known()).extracting(Example::disposition).containsExactly("BLOCKED");
    }

    private List<Example> known() {
        return center.tenancy.in(TENANT, () -> examples.of(TENANT).examples());
    }

    private void confirm() {
        var record = Map.of("disposition", "BLOCKED", "reasons", List.of("CARD_STOLEN"));
        center.tenancy.run(
                TENANT,
                () -> eventLog.append(new EventLog.NewEvent(
                        center.clock.instant(), "wrapup.completed", "w1", "call", Map.of("record", record))));
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
