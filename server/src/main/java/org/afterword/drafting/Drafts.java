package org.afterword.drafting;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.afterword.conversation.InteractionId;
import org.afterword.drafting.internal.DraftRepository;
import org.afterword.drafting.internal.DraftRepository.Made;
import org.afterword.drafting.internal.proof.Seen;
import org.afterword.drafting.internal.prose.ModelDrafts;
import org.afterword.platform.Tenancy;
import org.afterword.wrapup.DraftSource;
import org.springframework.stereotype.Service;

/** The drafts as people see them, with what a language model wrote in them; in the running tenant's transaction. */
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
        Supplier<Map<InteractionId, Made>> made = drafts.made(tenancy.current(), interactions);
        Supplier<Map<InteractionId, Proposal>> written = modelDrafts.over(
                tenancy.current(),
                interactions,
                () -> made.get().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, one -> one.getValue().draft())));
        return () -> {
            Map<InteractionId, Proposal> seen = new HashMap<>(written.get());
            seen.replaceAll((interaction, draft) -> {
                Made one = Objects.requireNonNull(made.get().get(interaction));
                return Seen.of(draft, one.arm(), one.grades());
            });
            return seen;
        };
    }
}
