/**
 * Everything in one file, and back.
 *
 * <p>Start at {@link Backups}. A backup is one consistent snapshot of all tables, taken while the program runs, with the files of the
 * {@link org.afterword.platform.KeptFolder kept folders}; it goes by the database's catalog and knows no module's tables but where it
 * says so. One is made before a database is migrated. Backups and restores are in the trail of every tenant. Why a snapshot by COPY: decision 0017.
 */
@NullMarked
package org.afterword.backup;

import org.jspecify.annotations.NullMarked;
