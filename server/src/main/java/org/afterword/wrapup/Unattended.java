package org.afterword.wrapup;

import java.util.Collection;

/** Approval of drafted records by policy, where nobody looks at them. In the running tenant's transaction; for modules above. */
public interface Unattended {
    /** The drafts of these wrap-ups' contacts are ready: whether a policy approves what they say is looked at in a moment. */
    void drafted(Collection<WrapUp> wrapUps);
}
