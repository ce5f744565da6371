package org.afterword.conversation.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.afterword.platform.TenantId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordingFilesTest {
    @TempDir
    Path folder;

    @BeforeEach
    void prepare() throws Exception {
        Files.createDirectories(folder.resolve("in/default/2026"));
        Files.writeString(folder.resolve("in/default/2026/c1.wav"), "audio");
        Files.writeString(folder.resolve("secret.txt"), "secret");
    }

    @Test
    void aFileBelowTheFolderIsOpened() throws Exception {
        var audio = files().resource(TenantId.DEFAULT, "2026/c1.wav");

        assertThat(audio.exists()).isTrue();
        assertThat(audio.contentLength()).isEqualTo(5);
        assertThat(audio.getContentAsString(StandardCharsets.UTF_8)).isEqualTo("audio");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../secret.txt",
                "2026/../../secret.txt",
                "/etc/passwd",
                "2026",
                "absent.wav",
                "",
                "a\\b",
                "./2026/c1.wav",
                "default/2026/c1.wav"
            })
    void nothingElseIs(String file) {
        assertThat(files().resource(TenantId.DEFAULT, file).exists()).isFalse();
    }

    @Test
    void linksAreNotFollowed() throws Exception {
        Files.createSymbolicLink(folder.resolve("in/default/link.wav"), folder.resolve("secret.txt"));
        Files.createSymbolicLink(folder.resolve("in/default/up"), folder);

        assertThat(files().resource(TenantId.DEFAULT, "link.wav").exists()).isFalse();
        assertThat(files().resource(TenantId.DEFAULT, "up/secret.txt").exists()).isFalse();
    }

    @Test
    void whatIsAnotherTenantsCannotBeNamed() {
        var other = new TenantId("other");

        assertThat(files().resource(other, "2026/c1.wav").exists()).isFalse();
        assertThat(files().resource(other, "default/2026/c1.wav").exists()).isFalse();
        assertThat(files().resource(other, "../default/2026/c1.wav").exists()).isFalse();
    }

    @Test
    void withoutItsFolderThereIsNothing() {
        assertThat(new RecordingFiles(folder.resolve("absent"))
                        .resource(TenantId.DEFAULT, "2026/c1.wav")
                        .exists())
                .isFalse();
    }

    private RecordingFiles files() {
        return new RecordingFiles(folder.resolve("in"));
    }
}
