package org.afterword.drafting.internal.proof;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.afterword.conversation.InteractionId;
import org.afterword.drafting.Draft;
import org.afterword.drafting.DraftQuality.Unattended;
import org.afterword.drafting.Grade;
import org.afterword.drafting.internal.DraftRepository;
import org.afterword.drafting.internal.DraftRepository.Made;
import org.afterword.drafting.internal.ReadingPace;
import org.afterword.drafting.internal.proof.Comparison.Judged;
import org.afterword.drafting.internal.proof.ProofRepository.Measured;
import org.afterword.drafting.internal.proof.ProofRepository.OutcomeRow;
import org.afterword.drafting.internal.proof.ProofRepository.Pair;
import org.afterword.drafting.internal.proof.ProofRepository.Sums;
import org.afterword.drafting.internal.proof.ProofRepository.Unlooked;
import org.afterword.drafting.internal.prose.ModelDrafts;
import org.afterword.platform.DomainEvent;
import org.afterword.platform.DueWork;
import org.afterword.platform.Json;
import org.afterword.platform.TenantId;
import org.afterword.wrapup.DraftSource.Proposal;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Keeps what became of each draft once a person confirmed the record. */
@Component
public class Outcomes {
    private static final String COMPLETED = "wrapup.completed";
    private static final String REVISED = "wrapup.revised";

    /** Who looks often sees chance pass a bound sooner or later. */
    private static final Duration GATHERING = Duration.ofDays(1);

    private final ProofRepository proof;
    private final DraftRepository drafts;
    private final ModelDrafts modelDrafts;
    private final DueWork dueWork;
    private final InstantSource clock;

    Outcomes(
            ProofRepository proof,
            DraftRepository drafts,
            ModelDrafts modelDrafts,
            DueWork dueWork,
            InstantSource clock) {
        this.proof = proof;
        this.drafts = drafts;
        this.modelDrafts = modelDrafts;
        this.dueWork = dueWork;
        this.clock = clock;
    }

    /** @param events of {@code wrapup.completed} and {@code wrapup.revised}; each is to come once, in the running transaction */
    public void keep(TenantId tenant, List<DomainEvent> events) {
        keepUnattended(tenant, events);
        List<DomainEvent> confirmed =
                events.stream().filter(Outcomes::isComparable).toList();
        List<InteractionId> interactions = confirmed.stream()
                .map(event -> new InteractionId(Objects.requireNonNull(event.interactionId())))
                .distinct()
                .toList();
        Map<InteractionId, Made> made = drafts.made(tenant, interactions).get();
        Supplier<Map<InteractionId, Proposal>> written = modelDrafts.over(tenant, interactions, () -> drafts(made));
        var sums = new HashMap<Measured, Sums>();
        var pairs = new HashMap<Pair, Long>();
        for (DomainEvent event : confirmed) {
            var interaction = new InteractionId(Objects.requireNonNull(event.interactionId()));
            Made one = made.get(interaction);
            if (one != null && !isNewer(one.draft(), event)) {
                Proposal prose = Objects.requireNonNull(written.get().get(interaction));
                keep(tenant, event, one, isNewer(prose, event) ? one.draft() : prose, sums, pairs);
            }
        }
        proof.add(tenant, sums);
        proof.addPairs(tenant, pairs);
        if (!sums.isEmpty()) {
            dueWork.scheduleNoLater(
                    GradeWork.KIND, Map.of(GradeWork.ALL, clock.instant().plus(GATHERING)));
        }
    }

    /** What a policy approved says nothing of its draft, since nobody looked: it is counted, and no more. */
    private void keepUnattended(TenantId tenant, List<DomainEvent> events) {
        var counts = new HashMap<Unlooked, Unattended>();
        for (DomainEvent event : events) {
            JsonNode figures = event.data().path("figures");
            boolean approved = event.type().equals(COMPLETED);
            boolean amended = event.type().equals(REVISED)
                    && event.data().path("revision").asInt(0) == 1;
            if (figures.path("unattended").asBoolean(false) && (approved || amended)) {
                counts.merge(
                        new Unlooked(day(event), figures.path("queue").asString("")),
                        new Unattended(approved ? 1 : 0, amended ? 1 : 0, 0),
                        Unattended::plus);
            }
        }
        proof.addUnattended(tenant, counts);
    }

    private static LocalDate day(DomainEvent event) {
        return event.at().atOffset(ZoneOffset.UTC).toLocalDate();
    }

    private static Map<InteractionId, Proposal> drafts(Map<InteractionId, Made> made) {
        var drafts = new HashMap<InteractionId, Proposal>();
        made.forEach((interaction, one) -> drafts.put(interaction, one.draft()));
        return drafts;
    }

    /**
     * What was split off says what a part of the words was about; a contact that was none has no record, and of one that a policy
     * approved no person said whether it is right.
     */
    private static boolean isComparable(DomainEvent event) {
        JsonNode data = event.data();
        return event.type().equals(COMPLETED)
                && event.interactionId() != null
                && data.path("record").isObject()
                && data.path("partOf").isMissingNode()
                && data.path("figures").path("noContact").isMissingNode()
                && !data.path("figures").path("unattended").asBoolean(false);
    }

    /** Then it is not what the person saw. */
    private static boolean isNewer(Proposal draft, DomainEvent event) {
        JsonNode closed = event.data().path("figures").path("closedAt");
        return closed.isString() && draft.createdAt().isAfter(Instant.parse(closed.asString()));
    }

    private void keep(
            TenantId tenant,
            DomainEvent event,
            Made made,
            Proposal written,
            Map<Measured, Sums> sums,
            Map<Pair, Long> pairs) {
        JsonNode figures = event.data().path("figures");
        Draft draft = Json.mapper().treeToValue(written.draft(), Draft.class);
        if (draft.status() == Draft.Status.FAILED) {
            return;
        }
        boolean unseen = made.arm() != Arm.SHOWN;
        List<Judged> judged = Comparison.of(
                draft,
                written.record(),
                Seen.of(written, made.arm(), made.grades()).record(),
                (ObjectNode) event.data().path("record"),
                part -> unseen || made.grades().get(part) == Grade.OFF);
        String queue = figures.path("queue").asString("");
        boolean wasRead = unseen || ReadingPace.allowsFor(event.data());
        proof.put(
                tenant,
                new OutcomeRow(
                        event.at(),
                        event.subject(),
                        Objects.requireNonNull(event.interactionId()),
                        written.draftId(),
                        queue,
                        figures.path("callType").asString(null),
                        made.arm(),
                        written.writer(),
                        model(draft, written.draft(), "disposition"),
                        wasRead,
                        made.audited(),
                        Json.tree(judged)));
        if (!wasRead) {
            return;
        }
        LocalDate day = day(event);
        for (Judged one : judged) {
            if (!one.counts()) {
                continue;
            }
            boolean blind = unseen || made.grades().get(one.part()) == Grade.OFF;
            sums.merge(
                    new Measured(
                            day,
                            queue,
                            one.part(),
                            model(draft, written.draft(), one.part()),
                            blind,
                            made.audited() && !blind),
                    sums(one.outcome()),
                    Sums::plus);
            if (one.part().equals("disposition")
                    && one.confirmed() != null
                    && !one.candidates().isEmpty()) {
                String drafted =
                        Objects.requireNonNull(one.candidates().getFirst().value());
                pairs.merge(new Pair(day, queue, drafted, one.confirmed(), blind), 1L, Long::sum);
            }
        }
    }

    /** With the version of what was learned, where the part goes by any. */
    private static String model(Draft draft, JsonNode shown, String part) {
        String model = draft.model() == null ? "" : draft.model();
        JsonNode learned = shown.path("learned");
        long version = switch (part) {
            case "disposition" -> learned.path("dispositions").asLong(0);
            case "reasons", "tags" -> learned.path("codes").asLong(0);
            case "fields" ->
                learned.propertyStream()
                        .filter(one -> one.getKey().startsWith("fields/"))
                        .mapToLong(one -> one.getValue().asLong(0))
                        .max()
                        .orElse(0);
            default -> 0;
        };
        return version == 0 ? model : "%s, learned %d".formatted(model, version);
    }

    private static Sums sums(Comparison.Outcome outcome) {
        return switch (outcome) {
            case ACCEPTED -> new Sums(1, 0, 0, 0);
            case EDITED -> new Sums(0, 1, 0, 0);
            case REJECTED -> new Sums(0, 0, 1, 0);
            case MISSED -> new Sums(0, 0, 0, 1);
            case NOT_OFFERED -> Sums.NONE;
        };
    }
}
