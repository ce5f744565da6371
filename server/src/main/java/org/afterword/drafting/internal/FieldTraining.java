package org.afterword.drafting.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.afterword.catalog.Catalogs;
import org.afterword.conversation.Conversations;
import org.afterword.conversation.InteractionId;
import org.afterword.conversation.Transcript;
import org.afterword.drafting.DraftInput;
import org.afterword.drafting.DraftingEngine;
import org.afterword.drafting.Embedder;
import org.afterword.drafting.internal.ModelRepository.Filled;
import org.afterword.drafting.internal.ModelRepository.NewVersion;
import org.afterword.drafting.internal.ModelRepository.Subject;
import org.afterword.drafting.internal.ModelRepository.Version;
import org.afterword.drafting.internal.learning.FieldTagger;
import org.afterword.drafting.internal.learning.FieldTaggerTrainer;
import org.afterword.drafting.internal.learning.HeldBack;
import org.afterword.drafting.internal.learning.Judgement;
import org.afterword.drafting.internal.learning.TaggedLine;
import org.afterword.drafting.internal.learning.TaughtTalk;
import org.afterword.identity.TenantDirectory;
import org.afterword.platform.DueWork;
import org.afterword.platform.DueWorkHandler;
import org.afterword.platform.LowPriority;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Learns where the values of a form are said, form by form, like {@link ModelTraining} learns dispositions. The words are read again from the
 * contacts, as long as these are kept; nothing of them is kept beside.
 */
@Component
class FieldTraining implements DueWorkHandler {
    static final String LEARN = "drafting.learn-fields";
    static final String FORMS = "forms";

    private static final Logger log = LoggerFactory.getLogger(FieldTraining.class);

    private static final int MOST_CONTACTS = 4_000;
    private static final int READ_AT_ONCE = 100;

    /** The words of thousands of contacts are not read again for each record that is confirmed. */
    static final int LEAST_TO_LOOK = ModelTraining.LEAST_NEW / 2;

    /** Bounds memory while it learns: what is seen of a word takes some 400 bytes. */
    private static final int MOST_WORDS = 200_000;

    private final Tenancy tenancy;
    private final ModelRepository models;
    private final Conversations conversations;
    private final Catalogs catalogs;
    private final TenantDirectory tenants;
    private final DraftingEngine engine;
    private final Embedder embedder;
    private final LowPriority learning;
    private final DueWork dueWork;
    private final InstantSource clock;

    /** When the last record that this node looked at was confirmed. */
    private final Map<TenantId, Instant> lookedAt = new ConcurrentHashMap<>();

    FieldTraining(
            Tenancy tenancy,
            ModelRepository models,
            Conversations conversations,
            Catalogs catalogs,
            TenantDirectory tenants,
            DraftingEngine engine,
            Embedder embedder,
            LowPriority learning,
            DueWork dueWork,
            InstantSource clock) {
        this.tenancy = tenancy;
        this.models = models;
        this.conversations = conversations;
        this.catalogs = catalogs;
        this.tenants = tenants;
        this.engine = engine;
        this.embedder = embedder;
        this.learning = learning;
        this.dueWork = dueWork;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return LEARN;
    }

    @Override
    public int batchSize() {
        return 1;
    }

    @Override
    public Duration lease() {
        return Duration.ofMinutes(15);
    }

    /** A confirmed contact of one form. */
    private record Taught(Instant confirmedAt, TaughtTalk talk) {}

    @Override
    public void handle(TenantId tenant, List<DueWork.Item> items) {
        Instant before = lookedAt.getOrDefault(tenant, Instant.EPOCH);
        if (tenancy.in(tenant, () -> models.countFilled(tenant, embedder.model(), before)) >= LEAST_TO_LOOK) {
            List<Filled> filled = tenancy.in(tenant, () -> models.filled(tenant, embedder.model(), MOST_CONTACTS));
            if (filled.size() >= ModelTraining.LEAST_NEW) {
                byForm(tenant, filled).forEach((form, taught) -> handle(tenant, form, taught));
            }
            lookedAt.put(tenant, filled.getFirst().confirmedAt());
        }
        tenancy.run(tenant, () -> dueWork.done(items));
    }

    private void handle(TenantId tenant, String form, List<Taught> taught) {
        var subject = Subject.fields(form);
        Version inUse = tenancy.in(tenant, () -> models.inUse(tenant, subject)).orElse(null);
        Version before = inUse == null
                ? null
                : tenancy.in(tenant, () -> models.before(tenant, subject, inUse.number()))
                        .orElse(null);
        if (inUse != null
                && before != null
                && Judgement.of(tagger(inUse), tagger(before), since(inUse, taught))
                        .isClearlyWorse()) {
            tenancy.run(tenant, () -> models.rollBack(tenant, inUse, before));
            log.warn(
                    "What was learned of form '{}' as version {} does worse than version {} by the records confirmed since; back to that",
                    form,
                    inUse.number(),
                    before.number());
            return;
        }
        Version latest =
                tenancy.in(tenant, () -> models.latest(tenant, subject)).orElse(null);
        int fresh = latest == null ? taught.size() : since(latest, taught).size();
        int known = latest == null ? 0 : latest.contacts();
        if (fresh >= Math.max(ModelTraining.LEAST_NEW, known * ModelTraining.LEAST_SHARE_NEW)) {
            learn(tenant, subject, inUse, taught);
        }
    }

    private static FieldTagger tagger(Version version) {
        return FieldTagger.parse(Objects.requireNonNull(version.weights()));
    }

    private static List<TaughtTalk> since(@Nullable Version version, List<Taught> taught) {
        return taught.stream()
                .filter(one -> version == null || one.confirmedAt().isAfter(version.learnedUntil()))
                .map(Taught::talk)
                .toList();
    }

    private void learn(TenantId tenant, Subject subject, @Nullable Version inUse, List<Taught> taught) {
        Instant began = clock.instant();
        Instant until =
                taught.stream().map(Taught::confirmedAt).max(Instant::compareTo).orElseThrow();
        List<TaughtTalk> talks = taught.stream().map(Taught::talk).toList();
        FieldTagger blind = learning.compute(() ->
                trained(talks.stream().filter(talk -> !HeldBack.is(talk.id())).toList()));
        Judgement judged = Judgement.of(
                blind,
                inUse == null ? null : tagger(inUse),
                since(inUse, taught).stream()
                        .filter(talk -> HeldBack.is(talk.id()))
                        .toList());
        FieldTagger all = learning.compute(() -> trained(talks));
        tenancy.run(tenant, () -> {
            tenancy.lock("learned-model", List.of("versions"));
            models.put(tenant, new NewVersion(subject, began, until, talks.size(), judged, all.toBytes()), inUse);
        });
        log.info(
                "Learned form '{}' from {} confirmed records: {} wrong values a contact against {} on {} held back, which {} in use",
                subject.form(),
                talks.size(),
                judged.loss(),
                judged.against(),
                judged.contacts(),
                judged.mayReplace() ? "is now" : "stays out of");
    }

    private static FieldTagger trained(List<TaughtTalk> talks) {
        return FieldTaggerTrainer.train(
                talks.stream().flatMap(talk -> talk.lines().stream()).toList());
    }

    /** Form by form, the contacts confirmed last, as many as memory takes. */
    private Map<String, List<Taught>> byForm(TenantId tenant, List<Filled> filled) {
        Map<String, List<Taught>> byForm = new TreeMap<>();
        int words = 0;
        for (int from = 0; from < filled.size() && words < MOST_WORDS; from += READ_AT_ONCE) {
            List<Filled> some = filled.subList(from, Math.min(filled.size(), from + READ_AT_ONCE));
            for (Read read : tenancy.in(tenant, () -> read(tenant, some))) {
                for (Map.Entry<String, List<TaggedLine>> own : lines(read).entrySet()) {
                    var talk = new TaughtTalk(read.filled().id(), own.getValue());
                    byForm.computeIfAbsent(own.getKey(), form -> new ArrayList<>())
                            .add(new Taught(read.filled().confirmedAt(), talk));
                    words += talk.words();
                }
            }
        }
        return byForm;
    }

    private record Read(Filled filled, DraftInput input) {}

    private List<Read> read(TenantId tenant, List<Filled> filled) {
        Map<InteractionId, Transcript> transcripts = conversations.transcriptsForDrafting(
                filled.stream().map(Filled::interaction).distinct().toList());
        return filled.stream()
                .filter(one -> transcripts.containsKey(one.interaction()))
                .map(one -> new Read(
                        one,
                        Inputs.of(
                                Objects.requireNonNull(transcripts.get(one.interaction())),
                                tenants.find(tenant).orElseThrow().zone(),
                                catalogs.get(),
                                one.confirmedAt())))
                .toList();
    }

    private Map<String, List<TaggedLine>> lines(Read read) {
        Filled filled = read.filled();
        var values = new TreeMap<String, List<String>>();
        read.input().catalog().forms().stream()
                .flatMap(form -> form.fields().stream())
                .filter(field -> filled.fields().containsKey(field.name()))
                .forEach(field -> values.put(
                        field.name(),
                        field.valuesIn(Objects.requireNonNull(filled.fields().get(field.name())))));
        return learning.compute(() -> engine.fieldLesson(read.input(), filled.reasons(), filled.disposition(), values));
    }
}
