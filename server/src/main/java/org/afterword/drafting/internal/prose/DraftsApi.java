package org.afterword.drafting.internal.prose;

import java.util.List;
import org.afterword.conversation.InteractionId;
import org.afterword.drafting.Draft;
import org.afterword.drafting.DraftingEngine;
import org.afterword.drafting.Grade;
import org.afterword.drafting.internal.DraftRepository;
import org.afterword.drafting.internal.DraftRepository.Made;
import org.afterword.drafting.internal.proof.Seen;
import org.afterword.identity.Caller;
import org.afterword.identity.Role;
import org.afterword.platform.Json;
import org.afterword.platform.Tenancy;
import org.afterword.wrapup.DraftSource.Proposal;
import org.afterword.wrapup.WrapUpId;
import org.afterword.wrapup.WrapUps;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** What each writer drafted of a contact, side by side; to agents no more of it than the panel shows them. */
@RestController
class DraftsApi {
    /**
     * @param shown         the writer whose texts are in the draft that people see
     * @param builtIn       the draft of the built-in engine
     * @param languageModel what became of the language model; absent where it was not asked, or about an earlier draft alone
     */
    record DraftsView(
            String shown, JsonNode builtIn, @Nullable ModelView languageModel) {}

    /**
     * @param told    outcome, reason, and what it took
     * @param written its statements, each with its evidence and check; absent where it wrote none that could be read
     */
    record ModelView(JsonNode told, @Nullable JsonNode written) {}

    private final WrapUps wrapUps;
    private final DraftRepository drafts;
    private final ModelDrafts modelDrafts;
    private final Tenancy tenancy;

    DraftsApi(WrapUps wrapUps, DraftRepository drafts, ModelDrafts modelDrafts, Tenancy tenancy) {
        this.wrapUps = wrapUps;
        this.drafts = drafts;
        this.modelDrafts = modelDrafts;
        this.tenancy = tenancy;
    }

    @GetMapping("/api/v1/wrap-ups/{id}/drafts")
    DraftsView drafts(@PathVariable WrapUpId id, @AuthenticationPrincipal Caller caller) {
        return tenancy.in(caller.tenant(), () -> {
            InteractionId interaction = wrapUps.get(caller, id).interactionId();
            Made made = drafts.made(caller.tenant(), List.of(interaction)).get().get(interaction);
            Proposal builtIn = made == null
                    ? null
                    : caller.role() == Role.AGENT ? Seen.of(made.draft(), made.arm(), made.grades()) : made.draft();
            ModelDrafts.ModelDraft model = modelDrafts
                    .find(caller.tenant(), interaction)
                    .filter(found -> builtIn != null && !builtIn.isWithheld() && found.isOf(builtIn))
                    .filter(_ -> caller.role() != Role.AGENT
                            || made == null
                            || !made.grades().containsValue(Grade.OFF))
                    .orElse(null);
            return new DraftsView(
                    model == null || model.shown() == null ? DraftingEngine.SOURCE : ModelDrafts.SOURCE,
                    builtIn == null ? Json.tree(Draft.none()) : builtIn.draft(),
                    model == null ? null : new ModelView(model.told(), model.written()));
        });
    }
}
