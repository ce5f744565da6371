package org.afterword.drafting.internal.prose;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.afterword.catalog.Catalogs;
import org.afterword.conversation.Conversations;
import org.afterword.conversation.InteractionId;
import org.afterword.conversation.Transcript;
import org.afterword.drafting.Draft;
import org.afterword.drafting.DraftInput;
import org.afterword.drafting.internal.DraftChanges;
import org.afterword.drafting.internal.DraftRepository;
import org.afterword.drafting.internal.Inputs;
import org.afterword.drafting.internal.Proposals;
import org.afterword.drafting.internal.prose.Judgment.Judged;
import org.afterword.governance.Redactor;
import org.afterword.identity.TenantDirectory;
import org.afterword.platform.DueWork;
import org.afterword.platform.DueWorkHandler;
import org.afterword.platform.Json;
import org.afterword.platform.LogContext;
import org.afterword.platform.Meters;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.afterword.platform.Traces;
import org.afterword.wrapup.DraftSource.Proposal;
import org.afterword.wrapup.WrapUpStatus;
import org.afterword.wrapup.WrapUps;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Has a language model write the prose of contacts that are over and whose records wait for a person. Reads in one transaction, asks
 * outside of any, stores in another, and only if the draft is still the one that the model was given. The draft that was there first is
 * kept, and shown wherever the model has nothing that stands.
 */
final class ProseWork implements DueWorkHandler {
    static final String KIND = ProsePlan.WORK;

    /** Of one node for all tenants; each has some of them at most, so that a slow endpoint keeps no other tenant's waiting. */
    static final int WORKERS = 16;

    /** Of one tenant: a slow endpoint leaves workers for others. */
    static final int MOST_AT_ONCE = WORKERS / 2;

    private static final Duration LOOK_AGAIN_SOONEST = Duration.ofMillis(500);
    private static final Duration LOOK_AGAIN_LATEST = Duration.ofSeconds(30);

    /** Longer than any deadline. */
    private static final Duration LEASE = Duration.ofMinutes(5);

    private final Tenancy tenancy;
    private final Conversations conversations;
    private final Catalogs catalogs;
    private final TenantDirectory tenants;
    private final LanguageModelRepository models;
    private final Writer writer;
    private final DraftRepository drafts;
    private final ModelDrafts modelDrafts;
    private final DraftChanges changes;
    private final WrapUps wrapUps;
    private final DueWork dueWork;
    private final InstantSource clock;
    private final Redactor redactor = new Redactor();
    private final Map<TenantId, Integer> underway = new ConcurrentHashMap<>();

    ProseWork(
            Tenancy tenancy,
            Conversations conversations,
            Catalogs catalogs,
            TenantDirectory tenants,
            LanguageModelRepository models,
            Writer writer,
            DraftRepository drafts,
            ModelDrafts modelDrafts,
            DraftChanges changes,
            WrapUps wrapUps,
            DueWork dueWork,
            InstantSource clock) {
        this.tenancy = tenancy;
        this.conversations = conversations;
        this.catalogs = catalogs;
        this.tenants = tenants;
        this.models = models;
        this.writer = writer;
        this.drafts = drafts;
        this.modelDrafts = modelDrafts;
        this.changes = changes;
        this.wrapUps = wrapUps;
        this.dueWork = dueWork;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** One, so that no contact waits for another's answer. */
    @Override
    public int batchSize() {
        return 1;
    }

    @Override
    public int concurrency() {
        return WORKERS;
    }

    @Override
    public Duration lease() {
        return LEASE;
    }

    @Override
    public void handle(TenantId tenant, List<DueWork.Item> items) {
        for (DueWork.Item item : items) {
            int atOnce = tenancy.in(
                    tenant,
                    () -> models.find()
                            .map(model -> model.settings().callsAtOnce())
                            .orElse(1));
            if (underway.merge(tenant, 1, Integer::sum) > atOnce) {
                leave(tenant);
                dueWork.later(item, lookAgain(item));
                continue;
            }
            try (var _ = LogContext.with(LogContext.Id.INTERACTION, item.id())) {
                Traces.run("prose", () -> write(tenant, item));
            } finally {
                leave(tenant);
            }
        }
    }

    /** What has waited long looks more seldom: a thousand that wait cost next to nothing. */
    private Instant lookAgain(DueWork.Item item) {
        Instant now = clock.instant();
        Duration pause = Duration.between(item.plannedAt(), now).dividedBy(2);
        if (pause.compareTo(LOOK_AGAIN_SOONEST) < 0) {
            pause = LOOK_AGAIN_SOONEST;
        }
        return now.plus(pause.compareTo(LOOK_AGAIN_LATEST) < 0 ? pause : LOOK_AGAIN_LATEST);
    }

    private void leave(TenantId tenant) {
        underway.computeIfPresent(tenant, (_, many) -> many == 1 ? null : many - 1);
    }

    /** @param proposal the built-in draft */
    private record Material(LanguageModel model, DraftInput input, Proposal proposal) {
        Draft base() {
            return Json.mapper().treeToValue(proposal.draft(), Draft.class);
        }
    }

    private void write(TenantId tenant, DueWork.Item item) {
        var interaction = new InteractionId(item.id());
        Optional<Material> material = tenancy.in(tenant, () -> {
            Optional<Material> found = material(tenant, interaction);
            if (found.isEmpty()) {
                dueWork.done(item);
            }
            return found;
        });
        if (material.isPresent()) {
            Made made = made(tenant, material.get());
            tenancy.run(tenant, () -> {
                store(tenant, interaction, material.get(), made);
                dueWork.done(item);
            });
        }
    }

    /** Nothing where no model is wanted, nobody waits for the record, nothing was said, or the draft is not of what is known now. */
    private Optional<Material> material(TenantId tenant, InteractionId interaction) {
        LanguageModel model =
                models.find().filter(found -> found.settings().enabled()).orElse(null);
        Proposal proposal = drafts.find(tenant, interaction).orElse(null);
        if (model == null || proposal == null || !isAwaited(interaction)) {
            return Optional.empty();
        }
        boolean known = modelDrafts
                .find(tenant, interaction)
                .filter(before -> before.isOf(proposal))
                .isPresent();
        Transcript transcript =
                conversations.transcriptsForDrafting(List.of(interaction)).get(interaction);
        if (known || transcript == null) {
            return Optional.empty();
        }
        DraftInput input =
                Inputs.of(transcript, tenants.find(tenant).orElseThrow().zone(), catalogs.get(), clock.instant());
        boolean isOfAllWords = proposal.draft().path("status").asString("").equals("ready")
                && proposal.draft().path("turns").asInt(0) == input.turns().size();
        return input.ended() && input.heard() && isOfAllWords
                ? Optional.of(new Material(model, input, proposal))
                : Optional.empty();
    }

    private boolean isAwaited(InteractionId interaction) {
        return wrapUps.ofInteractions(List.of(interaction)).stream()
                .map(wrapUp -> wrapUp.state().status())
                .anyMatch(status -> status != WrapUpStatus.COMPLETED && status != WrapUpStatus.EXPIRED);
    }

    /** @param judged null where there was nothing to judge */
    private record Made(Told told, @Nullable Judged judged, Duration took) {}

    private Made made(TenantId tenant, Material material) {
        Instant began = clock.instant();
        Draft base = material.base();
        Writing writing = writer.write(tenant, material.model(), material.input(), base);
        Judged judged = judged(material, base, writing);
        Told told = Told.of(material.model().settings(), writing, judged, base);
        Meters.count("afterword.language.model.drafts", tenant, 1, "outcome", told.outcome());
        Duration took = Duration.between(began, clock.instant());
        return new Made(told, judged, took.isNegative() ? Duration.ZERO : took);
    }

    private @Nullable Judged judged(Material material, Draft base, Writing writing) {
        return writing.written() == null
                ? null
                : new Judgment(material.input(), writing.contact(), redactor)
                        .of(writing.written(), base, version(material.model().settings()));
    }

    static String version(ModelSettings settings) {
        return settings.model() + "+" + Prompt.VERSION;
    }

    private void store(TenantId tenant, InteractionId interaction, Material material, Made made) {
        Proposal given = material.proposal();
        boolean stands = drafts.find(tenant, interaction)
                .filter(now -> now.createdAt().equals(given.createdAt()))
                .isPresent();
        if (!stands) {
            return;
        }
        Instant now = clock.instant();
        Judged judged = made.judged();
        Draft shown =
                judged == null || judged.shown() == null ? null : judged.shown().madeAt(now, made.took());
        modelDrafts.put(
                tenant,
                interaction,
                new ModelDrafts.ModelDraft(
                        0,
                        now,
                        given.createdAt(),
                        given.draft(),
                        made.told().outcome(),
                        Json.tree(made.told()),
                        judged == null ? null : Json.tree(judged.written()),
                        shown == null
                                ? null
                                : ((ObjectNode) Json.tree(shown))
                                        .put(
                                                "turns",
                                                given.draft().path("turns").asInt(0)),
                        shown == null ? null : Proposals.of(shown)));
        changes.announce(Map.of(interaction, "ready"));
    }
}
