package org.afterword.platform.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.afterword.ApiServer;
import org.afterword.platform.Niceness;
import org.junit.jupiter.api.Test;

class CompilerShareTest {
    @Test
    void theCompilersGiveWayOnceTheProgramIsReady() throws IOException {
        assumeTrue(Niceness.isKnown(), "Linux alone has shares of single threads");
        ApiServer.running();

        try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
            List<Path> compilers = threads.filter(thread -> name(thread).matches("C\\d Compiler.*"))
                    .toList();
            assertThat(compilers).isNotEmpty();
            assertThat(compilers).extracting(Niceness::of).contains(5);
        }
    }

    private static String name(Path thread) {
        try {
            return Files.readString(thread.resolve("comm")).strip();
        } catch (IOException e) {
            return "one that ended meanwhile";
        }
    }
}
