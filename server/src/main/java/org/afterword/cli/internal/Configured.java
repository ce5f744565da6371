package org.afterword.cli.internal;

import java.nio.file.Path;
import org.afterword.platform.DataFolder;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;

/** What follows from the settings before the program is built from them. */
final class Configured {
    private Configured() {}

    static SpringApplication application(Class<?> application, ConfigurableEnvironment configuration) {
        var spring = new SpringApplication(application);
        spring.setEnvironment(configuration);
        spring.setAddCommandLineProperties(false);
        spring.setRegisterShutdownHook(false);
        return spring;
    }

    static DataFolder dataFolder(ConfigurableEnvironment configuration) {
        return new DataFolder(Path.of(configuration.getProperty("afterword.data", "afterword-data")));
    }
}
