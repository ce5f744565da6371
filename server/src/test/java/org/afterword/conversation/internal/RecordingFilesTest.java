package org.afterword.conversation.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
        Files.createDirectories(folder.resolve("in/2026"));
        Files.writeString(folder.resolve("in/2026/c1.wav"), "audio");
        Files.writeString(folder.resolve("secret.txt"), "secret");
    }

    @Test
    void aFileBelowTheFolderIsOpened() throws Exception {
        var audio = files().resource("2026/c1.wav");

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
                "./2026/c1.wav"
            })
    void nothingElseIs(String file) {
        assertThat(files().resource(file).exists()).isFalse();
    }

    @Test
    void linksAreNotFollowed() throws Exception {
        Files.createSymbolicLink(folder.resolve("in/link.wav"), folder.resolve("secret.txt"));
        Files.createSymbolicLink(folder.resolve("in/up"), folder);

        assertThat(files().resource("link.wav").exists()).isFalse();
        assertThat(files().resource("up/secret.txt").exists()).isFalse();
    }

    @Test
    void withoutItsFolderThereIsNothing() {
        assertThat(new RecordingFiles(folder.resolve("absent"))
                        .resource("2026/c1.wav")
                        .exists())
                .isFalse();
    }

    private RecordingFiles files() {
        return new RecordingFiles(folder.resolve("in"));
    }
}
