package org.afterword.backup;

/** Hears how a backup or a restore gets on. */
public interface Progress {
    /** For those who do not want to know. */
    Progress NONE = (what, rows) -> {};

    /**
     * @param what the table or file that is done
     * @param rows how many rows are done altogether
     */
    void done(String what, long rows);
}
