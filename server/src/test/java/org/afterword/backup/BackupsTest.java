package org.afterword.backup;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.afterword.platform.DataFolder;
import org.afterword.platform.Database;
import org.afterword.platform.DatabaseLogin;
import org.afterword.platform.KeptFolder;
import org.afterword.platform.PostgresDatabase;
import org.afterword.platform.Schema;
import org.afterword.platform.StartupException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * From one database into another of the same cluster, both of an owner who is no superuser, so that the policies hold it. The other has
 * its tables already, unless the test is about that: they take longer to make than all else.
 */
class BackupsTest {
    /** Everything that COPY's text format has a word of its own for, and a few that it has not. */
    private static final String ODD = "\\ \\\\ \\N \t\r\n \\. , ' \" ; {} 你好 🙂 \u0001";

    @RegisterExtension
    static final PostgresDatabase cluster = PostgresDatabase.migrated();

    static final JdbcTemplate superuser = new JdbcTemplate(cluster.ownerDataSource());

    @TempDir
    Path folder;

    Database source;
    Database target;
    Backups backups;
    Path file;

    private final List<SingleConnectionDataSource> connections = new ArrayList<>();

    @BeforeAll
    static void aDatabaseOfToday() {
        superuser.execute("CREATE ROLE plain_owner LOGIN CREATEROLE PASSWORD 'plain'");
        var schema = new Schema(emptyDatabase("backup_template"));
        schema.migrateTo(schema.newest());
    }

    @AfterAll
    static void dropIt() {
        superuser.execute("DROP DATABASE backup_template WITH (FORCE)");
        superuser.execute("DROP ROLE plain_owner");
    }

    @BeforeEach
    void twoDatabases() {
        source = database("backup_source");
        target = database("backup_target");
        file = folder.resolve("all.afterword");
        backups = new Backups(source, data("source"), List.of(outbox("source")), written -> {});
    }

    @AfterEach
    void dropThem() {
        connections.forEach(SingleConnectionDataSource::close);
        drop("backup_source");
        drop("backup_target");
    }

    private static void drop(String database) {
        superuser.execute("DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(database));
    }

    private void targetHasNoTables() {
        drop("backup_target");
        target = emptyDatabase("backup_target");
    }

    @Test
    void everyRowOfEveryTableComesBackAsItWas() throws Exception {
        targetHasNoTables();
        fill(source);
        Files.createDirectories(outbox("source").path().resolve("one"));
        Files.writeString(outbox("source").path().resolve("one/2026-11.jsonl"), "{\"id\": 1}\n");

        BackupSummary written = backups.write(file, Progress.NONE);
        BackupSummary restored = restore();

        assertThat(restored).isEqualTo(written).isEqualTo(Backups.check(file));
        assertThat(written.tenants()).containsExactly("one", "two");
        assertThat(contents(target)).isEqualTo(contents(source));
        assertThat(outbox("target").path().resolve("one/2026-11.jsonl")).hasContent("{\"id\": 1}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void whoIsToldOfABackupIsToldBeforeItAndOnlyWithTablesOfToday() throws Exception {
        var told = new ArrayList<Path>();
        fill(source);
        var telling = new Backups(source, data("source"), List.of(outbox("source")), path -> {
            told.add(path);
            jdbc(source)
                    .update(
                            "INSERT INTO domain_event (tenant_id, recorded_at, type, subject, data) VALUES ('one', now(), 'told', 's', '{}')");
        });
        targetHasNoTables();
        new Schema(target).migrateTo(10);

        telling.write(file, Progress.NONE);
        new Backups(target, data("older"), List.of(), told::add)
                .write(folder.resolve("older.afterword"), Progress.NONE);

        assertThat(told).containsExactly(file.toAbsolutePath());
        targetHasNoTables();
        restore();
        assertThat(jdbc(target).queryForObject("SELECT count(*) FROM domain_event WHERE type = 'told'", Long.class))
                .isEqualTo(1);
    }

    @Test
    void policiesAndPartitionsAreThereAgainAndNumbersGoOn() throws Exception {
        fill(source);
        backups.write(file, Progress.NONE);
        restore();
        var at = jdbc(target);

        assertThat(at.queryForList("""
                        SELECT relname FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
                         WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
                           AND NOT (relrowsecurity AND relforcerowsecurity)
                         ORDER BY 1
                        """, String.class)).containsExactly("due_work", "tenant", "uptime");
        assertThat(at.queryForObject("SELECT count(*) FROM turn_202001", Long.class))
                .isEqualTo(2);
        at.update(
                "INSERT INTO domain_event (tenant_id, recorded_at, type, subject, data) VALUES ('one', now(), 't', 'new', '{}')");
        assertThat(at.queryForObject(
                        "SELECT number FROM domain_event WHERE tenant_id = 'one' ORDER BY xid DESC, number DESC LIMIT 1",
                        Long.class))
                .isEqualTo(at.queryForObject("SELECT max(number) FROM domain_event", Long.class));
        assertThat(at.queryForObject("SELECT count(*) FROM due_work WHERE leased_until IS NOT NULL", Long.class))
                .isZero();
    }

    @Test
    void aSnapshotHoldsWholeTransactionsAlone() throws Exception {
        fill(source);
        var stop = new AtomicBoolean();
        Thread writer = Thread.ofPlatform().start(() -> writePairs(stop));
        for (int i = 0; i < 5; i++) {
            backups.write(file, Progress.NONE);
        }
        stop.set(true);
        writer.join();

        restore();

        assertThat(
                        jdbc(target)
                                .queryForList(
                                        "SELECT subject FROM domain_event WHERE type = 'pair' GROUP BY subject HAVING count(*) <> 2"))
                .isEmpty();
    }

    @Test
    void aFileThatIsCutShortOrChangedIsRefused() throws Exception {
        fill(source);
        backups.write(file, Progress.NONE);
        long size = Files.size(file);
        var random = new Random(7);
        Path broken = folder.resolve("broken.afterword");

        for (int i = 0; i < 60; i++) {
            Files.copy(file, broken, StandardCopyOption.REPLACE_EXISTING);
            long at = random.nextLong(size);
            try (var bytes = new RandomAccessFile(broken.toFile(), "rw")) {
                if (i % 3 == 0) {
                    bytes.setLength(at);
                } else {
                    flip(bytes, at, random.nextInt(8));
                }
            }
            assertRefused(broken);
        }
        assertThat(Backups.check(file).schema()).isEqualTo(new Schema(source).version());
    }

    /** Each bit that is changed here makes another name or number of what reads like a manifest. */
    @Test
    void aManifestInWhichOneBitChangedIsRefused() throws Exception {
        fill(source);
        backups.write(file, Progress.NONE);
        byte[] content = Files.readAllBytes(file);
        int start = new String(content, ISO_8859_1).lastIndexOf("manifest.json", content.length - 400);
        Path broken = Files.copy(file, folder.resolve("broken.afterword"));

        try (var bytes = new RandomAccessFile(broken.toFile(), "rw")) {
            for (int at = start; at < content.length; at += 1 + at % 29) {
                flip(bytes, at, at % 3);
                assertRefused(broken);
                flip(bytes, at, at % 3);
            }
        }
    }

    private static void flip(RandomAccessFile bytes, long at, int bit) throws IOException {
        bytes.seek(at);
        int old = bytes.read();
        bytes.seek(at);
        bytes.write(old ^ (1 << bit));
    }

    private static void assertRefused(Path broken) {
        assertThatThrownBy(() -> Backups.check(broken))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("broken.afterword");
    }

    @Test
    void aFileThatIsRemovedMeanwhileIsLeftOut() throws Exception {
        fill(source);
        Path box = Files.createDirectories(outbox("source").path());
        Path removed = Files.writeString(box.resolve("a.jsonl"), "1\n");
        Files.writeString(box.resolve("b.jsonl"), "2\n");

        BackupSummary written = backups.write(file, (what, rows) -> delete(removed));

        assertThat(written.files()).isEqualTo(1);
        assertThat(restore()).isEqualTo(written);
        assertThat(outbox("target").path().resolve("b.jsonl")).hasContent("2");
        assertThat(outbox("target").path().resolve("a.jsonl")).doesNotExist();
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void whatAKilledBackupLeftIsTakenOver() throws Exception {
        fill(source);
        Path part = folder.resolve("all.afterword.part");
        Files.writeString(part, "cut off ".repeat(100_000));

        BackupSummary written = backups.write(file, Progress.NONE);

        assertThat(Backups.check(file)).isEqualTo(written);
        assertThat(part).doesNotExist();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aBackupToTheSameNameWaitsForTheFirstToEnd() throws Exception {
        fill(source);
        var refused = new ArrayList<Throwable>();

        BackupSummary written = backups.write(file, (what, rows) -> {
            if (refused.isEmpty()) {
                refused.add(catchThrowable(() -> backups.write(file, Progress.NONE)));
            }
        });

        assertThat(refused)
                .isNotEmpty()
                .allSatisfy(thrown -> assertThat(thrown)
                        .isInstanceOf(BackupException.class)
                        .hasMessageContaining("Another backup is being written"));
        assertThat(Backups.check(file)).isEqualTo(written);
    }

    @Test
    void aDatabaseThatHoldsDataIsLeftAlone() throws Exception {
        fill(source);
        backups.write(file, Progress.NONE);
        var into = new Backups(source, data("other"), List.of(outbox("other")), written -> {});
        var before = contents(source);

        assertThatThrownBy(() -> into.restore(file, false, Progress.NONE))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("holds data already");
        assertThat(contents(source)).isEqualTo(before);
        assertThat(data("other").isHalfRestored()).isFalse();
    }

    @Test
    void aRestoreThatFailsLeavesNothingThatLooksWholeAndCanBeTypedAgain() throws Exception {
        fill(source);
        Files.createDirectories(outbox("source").path());
        Files.writeString(outbox("source").path().resolve("x.jsonl"), "1\n");
        backups.write(file, Progress.NONE);
        Path blocked = Files.writeString(folder.resolve("blocked"), "a file, no folder");
        var failing = new Backups(target, data("target"), List.of(new KeptFolder("outbox", blocked)), written -> {});

        assertThatThrownBy(() -> failing.restore(file, false, Progress.NONE)).isInstanceOf(BackupException.class);
        assertThat(jdbc(target).queryForObject("SELECT count(*) FROM tenant", Long.class))
                .isZero();
        assertThat(data("target").isHalfRestored()).isTrue();
        assertThatThrownBy(() -> data("target").requireWhole()).isInstanceOf(StartupException.class);

        restore();
        assertThat(data("target").isHalfRestored()).isFalse();
        assertThat(contents(target)).isEqualTo(contents(source));
    }

    @Test
    void aRestoreThatDiesOnceAllIsThereIsFinishedByTheNext() throws Exception {
        fill(source);
        backups.write(file, Progress.NONE);
        Path mark = folder.resolve("target").resolve("restore-unfinished");
        Path kept = folder.resolve("mark");
        new Backups(target, data("target"), List.of(outbox("target")), written -> {})
                .restore(file, false, (what, rows) -> copy(mark, kept));
        assertThat(mark).doesNotExist();
        Files.move(kept, mark);

        assertThat(restore()).isEqualTo(Backups.check(file));
        assertThat(mark).doesNotExist();
        assertThat(contents(target)).isEqualTo(contents(source));
    }

    @Test
    void dataThatIsNotWhatTheBackupHoldsIsNotTakenForIt() throws Exception {
        fill(source);
        backups.write(file, Progress.NONE);
        Path mark = folder.resolve("target").resolve("restore-unfinished");
        Path kept = folder.resolve("mark");
        new Backups(target, data("target"), List.of(outbox("target")), written -> {})
                .restore(file, false, (what, rows) -> copy(mark, kept));
        Files.move(kept, mark);
        Path another = folder.resolve("another.afterword");
        backups.write(another, Progress.NONE);

        assertThatThrownBy(() -> new Backups(target, data("target"), List.of(outbox("target")), written -> {})
                        .restore(another, false, Progress.NONE))
                .hasMessageContaining("holds data already");
        jdbc(target).update("DELETE FROM turn WHERE tenant_id = 'two'");
        assertThatThrownBy(this::restore).hasMessageContaining("holds data already");
        assertThat(data("target").isHalfRestored()).isTrue();
    }

    private static void copy(Path from, Path to) {
        try {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void whatWasNotTriedYetMayHaveBeenDeliveredSince() throws Exception {
        fill(source);
        jdbc(source).update("""
                        INSERT INTO delivery (tenant_id, event_at, connector_id, event_id, delivery_id, event_type, body, state,
                                              created_at, give_up_at, first_attempt_at)
                        SELECT 'one', '2026-11-01', 'c', n, n, 't', '{}', 'pending', '2026-11-02', '2026-11-05', tried::timestamptz
                          FROM (VALUES ('new', NULL), ('tried', '2026-11-03')) AS v (n, tried)
                        """);
        backups.write(file, Progress.NONE);

        restore();

        assertThat(jdbc(target)
                        .queryForList(
                                "SELECT delivery_id || ' ' || (first_attempt_at AT TIME ZONE 'UTC')::date FROM delivery ORDER BY 1",
                                String.class))
                .containsExactly("new 2026-11-02", "tried 2026-11-03");
    }

    @Test
    void webhooksCanBeHeld() throws Exception {
        fill(source);
        backups.write(file, Progress.NONE);

        new Backups(target, data("target"), List.of(outbox("target")), written -> {})
                .restore(file, true, Progress.NONE);

        assertThat(jdbc(target).queryForList("SELECT enabled FROM connector", Boolean.class))
                .containsOnly(false);
        assertThat(jdbc(target).queryForList("SELECT settings ->> 'enabled' FROM language_model", String.class))
                .containsExactly("false", "false");
    }

    @Test
    void aFullDiskIsNamedAndLeavesNothing() throws Exception {
        fill(source);
        Path small = Files.createDirectory(folder.resolve("small"));
        org.junit.jupiter.api.Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=4k", "none", small.toString()), "may not mount");
        try {
            Path there = small.resolve("all.afterword");
            assertThatThrownBy(() -> backups.write(there, Progress.NONE))
                    .isInstanceOf(BackupException.class)
                    .hasMessageContaining("No space left on device")
                    .hasMessageContaining(there.toString());
            try (var left = Files.list(small)) {
                assertThat(left).isEmpty();
            }
        } finally {
            run("umount", small.toString());
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).start().waitFor() == 0;
    }

    private BackupSummary restore() {
        return new Backups(target, data("target"), List.of(outbox("target")), written -> {})
                .restore(file, false, Progress.NONE);
    }

    private DataFolder data(String name) {
        return new DataFolder(folder.resolve(name));
    }

    private KeptFolder outbox(String name) {
        return new KeptFolder("outbox", folder.resolve(name).resolve("outbox"));
    }

    private static Database emptyDatabase(String name) {
        superuser.execute("CREATE DATABASE %s OWNER plain_owner".formatted(name));
        return login(name);
    }

    private static Database database(String name) {
        superuser.execute("CREATE DATABASE %s OWNER plain_owner TEMPLATE backup_template".formatted(name));
        return login(name);
    }

    private static Database login(String name) {
        String url = cluster.ownerLogin().url().replaceFirst("/[^/]*$", "/" + name);
        var owner = new DatabaseLogin(url, "plain_owner", "plain");
        var app = new DatabaseLogin(
                url, cluster.appLogin().user(), cluster.appLogin().password());
        return new Database() {
            @Override
            public DatabaseLogin owner() {
                return owner;
            }

            @Override
            public DatabaseLogin app() {
                return app;
            }

            @Override
            public void close() {}
        };
    }

    /** As the cluster's superuser, whom no policy holds. */
    private JdbcTemplate jdbc(Database database) {
        var connection = new SingleConnectionDataSource(
                database.owner().url(),
                cluster.ownerLogin().user(),
                cluster.ownerLogin().password(),
                true);
        connections.add(connection);
        return new JdbcTemplate(connection);
    }

    private void fill(Database database) {
        var at = jdbc(database);
        at.execute(
                "CREATE TABLE turn_202001 PARTITION OF turn FOR VALUES FROM ('2020-01-01 00:00+00') TO ('2020-02-01 00:00+00')");
        at.execute("CALL afterword_seal_partition('turn_202001')");
        at.execute("ALTER TABLE turn_202001 OWNER TO plain_owner");
        for (String tenant : List.of("one", "two")) {
            at.update("INSERT INTO tenant VALUES (?, ?, NULL, 'UTC', now())", tenant, ODD);
            at.update(
                    "INSERT INTO turn (tenant_id, opened_at, interaction_id, turn_number, speaker, text, said_at, start_seconds, is_final, event_key)"
                            + " VALUES (?, '2020-01-15', 'c', 0, 'agent', ?, '2020-01-15 10:00:00.123456+00', 0.1::float8 + 0.2, true, gen_random_uuid())",
                    tenant,
                    ODD);
            at.update(
                    "INSERT INTO agent_state_interval (tenant_id, started_at, agent_id, state) VALUES (?, '2026-11-01', 'ann', ?)",
                    tenant,
                    ODD);
            at.update(
                    "INSERT INTO confirmed_example VALUES (?, 'w', now(), 'm', '\\x00ff5c0a', NULL, ARRAY['a', NULL, ?, '', 'NULL', '{,}'], '\\x5c00', NULL, NULL, jsonb_build_object('a', ?::text))",
                    tenant,
                    ODD,
                    ODD);
            at.update(
                    "INSERT INTO domain_event (tenant_id, recorded_at, type, subject, data) VALUES (?, '1999-01-01', 't', ?, jsonb_build_object('a', ?::text, 'n', 1.50))",
                    tenant,
                    ODD,
                    ODD);
            at.update("INSERT INTO catalog_version VALUES (?, 1, now(), 'system')", tenant);
            at.update("INSERT INTO catalog_item VALUES (?, 'tags', 'X', 1, NULL, 0, '{}')", tenant);
            at.update(
                    "INSERT INTO connector VALUES (?, 'c', 'webhook', true, ARRAY['wrapup.completed'], 'https://a.example', 'whsec_x', now())",
                    tenant);
            at.update(
                    "INSERT INTO language_model VALUES (?, '{\"enabled\": true, \"model\": \"m\"}', 'k', now())",
                    tenant);
            at.update(
                    "INSERT INTO due_work (tenant_id, kind, id, due_at, leased_until) VALUES (?, 'k', 'i', now(), NULL)",
                    tenant);
        }
        at.update("INSERT INTO spring_session VALUES ('p', 's', 0, 0, 1, 1, 'one/u')");
    }

    /** Two events in each transaction, for as long as nobody stops it. */
    private void writePairs(AtomicBoolean stop) {
        var login = cluster.ownerLogin();
        try (Connection connection =
                new DatabaseLogin(source.owner().url(), login.user(), login.password()).connect()) {
            connection.setAutoCommit(false);
            for (int i = 0; !stop.get(); i++) {
                for (String half : List.of("a", "b")) {
                    try (var insert = connection.prepareStatement(
                            "INSERT INTO domain_event (tenant_id, recorded_at, type, subject, data) VALUES ('one', now(), 'pair', ?, ?::jsonb)")) {
                        insert.setString(1, "pair-" + i);
                        insert.setString(2, "{\"half\": \"" + half + "\"}");
                        insert.executeUpdate();
                    }
                }
                connection.commit();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Every row of every table as text; without sessions, which end, and the offset, which grows. */
    private Map<String, List<String>> contents(Database database) {
        var at = jdbc(database);
        var found = new TreeMap<String, List<String>>();
        for (String table : at.queryForList("""
                SELECT relname FROM pg_class
                 WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
                   AND relname NOT IN ('flyway_schema_history', 'position_offset', 'time_line') AND relname NOT LIKE 'spring_%'
                """, String.class)) {
            found.put(
                    table,
                    at.queryForList("SELECT t::text FROM \"%s\" AS t ORDER BY 1".formatted(table), String.class));
        }
        return found;
    }
}
