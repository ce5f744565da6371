package org.afterword.backup;

/** A backup cannot be made or restored; the message is one line that tells the administrator why and what to do. */
public final class BackupException extends RuntimeException {
    public BackupException(String message) {
        super(message);
    }

    public BackupException(String message, Throwable cause) {
        super(message, cause);
    }
}
