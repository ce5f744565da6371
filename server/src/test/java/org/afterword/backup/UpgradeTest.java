package org.afterword.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.afterword.Afterword;
import org.afterword.ApiServer;
import org.afterword.cli.Cli;
import org.afterword.identity.Role;
import org.afterword.platform.Await;
import org.afterword.platform.DataFolder;
import org.afterword.platform.Json;
import org.afterword.platform.KeptFolder;
import org.afterword.platform.PostgresServer;
import org.afterword.platform.TenantId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/**
 * Data of each released schema goes forward to the newest. When a release is made, {@link WriteReleasedSchema} writes its folder, and
 * its schema is added to {@link #RELEASED}.
 */
class UpgradeTest {
    private static final List<Integer> RELEASED = List.of(10);

    @TempDir
    Path folder;

    static List<Integer> released() {
        return RELEASED;
    }

    @Test
    void everyReleasedSchemaIsKept() throws Exception {
        var kept = new TreeSet<Integer>();
        for (var file : new PathMatchingResourcePatternResolver().getResources("classpath:released/*.afterword")) {
            kept.add(Integer.parseInt(String.valueOf(file.getFilename()).substring(0, 4)));
            assertThat(file.contentLength()).isLessThan(200_000);
        }
        assertThat(kept).containsExactlyElementsOf(RELEASED);
    }

    @Test
    void whoUpgradesIsToldTheSchemaThatComes() throws Exception {
        int newest = Stream.of(new PathMatchingResourcePatternResolver().getResources("classpath:db/migration/V*.sql"))
                .mapToInt(migration ->
                        Integer.parseInt(String.valueOf(migration.getFilename()).substring(1, 4)))
                .max()
                .orElseThrow();

        assertThat(Files.readString(Path.of("../UPGRADING.md"))).contains("(schema %d)".formatted(newest));
    }

    @ParameterizedTest
    @MethodSource("released")
    void itsDataIsThereAndItsWorkGoesOn(int schema) throws Exception {
        // root's PostgreSQL runs as another user, who has to get through
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        var data = new DataFolder(folder.resolve("data"));
        Path backup = copy("released/%04d.afterword".formatted(schema));
        BackupSummary restored;
        try (var database = PostgresServer.start(data.path())) {
            restored = new Backups(
                            database, data, List.of(new KeptFolder("outbox", data.folder("outbox"))), written -> {})
                    .restore(backup, false, Progress.NONE);
        }
        assertThat(restored.schema()).isEqualTo(schema);
        // the server beside it may be the one of that schema
        assertThat(Cli.run(
                        Afterword.class, "verify-audit", "--data", data.path().toString()))
                .isEqualTo(1);
        assertThat(data.path().resolve("backups")).doesNotExist();

        try (var server = ApiServer.on(data.path())) {
            try (var before = Files.list(data.folder("backups"))) {
                assertThat(before.map(Backups::check)).singleElement().satisfies(made -> {
                    assertThat(made.schema()).isEqualTo(schema);
                    assertThat(made.rows()).isEqualTo(restored.rows());
                });
            }
            for (JsonNode asked : Json.read(Files.readString(copy("released/%04d.json".formatted(schema))))) {
                var center = server.center(new TenantId(asked.path("tenant").asString()));
                var answer =
                        center.as(Role.ADMINISTRATOR).get(asked.path("path").asString());
                assertThat(answer.text(asked.path("pointer").asString()))
                        .as("%s: %s", asked, answer.body())
                        .isEqualTo(asked.path("value").asString());
            }
            var center = server.center(new TenantId(restored.tenants().stream()
                    .filter(t -> t.startsWith("test-"))
                    .findFirst()
                    .orElseThrow()));
            var floor = new SmallFloor(server, center);
            String wrapUp = floor.call("ann", "call-after-the-upgrade");
            floor.complete("ann", wrapUp, "Asked again.");
            Await.until(() -> floor.delivered(wrapUp));
            assertThat(center.as(Role.ADMINISTRATOR)
                            .get("/api/v1/audit?kind=backup.restored")
                            .json()
                            .path("items"))
                    .singleElement()
                    .satisfies(told -> assertThat(
                                    told.path("details").path("takenAt").asString())
                            .isEqualTo(restored.takenAt().toString()));
            // the log goes on above all that the other cluster gave, and every consumer follows
            var jdbc = server.bean(JdbcTemplate.class);
            var tenancy = server.bean(org.afterword.platform.Tenancy.class);
            List<Long> order = tenancy.in(
                    center.id(),
                    () -> jdbc.queryForList(
                            "SELECT number FROM domain_event WHERE tenant_id = ? ORDER BY xid, number",
                            Long.class,
                            center.id().value()));
            assertThat(order).isSorted();
            assertThat(floor.admin()
                            .get("/api/v1/deliveries?wrapUpId=" + wrapUp)
                            .json()
                            .path("items")
                            .valueStream()
                            .map(delivery -> delivery.path("connectorId").asString()))
                    .isNotEmpty()
                    .doesNotHaveDuplicates();
        }
    }

    private Path copy(String resource) throws Exception {
        try (InputStream in = UpgradeTest.class.getClassLoader().getResourceAsStream(resource)) {
            Path copied = folder.resolve(Arrays.asList(resource.split("/")).getLast());
            if (in == null) {
                throw new AssertionError("There is no " + resource);
            }
            Files.copy(in, copied);
            return copied;
        }
    }
}
