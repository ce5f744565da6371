package org.afterword.cli.internal;

import java.util.List;
import java.util.function.Function;
import org.afterword.identity.TenantDirectory;
import org.afterword.platform.StartupException;
import org.afterword.platform.TenantId;
import org.jspecify.annotations.Nullable;

/** Which tenants a command is for. */
final class Tenants {
    private Tenants() {}

    /**
     * The one that was asked for, or all.
     *
     * @throws StartupException if there is no such tenant, or none at all
     */
    static List<TenantId> chosen(TenantDirectory directory, @Nullable TenantId wanted) {
        List<TenantId> all = directory.list();
        if (all.isEmpty()) {
            throw StorageOptions.noInstallation("this database");
        }
        if (wanted == null) {
            return all;
        }
        if (!all.contains(wanted)) {
            throw new StartupException("There is no tenant '%s'; there are %s.".formatted(wanted, all));
        }
        return List.of(wanted);
    }

    /** What {@code flag} gave; a value that cannot be one is said with the flag's name. */
    static <T> T reading(String flag, String text, Function<String, T> parse) {
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            throw new StartupException("%s: %s.".formatted(flag, e.getMessage()), e);
        }
    }
}
