package org.afterword.drafting.internal;

import java.time.Duration;
import org.afterword.platform.Meters;
import org.afterword.platform.ProcessorShare;
import org.afterword.platform.Rush;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.event.EventListener;

/**
 * Has the model loaded once the program is ready, so that neither the start nor the first draft takes longer for it. Drafts
 * that come before wait for it. Shown as {@code model} in the health details; being ready does not depend on it.
 */
final class ModelLoading implements HealthIndicator {
    private static final Logger log = LoggerFactory.getLogger(ModelLoading.class);

    private final MiniLmEmbedder embedder;
    private final Rush rush;

    ModelLoading(MiniLmEmbedder embedder, Rush rush) {
        this.embedder = embedder;
        this.rush = rush;
        Meters.gauge(
                "afterword.draft.model.loaded",
                "1 once the model that drafts go by is loaded",
                () -> embedder.isLoaded() ? 1 : 0);
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        Thread.ofPlatform().name("model-loading").daemon().start(this::loadAfterARush);
    }

    private void loadAfterARush() {
        ProcessorShare.LESS.giveTo(ProcessorShare.THIS_THREAD);
        try {
            rush.letPass();
            load();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void load() {
        long began = System.nanoTime();
        try {
            embedder.load();
            log.info(
                    "The model {} is loaded after {} ms",
                    embedder.model(),
                    Duration.ofNanos(System.nanoTime() - began).toMillis());
        } catch (RuntimeException | LinkageError e) {
            if (isEnding()) {
                log.debug("The model {} was not loaded before the end", embedder.model());
            } else {
                log.error("The model {} cannot be loaded: there are no drafts", embedder.model(), e);
            }
        }
    }

    /** Whether the process ends: the model's runtime ends itself then, whoever loads something. */
    private static boolean isEnding() {
        try {
            Runtime.getRuntime().removeShutdownHook(new Thread(() -> {}));
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    @Override
    public Health health() {
        return Health.up()
                .withDetail("name", embedder.model())
                .withDetail("loaded", embedder.isLoaded())
                .build();
    }
}
