package org.afterword.cli.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.afterword.platform.StartupException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.boot.env.PropertySourceLoader;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.FileSystemResource;

/** What was set by flags; together with the environment and the file it makes the program's settings. */
final class Flags {
    private static final String PREFIX = "afterword.";

    /** How the key of a setting begins, in the environment or out of it. */
    private static final Pattern SETTING = Pattern.compile("afterword[._]", Pattern.CASE_INSENSITIVE);

    private final Map<String, Object> given = new LinkedHashMap<>();

    /** Sets {@code key}, unless the flag for it was left out. */
    Flags set(String key, @Nullable Object value) {
        if (value != null) {
            given.put(key, value.toString());
        }
        return this;
    }

    /** All settings: flags come before the environment, and that before the file, whose keys go without {@code afterword.}. */
    ConfigurableEnvironment configuration(@Nullable Path file) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("flags", given));
        if (file != null) {
            environment.getPropertySources().addLast(new MapPropertySource("file " + file, read(file)));
        }
        return environment;
    }

    /**
     * The settings of a program whose data is its own: nothing but the flags. What the environment says is said to a server, and would
     * lead such a program to that server's database.
     */
    ConfigurableEnvironment configurationByItself() {
        var environment = configuration(null);
        hideSettings(
                environment,
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                environment.getSystemEnvironment(),
                SystemEnvironmentPropertySource::new);
        hideSettings(
                environment,
                StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME,
                environment.getSystemProperties(),
                MapPropertySource::new);
        return environment;
    }

    private static void hideSettings(
            ConfigurableEnvironment environment,
            String source,
            Map<String, Object> all,
            BiFunction<String, Map<String, Object>, PropertySource<?>> with) {
        Map<String, Object> others = new LinkedHashMap<>(all);
        others.keySet().removeIf(key -> SETTING.matcher(key).lookingAt());
        environment.getPropertySources().replace(source, with.apply(source, others));
    }

    private static Map<String, Object> read(Path file) {
        if (!Files.isReadable(file)) {
            throw new StartupException("The file of settings %s cannot be read.".formatted(file));
        }
        Map<String, Object> settings = new LinkedHashMap<>();
        for (var source : load(file)) {
            if (source instanceof EnumerablePropertySource<?> properties) {
                for (var name : properties.getPropertyNames()) {
                    settings.put(PREFIX + name, properties.getProperty(name));
                }
            }
        }
        return settings;
    }

    private static List<PropertySource<?>> load(Path file) {
        PropertySourceLoader loader = file.toString().endsWith(".properties")
                ? new PropertiesPropertySourceLoader()
                : new YamlPropertySourceLoader();
        try {
            return loader.load(file.toString(), new FileSystemResource(file));
        } catch (IOException | RuntimeException e) {
            throw new StartupException(
                    "The file of settings %s cannot be understood: %s".formatted(file, e.getMessage()), e);
        }
    }
}
