package org.afterword.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionSynchronizationManager;

class LowPriorityTest {
    private final LowPriority computing = new LowPriority("computing", ProcessorShare.LEAST, 1);

    @AfterEach
    void end() {
        TransactionSynchronizationManager.setActualTransactionActive(false);
        computing.close();
    }

    @Test
    void whatIsComputedIsAnsweredByAThreadThatTheSystemGivesLess() {
        assumeTrue(Niceness.isKnown(), "Linux alone has priorities of single threads");

        assertThat(computing.compute(() -> Niceness.of(Path.of("/proc/thread-self"))))
                .isEqualTo(10);
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
}
