package org.afterword.wrapup;

import java.util.Set;
import org.afterword.conversation.InteractionId;

/** Which parts of drafts may leave with nobody looking. Implemented one module higher; called in a tenant's transaction. */
public interface DraftTrust {
    /** Of the draft as it stands. */
    Trust of(InteractionId interaction);

    /** By lot a person gets what a policy would have approved: what becomes of it tells what the others are like. */
    void audit(InteractionId interaction);

    /**
     * @param isSettled whether all that was said of the contact is in its draft, and nobody writes at it any more
     * @param earned    members of a record that may be let out
     * @param unearned  those that the draft says something of and that may not be; an administrator's "off" is none
     * @param isDrawn   by lot: a person checks it
     */
    record Trust(boolean isSettled, Set<String> earned, Set<String> unearned, boolean isDrawn) {
        /** Of a contact without a draft. */
        public static final Trust NONE = new Trust(true, Set.of(), Set.of(), false);

        public Trust {
            earned = Set.copyOf(earned);
            unearned = Set.copyOf(unearned);
        }
    }
}
