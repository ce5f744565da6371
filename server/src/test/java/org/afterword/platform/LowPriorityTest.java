package org.afterword.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionSynchronizationManager;

class LowPriorityTest {
    private static final int NICE = 18;

    private final LowPriority computing = new LowPriority("computing", ProcessorShare.LEAST, 1);

    @AfterEach
    void end() {
        TransactionSynchronizationManager.setActualTransactionActive(false);
        computing.close();
    }

    @Test
    void whatIsComputedIsAnsweredByAThreadThatTheSystemGivesLess() {
        assumeTrue(Files.exists(Path.of("/proc/thread-self/stat")), "Linux alone has priorities of single threads");

        assertThat(computing.compute(LowPriorityTest::nice)).isEqualTo(10);
    }

    @Test
    void aFailureComesAsItWasThrown() {
        assertThatThrownBy(() -> computing.compute(() -> {
                    throw new IllegalArgumentException("no such thing");
                }))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("no such thing");
    }

    @Test
    void aTransactionDoesNotWaitForIt() {
        TransactionSynchronizationManager.setActualTransactionActive(true);

        assertThatThrownBy(() -> computing.compute(() -> "late")).isInstanceOf(IllegalStateException.class);
    }

    /** The fields behind the thread's name, which may hold blanks. */
    private static int nice() {
        try {
            String stat = Files.readString(Path.of("/proc/thread-self/stat"));
            return Integer.parseInt(stat.substring(stat.lastIndexOf(')')).split(" ")[NICE - 1]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
