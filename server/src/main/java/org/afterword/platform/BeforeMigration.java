package org.afterword.platform;

/** Is told before an existing database is changed by migrations, while nothing else of this program uses it. */
public interface BeforeMigration {
    /**
     * @param from the schema version of the database
     * @param to   the one that it is about to get
     * @throws StartupException if it must stay as it is; then nothing is changed and the program does not start
     */
    void beforeMigration(int from, int to);
}
