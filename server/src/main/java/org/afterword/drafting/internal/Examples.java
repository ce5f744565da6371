package org.afterword.drafting.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.afterword.catalog.Catalogs;
import org.afterword.conversation.Conversations;
import org.afterword.conversation.InteractionId;
import org.afterword.drafting.ConfirmedExamples;
import org.afterword.drafting.ConfirmedExamples.Example;
import org.afterword.drafting.DraftInput;
import org.afterword.drafting.DraftingEngine;
import org.afterword.drafting.Embedder;
import org.afterword.drafting.internal.DraftRepository.Confirmed;
import org.afterword.identity.TenantDirectory;
import org.afterword.platform.DomainEvent;
import org.afterword.platform.EventConsumer;
import org.afterword.platform.LowPriority;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.afterword.wrapup.WrapUpId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * The contacts whose records people confirmed: learned from what is completed or revised, and kept in memory, the latest of
 * each tenant.
 */
@Component
class Examples implements EventConsumer {
    /** Bounds memory to about 8 MB for each tenant (384 floats an example). */
    private static final int KEPT = 5000;

    /** What another node has learned is known here within this time. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** One that was confirmed earlier can be stored later than another; by this much at most it is still found. */
    private static final Duration OVERLAP = Duration.ofMinutes(5);

    private static final Set<String> LEARNED_FROM = Set.of("wrapup.completed", "wrapup.revised");

    private final Tenancy tenancy;
    private final DraftRepository drafts;
    private final Conversations conversations;
    private final Catalogs catalogs;
    private final TenantDirectory tenants;
    private final DraftingEngine engine;
    private final LowPriority computing;
    private final Embedder embedder;
    private final InstantSource clock;
    private final Map<TenantId, Memory> memories = new ConcurrentHashMap<>();

    Examples(
            Tenancy tenancy,
            DraftRepository drafts,
            Conversations conversations,
            Catalogs catalogs,
            TenantDirectory tenants,
            DraftingEngine engine,
            LowPriority computing,
            Embedder embedder,
            InstantSource clock) {
        this.tenancy = tenancy;
        this.drafts = drafts;
        this.conversations = conversations;
        this.catalogs = catalogs;
        this.tenants = tenants;
        this.engine = engine;
        this.computing = computing;
        this.embedder = embedder;
        this.clock = clock;
    }

    /** In the running transaction. */
    ConfirmedExamples of(TenantId tenant) {
        return memories.computeIfAbsent(tenant, Memory::new).lookedUp();
    }

    /** A tenant's latest examples; reads only what is new. */
    private final class Memory {
        private final TenantId tenant;
        private final Map<WrapUpId, Confirmed> latest = new HashMap<>();
        private ConfirmedExamples known = ConfirmedExamples.NONE;
        private @Nullable Instant readUpTo;
        private @Nullable Instant lookedAt;

        Memory(TenantId tenant) {
            this.tenant = tenant;
        }

        synchronized ConfirmedExamples lookedUp() {
            Instant now = clock.instant();
            if (lookedAt == null || !now.isBefore(lookedAt.plus(LOOK_EVERY))) {
                learn(
                        readUpTo == null
                                ? drafts.examples(tenant, embedder.model(), KEPT)
                                : drafts.examples(tenant, unknown(readUpTo.minus(OVERLAP))));
                lookedAt = now;
            }
            return known;
        }

        synchronized void lookAgain() {
            lookedAt = null;
        }

        private List<WrapUpId> unknown(Instant since) {
            return drafts.confirmed(tenant, embedder.model(), since, KEPT).entrySet().stream()
                    .filter(one -> !isKnown(one.getKey(), one.getValue()))
                    .map(Map.Entry::getKey)
                    .toList();
        }

        private boolean isKnown(WrapUpId wrapUp, Instant at) {
            Confirmed known = latest.get(wrapUp);
            return known != null && known.at().equals(at);
        }

        private void learn(List<Confirmed> found) {
            boolean changed = false;
            for (Confirmed one : found) {
                Confirmed before = latest.put(one.wrapUp(), one);
                changed |= before == null || !before.at().equals(one.at());
                readUpTo = readUpTo == null || one.at().isAfter(readUpTo) ? one.at() : readUpTo;
            }
            if (changed) {
                if (latest.size() > KEPT) {
                    latest.values().stream()
                            .sorted(Comparator.comparing(Confirmed::at).reversed())
                            .skip(KEPT)
                            .toList()
                            .forEach(old -> latest.remove(old.wrapUp()));
                }
                known = new ConfirmedExamples(
                        latest.values().stream().map(Confirmed::example).toList());
            }
        }
    }

    @Override
    public String consumerName() {
        return "drafting";
    }

    @Override
    public Set<String> types() {
        return LEARNED_FROM;
    }

    /** Few, since each is embedded. */
    @Override
    public int batchSize() {
        return 20;
    }

    @Override
    public void consume(TenantId tenant, List<DomainEvent> events) {
        prepare(tenant, events).run();
    }

    /** Reads in one transaction and embeds outside of any. */
    @Override
    public Runnable prepare(TenantId tenant, List<DomainEvent> events) {
        List<Heard> heard = tenancy.in(
                tenant,
                () -> events.stream()
                        .flatMap(event -> heard(tenant, event).stream())
                        .toList());
        List<Learned> learned = heard.stream().map(this::learned).toList();
        return () -> store(tenant, learned);
    }

    /** What was said in a contact whose record was confirmed. */
    private record Heard(
            DomainEvent event, DraftInput input, @Nullable String disposition, List<String> reasons) {}

    private record Learned(DomainEvent event, Example example) {}

    private Optional<Heard> heard(TenantId tenant, DomainEvent event) {
        JsonNode record = event.data().path("record");
        String disposition = record.path("disposition").asString(null);
        List<String> reasons = record.path("reasons")
                .valueStream()
                .map(reason -> reason.asString(""))
                .toList();
        // what was split off says what a part of the words was about, and nobody knows which
        boolean whole = event.data().path("partOf").isMissingNode();
        if (!whole || event.interactionId() == null || (disposition == null && reasons.isEmpty())) {
            return Optional.empty();
        }
        var interaction = new InteractionId(event.interactionId());
        return Optional.ofNullable(conversations
                        .transcriptsForDrafting(List.of(interaction))
                        .get(interaction))
                .map(transcript ->
                        Inputs.of(transcript, tenants.find(tenant).orElseThrow().zone(), catalogs.get(), event.at()))
                .filter(DraftInput::heard)
                .map(input -> new Heard(event, input, disposition, reasons));
    }

    private Learned learned(Heard heard) {
        return new Learned(
                heard.event(),
                new Example(
                        computing.compute(() -> engine.fingerprint(heard.input())),
                        heard.disposition(),
                        heard.reasons()));
    }

    private void store(TenantId tenant, List<Learned> learned) {
        for (Learned one : learned) {
            drafts.putExample(
                    tenant, new WrapUpId(one.event().subject()), one.event().at(), embedder.model(), one.example());
        }
        if (!learned.isEmpty()) {
            Tenancy.afterCommit(
                    () -> memories.computeIfAbsent(tenant, Memory::new).lookAgain());
        }
    }
}
