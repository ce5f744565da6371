package org.afterword.drafting.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.afterword.catalog.CallType;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.Catalogs;
import org.afterword.catalog.Complexity;
import org.afterword.catalog.Form;
import org.afterword.catalog.FormField;
import org.afterword.catalog.Reason;
import org.afterword.catalog.internal.CatalogRepository;
import org.afterword.conversation.AnEvent;
import org.afterword.conversation.ConversationFixture;
import org.afterword.conversation.InteractionId;
import org.afterword.drafting.ConfirmedExamples;
import org.afterword.drafting.ConfirmedExamples.Example;
import org.afterword.drafting.DraftInput;
import org.afterword.drafting.DraftingEngine;
import org.afterword.drafting.Lessons;
import org.afterword.drafting.WordEmbedder;
import org.afterword.drafting.internal.DraftRepository.NewExample;
import org.afterword.drafting.internal.ModelRepository.Subject;
import org.afterword.drafting.internal.learning.FeatureCollector;
import org.afterword.drafting.internal.learning.FieldTagger;
import org.afterword.drafting.internal.learning.Lesson;
import org.afterword.governance.Trail;
import org.afterword.governance.internal.TrailRepository;
import org.afterword.identity.Tenant;
import org.afterword.identity.TenantDirectory;
import org.afterword.identity.internal.TenantRepository;
import org.afterword.platform.DueWork;
import org.afterword.platform.LowPriority;
import org.afterword.platform.PostgresDatabase;
import org.afterword.platform.ProcessorShare;
import org.afterword.platform.TenantId;
import org.afterword.wrapup.WrapUpId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FieldTrainingTest {
    private static final TenantId TENANT = TenantId.DEFAULT;
    private static final List<String> CITIES = List.of("paris", "rome", "lima", "bonn", "bern", "kyiv", "quito");

    @RegisterExtension
    final PostgresDatabase db = PostgresDatabase.migrated();

    final ConversationFixture center = new ConversationFixture(db);
    final TenantDirectory tenants =
            new TenantDirectory(new TenantRepository(center.jdbc), center.tenancy, List.of(), center.clock);
    final Catalogs catalogs = new Catalogs(
            new CatalogRepository(center.jdbc),
            center.tenancy,
            new Trail(new TrailRepository(center.jdbc), center.tenancy, center.clock),
            center.clock);
    final WordEmbedder embedder = new WordEmbedder();
    final DraftRepository drafts = new DraftRepository(center.jdbc);
    final ModelRepository models = new ModelRepository(center.jdbc);
    final DueWork dueWork = new DueWork(center.tenancy, center.jdbc, center.clock);
    final FieldTraining training = new FieldTraining(
            center.tenancy,
            models,
            center.conversations,
            catalogs,
            tenants,
            new DraftingEngine(embedder),
            embedder,
            new LowPriority("drafting", ProcessorShare.LEAST, 1),
            dueWork,
            center.clock);

    private int confirmed;

    @BeforeEach
    void aFormAsksForTwoCities() {
        tenants.create(new Tenant(TENANT, "Test", null, ZoneId.of("UTC")));
        var form = new Form("TRIP", "Trip", List.of(field("begin"), field("finish")));
        var travel = new CallType("TRAVEL", "Travel", null, Complexity.LOW, "TRIP", null);
        var reason = new Reason("BOOK", "Book a trip", null, "TRAVEL");
        var catalog = new Catalog(
                List.of(),
                List.of(),
                List.of(),
                List.of(travel),
                List.of(),
                List.of(reason),
                List.of(),
                List.of(),
                List.of(form),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        center.tenancy.run(TENANT, () -> catalogs.put(catalog, ConversationFixture.ADMINISTRATOR));
    }

    @Test
    void learnsFromAHundredRecordsWhereCustomersSayTheirValues() {
        confirm(99, "begin", "finish");
        learn();
        assertThat(inUse()).isNull();

        confirm(FieldTraining.LEAST_TO_LOOK, "begin", "finish");
        learn();

        assertThat(found("it goes oslo and then turin")).containsExactly("begin oslo", "finish turin");
    }

    @Test
    void whatTurnsOutWorseGoesOutOfUse() {
        confirm(100, "begin", "finish");
        learn();
        confirm(100, "finish", "begin");
        learn();
        assertThat(states()).containsExactly("REPLACED", "IN_USE");

        confirm(90, "begin", "finish");
        learn();

        assertThat(states()).containsExactly("IN_USE", "ROLLED_BACK");
        assertThat(found("it goes oslo and then turin")).containsExactly("begin oslo", "finish turin");
    }

    @Test
    void learnsNothingFromContactsWhoseWordsAreGone() {
        confirm(100, "begin", "finish");
        center.tenancy.run(
                TENANT,
                () -> center.jdbc.update("UPDATE confirmed_example SET interaction_id = 'gone-' || interaction_id"));

        learn();

        assertThat(inUse()).isNull();
    }

    private static FormField field(String name) {
        return new FormField(name, name, null, FormField.Type.TEXT, List.of(), false, false);
    }

    private void confirm(int count, String first, String second) {
        for (int i = 0; i < count; i++) {
            int number = confirmed++;
            String from = CITIES.get(number % CITIES.size());
            String to = CITIES.get((number / CITIES.size() + number + 1) % CITIES.size());
            center.take(AnEvent.said("call-" + number, 0, "customer", "it goes %s and then %s".formatted(from, to)));
            center.clock.advance(Duration.ofSeconds(1));
            center.tenancy.run(
                    TENANT,
                    () -> drafts.putExample(
                            TENANT,
                            new NewExample(
                                    new WrapUpId("w" + number),
                                    new InteractionId("call-" + number),
                                    center.clock.instant(),
                                    embedder.model(),
                                    new Example(
                                            embedder.embed(List.of("trip")).getFirst(),
                                            null,
                                            List.of("BOOK"),
                                            List.of()),
                                    new Lessons(
                                            null,
                                            new Lesson(
                                                    "w" + number,
                                                    new FeatureCollector().with(new float[] {0.5f}),
                                                    Map.of(),
                                                    Set.of("reasons/BOOK"))),
                                    Map.of(first, from, second, to))));
        }
    }

    private void learn() {
        center.tenancy.run(
                TENANT,
                () -> dueWork.scheduleNoLater(
                        FieldTraining.LEARN, Map.of(FieldTraining.FORMS, center.clock.instant())));
        training.handle(TENANT, dueWork.claim(FieldTraining.LEARN, center.clock.instant(), training.lease(), 1));
        assertThat(dueWork.claim(
                        FieldTraining.LEARN,
                        center.clock.instant().plus(training.lease()).plusSeconds(1),
                        training.lease(),
                        1))
                .as("what is left to do")
                .isEmpty();
    }

    private @Nullable FieldTagger inUse() {
        return center.tenancy
                .in(TENANT, () -> models.inUse(TENANT, Subject.fields("TRIP")))
                .map(version -> FieldTagger.parse(Objects.requireNonNull(version.weights())))
                .orElse(null);
    }

    /** What the version in use finds in that line. */
    private List<String> found(String line) {
        var input = new DraftInput(
                new DraftInput.Contact("voice", null, null, null, "TRAVEL", null, null),
                List.of(DraftInput.Turn.of(0, DraftInput.Speaker.CUSTOMER, line)),
                List.of(),
                true,
                ZoneId.of("UTC"),
                LocalDate.of(2026, 3, 2),
                center.tenancy.in(TENANT, catalogs::get));
        return new DraftingEngine(embedder)
                        .draft(
                                input,
                                new ConfirmedExamples(
                                        null, null, Map.of("TRIP", Objects.requireNonNull(inUse())), List.of()))
                        .fields()
                        .entrySet()
                        .stream()
                        .map(field -> field.getKey() + " " + field.getValue().value())
                        .toList();
    }

    private List<String> states() {
        return center.tenancy.in(
                TENANT,
                () -> center.jdbc.query(
                        "SELECT state FROM learned_model WHERE tenant_id = ? ORDER BY number",
                        (rs, n) -> rs.getString("state"),
                        TENANT.value()));
    }
}
