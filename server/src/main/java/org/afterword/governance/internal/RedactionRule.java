package org.afterword.governance.internal;

/** Finds one kind of thing that may not be stored. Rules run in order; a later one sees what the earlier ones found. */
public interface RedactionRule {
    /** What is read. */
    enum Reading {
        /** A talk in which more may be said: the beginning of something forbidden is found as well, and masked with {@link #UNDECIDED}. */
        GOING_ON,
        /** A text that is all there is. */
        WHOLE,
        /** Values of a document, any of which may be an id: one by itself is masked for its name, or for a form that no id has by chance. */
        VALUES
    }

    void find(Talk talk, Reading reading, Findings findings);

    /** Stands for digits of which nobody knows yet whether they begin something forbidden. */
    String UNDECIDED = "[digits]";
}
