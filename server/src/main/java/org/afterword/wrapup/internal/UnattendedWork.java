package org.afterword.wrapup.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.afterword.conversation.InteractionDetails;
import org.afterword.conversation.InteractionId;
import org.afterword.desk.Desk;
import org.afterword.platform.DueWork;
import org.afterword.platform.DueWorkHandler;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.afterword.wrapup.DraftSource;
import org.afterword.wrapup.DraftTrust;
import org.afterword.wrapup.Unattended;
import org.afterword.wrapup.WrapUp;
import org.afterword.wrapup.WrapUpId;
import org.afterword.wrapup.internal.UnattendedRules.Reason;
import org.afterword.wrapup.internal.UnattendedRules.Verdict;
import org.springframework.stereotype.Component;

/**
 * Has policies approve what is drafted, contact by contact, under the lock of its agent like every change: whoever comes second finds
 * what the first one did. A contact that was approved, or begun by a person, is left alone.
 */
@Component
class UnattendedWork implements Unattended, DueWorkHandler {
    /** Due work: a draft is ready that a policy may approve. By interaction. */
    static final String KIND = "wrapup.unattended";

    /** Words may come a little after the end, and an agent who begins at once has begun. */
    static final Duration SETTLING = Duration.ofSeconds(2);

    private static final Duration LOOK_AGAIN_SOONEST = Duration.ofMillis(500);
    private static final Duration LOOK_AGAIN_LATEST = Duration.ofSeconds(30);

    private static final int BATCH = 50;

    private final Tenancy tenancy;
    private final Desk desk;
    private final Situations situations;
    private final WrapUpRepository wrapUps;
    private final RecordRepository records;
    private final DraftSource drafts;
    private final DraftTrust trust;
    private final AfterCallRules rules;
    private final DueWork dueWork;
    private final InstantSource clock;

    UnattendedWork(
            Tenancy tenancy,
            Desk desk,
            Situations situations,
            WrapUpRepository wrapUps,
            RecordRepository records,
            DraftSource drafts,
            DraftTrust trust,
            AfterCallRules rules,
            DueWork dueWork,
            InstantSource clock) {
        this.tenancy = tenancy;
        this.desk = desk;
        this.situations = situations;
        this.wrapUps = wrapUps;
        this.records = records;
        this.drafts = drafts;
        this.trust = trust;
        this.rules = rules;
        this.dueWork = dueWork;
        this.clock = clock;
    }

    @Override
    public void drafted(Collection<WrapUp> ofContacts) {
        Instant due = clock.instant().plus(SETTLING);
        var asked = new TreeMap<String, Instant>();
        ofContacts.stream()
                .filter(UnattendedRules::isAsked)
                .forEach(wrapUp -> asked.put(wrapUp.interaction().value(), due));
        dueWork.schedule(KIND, asked);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public int batchSize() {
        return BATCH;
    }

    @Override
    public void handle(TenantId tenant, List<DueWork.Item> items) {
        for (DueWork.Item item : items) {
            boolean decided = tenancy.in(tenant, () -> {
                boolean isSettled = decide(new InteractionId(item.id()));
                if (isSettled) {
                    dueWork.done(item);
                }
                return isSettled;
            });
            if (!decided) {
                dueWork.later(item, lookAgain(item));
            }
        }
    }

    /** What has waited long looks more seldom. */
    private Instant lookAgain(DueWork.Item item) {
        Instant now = clock.instant();
        Duration pause = Duration.between(item.plannedAt(), now).dividedBy(2);
        if (pause.compareTo(LOOK_AGAIN_SOONEST) < 0) {
            pause = LOOK_AGAIN_SOONEST;
        }
        return now.plus(pause.compareTo(LOOK_AGAIN_LATEST) < 0 ? pause : LOOK_AGAIN_LATEST);
    }

    /** False if it is to be looked at again. */
    private boolean decide(InteractionId interaction) {
        Optional<WrapUp> asked =
                ofContact(interaction).stream().filter(UnattendedRules::isAsked).findFirst();
        if (asked.isEmpty()) {
            return true;
        }
        WrapUp known = asked.get();
        desk.lock(List.of(known.agent()));
        Instant now = clock.instant();
        DraftTrust.Trust trusted =
                trust.of(interaction); // before the draft: one that is made meanwhile is newer, never older
        Supplier<Map<WrapUpId, StoredRecord>> stored = records.load(tenancy.current(), List.of(known.id()));
        Supplier<Map<InteractionId, DraftSource.Proposal>> drafted = drafts.find(List.of(interaction));
        Situations.Loaded before = situations.loadWith(known, now);
        Situation situation = before.of(known.agent());
        WrapUp wrapUp = situation.get(known.id());
        DraftSource.Proposal draft = drafted.get().get(interaction);
        var contact = new UnattendedRules.Contact(
                wrapUp,
                ofContact(interaction).size(),
                stored.get().getOrDefault(known.id(), StoredRecord.empty(known.id())),
                before.details(List.of(interaction)).getOrDefault(interaction, InteractionDetails.UNKNOWN),
                draft == null ? null : draft.under(wrapUp.policy()),
                trusted,
                before.catalog().catalog());
        return switch (UnattendedRules.decide(contact)) {
            case Verdict.Approved approved -> {
                approve(contact, approved, before, situation, now);
                yield true;
            }
            case Verdict.Refused refused -> {
                if (refused.reason() == Reason.DRAWN) {
                    trust.audit(interaction);
                }
                yield refused.reason() != Reason.NOT_SETTLED;
            }
        };
    }

    private List<WrapUp> ofContact(InteractionId interaction) {
        return wrapUps.ofInteractions(tenancy.current(), List.of(interaction)).get();
    }

    private void approve(
            UnattendedRules.Contact contact,
            Verdict.Approved approved,
            Situations.Loaded before,
            Situation situation,
            Instant now) {
        WrapUp wrapUp = contact.wrapUp();
        String policy = wrapUp.fixedPolicy().asActor();
        RecordView letOut = RecordView.of(contact.stored(), approved.draft()).letOut(policy);
        Situation after = rules.completed(
                situation,
                wrapUp.id(),
                WrapUp.Result.unattended(
                        approved.disposition(), approved.draft().writer(), approved.confidence()),
                policy,
                null,
                now);
        StoredRecord next = contact.stored().next(letOut.record(), letOut.provenance());
        records.put(tenancy.current(), next, now);
        var told = new LinkedHashMap<String, Object>();
        told.put("approved", List.copyOf(Parts.of(letOut.record()).keySet()));
        told.put("rules", wrapUp.fixedPolicy().rules());
        told.put("callType", Objects.requireNonNull(contact.callType()));
        told.put("confidence", approved.confidence());
        told.put(
                "least",
                Objects.requireNonNull(wrapUp.fixedPolicy().unattended().confidence()));
        told.put("draftId", approved.draft().draftId());
        told.put("version", next.version());
        situations.store(before, List.of(after), new Deed(policy, wrapUp.id(), told), now);
    }
}
