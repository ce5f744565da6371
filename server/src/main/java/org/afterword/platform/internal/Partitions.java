package org.afterword.platform.internal;

import java.time.Duration;
import org.afterword.platform.Repeated;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.JdbcTemplate;

/** Keeps two months of partitions ahead of time, at the start and twice a day. */
final class Partitions implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Partitions.class);
    private static final int MONTHS_AHEAD = 2;
    private static final Duration LOOK_EVERY = Duration.ofHours(12);

    private final JdbcTemplate jdbc;
    private final Repeated looking = new Repeated("partitions", LOOK_EVERY, this::ensure);

    Partitions(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void start() {
        ensure();
        looking.start();
    }

    @Override
    public void stop() {
        looking.stop();
    }

    @Override
    public boolean isRunning() {
        return looking.isRunning();
    }

    private void ensure() {
        try {
            Integer created = jdbc.queryForObject("SELECT afterword_ensure_partitions(?)", Integer.class, MONTHS_AHEAD);
            if (created != null && created > 0) {
                log.info("Created {} partitions ahead of time", created);
            }
        } catch (RuntimeException e) {
            log.warn(
                    "Partitions could not be created ahead; rows go to the rest partitions meanwhile: {}",
                    e.toString());
        }
    }
}
