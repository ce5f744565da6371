package org.afterword.platform;

import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataFolderTest {
    @TempDir
    private Path folder;

    @Test
    void theFolderThatItMakesIsClosedToOthers() {
        var data = new DataFolder(folder.resolve("data"));

        data.create();

        assertThat(data.openness()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxr-x---", "rwx-w----", "rwx---r-x", "rwx----w-"})
    void oneThatOthersMayReadOrWriteIsToldOf(String permissions) throws IOException {
        Files.setPosixFilePermissions(folder, fromString(permissions));

        assertThat(new DataFolder(folder).openness()).hasValue(permissions);
    }

    @Test
    void thatPostgresEntersAsAnotherUserIsNoMatter() throws IOException {
        Files.setPosixFilePermissions(folder, fromString("rwx--x--x"));

        assertThat(new DataFolder(folder).openness()).isEmpty();
    }

    @Test
    void aFolderThatCannotBeMadeIsRefusedWithTheCause() throws IOException {
        var file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> new DataFolder(file).create())
                .isInstanceOf(StartupException.class)
                .hasMessage("The folder %s cannot be created: a file of that name is there".formatted(file));
    }
}
