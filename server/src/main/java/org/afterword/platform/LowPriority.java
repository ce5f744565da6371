package org.afterword.platform;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A thread for long computing: the system gives it what others leave over, and a small share where they leave nothing. What computes
 * there must hold no lock and no transaction, or others would wait behind it all the same.
 *
 * <p>Java's own priorities do nothing on Linux but with a flag that warns whoever is not root, so the thread asks the system itself, as
 * anybody may who wants less. On other systems it is a thread like any other.
 */
public final class LowPriority implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LowPriority.class);
    private static final boolean LINUX = System.getProperty("os.name").equals("Linux");

    /** A tenth of the share that a thread of usual priority gets. */
    private static final int NICE = 10;

    private static final int THIS_THREAD = 0;

    private final ExecutorService thread;

    public LowPriority(String name) {
        thread = Executors.newSingleThreadExecutor(
                work -> Thread.ofPlatform().name(name).daemon().unstarted(() -> {
                    lowerThisThread();
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
            return CompletableFuture.supplyAsync(work, thread).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    @Override
    public void close() {
        thread.shutdown();
    }

    private static void lowerThisThread() {
        if (LINUX) {
            try {
                int failed = (int) SetPriority.FUNCTION.invokeExact(SetPriority.PROCESS, THIS_THREAD, NICE);
                log.debug("The thread {} its priority", failed == 0 ? "lowered" : "keeps");
            } catch (Throwable e) {
                log.debug("The thread keeps its priority", e);
            }
        }
    }

    /** {@code int setpriority(int which, id_t who, int value)}, which on Linux is about single threads. */
    private static final class SetPriority {
        static final int PROCESS = 0;
        static final MethodHandle FUNCTION = Linker.nativeLinker()
                .downcallHandle(
                        Linker.nativeLinker().defaultLookup().findOrThrow("setpriority"),
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT));
    }
}
