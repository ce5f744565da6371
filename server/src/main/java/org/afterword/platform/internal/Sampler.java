package org.afterword.platform.internal;

import java.time.Duration;
import java.util.List;
import org.afterword.platform.Repeated;
import org.afterword.platform.SampledFigures;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Asks all {@link SampledFigures} now and then, on one thread, so that a scrape never waits for the database. */
public final class Sampler implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Sampler.class);
    private static final Duration EVERY = Duration.ofSeconds(10);

    private final List<SampledFigures> figures;
    private final Repeated sampling = new Repeated("figures", EVERY, this::sampleAll);

    public Sampler(List<SampledFigures> figures) {
        this.figures = List.copyOf(figures);
    }

    @Override
    public void start() {
        sampling.start();
    }

    @Override
    public void stop() {
        sampling.stop();
    }

    @Override
    public boolean isRunning() {
        return sampling.isRunning();
    }

    /** One look at everything; what cannot be looked at is not shown. */
    public synchronized void sampleAll() {
        for (SampledFigures each : figures) {
            try {
                each.sample();
            } catch (RuntimeException e) {
                log.debug("Figures cannot be taken now", e);
                each.forget();
            }
        }
    }
}
