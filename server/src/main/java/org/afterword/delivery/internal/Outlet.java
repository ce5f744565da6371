package org.afterword.delivery.internal;

/**
 * The way into one other system. Messages may come several times: an implementation makes the repeats harmless, by an id
 * that the other side knows them by, or by looking before it writes.
 */
interface Outlet {
    /** Tries once, within seconds; whatever the other side does ends as an {@link Outcome}. */
    Outcome deliver(Message message);

    /** Finds out whether a delivery would work, without delivering anything. */
    Outcome test();
}
