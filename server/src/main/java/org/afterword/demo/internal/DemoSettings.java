package org.afterword.demo.internal;

import org.afterword.platform.Settings;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The demo.
 *
 * @param enabled whether the contact center of the demo is played; default false
 * @param speed   how fast people talk in it; 0.5 to 32, 1 is as fast as they did, default 2
 */
@ConfigurationProperties("afterword.demo")
record DemoSettings(
        @DefaultValue("false") boolean enabled,
        @DefaultValue("2") double speed) {
    DemoSettings {
        Settings.inRange("demo.speed", speed, Pace.SLOWEST, Pace.FASTEST);
    }
}
