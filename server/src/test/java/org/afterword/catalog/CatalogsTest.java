package org.afterword.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.afterword.catalog.internal.CatalogDocument;
import org.afterword.catalog.internal.CatalogDocument.Notation;
import org.afterword.catalog.internal.CatalogRepository;
import org.afterword.governance.Trail;
import org.afterword.governance.TrailQuery;
import org.afterword.governance.internal.TrailRepository;
import org.afterword.identity.Caller;
import org.afterword.identity.Role;
import org.afterword.platform.PipelinedJdbc;
import org.afterword.platform.PostgresDatabase;
import org.afterword.platform.ProblemException;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.afterword.platform.TestClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.support.JdbcTransactionManager;

class CatalogsTest {
    private static final TenantId NORTH = new TenantId("north");
    private static final Caller ADMIN = new Caller(NORTH, "user:root", "Root", Role.ADMINISTRATOR, null);

    @RegisterExtension
    final PostgresDatabase database = PostgresDatabase.migrated();

    final TestClock clock = TestClock.at("2026-03-02T09:00:00Z");
    final PipelinedJdbc jdbc = new PipelinedJdbc(database.dataSource());
    final Tenancy tenancy = new Tenancy(jdbc, new JdbcTransactionManager(database.dataSource()));
    final Trail trail = new Trail(new TrailRepository(jdbc), tenancy, clock);
    final Catalogs catalogs = onAnotherNode();

    @Test
    void aTenantThatDeclaredNothingHasAnEmptyCatalog() {
        assertThat(inNorth(catalogs::current).number()).isZero();
        assertThat(inNorth(catalogs::get).dispositions()).isEmpty();
    }

    @Test
    void whatIsPutComesBackInItsOrderOnEveryNode() {
        CatalogVersion put = inNorth(() -> catalogs.put(StarterCatalog.read(), ADMIN));

        assertThat(put.number()).isEqualTo(1);
        assertThat(inNorth(catalogs::get)).isEqualTo(StarterCatalog.read());
        assertThat(inNorth(onAnotherNode()::get)).isEqualTo(StarterCatalog.read());
    }

    @Test
    void everyChangeIsAVersionThatStaysReadable() {
        Catalog first = yaml("tags: [{code: A, label: Old}, {code: B, label: Same}]");
        Catalog second = yaml("tags: [{code: A, label: New}, {code: B, label: Same}, {code: C, label: Added}]");
        Catalog third = yaml("tags: [{code: C, label: Added}]");
        for (Catalog catalog : List.of(first, second, second, third)) {
            inNorth(() -> catalogs.put(catalog, ADMIN));
        }

        assertThat(inNorth(catalogs::current)).isEqualTo(new CatalogVersion(3, third));
        assertThat(inNorth(() -> catalogs.find(1))).contains(new CatalogVersion(1, first));
        assertThat(inNorth(() -> catalogs.find(2))).contains(new CatalogVersion(2, second));
        assertThat(inNorth(() -> catalogs.find(4))).isEmpty();
    }

    @Test
    void aChangeMadeElsewhereIsSeenWithTheNextLook() {
        inNorth(() -> catalogs.put(yaml("tags: [{code: A, label: Old}]"), ADMIN));
        inNorth(catalogs::get);

        inNorth(() -> onAnotherNode().put(yaml("tags: [{code: A, label: New}]"), ADMIN));

        assertThat(inNorth(catalogs::get).tags().getFirst().label()).isEqualTo("New");
    }

    @Test
    void theTrailTellsWhoChangedWhich() {
        inNorth(() -> catalogs.put(yaml("tags: [{code: A, label: Old}, {code: B, label: Same}]"), ADMIN));
        inNorth(() -> catalogs.put(yaml("tags: [{code: A, label: New}]"), ADMIN));

        var entry = inNorth(() -> trail.list(TrailQuery.ALL, 1)).items().getFirst();

        assertThat(entry.actor()).isEqualTo("user:root");
        assertThat(entry.subject()).isEqualTo("catalog:2");
        assertThat(entry.details()).hasToString("{\"changed\":[\"tags/A\"],\"removed\":[\"tags/B\"]}");
    }

    @Test
    void oneTenantDoesNotSeeAnothersCatalog() {
        inNorth(() -> catalogs.put(StarterCatalog.read(), ADMIN));

        assertThat(tenancy.in(new TenantId("south"), catalogs::get).dispositions())
                .isEmpty();
    }

    @Test
    void aDocumentSurvivesBothNotations() {
        Catalog catalog = StarterCatalog.read();

        assertThat(roundTrip(catalog, Notation.YAML)).isEqualTo(catalog);
        assertThat(roundTrip(catalog, Notation.JSON)).isEqualTo(catalog);
    }

    @Test
    void aPolicySaysOnlyWhatItSays() {
        Catalog catalog = yaml("policies: [{code: P, label: P, settings: {mode: DISCRETIONARY}}]");

        PolicySettings said = catalog.policies().getFirst().settings();
        assertThat(said.mode()).isEqualTo(PolicySettings.WrapUpMode.DISCRETIONARY);
        assertThat(said.holdShare()).isNull();
        assertThat(said.over(PolicySettings.DEFAULT).holdShare()).isEqualTo(1.0);
    }

    @Test
    void faultsNameKindCodeAndValue() {
        assertRefused(
                "tags: [{code: A, label: A, colour: red}]",
                "#/tags/0/colour",
                "tags 'A': there is no property 'colour'");
        assertRefused(
                "policies: [{code: P, label: P, settings: {mode: SOMETIMES}}]",
                "#/policies/0/settings/mode",
                "policies 'P': 'SOMETIMES' is none of OPTIONAL, DISCRETIONARY, TIMEBOXED, TIMEBOXED_FIXED, ON_REQUEST");
        assertRefused(
                "reasons: [{code: R, label: R, callType: BILLING}]",
                "#",
                "reasons: 'R' names callType 'BILLING', which is not in the catalog");
        assertRefused(
                "policies: [{code: P, label: P}, {code: Q, label: Q}]",
                "#",
                "policies: 'P' and 'Q' have the same conditions, so neither could win");
        assertRefused(
                "dispositions: [{code: A, label: A, parent: B}, {code: B, label: B, parent: A}]",
                "#",
                "dispositions: 'A' is below itself");
        assertRefused("tags: [null]", "#/tags/0", "null stands where an entry belongs");
        assertRefused("tags: [{code: A, label: \"a\\0b\"}]", "#/tags/0/label", "has a null character in it");
        assertRefused("colours: []", "#/colours", "there is no property 'colours'");
    }

    private static void assertRefused(String document, String pointer, String detail) {
        assertThatThrownBy(() -> yaml(document))
                .asInstanceOf(type(ProblemException.class))
                .extracting(problem -> problem.faults().getFirst())
                .satisfies(fault -> {
                    assertThat(fault.pointer()).isEqualTo(pointer);
                    assertThat(fault.detail()).startsWith(detail);
                });
    }

    private static Catalog roundTrip(Catalog catalog, Notation notation) {
        return CatalogDocument.read(CatalogDocument.write(catalog, notation), notation);
    }

    private static Catalog yaml(String document) {
        return CatalogDocument.read(document.getBytes(StandardCharsets.UTF_8), Notation.YAML);
    }

    private Catalogs onAnotherNode() {
        return new Catalogs(new CatalogRepository(jdbc), tenancy, trail, clock);
    }

    private <T> T inNorth(Supplier<T> work) {
        return tenancy.in(NORTH, work);
    }
}
