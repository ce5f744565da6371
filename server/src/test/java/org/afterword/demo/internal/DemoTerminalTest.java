package org.afterword.demo.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTerminalTest {
    private static final URI ADDRESS = URI.create("http://localhost:8080/");

    @TempDir
    private Path data;

    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final DemoTerminal terminal = new DemoTerminal(new PrintStream(screen, true, UTF_8));

    @Test
    void showsWhereToGoAndHowToSignIn() {
        DemoFolder folder = DemoFolder.open(data);

        terminal.welcome(ADDRESS, data, folder, DemoData.people());

        assertThat(screen.toString(UTF_8))
                .contains("http://localhost:8080/", "11 agents are simulated", "Go available")
                .containsPattern("ann +" + folder.password("ann"))
                .containsPattern("sam +" + folder.password("sam"));
    }

    @Test
    void passwordsStayTheSameInOneFolderAndOnlyItsOwnerReadsThem() throws IOException {
        String password = DemoFolder.open(data).password("ann");
        terminal.welcome(ADDRESS, data, DemoFolder.open(data), DemoData.people());

        assertThat(DemoFolder.open(data).password("ann")).isEqualTo(password);
        assertThat(Files.readString(data.resolve("demo-sign-ins.txt"))).contains(password);
        for (String file : new String[] {"demo.json", "demo-sign-ins.txt"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(file))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void keysPauseAndChangeTheSpeed() throws IOException {
        DemoControl control = new DemoDriver(
                        ADDRESS, DemoFolder.open(data), 2, new SteppedWallClock(), new Random(1), refused -> {})
                .control();

        terminal.takeKeys(new ByteArrayInputStream("+p-x\n".getBytes(UTF_8)), control);

        assertThat(screen.toString(UTF_8).lines())
                .map(line -> line.replaceFirst("   .*", ""))
                .containsExactly("running at speed 4", "paused at speed 4", "paused at speed 2", "paused at speed 2");
    }
}
