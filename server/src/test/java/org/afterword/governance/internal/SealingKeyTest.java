package org.afterword.governance.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.afterword.platform.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealingKeyTest {
    @TempDir
    Path folder;

    @Test
    void isMadeOnceForItsOwnerAlone() throws IOException {
        assertThat(folder).isEmptyDirectory();
        byte[] made = SealingKey.inFolder(folder).get();

        assertThat(SealingKey.inFolder(folder).get()).hasSize(32).isEqualTo(made);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("sealing.key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void isNotMadeAnewWhereItIsDamaged() throws IOException {
        Files.write(folder.resolve("sealing.key"), new byte[5]);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> SealingKey.inFolder(folder).get())
                .withMessageContaining("has 5 bytes instead of 32");
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> SealingKey.none().get())
                .withMessageContaining("sealing.key");
    }

    @Test
    void thatIsSetHasToBeOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SealingSettings("secret"))
                .withMessageContaining("sealing.key must be 32 bytes");
        assertThat(new SealingSettings("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="))
                .hasToString("a key set");
    }
}
