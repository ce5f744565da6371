package org.afterword.drafting.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.Catalogs;
import org.afterword.conversation.Conversations;
import org.afterword.conversation.InteractionId;
import org.afterword.conversation.Transcript;
import org.afterword.drafting.ConfirmedExamples;
import org.afterword.drafting.Draft;
import org.afterword.drafting.DraftInput;
import org.afterword.drafting.DraftingEngine;
import org.afterword.drafting.Grade;
import org.afterword.drafting.internal.proof.Arm;
import org.afterword.drafting.internal.proof.Draw;
import org.afterword.drafting.internal.proof.Draws;
import org.afterword.drafting.internal.prose.ProsePlan;
import org.afterword.identity.TenantDirectory;
import org.afterword.platform.DueWork;
import org.afterword.platform.DueWorkHandler;
import org.afterword.platform.Json;
import org.afterword.platform.LogContext;
import org.afterword.platform.LowPriority;
import org.afterword.platform.Meters;
import org.afterword.platform.Rush;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.afterword.platform.Traces;
import org.afterword.wrapup.DraftSource.Proposal;
import org.afterword.wrapup.TypedKeywords;
import org.afterword.wrapup.TypedKeywords.Keywords;
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

    private static final String DRAFTS = "afterword.drafts";
    private static final String MADE = "made";
    private static final String FAILED = "failed";

    /** One for contacts that are over, whatever else is drafted. */
    static final int WORKERS = 2;

    /**
     * Of all processors, drafts of contacts that are still talked about may take one in so many: what came in, and what is over, goes
     * first.
     */
    private static final double GROWING_SHARE = 8;

    private static final double REST_AFTER_WORK =
            Math.max(0, GROWING_SHARE / Runtime.getRuntime().availableProcessors() - 1);

    /** For less nobody waits: who reads the form needs as long. */
    private static final Duration NOTICED = Duration.ofSeconds(2);

    /** A database that let the work wait is no reason to rest as long. */
    private static final double LONGEST_REST_NANOS = 5e9;

    private final Tenancy tenancy;
    private final Conversations conversations;
    private final Catalogs catalogs;
    private final TenantDirectory tenants;
    private final DraftingEngine engine;
    private final LowPriority finishing;
    private final LowPriority computing;
    private final Rush rush;
    private final Examples examples;
    private final DraftRepository drafts;
    private final WrapUps wrapUps;
    private final TypedKeywords typedKeywords;
    private final DueWork dueWork;
    private final DraftChanges changes;
    private final Draws draws;
    private final ProsePlan prose;
    private final InstantSource clock;

    /** By {@link System#nanoTime}: until then only contacts that are over are drafted. */
    private volatile long restsUntil = System.nanoTime();

    /** How many workers draft contacts that are still talked about; meanwhile others take only what is over. */
    private final AtomicInteger growing = new AtomicInteger();

    DraftWork(
            Tenancy tenancy,
            Conversations conversations,
            Catalogs catalogs,
            TenantDirectory tenants,
            DraftingEngine engine,
            LowPriority finishing,
            LowPriority computing,
            Rush rush,
            Examples examples,
            DraftRepository drafts,
            WrapUps wrapUps,
            TypedKeywords typedKeywords,
            DueWork dueWork,
            DraftChanges changes,
            Draws draws,
            ProsePlan prose,
            InstantSource clock) {
        this.tenancy = tenancy;
        this.conversations = conversations;
        this.catalogs = catalogs;
        this.tenants = tenants;
        this.engine = engine;
        this.finishing = finishing;
        this.computing = computing;
        this.rush = rush;
        this.examples = examples;
        this.drafts = drafts;
        this.wrapUps = wrapUps;
        this.typedKeywords = typedKeywords;
        this.dueWork = dueWork;
        this.changes = changes;
        this.draws = draws;
        this.prose = prose;
        this.clock = clock;
        for (String outcome : List.of(MADE, FAILED)) {
            Meters.expectTime(DRAFTS, "outcome", outcome);
        }
    }

    @Override
    public String kind() {
        return Conversations.DRAFT_WORK;
    }

    @Override
    public int concurrency() {
        return WORKERS;
    }

    /** So many that each costs little to read and store, so few that a contact which ends meanwhile does not wait long. */
    @Override
    public int batchSize() {
        return 8;
    }

    @Override
    public Instant takesDueBy(Instant now) {
        boolean rests = growing.get() > 0 || rush.isOn() || System.nanoTime() - restsUntil < 0;
        return rests ? urgentBefore(now) : now;
    }

    /** Far from the due times of both: what is over is due long ago, what grows only now. */
    private static Instant urgentBefore(Instant now) {
        return now.minus(Conversations.FIRST_IN_LINE.dividedBy(2));
    }

    @Override
    public void handle(TenantId tenant, List<DueWork.Item> items) {
        Instant urgent = urgentBefore(clock.instant());
        Map<Boolean, List<DueWork.Item>> areOver = items.stream()
                .collect(Collectors.partitioningBy(item -> !item.dueAt().isAfter(urgent)));
        List<DueWork.Item> over = areOver.getOrDefault(true, List.of());
        draft(tenant, over, finishing);
        giveBackWhatWasWaited(tenant, over);
        List<DueWork.Item> grow = areOver.getOrDefault(false, List.of());
        if (!grow.isEmpty()) {
            growing.incrementAndGet();
            long began = System.nanoTime();
            try {
                draft(tenant, grow, computing);
            } finally {
                long worked = System.nanoTime() - began;
                restsUntil = System.nanoTime() + (long) Math.min(worked * REST_AFTER_WORK, LONGEST_REST_NANOS);
                growing.decrementAndGet();
            }
        }
    }

    /** Agents can confirm without a draft, but many wait for one that is late. */
    private void giveBackWhatWasWaited(TenantId tenant, List<DueWork.Item> over) {
        Instant noticed = clock.instant().minus(NOTICED);
        Map<InteractionId, Instant> since = over.stream()
                .filter(item -> item.plannedAt().isBefore(noticed))
                .collect(Collectors.toMap(item -> new InteractionId(item.id()), DueWork.Item::plannedAt));
        if (!since.isEmpty()) {
            wrapUps.waited(tenant, "draft", since);
        }
    }

    private void draft(TenantId tenant, List<DueWork.Item> items, LowPriority threads) {
        if (items.isEmpty()) {
            return;
        }
        List<InteractionId> interactions =
                items.stream().map(item -> new InteractionId(item.id())).toList();
        Map<InteractionId, Material> materials = tenancy.in(tenant, () -> materials(tenant, interactions));
        var drafted = new TreeMap<InteractionId, Drafted>();
        materials.forEach((id, material) -> drafted.put(
                id,
                new Drafted(
                        draft(id, material, threads),
                        material.input().turns().size(),
                        material.noted(),
                        material.learned(),
                        material.input().contact().queue())));
        tenancy.run(tenant, () -> {
            store(tenant, drafted);
            dueWork.done(items);
        });
    }

    /**
     * @param noted   when keywords of the contact were typed or taken out last; null = never
     * @param learned the versions of what was learned, by what each is about
     */
    private record Material(
            DraftInput input,
            ConfirmedExamples examples,
            @Nullable Instant noted,
            Map<String, Long> learned) {}

    /**
     * @param turns how many it was made from; a draft that has read more has changed, for who looks at the words too
     * @param noted as of its {@link Material}
     */
    private record Drafted(
            Draft draft,
            int turns,
            @Nullable Instant noted,
            Map<String, Long> learned,
            @Nullable String queue) {}

    private Map<InteractionId, Material> materials(TenantId tenant, List<InteractionId> interactions) {
        var materials = new TreeMap<InteractionId, Material>();
        Map<InteractionId, Transcript> transcripts = conversations.transcriptsForDrafting(interactions);
        if (!transcripts.isEmpty()) {
            ZoneId zone = tenants.find(tenant).orElseThrow().zone();
            Catalog catalog = catalogs.get();
            Examples.Known known = examples.of(tenant);
            Map<InteractionId, List<Keywords>> keywords = typedKeywords.of(transcripts.keySet());
            transcripts.forEach((id, transcript) -> {
                List<Keywords> typed = keywords.getOrDefault(id, List.of());
                DraftInput input = Inputs.of(transcript, zone, catalog, clock.instant())
                        .withNotes(typed.stream()
                                .map(one -> new DraftInput.Note(one.wrapUp().value(), one.text(), one.typedAt()))
                                .toList());
                Instant noted = typed.stream()
                        .map(Keywords::typedAt)
                        .max(Comparator.naturalOrder())
                        .orElse(null);
                materials.put(id, new Material(input, known.examples(), noted, known.versions()));
            });
        }
        return materials;
    }

    private Draft draft(InteractionId interaction, Material material, LowPriority threads) {
        Instant began = clock.instant();
        try (var _ = LogContext.with(LogContext.Id.INTERACTION, interaction.value())) {
            return Traces.in("draft", () -> draft(interaction, material, threads, began));
        }
    }

    private Draft draft(InteractionId interaction, Material material, LowPriority threads, Instant began) {
        try {
            Draft draft = threads.compute(() -> engine.draft(material.input(), material.examples()));
            Duration took = Duration.between(began, clock.instant());
            Meters.time(DRAFTS, took, "outcome", MADE);
            return draft.madeAt(began, took);
        } catch (RuntimeException e) {
            Meters.time(DRAFTS, Duration.between(began, clock.instant()), "outcome", FAILED);
            log.error("Drafting interaction {} failed; its record is filled by hand", interaction, e);
            return Draft.failed("Drafting failed; the failure was logged.").madeAt(began, Duration.ZERO);
        }
    }

    private void store(TenantId tenant, Map<InteractionId, Drafted> drafted) {
        Map<InteractionId, Proposal> before =
                drafts.find(tenant, drafted.keySet()).get();
        Instant now = clock.instant();
        Draw draw = draws.of(tenant);
        var changed = new ArrayList<DraftRepository.NewDraft>();
        drafted.forEach((interaction, draft) -> {
            ObjectNode proposal = Proposals.of(draft.draft());
            ObjectNode shown = ((ObjectNode) Json.tree(draft.draft())).put("turns", draft.turns());
            if (!draft.learned().isEmpty()) {
                shown.set("learned", Json.tree(draft.learned()));
            }
            if (draft.noted() != null) {
                shown.put("noted", draft.noted().toEpochMilli());
            }
            @Nullable Proposal old = before.get(interaction);
            if (old == null || !isBehind(shown, old.draft()) && !sameBesideTime(old, proposal, shown)) {
                changed.add(new DraftRepository.NewDraft(
                        interaction, shown, proposal, draw.arm(interaction, now), draw.grades(draft.queue())));
            }
        });
        List<DraftRepository.Stored> put = drafts.put(tenant, now, DraftingEngine.SOURCE, changed);
        Map<InteractionId, Arm> stored = put.stream()
                .collect(Collectors.toMap(DraftRepository.Stored::interaction, DraftRepository.Stored::arm));
        changed.removeIf(draft -> !stored.containsKey(draft.interaction()));
        if (draw.isSet()) {
            changes.drawn(
                    put.stream().filter(DraftRepository.Stored::isFirst).toList(),
                    draw.rollout().holdout());
        }
        changes.announce(
                changed.stream().collect(Collectors.toMap(DraftRepository.NewDraft::interaction, DraftWork::status)));
        prose.plan(changed.stream()
                .filter(draft -> status(draft).equals("ready")
                        && stored.get(draft.interaction()) == Arm.SHOWN
                        && draft.grades().get("summary") != Grade.OFF)
                .map(DraftRepository.NewDraft::interaction)
                .toList());
    }

    private static String status(DraftRepository.NewDraft draft) {
        return draft.shown().path("status").asString("");
    }

    /** Another worker, that was given the contact later, has stored what it read by then. */
    private static boolean isBehind(JsonNode draft, JsonNode stored) {
        return HAS_READ.compare(draft, stored) < 0;
    }

    /** As {@link DraftRepository} has it. */
    private static final Comparator<JsonNode> HAS_READ = Comparator.<JsonNode>comparingInt(
                    draft -> draft.path("turns").asInt(0))
            .thenComparingLong(draft -> draft.path("noted").asLong(0))
            .thenComparing(draft -> !draft.path("status").asString("").equals("growing"));

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
