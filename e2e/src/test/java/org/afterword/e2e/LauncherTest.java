package org.afterword.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.afterword.program.AfterwordProcess;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./afterword} in a checkout where the program is built. */
class LauncherTest {
    private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    Path checkout;

    @BeforeEach
    void checkOut() throws IOException {
        for (String file : List.of("afterword", ".mvn/find-jdk.sh", "pom.xml", "server/pom.xml")) {
            Path copy = checkout.resolve(file);
            Files.createDirectories(checkout.resolve(file.substring(0, Math.max(0, file.lastIndexOf('/')))));
            Files.copy(CHECKOUT.resolve(file), copy);
        }
        Files.createDirectories(checkout.resolve("server/src/main"));
        Path program = Files.createDirectories(checkout.resolve("server/target/program"));
        Path unpacked = AfterwordProcess.program();
        Files.copy(unpacked.resolve("afterword.jar"), program.resolve("afterword.jar"));
        Files.createSymbolicLink(program.resolve("lib"), unpacked.resolve("lib"));
        Files.createFile(program.resolve("built"));
    }

    @Test
    void aCacheThatIsNoneIsPassedOverWithoutAWord() throws Exception {
        String without = version();
        Files.writeString(cache(), "no cache at all");

        assertThat(version()).isEqualTo(without).startsWith("Afterword ");
    }

    @Test
    void aCacheOfAnotherJavaIsNotTouched() throws Exception {
        Path other = Files.writeString(cache().resolveSibling("afterword-1.aot"), "of another");

        assertThat(version()).startsWith("Afterword ");
        assertThat(other).hasContent("of another");
    }

    private String version() throws IOException, InterruptedException {
        var process = new ProcessBuilder(checkout.resolve("afterword").toString(), "--version")
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    /** Named by the Java that the launcher finds. */
    private Path cache() throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "set -eu; root=$1; . \"$root/.mvn/find-jdk.sh\"; cksum <\"$JAVA_HOME/release\" | cut -d ' ' -f 1",
                        "sh",
                        checkout.toString())
                .start();
        String sum = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return checkout.resolve("server/target/program/afterword-%s.aot".formatted(sum));
    }
}
