package org.afterword.platform;

import java.nio.file.Path;

/**
 * A folder whose files belong to the data as the database's rows do, so that a backup takes them along. The module that writes there
 * makes a bean of it.
 *
 * @param name names it in backups; never change it once released
 */
public record KeptFolder(String name, Path path) {}
