package org.afterword.platform;

import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.afterword.platform.internal.PostgresAccount;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;

class PostgresServerTest {
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

    private static final int NOBODY = 65534;

    private Path folder;
    private Path data;

    @BeforeEach
    void makeAFolderThatEverybodyCanEnter() throws IOException {
        folder = Files.createTempDirectory("afterword-test-");
        Files.setPosixFilePermissions(folder, fromString("rwxr-xr-x"));
        data = folder.resolve("data");
    }

    @AfterEach
    void remove() throws IOException {
        FileSystemUtils.deleteRecursively(folder);
    }

    @Test
    void rowsOutliveARestart() throws Exception {
        try (var server = PostgresServer.start(data)) {
            write(server.owner(), "kept");
        }
        try (var server = PostgresServer.start(data)) {
            assertThat(read(server.owner())).isEqualTo("kept");
        }
    }

    @Test
    void aPostgresThatIsKilledIsStartedAgainWithItsRows() throws Exception {
        try (var server = PostgresServer.start(data)) {
            write(server.owner(), "committed");
            var killed = postmaster();

            killed.destroyForcibly();
            killed.onExit().join();

            assertThat(Await.answer(() -> read(server.owner()))).isEqualTo("committed");
            assertThat(postmaster().pid()).isNotEqualTo(killed.pid());
        }
    }

    @Test
    void aPostgresThatAKilledProgramLeftBehindIsReplaced() throws Exception {
        var orphan = leaveAnOrphan();

        try (var server = PostgresServer.start(data)) {
            assertThat(runs(orphan)).isFalse();
            assertThat(read(server.owner())).isEqualTo("written by the program");
        }
    }

    @Test
    void aProcessThatGotTheNumberOfADeadPostgresIsNoObstacle() throws Exception {
        var orphan = leaveAnOrphan();
        orphan.destroyForcibly();
        Await.until(() -> !runs(orphan));
        var sleeper = new ProcessBuilder(PostgresAccount.ofThisProcess().command(List.of("sleep", "600"))).start();
        var noted = new ArrayList<>(Files.readAllLines(pidFile()));
        noted.set(0, Long.toString(sleeper.pid()));
        Files.write(pidFile(), noted);

        try (var server = PostgresServer.start(data)) {
            assertThat(read(server.owner())).isEqualTo("written by the program");
            assertThat(sleeper.isAlive()).isTrue();
        } finally {
            sleeper.destroyForcibly();
        }
    }

    @Test
    void anOrdinaryUserNeedsNothing() throws Exception {
        assumeTrue(ROOT, "only root can become another user");
        var own = Files.createDirectory(folder.resolve("nobody"));
        Files.setAttribute(own, "unix:uid", NOBODY);

        try (var program = PostgresServerProgram.startAs(NOBODY, folder, own.resolve("data"))) {
            assertThat(read(program.owner())).isEqualTo("written by the program");
        }
        assertThat(Files.getOwner(own.resolve("data/postgres/cluster")).getName())
                .isEqualTo("nobody");
    }

    @Test
    void rootsPostgresRunsAsAUserOfItsOwn() throws Exception {
        assumeTrue(ROOT, "only root needs another user");
        try (var _ = PostgresServer.start(data)) {
            assertThat(postmaster().info().user()).hasValue("afterword");
        }
    }

    @Test
    void theDatabaseMovesOutOfAFolderThatItsUserCannotEnter() throws Exception {
        assumeTrue(ROOT, "only root's PostgreSQL is another user");
        Files.setPosixFilePermissions(folder, fromString("rwx------"));
        try (var server = PostgresServer.start(data)) {
            write(server.owner(), "elsewhere");
        }

        var moved = Path.of(Files.readString(data.resolve("postgres.location")).strip());
        try (var server = PostgresServer.start(data)) {
            assertThat(moved).startsWith(Path.of("/var/lib/afterword")).isDirectory();
            assertThat(data.resolve("postgres")).doesNotExist();
            assertThat(read(server.owner())).isEqualTo("elsewhere");
        } finally {
            FileSystemUtils.deleteRecursively(moved);
        }
    }

    @Test
    void aSecondStartOnTheSameFolderIsRefused() throws Exception {
        try (var server = PostgresServer.start(data)) {
            assertRefused();
            assertRefused();
            write(server.owner(), "undisturbed");
        }
    }

    @Test
    void aSecondProgramOnTheSameFolderIsRefused() throws Exception {
        try (var program = PostgresServerProgram.start(data)) {
            assertRefused();
            assertThat(read(program.owner())).isEqualTo("written by the program");
        }
    }

    private void assertRefused() {
        assertThatThrownBy(() -> PostgresServer.start(data))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining(data.toString())
                .hasMessageContaining("in use by another Afterword");
    }

    @Test
    void aDatabaseOfAnotherMajorVersionIsRefusedAndLeftAlone() throws Exception {
        PostgresServer.start(data).close();
        Files.writeString(data.resolve("postgres/cluster/PG_VERSION"), "17\n");

        assertThatThrownBy(() -> PostgresServer.start(data))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("PostgreSQL 17")
                .hasMessageContaining("brings PostgreSQL 18");
        assertThat(data.resolve("postgres/cluster/PG_VERSION")).hasContent("17\n");
    }

    @Test
    void secretsAndFilesAreForTheirUsersAlone() throws Exception {
        try (var _ = PostgresServer.start(data)) {
            var home = data.resolve("postgres");
            var passable = ROOT ? "rwx--x---" : "rwx------";
            assertThat(Files.getPosixFilePermissions(data)).isEqualTo(fromString(passable));
            assertThat(Files.getPosixFilePermissions(home)).isEqualTo(fromString(passable));
            assertThat(Files.getPosixFilePermissions(home.resolve("cluster"))).isEqualTo(fromString("rwx------"));
            assertThat(Files.getPosixFilePermissions(home.resolve("afterword_owner.password")))
                    .isEqualTo(fromString("rw-------"));
            assertThat(Files.getPosixFilePermissions(home.resolve("afterword_app.password")))
                    .isEqualTo(fromString("rw-------"));
            assertThat(home.resolve("initdb.password")).doesNotExist();
        }
    }

    @Test
    void nobodyComesInWithoutThePassword() {
        try (var server = PostgresServer.start(data)) {
            for (var login : Set.of(server.owner(), server.app())) {
                assertThat(login.password()).hasSizeGreaterThanOrEqualTo(32);
                for (var guess : Set.of("", "postgres", login.user())) {
                    assertThatThrownBy(() -> new DatabaseLogin(login.url(), login.user(), guess).connect())
                            .isInstanceOf(SQLException.class);
                }
            }
            assertThat(server.owner().password()).isNotEqualTo(server.app().password());
        }
    }

    @Test
    void anotherPortIsTakenWhenTheUsualOneIsInUse() throws Exception {
        String usual;
        try (var server = PostgresServer.start(data)) {
            usual = server.app().url();
        }
        try (var server = PostgresServer.start(data)) {
            assertThat(server.app().url()).isEqualTo(usual);
        }
        int port =
                Integer.parseInt(Files.readString(data.resolve("postgres/port")).strip());
        try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                var server = PostgresServer.start(data)) {
            assertThat(server.app().url()).isNotEqualTo(usual);
        }
    }

    /** What is there after {@code kill -9} of a program: its PostgreSQL, still at work. */
    private ProcessHandle leaveAnOrphan() throws IOException {
        try (var program = PostgresServerProgram.start(data)) {
            program.kill();
        }
        var orphan = postmaster();
        assertThat(runs(orphan)).isTrue();
        return orphan;
    }

    /** A dead process whose parent does not care has a number, but no program any more. */
    private static boolean runs(ProcessHandle process) {
        return process.info().command().isPresent();
    }

    private Path pidFile() {
        return data.resolve("postgres/cluster/postmaster.pid");
    }

    private ProcessHandle postmaster() throws IOException {
        return ProcessHandle.of(Long.parseLong(Files.readAllLines(pidFile()).getFirst()))
                .orElseThrow();
    }

    private static void write(DatabaseLogin login, String text) throws SQLException {
        try (var connection = login.connect();
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE note AS SELECT '%s' AS text".formatted(text));
        }
    }

    private static String read(DatabaseLogin login) throws SQLException {
        try (var connection = login.connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT text FROM note")) {
            row.next();
            return row.getString(1);
        }
    }
}
