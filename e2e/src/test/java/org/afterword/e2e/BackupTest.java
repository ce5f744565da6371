package org.afterword.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.afterword.program.AfterwordProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BackupTest {
    @RegisterExtension
    final DataFolder data = new DataFolder();

    @RegisterExtension
    final DataFolder other = new DataFolder();

    @Test
    void whatIsBackedUpBesideARunningServerIsServedFromAnotherFolder() throws Exception {
        Path file = data.path().resolve("all.afterword");
        String transcript;
        try (var server = AfterwordProcess.serve(data.path())) {
            var contacts = new Contacts(server::address);
            contacts.send(List.of(
                    Contacts.event("1", "agent.signed-in", "ann", Instant.now(), "{}"),
                    Contacts.event(
                            "2",
                            "interaction.said",
                            "call-1",
                            Instant.now(),
                            "{'turn': 0, 'speaker': 'customer', 'text': 'Hello there.'}")));
            transcript = contacts.get("/api/v1/interactions/call-1/transcript").body();

            var written = AfterwordProcess.run(
                    "backup", file.toString(), "--data", data.path().toString());

            assertThat(written.output()).contains("Backed up as of").contains("1 tenant");
            assertThat(written.exitCode()).isZero();
        }

        var refused = AfterwordProcess.run(
                "restore", file.toString(), "--data", data.path().toString());
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.output()).contains("holds a database already");
        assertThat(restore(file).exitCode()).isZero();

        try (var server = AfterwordProcess.serve(other.path())) {
            var contacts = new Contacts(server::address);
            assertThat(contacts.get("/api/v1/interactions/call-1/transcript").body())
                    .isEqualTo(transcript);
            assertThat(contacts.get("/api/v1/audit?kind=backup.written").body()).contains("all.afterword");
            assertThat(contacts.get("/api/v1/audit?kind=backup.restored").body())
                    .contains("takenAt");
            assertThat(other.path().resolve("restored.json")).doesNotExist();
            var proved =
                    AfterwordProcess.run("verify-audit", "--data", other.path().toString());
            assertThat(proved.output()).contains("the trail is whole");
            assertThat(proved.exitCode()).isZero();
        }
    }

    @Test
    void aFolderThatIsHalfRestoredIsNotServed() throws Exception {
        Path file = data.path().resolve("all.afterword");
        AfterwordProcess.serve(data.path()).close();
        AfterwordProcess.run("backup", file.toString(), "--data", data.path().toString());
        Files.createFile(other.path().resolve("restore-unfinished")); // as a restore that is killed leaves it

        var refused = AfterwordProcess.run("serve", "--data", other.path().toString(), "--port", "0");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.output()).contains("did not come to its end").contains("type the restore again");
        assertThat(restore(file).exitCode()).isZero();
        assertThat(other.path().resolve("restore-unfinished")).doesNotExist();
    }

    @Test
    void aFileThatIsCutShortIsRefusedBeforeAnythingIsMade() throws Exception {
        Path file = Files.writeString(data.path().resolve("cut.afterword"), "PK");

        var refused = restore(file);

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.output())
                .contains("cut.afterword is no whole backup")
                .doesNotContain("\tat ");
        assertThat(other.path().resolve("postgres")).doesNotExist();
    }

    private AfterwordProcess.Outcome restore(Path file) throws IOException {
        return AfterwordProcess.run(
                "restore", file.toString(), "--data", other.path().toString());
    }
}
