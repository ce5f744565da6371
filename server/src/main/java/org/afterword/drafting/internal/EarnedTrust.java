package org.afterword.drafting.internal;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.afterword.catalog.RecordPart;
import org.afterword.conversation.Conversations;
import org.afterword.conversation.InteractionId;
import org.afterword.conversation.Transcript;
import org.afterword.drafting.Grade;
import org.afterword.drafting.Rollout;
import org.afterword.drafting.internal.DraftRepository.Made;
import org.afterword.drafting.internal.proof.Arm;
import org.afterword.drafting.internal.proof.Draw;
import org.afterword.drafting.internal.proof.Draws;
import org.afterword.drafting.internal.prose.ModelDrafts;
import org.afterword.drafting.internal.prose.ProsePlan;
import org.afterword.platform.DueWork;
import org.afterword.platform.Tenancy;
import org.afterword.wrapup.DraftTrust;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** What parts of a draft have earned: the less of what held when it was made, and of what holds now. */
@Component
class EarnedTrust implements DraftTrust {
    private static final List<String> UNDER_WAY = List.of(Conversations.DRAFT_WORK, ProsePlan.WORK);

    private final Tenancy tenancy;
    private final Conversations conversations;
    private final DraftRepository drafts;
    private final ModelDrafts modelDrafts;
    private final Draws draws;
    private final DueWork dueWork;

    EarnedTrust(
            Tenancy tenancy,
            Conversations conversations,
            DraftRepository drafts,
            ModelDrafts modelDrafts,
            Draws draws,
            DueWork dueWork) {
        this.tenancy = tenancy;
        this.conversations = conversations;
        this.drafts = drafts;
        this.modelDrafts = modelDrafts;
        this.draws = draws;
        this.dueWork = dueWork;
    }

    @Override
    public Trust of(InteractionId interaction) {
        boolean isSettled =
                !dueWork.isPlanned(UNDER_WAY, interaction.value()); // first: what is read after it has all of that
        Made made = drafts.made(tenancy.current(), List.of(interaction)).get().get(interaction);
        Transcript transcript =
                conversations.transcriptsForDrafting(List.of(interaction)).get(interaction);
        // words of a recording come later, piece by piece: nobody can say that these are all
        boolean isHeardLater = transcript != null && !transcript.recordings().isEmpty();
        if (made == null || transcript == null || isHeardLater || made.arm() != Arm.SHOWN) {
            return Trust.NONE;
        }
        Draw draw = draws.of(tenancy.current());
        String queue = transcript.details().queue();
        Map<String, Grade> now = draw.grades(queue);
        ObjectNode drafted = Objects.requireNonNull(modelDrafts
                        .over(tenancy.current(), List.of(interaction), () -> Map.of(interaction, made.draft()))
                        .get()
                        .get(interaction))
                .record();
        var earned = new TreeMap<String, Grade>();
        var unearned = new TreeSet<String>();
        for (RecordPart part : Rollout.PARTS) {
            String name = part.member();
            if (!Rollout.canBeUnattended(name) || !drafted.has(name)) {
                continue;
            }
            Grade grade = made.grades().getOrDefault(name, Grade.PREFILL).atMost(now.getOrDefault(name, Grade.PREFILL));
            if (grade.isUnattended()) {
                earned.put(name, grade);
            } else if (!draw.isSwitchedOff(queue, name)) {
                unearned.add(name);
            }
        }
        return new Trust(isSettled, earned.keySet(), unearned, draw.isAudited(interaction, earned.values()));
    }

    @Override
    public void audit(InteractionId interaction) {
        drafts.audit(tenancy.current(), interaction);
    }
}
