package org.afterword.drafting.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.afterword.catalog.Catalogs;
import org.afterword.conversation.Conversations;
import org.afterword.conversation.InteractionId;
import org.afterword.drafting.ConfirmedExamples;
import org.afterword.drafting.Draft;
import org.afterword.drafting.DraftInput;
import org.afterword.drafting.DraftingEngine;
import org.afterword.identity.TenantDirectory;
import org.afterword.platform.DueWork;
import org.afterword.platform.DueWorkHandler;
import org.afterword.platform.EventLog;
import org.afterword.platform.Json;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.afterword.wrapup.DraftSource.Proposal;
import org.afterword.wrapup.WrapUps;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Drafts interactions that have something new: reads in one transaction, drafts outside of any, stores in another. Turns
 * that come meanwhile plan the interaction anew, so bursts of them cost one draft. A draft that fails is stored as failed,
 * with the reason, and nobody waits for it.
 */
@Component
class DraftWork implements DueWorkHandler {
    private static final Logger log = LoggerFactory.getLogger(DraftWork.class);

    private final Tenancy tenancy;
    private final Conversations conversations;
    private final Catalogs catalogs;
    private final TenantDirectory tenants;
    private final DraftingEngine engine;
    private final Examples examples;
    private final DraftRepository drafts;
    private final WrapUps wrapUps;
    private final DueWork dueWork;
    private final EventLog eventLog;
    private final InstantSource clock;

    DraftWork(
            Tenancy tenancy,
            Conversations conversations,
            Catalogs catalogs,
            TenantDirectory tenants,
            DraftingEngine engine,
            Examples examples,
            DraftRepository drafts,
            WrapUps wrapUps,
            DueWork dueWork,
            EventLog eventLog,
            InstantSource clock) {
        this.tenancy = tenancy;
        this.conversations = conversations;
        this.catalogs = catalogs;
        this.tenants = tenants;
        this.engine = engine;
        this.examples = examples;
        this.drafts = drafts;
        this.wrapUps = wrapUps;
        this.dueWork = dueWork;
        this.eventLog = eventLog;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return Conversations.DRAFT_WORK;
    }

    @Override
    public int batchSize() {
        return 4;
    }

    @Override
    public void handle(TenantId tenant, List<DueWork.Item> items) {
        for (DueWork.Item item : items) {
            var interaction = new InteractionId(item.id());
            Optional<Material> material = tenancy.in(tenant, () -> material(tenant, interaction));
            Draft draft = material.map(m -> draft(interaction, m)).orElse(null);
            int turns = material.map(m -> m.input().turns().size()).orElse(0);
            tenancy.run(tenant, () -> {
                if (draft != null) {
                    store(tenant, interaction, draft, turns);
                }
                dueWork.done(item);
            });
        }
    }

    private record Material(DraftInput input, ConfirmedExamples examples) {}

    private Optional<Material> material(TenantId tenant, InteractionId interaction) {
        return conversations
                .transcriptForDrafting(interaction)
                .map(transcript -> new Material(
                        Inputs.of(
                                transcript, tenants.find(tenant).orElseThrow().zone(), catalogs.get(), clock.instant()),
                        examples.of(tenant)));
    }

    private Draft draft(InteractionId interaction, Material material) {
        Instant began = clock.instant();
        try {
            Draft draft = engine.draft(material.input(), material.examples());
            return draft.madeAt(began, Duration.between(began, clock.instant()));
        } catch (RuntimeException e) {
            log.error("Drafting interaction {} failed; its record is filled by hand", interaction, e);
            return Draft.failed("Drafting failed; the failure was logged.").madeAt(began, Duration.ZERO);
        }
    }

    /** @param turns how many the draft was made from; a draft that has read more has changed, for who looks at the words too */
    private void store(TenantId tenant, InteractionId interaction, Draft draft, int turns) {
        ObjectNode proposal = Proposals.of(draft);
        ObjectNode shown = ((ObjectNode) Json.tree(draft)).put("turns", turns);
        @Nullable Proposal before = drafts.find(tenant, interaction).orElse(null);
        if (before != null && (isBehind(shown, before.draft()) || sameBesideTime(before, proposal, shown))) {
            return;
        }
        Instant now = clock.instant();
        drafts.put(tenant, interaction, now, DraftingEngine.SOURCE, shown, proposal);
        eventLog.append(wrapUps.ofInteraction(interaction).stream()
                .map(wrapUp -> new EventLog.NewEvent(
                        now,
                        "draft.changed",
                        wrapUp.id().value(),
                        interaction.value(),
                        new Changed(
                                wrapUp.id().value(),
                                interaction.value(),
                                wrapUp.agent().value(),
                                String.valueOf(shown.path("status").asString("")))))
                .toList());
    }

    /** The data of {@code draft.changed}. */
    record Changed(String wrapUpId, String interactionId, String agentId, String status) {}

    /** Another worker, that was given the contact later, has stored what it read by then. */
    private static boolean isBehind(JsonNode draft, JsonNode stored) {
        int read = draft.path("turns").asInt(0);
        int readBefore = stored.path("turns").asInt(0);
        return read < readBefore || read == readBefore && isGrowing(draft) && !isGrowing(stored);
    }

    private static boolean isGrowing(JsonNode draft) {
        return draft.path("status").asString("").equals("growing");
    }

    private static boolean sameBesideTime(Proposal before, ObjectNode proposal, ObjectNode shown) {
        return before.record().equals(proposal) && sameBesideTime(before.draft(), shown);
    }

    private static boolean sameBesideTime(JsonNode before, ObjectNode after) {
        ObjectNode one = (ObjectNode) before.deepCopy();
        ObjectNode other = after.deepCopy();
        for (String volatileMember : List.of("createdAt", "millis")) {
            one.remove(volatileMember);
            other.remove(volatileMember);
        }
        return one.equals(other);
    }
}
