package org.afterword.identity;

/** Beans of this type learn who was given, lost or used access. */
public interface AccessListener {
    /** Called in the transaction of what happened, in the tenant it happened in. */
    void on(AccessEvent event);
}
