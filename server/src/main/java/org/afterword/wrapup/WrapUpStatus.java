package org.afterword.wrapup;

/** The names of the {@link WrapUpState}s, as they are stored and shown. */
public enum WrapUpStatus {
    PREPARING,
    OPEN,
    OVERDUE,
    DEFERRED,
    COMPLETED,
    EXPIRED
}
