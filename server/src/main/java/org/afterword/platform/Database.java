package org.afterword.platform;

/** The database of this program, reachable by two roles: {@link PostgresServer our own} or the one that the administrator named. */
public interface Database extends AutoCloseable {
    /** The role that owns the tables, for migrations alone. */
    DatabaseLogin owner();

    /** The role for everything else: row-level policies hold it. */
    DatabaseLogin app();

    @Override
    void close();
}
