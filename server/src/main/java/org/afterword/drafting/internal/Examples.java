package org.afterword.drafting.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.afterword.catalog.Catalogs;
import org.afterword.catalog.FormField;
import org.afterword.conversation.Conversations;
import org.afterword.conversation.InteractionId;
import org.afterword.drafting.ConfirmedExamples;
import org.afterword.drafting.ConfirmedExamples.Example;
import org.afterword.drafting.ConfirmedExamples.Learned;
import org.afterword.drafting.DraftInput;
import org.afterword.drafting.DraftingEngine;
import org.afterword.drafting.Embedder;
import org.afterword.drafting.Lessons;
import org.afterword.drafting.internal.DraftRepository.Confirmed;
import org.afterword.drafting.internal.DraftRepository.NewExample;
import org.afterword.drafting.internal.ModelRepository.Subject;
import org.afterword.drafting.internal.ModelRepository.Version;
import org.afterword.drafting.internal.learning.FieldTagger;
import org.afterword.drafting.internal.learning.RankingModel;
import org.afterword.drafting.internal.proof.Outcomes;
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
 * each tenant. What became of their drafts is kept on the way.
 */
@Component
class Examples implements EventConsumer {
    /** Bounds memory to about 8 MB for each tenant (384 floats an example), beside the model. */
    private static final int KEPT = 5000;

    private static final long BYTES_OF_ONE = 1_700;

    /** All tenants together take at most so much of the memory there is; who was not asked for longest is read again when asked for. */
    private static final long MOST_BYTES = Runtime.getRuntime().maxMemory() / 8;

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
    private final ModelRepository models;
    private final ModelTraining training;
    private final Outcomes outcomes;

    /** In the order in which they were asked for. */
    private final Map<TenantId, Memory> memories = new LinkedHashMap<>(16, 0.75f, true);

    Examples(
            Tenancy tenancy,
            DraftRepository drafts,
            ModelRepository models,
            ModelTraining training,
            Outcomes outcomes,
            Conversations conversations,
            Catalogs catalogs,
            TenantDirectory tenants,
            DraftingEngine engine,
            LowPriority computing,
            Embedder embedder,
            InstantSource clock) {
        this.tenancy = tenancy;
        this.drafts = drafts;
        this.models = models;
        this.training = training;
        this.outcomes = outcomes;
        this.conversations = conversations;
        this.catalogs = catalogs;
        this.tenants = tenants;
        this.engine = engine;
        this.computing = computing;
        this.embedder = embedder;
        this.clock = clock;
    }

    /** @param versions of what was learned, by what each is about */
    record Known(ConfirmedExamples examples, Map<String, Long> versions) {}

    /** In the running transaction. */
    Known of(TenantId tenant) {
        Memory memory = memory(tenant);
        Known known = memory.lookedUp();
        forgetWhoWasNotAskedFor();
        return known;
    }

    private Memory memory(TenantId tenant) {
        synchronized (memories) {
            return memories.computeIfAbsent(tenant, Memory::new);
        }
    }

    private void forgetWhoWasNotAskedFor() {
        synchronized (memories) {
            long bytes = memories.values().stream().mapToLong(Memory::bytes).sum();
            Iterator<Memory> eldest = memories.values().iterator();
            while (bytes > MOST_BYTES && memories.size() > 1) {
                bytes -= eldest.next().bytes();
                eldest.remove();
            }
        }
    }

    /** A model in use. */
    private record Ranks(RankingModel model, Instant learnedUntil) {}

    /** A tenant's latest examples; reads only what is new. */
    private final class Memory {
        private final TenantId tenant;
        private final Map<WrapUpId, Confirmed> latest = new HashMap<>();
        private Known known = new Known(ConfirmedExamples.NONE, Map.of());
        private @Nullable Instant readUpTo;
        private @Nullable Instant lookedAt;
        private Map<Subject, Long> inUse = Map.of();
        private @Nullable Ranks dispositions;
        private @Nullable Ranks codes;
        private Map<String, FieldTagger> taggers = Map.of();
        private volatile long bytes;

        Memory(TenantId tenant) {
            this.tenant = tenant;
        }

        synchronized Known lookedUp() {
            Instant now = clock.instant();
            if (lookedAt == null || !now.isBefore(lookedAt.plus(LOOK_EVERY))) {
                boolean anew = takeModelsInUse();
                boolean more = learn(
                        readUpTo == null
                                ? drafts.examples(tenant, embedder.model(), KEPT)
                                : drafts.examples(tenant, unknown(readUpTo.minus(OVERLAP))));
                if (anew || more) {
                    known = new Known(together(), versions());
                }
                lookedAt = now;
            }
            return known;
        }

        /** Whether others are in use than before. */
        private boolean takeModelsInUse() {
            Map<Subject, Long> now = models.numbersInUse(tenant, embedder.model());
            if (now.equals(inUse)) {
                return false;
            }
            var kept = new HashMap<String, FieldTagger>();
            Ranks ofDispositions = null;
            Ranks ofCodes = null;
            for (Map.Entry<Subject, Long> one : now.entrySet()) {
                String form = one.getKey().form();
                if (form != null && one.getValue().equals(inUse.get(one.getKey()))) {
                    kept.put(form, Objects.requireNonNull(taggers.get(form)));
                    continue;
                }
                Version version = models.inUse(tenant, one.getKey()).orElse(null);
                if (version == null || version.weights() == null) {
                    continue;
                }
                if (one.getKey().isCodes()) {
                    ofCodes = new Ranks(RankingModel.parse(version.weights()), version.learnedUntil());
                } else if (form == null) {
                    ofDispositions = new Ranks(RankingModel.parse(version.weights()), version.learnedUntil());
                } else {
                    kept.put(form, FieldTagger.parse(version.weights()));
                }
            }
            inUse = now;
            dispositions = ofDispositions;
            codes = ofCodes;
            taggers = kept;
            return true;
        }

        /** The models, and what was confirmed after each had learned. */
        private ConfirmedExamples together() {
            bytes = latest.size() * BYTES_OF_ONE
                    + (dispositions == null ? 0 : dispositions.model().bytes())
                    + (codes == null ? 0 : codes.model().bytes())
                    + taggers.values().stream().mapToLong(FieldTagger::bytes).sum();
            return new ConfirmedExamples(
                    learned(dispositions, Confirmed::teachesDisposition),
                    learned(codes, Confirmed::teachesCodes),
                    taggers,
                    latest.values().stream().map(Confirmed::example).toList());
        }

        private @Nullable Learned learned(@Nullable Ranks ranks, Predicate<Confirmed> teaches) {
            return ranks == null
                    ? null
                    : new Learned(
                            ranks.model(),
                            latest.values().stream()
                                    .filter(one ->
                                            !teaches.test(one) || one.at().isAfter(ranks.learnedUntil()))
                                    .map(Confirmed::example)
                                    .toList());
        }

        private Map<String, Long> versions() {
            return inUse.entrySet().stream()
                    .collect(Collectors.toMap(one -> one.getKey().name(), Map.Entry::getValue));
        }

        long bytes() {
            return bytes;
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

        /** Whether there was anything new. */
        private boolean learn(List<Confirmed> found) {
            boolean changed = false;
            for (Confirmed one : found) {
                Confirmed before = latest.put(one.wrapUp(), one);
                changed |= before == null || !before.at().equals(one.at());
                readUpTo = readUpTo == null || one.at().isAfter(readUpTo) ? one.at() : readUpTo;
            }
            if (latest.size() > KEPT) {
                latest.values().stream()
                        .sorted(Comparator.comparing(Confirmed::at).reversed())
                        .skip(KEPT)
                        .toList()
                        .forEach(old -> latest.remove(old.wrapUp()));
            }
            return changed;
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
        List<Taught> taught = heard.stream().map(this::taught).toList();
        return () -> {
            store(tenant, taught);
            outcomes.keep(tenant, events);
        };
    }

    /** What was said in a contact whose record was confirmed. */
    private record Heard(
            DomainEvent event,
            InteractionId interaction,
            DraftInput input,
            @Nullable String disposition,
            List<String> reasons,
            List<String> tags,
            boolean answersForCodes) {}

    private record Taught(Heard heard, Example example, Lessons lessons) {}

    private Optional<Heard> heard(TenantId tenant, DomainEvent event) {
        JsonNode record = PersonsWord.of(event.data());
        String disposition = record.path("disposition").asString(null);
        List<String> reasons = codes(record.path("reasons"));
        List<String> tags = codes(record.path("tags"));
        // what was split off says what a part of the words was about, and nobody knows which
        boolean whole = event.data().path("partOf").isMissingNode();
        if (!whole
                || !ReadingPace.allowsFor(event.data())
                || event.interactionId() == null
                || (disposition == null && reasons.isEmpty() && tags.isEmpty())) {
            return Optional.empty();
        }
        var interaction = new InteractionId(event.interactionId());
        return Optional.ofNullable(conversations
                        .transcriptsForDrafting(List.of(interaction))
                        .get(interaction))
                .map(transcript ->
                        Inputs.of(transcript, tenants.find(tenant).orElseThrow().zone(), catalogs.get(), event.at()))
                .filter(DraftInput::heard)
                .map(input -> new Heard(
                        event, interaction, input, disposition, reasons, tags, answersForCodes(event.data(), record)));
    }

    /** Whether reasons and tags are those that people left, so that what is missing was not meant. */
    private static boolean answersForCodes(JsonNode left, JsonNode personsWord) {
        return Stream.of("reasons", "tags")
                .noneMatch(part -> left.path("record").has(part) && !personsWord.has(part));
    }

    private static List<String> codes(JsonNode list) {
        return list.valueStream().map(code -> code.asString("")).toList();
    }

    private Taught taught(Heard heard) {
        return new Taught(
                heard,
                new Example(
                        computing.compute(() -> engine.fingerprint(heard.input())),
                        heard.disposition(),
                        heard.reasons(),
                        heard.tags()),
                computing.compute(() -> engine.lessons(
                        heard.event().subject(),
                        heard.input(),
                        heard.disposition(),
                        heard.answersForCodes() ? heard.reasons() : null,
                        heard.tags())));
    }

    private void store(TenantId tenant, List<Taught> taught) {
        for (Taught one : taught) {
            Heard heard = one.heard();
            drafts.putExample(
                    tenant,
                    new NewExample(
                            new WrapUpId(heard.event().subject()),
                            heard.interaction(),
                            heard.event().at(),
                            embedder.model(),
                            one.example(),
                            one.lessons(),
                            fields(heard)));
        }
        if (!taught.isEmpty()) {
            training.moreWasConfirmed();
            Tenancy.afterCommit(() -> memory(tenant).lookAgain());
        }
    }

    /** What the record says of its form, but for what is kept encrypted. */
    private static Map<String, String> fields(Heard heard) {
        Map<String, FormField> sensitive = heard.input().catalog().sensitiveFields();
        var fields = new TreeMap<String, String>();
        PersonsWord.of(heard.event().data()).path("fields").forEachEntry((name, value) -> {
            if (!sensitive.containsKey(name) && !value.asString("").isBlank()) {
                fields.put(name, value.asString(""));
            }
        });
        return fields;
    }
}
