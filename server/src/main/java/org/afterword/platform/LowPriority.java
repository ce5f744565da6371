package org.afterword.platform;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Threads for long computing, with a {@link ProcessorShare} of their own. What computes there must hold no lock and no transaction, or
 * others would wait behind it all the same.
 */
public final class LowPriority implements AutoCloseable {
    private final ExecutorService threads;

    /** @param many how many compute at the same time; others wait for them */
    public LowPriority(String name, ProcessorShare share, int many) {
        threads = Executors.newFixedThreadPool(
                many,
                work -> Thread.ofPlatform().name(name).daemon().unstarted(() -> {
                    share.giveTo(ProcessorShare.THIS_THREAD);
                    work.run();
                }));
    }

    /**
     * What {@code work} answers or throws, once it had its turn.
     *
     * @throws IllegalStateException if a transaction runs, which would last as long
     */
    public <T> T compute(Supplier<T> work) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("a transaction does not wait for long computing");
        }
        try {
            return CompletableFuture.supplyAsync(work, threads).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
