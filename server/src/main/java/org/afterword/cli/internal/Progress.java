package org.afterword.cli.internal;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongConsumer;

/** Says now and then on standard error how far a long run is; a short one says nothing. */
final class Progress implements LongConsumer {
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final int LOOK_EVERY = 1000;

    private final String words;
    private final PrintStream out = System.err;
    private long saidAt = System.nanoTime();

    /** @param words with one place for the count: {@code %,d entries proved} */
    Progress(String words) {
        this.words = words;
    }

    @Override
    public void accept(long done) {
        if (done % LOOK_EVERY == 0 && System.nanoTime() - saidAt > EVERY.toNanos()) {
            saidAt = System.nanoTime();
            out.println(String.format(Locale.ROOT, words, done) + " …");
        }
    }
}
