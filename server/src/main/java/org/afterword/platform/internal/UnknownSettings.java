package org.afterword.platform.internal;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.afterword.platform.StartupException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Finds settings that no module declares: a misspelt key would otherwise be ignored in silence. */
final class UnknownSettings {
    private static final Pattern LIST_INDEX = Pattern.compile("\\[\\d+]$");

    private final Set<String> known = new TreeSet<>();

    /** Takes the settings records of all modules, annotated with their prefix. */
    UnknownSettings(Collection<Class<?>> declarations) {
        for (var declaration : declarations) {
            var annotation = AnnotationUtils.getAnnotation(declaration, ConfigurationProperties.class);
            if (annotation != null && declaration.isRecord()) {
                declare(annotation.prefix(), declaration);
            }
        }
    }

    private void declare(String prefix, Class<?> settings) {
        for (var component : settings.getRecordComponents()) {
            var key = prefix + "." + DataObjectPropertyName.toDashedForm(component.getName());
            if (component.getType().isRecord()) {
                declare(key, component.getType());
            } else {
                known.add(key);
            }
        }
    }

    /**
     * Looks through everything that was set.
     *
     * @throws StartupException naming the first unknown key, and the one that may have been meant
     */
    void refuse(ConfigurableEnvironment environment) {
        environment.getPropertySources().forEach(this::refuse);
    }

    private void refuse(PropertySource<?> source) {
        if (source instanceof SystemEnvironmentPropertySource variables) {
            var names = known.stream().map(UnknownSettings::asVariable).toList();
            refuse(Stream.of(variables.getPropertyNames()).filter(name -> name.startsWith("AFTERWORD_")), names);
        } else if (source instanceof EnumerablePropertySource<?> properties) {
            refuse(Stream.of(properties.getPropertyNames()).filter(name -> name.startsWith("afterword.")), known);
        }
    }

    private static void refuse(Stream<String> given, Collection<String> known) {
        given.map(key -> LIST_INDEX.matcher(key).replaceFirst(""))
                .filter(key -> !known.contains(key))
                .findFirst()
                .ifPresent(key -> {
                    var meant = known.stream()
                            .min(Comparator.comparingInt(candidate -> distance(candidate, key)))
                            .filter(candidate -> distance(candidate, key) <= key.length() / 4)
                            .map(" Did you mean %s?"::formatted)
                            .orElse("");
                    throw new StartupException("There is no setting %s.%s".formatted(key, meant));
                });
    }

    private static String asVariable(String key) {
        return key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** How many letters have to be added, removed or changed to make one of the other (V. Levenshtein, 1965). */
    private static int distance(String one, String other) {
        var row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
