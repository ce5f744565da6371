package org.afterword.governance.internal;

/** Finds one kind of thing that may not be stored. Rules run in order; a later one sees what the earlier ones found. */
public interface RedactionRule {
    /**
     * @param goingOn whether more may be said: then the beginning of something forbidden is found as well, and masked with
     *     {@link #UNDECIDED}
     */
    void find(Talk talk, boolean goingOn, Findings findings);

    /** Stands for digits of which nobody knows yet whether they begin something forbidden. */
    String UNDECIDED = "[digits]";
}
