package org.afterword.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTroubleTest {
    @Test
    void aMissingFileIsNamed(@TempDir Path folder) {
        var file = folder.resolve("monday");

        assertThat(FileTrouble.describe(new NoSuchFileException(file.toString())))
                .isEqualTo("there is no " + file);
    }

    @Test
    void aMissingFolderIsNamedRatherThanWhatWasToLieInIt(@TempDir Path folder) {
        var file = folder.resolve("backups").resolve("monday.part");

        assertThat(FileTrouble.describe(new NoSuchFileException(file.toString())))
                .isEqualTo("there is no folder " + folder.resolve("backups"));
    }

    @Test
    void theRestIsSaidInWordsAndNotAsAPathAlone() {
        assertThat(FileTrouble.describe(new AccessDeniedException("/srv/data")))
                .isEqualTo("access to /srv/data is denied");
        assertThat(FileTrouble.describe(new FileAlreadyExistsException("/srv/data")))
                .isEqualTo("a file of that name is there");
        assertThat(FileTrouble.describe(new FileSystemException("/srv/data", null, "Read-only file system")))
                .isEqualTo("Read-only file system");
    }
}
