package org.afterword.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.afterword.program.AfterwordProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ProgramTest {
    @RegisterExtension
    final DataFolder data = new DataFolder();

    @Test
    void theServerStartsAnswersLogsAndStopsWhenToldTo() throws Exception {
        try (var server = AfterwordProcess.serve(data.path())) {
            assertThat(server.status("/health/live")).isEqualTo(200);
            assertThat(server.status("/health/ready")).isEqualTo(200);
            assertThat(server.output()).contains("It answers at " + server.address());

            assertThat(server.stop()).isZero();
            assertThat(server.output()).contains("Afterword has stopped.");
        }
        assertThat(Files.readAllLines(data.path().resolve("logs/afterword.log")))
                .isNotEmpty()
                .allMatch(line -> line.startsWith("{\"@timestamp\":\"") && line.endsWith("}"));
    }

    @Test
    void aStopIsNoticedBeforeItComesAndLetsRequestsFinishAndStreamsEnd() throws Exception {
        var settings = Files.writeString(data.path().resolve("settings.yaml"), "stop.notice: 5s\n");
        try (var server = AfterwordProcess.serve(data.path(), "--config", settings.toString());
                var stream = HalfARequest.of(server.address(), "GET /api/v1/stream", "");
                var events = HalfARequest.of(server.address(), "POST /api/v1/events", "[]")) {
            assertThat(stream.status()).isEqualTo(200);

            server.askToStop();
            awaitStatus(server, "/health/ready", 503);
            assertThat(server.status("/health/live")).isEqualTo(200);
            assertThat(stream.readToTheEnd()).contains("event: ready");
            events.finish();

            assertThat(events.status()).isEqualTo(202);
            assertThat(server.stop()).isZero();
        }
    }

    private static void awaitStatus(AfterwordProcess server, String path, int status) throws Exception {
        while (server.status(path) != status) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    @Test
    void theServerStartsAgainAfterItWasKilled() {
        AfterwordProcess.serve(data.path()).kill();

        try (var server = AfterwordProcess.serve(data.path())) {
            assertThat(server.stop()).isZero();
        }
    }

    @Test
    void besideARunningServerAStrangerIsShownTheSignInALinkIsMadeAndASecondServerRefused() throws Exception {
        String folder = data.path().toString();
        try (var server = AfterwordProcess.serve(data.path());
                var visitor = Visitor.of(server.address())) {
            visitor.page().navigate("/");
            var link = AfterwordProcess.run("admin-link", "--data", folder);
            var second = AfterwordProcess.run("serve", "--data", folder, "--port", "0");

            assertThat(visitor.page().url()).endsWith("/sign-in");
            assertThat(visitor.barriers()).isEmpty();
            assertThat(visitor.faults()).isEmpty();
            assertThat(link.exitCode()).isZero();
            assertThat(link.output().strip()).startsWith(server.address() + "/t/default/admin-link/");
            assertThat(server.status(URI.create(link.output().strip()).getPath()))
                    .isEqualTo(200);
            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(second.output()).contains("is in use by another Afterword");
            assertThat(server.stop()).isZero();
        }
    }

    @Test
    void theTrailIsProvedBesideARunningServerOnARestingFolderAndFromAnExport() throws Exception {
        String folder = data.path().toString();
        Path export = data.path().resolve("trail.jsonl");
        try (var server = AfterwordProcess.serve(data.path())) {
            assertThat(AfterwordProcess.run("verify-audit", "--data", folder).output())
                    .contains("default: the trail is whole. Its head is");
            server.stop();
        }

        var resting = AfterwordProcess.run("verify-audit", "--data", folder, "--tenant", "default");
        String head = resting.output().strip().replaceAll("(?s).* ", "");
        var exported = AfterwordProcess.run("export", "--data", folder, "--audit", export.toString());
        var proved = AfterwordProcess.run("verify-audit", "--file", export.toString(), "--head", head);
        Files.writeString(export, Files.readString(export).replaceFirst("\"actor\":\"system", "\"actor\":\"nobody"));
        var tampered = AfterwordProcess.run("verify-audit", "--file", export.toString());

        assertThat(resting.exitCode()).as(resting.output()).isZero();
        assertThat(exported.exitCode()).as(exported.output()).isZero();
        assertThat(proved.exitCode()).as(proved.output()).isZero();
        assertThat(proved.output()).contains(head);
        assertThat(tampered.exitCode()).isEqualTo(1);
        assertThat(tampered.output()).contains("broken at sequence").contains("changed");
        assertThat(AfterwordProcess.run("verify-audit", "--data", folder, "--tenant", "nobody")
                        .output())
                .contains("There is no tenant 'nobody'");
    }

    @Test
    void aMisspeltSettingIsNamedWithTheOneThatWasMeant() throws Exception {
        var settings = Files.writeString(data.path().resolve("settings.yaml"), "prot: 0\n");

        var outcome = AfterwordProcess.run("serve", "--data", data.path().toString(), "--config", settings.toString());

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.output()).contains("There is no setting afterword.prot. Did you mean afterword.port?");
    }

    @Test
    void aMisspeltFlagIsWrongUsage() {
        var outcome = AfterwordProcess.run("serve", "--prot", "0");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.output()).contains("--prot").contains("--port");
    }

    @Test
    void aPortThatCannotBeIsRefusedInOneLine() {
        var outcome = AfterwordProcess.run("serve", "--data", data.path().toString(), "--port", "70000");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.output())
                .contains("--port is 70000; it may be from 0 to 65535.")
                .doesNotContain("\tat ");
    }
}
