package org.afterword.catalog;

/** How demanding a call type is, as policies and reports see it. */
public enum Complexity {
    LOW,
    MEDIUM,
    HIGH
}
