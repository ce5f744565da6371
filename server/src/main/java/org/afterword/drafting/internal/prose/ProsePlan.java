package org.afterword.drafting.internal.prose;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.stream.Collectors;
import org.afterword.conversation.InteractionId;
import org.afterword.platform.DueWork;
import org.springframework.stereotype.Component;

/** Plans which drafts a language model is given, in the running tenant's transaction. */
@Component
public class ProsePlan {
    /** The kind of the due work. */
    public static final String WORK = "draft.prose";

    private final LanguageModelRepository models;
    private final DueWork dueWork;
    private final InstantSource clock;

    ProsePlan(LanguageModelRepository models, DueWork dueWork, InstantSource clock) {
        this.models = models;
        this.dueWork = dueWork;
        this.clock = clock;
    }

    /** These contacts are over, and their drafts are ready. */
    public void plan(Collection<InteractionId> ready) {
        if (!ready.isEmpty()
                && models.find().filter(model -> model.settings().enabled()).isPresent()) {
            Instant now = clock.instant();
            dueWork.schedule(WORK, ready.stream().collect(Collectors.toMap(InteractionId::value, _ -> now)));
        }
    }
}
