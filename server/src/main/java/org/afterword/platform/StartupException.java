package org.afterword.platform;

/** The program cannot start as it was asked to; the message is one line that tells the administrator why and what to do. */
public class StartupException extends RuntimeException {
    public StartupException(String message) {
        super(message);
    }

    public StartupException(String message, Throwable cause) {
        super(message, cause);
    }
}
