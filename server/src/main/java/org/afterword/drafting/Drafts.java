package org.afterword.drafting;

import java.util.Collection;
import java.util.Map;
import java.util.function.Supplier;
import org.afterword.conversation.InteractionId;
import org.afterword.drafting.internal.DraftRepository;
import org.afterword.drafting.internal.prose.ModelDrafts;
import org.afterword.platform.Tenancy;
import org.afterword.wrapup.DraftSource;
import org.springframework.stereotype.Service;

/** The drafts as they are shown, with what a language model wrote in them; in the running tenant's transaction. */
@Service
public class Drafts implements DraftSource {
    private final Tenancy tenancy;
    private final DraftRepository drafts;
    private final ModelDrafts modelDrafts;

    public Drafts(Tenancy tenancy, DraftRepository drafts, ModelDrafts modelDrafts) {
        this.tenancy = tenancy;
        this.drafts = drafts;
        this.modelDrafts = modelDrafts;
    }

    @Override
    public Supplier<Map<InteractionId, Proposal>> find(Collection<InteractionId> interactions) {
        return modelDrafts.over(tenancy.current(), interactions, drafts.find(tenancy.current(), interactions));
    }
}
