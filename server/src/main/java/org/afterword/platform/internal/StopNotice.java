package org.afterword.platform.internal;

import java.time.Duration;
import org.afterword.platform.Settings;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;

/**
 * Lets a load balancer see that the server is going before it goes: {@code /health/ready} is down by now, and everything else
 * goes on for a while.
 */
final class StopNotice {
    /** @param notice how long; 0 to 30 s, default 0 */
    @ConfigurationProperties("afterword.stop")
    record StopSettings(@DefaultValue("0s") Duration notice) {
        StopSettings {
            Settings.inRange("stop.notice", notice, Duration.ZERO, Duration.ofSeconds(30));
        }
    }

    private final Duration notice;

    StopNotice(StopSettings settings) {
        this.notice = settings.notice;
    }

    /** Before anything is stopped. */
    @EventListener(ContextClosedEvent.class)
    void give() {
        try {
            Thread.sleep(notice);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
