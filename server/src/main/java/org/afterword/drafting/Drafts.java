package org.afterword.drafting;

import java.util.Collection;
import java.util.Map;
import java.util.function.Supplier;
import org.afterword.conversation.InteractionId;
import org.afterword.drafting.internal.DraftRepository;
import org.afterword.platform.Tenancy;
import org.afterword.wrapup.DraftSource;
import org.springframework.stereotype.Service;

/** The drafts as they are kept, in the running tenant's transaction. */
@Service
public class Drafts implements DraftSource {
    private final Tenancy tenancy;
    private final DraftRepository drafts;

    public Drafts(Tenancy tenancy, DraftRepository drafts) {
        this.tenancy = tenancy;
        this.drafts = drafts;
    }

    @Override
    public Supplier<Map<InteractionId, Proposal>> find(Collection<InteractionId> interactions) {
        return drafts.find(tenancy.current(), interactions);
    }
}
