package org.afterword.drafting.internal.proof;

import org.afterword.conversation.ConversationFixture;
import org.afterword.drafting.internal.DraftRepository;
import org.afterword.drafting.internal.prose.ModelDrafts;

/** What keeps the outcomes of drafts, on a real database. */
public final class Proof {
    private Proof() {}

    public static Outcomes outcomes(ConversationFixture center) {
        return new Outcomes(
                new ProofRepository(center.jdbc),
                new DraftRepository(center.jdbc),
                new ModelDrafts(center.jdbc),
                center.dueWork,
                center.clock);
    }
}
