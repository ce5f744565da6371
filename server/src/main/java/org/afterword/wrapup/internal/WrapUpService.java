package org.afterword.wrapup.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.afterword.catalog.CallType;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.CatalogVersion;
import org.afterword.catalog.Catalogs;
import org.afterword.catalog.Checklist;
import org.afterword.catalog.Complexity;
import org.afterword.conversation.Conversations;
import org.afterword.conversation.InteractionDetails;
import org.afterword.conversation.InteractionId;
import org.afterword.desk.Agent;
import org.afterword.desk.Desk;
import org.afterword.desk.Leg;
import org.afterword.desk.LegFact;
import org.afterword.desk.LegSpan;
import org.afterword.desk.NextState;
import org.afterword.governance.Redactor;
import org.afterword.governance.Trail;
import org.afterword.identity.AgentId;
import org.afterword.identity.Caller;
import org.afterword.identity.Role;
import org.afterword.platform.Ids;
import org.afterword.platform.Json;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemException.Fault;
import org.afterword.platform.ProblemType;
import org.afterword.platform.Storable;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.afterword.wrapup.ApprovedBy;
import org.afterword.wrapup.DraftSource;
import org.afterword.wrapup.WrapUp;
import org.afterword.wrapup.WrapUpId;
import org.afterword.wrapup.WrapUpPolicy;
import org.afterword.wrapup.WrapUpState;
import org.afterword.wrapup.WrapUpStatus;
import org.afterword.wrapup.WrapUpView;
import org.afterword.wrapup.WrapUps;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Loads, lets the rules decide, stores. */
@Service
class WrapUpService implements WrapUps {
    private static final JsonNode NO_DRAFT = Json.object().put("status", "none");

    /** The lock under which the facts of a contact change; batches take it too. */
    private static final String CONTACT_LOCK = "interaction";

    private final Tenancy tenancy;
    private final Desk desk;
    private final Situations situations;
    private final WrapUpRepository wrapUps;
    private final RecordRepository records;
    private final Conversations conversations;
    private final Catalogs catalogs;
    private final DraftSource drafts;
    private final AfterCallRules rules;
    private final Surges surges;
    private final SensitiveFields sensitive;
    private final KeywordNotes keywords;
    private final Trail trail;
    private final InstantSource clock;
    private final Redactor redactor = new Redactor();

    WrapUpService(
            Tenancy tenancy,
            Desk desk,
            Situations situations,
            WrapUpRepository wrapUps,
            RecordRepository records,
            Conversations conversations,
            Catalogs catalogs,
            DraftSource drafts,
            AfterCallRules rules,
            Surges surges,
            SensitiveFields sensitive,
            KeywordNotes keywords,
            Trail trail,
            InstantSource clock) {
        this.tenancy = tenancy;
        this.desk = desk;
        this.situations = situations;
        this.wrapUps = wrapUps;
        this.records = records;
        this.conversations = conversations;
        this.catalogs = catalogs;
        this.drafts = drafts;
        this.rules = rules;
        this.surges = surges;
        this.sensitive = sensitive;
        this.keywords = keywords;
        this.trail = trail;
        this.clock = clock;
    }

    @Override
    public WrapUpView get(Caller caller, WrapUpId id) {
        return tenancy.in(caller.tenant(), () -> view(caller, readable(caller, id)));
    }

    @Override
    public Page list(
            Caller caller,
            @Nullable AgentId agent,
            @Nullable InteractionId interaction,
            @Nullable WrapUpStatus status,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable String cursor,
            int limit) {
        requireReader(caller);
        if (caller.role() == Role.AGENT && agent != null && !agent.equals(caller.agentId())) {
            throw new ProblemException(ProblemType.FORBIDDEN, "An agent sees its own wrap-ups only.");
        }
        AgentId whose = caller.role() == Role.AGENT ? caller.agentId() : agent;
        WrapUpQuery.Cursor behind = cursor == null ? null : WrapUpQuery.Cursor.parse(cursor);
        return tenancy.in(caller.tenant(), () -> {
            InteractionId known = interaction == null ? null : conversations.known(interaction);
            var query = new WrapUpQuery(
                    whose == null ? null : whose.value(),
                    known == null ? null : known.value(),
                    status,
                    from,
                    to,
                    behind,
                    limit);
            List<WrapUp> found = wrapUps.page(tenancy.current(), query);
            boolean more = found.size() > limit;
            List<WrapUp> shown = more ? found.subList(0, limit) : found;
            return new Page(
                    views(caller, shown),
                    more ? WrapUpQuery.Cursor.behind(shown.getLast()).text() : null);
        });
    }

    @Override
    public List<WrapUpView> onHand(Caller caller, AgentId agent) {
        caller.requireSelfOr(agent, Role.SUPERVISOR, Role.REVIEWER, Role.COACH, Role.ADMINISTRATOR, Role.INTEGRATION);
        return tenancy.in(
                caller.tenant(),
                () -> views(
                        caller,
                        wrapUps.onHand(tenancy.current(), List.of(agent)).stream()
                                .sorted(Comparator.comparing(
                                                (WrapUp w) -> w.span().startedAt())
                                        .thenComparing(WrapUp::id))
                                .toList()));
    }

    @Override
    public List<WrapUp> live(Collection<AgentId> agents) {
        return wrapUps.onHand(tenancy.current(), agents);
    }

    @Override
    public List<Owed> owed(Caller caller, AgentId agent, int limit) {
        caller.requireSelfOr(agent, Role.SUPERVISOR, Role.REVIEWER, Role.COACH, Role.ADMINISTRATOR, Role.INTEGRATION);
        return tenancy.in(caller.tenant(), () -> {
            List<WrapUp> owed = wrapUps.owed(tenancy.current(), agent, limit);
            Map<InteractionId, InteractionDetails> details = conversations
                    .details(owed.stream().map(WrapUp::interaction).toList())
                    .get();
            return owed.stream()
                    .map(wrapUp -> owed(wrapUp, details.getOrDefault(wrapUp.interaction(), InteractionDetails.UNKNOWN)))
                    .toList();
        });
    }

    private static Owed owed(WrapUp wrapUp, InteractionDetails details) {
        return new Owed(
                wrapUp.id(),
                wrapUp.interaction(),
                details.customer(),
                details.queue(),
                wrapUp.span().startedAt(),
                wrapUp.state() instanceof WrapUpState.Deferred deferred ? deferred.dueAt() : null);
    }

    @Override
    public void waited(TenantId tenant, String system, Map<InteractionId, Instant> since) {
        tenancy.run(tenant, () -> {
            Set<AgentId> agents = desk.agentsOf(since.keySet());
            desk.lock(agents);
            Instant now = clock.instant();
            Situations.Loaded before = situations.load(agents, List.of(), now);
            var after = new ArrayList<Situation>();
            for (AgentId agent : agents) {
                Situation situation = before.of(agent);
                for (WrapUp wrapUp : situation.wrapUps().values()) {
                    Instant from = since.get(wrapUp.interaction());
                    if (from != null && !wrapUp.isPart()) {
                        situation = WindowRules.systemWaited(situation, wrapUp.id(), system, from, now);
                    }
                }
                after.add(situation);
            }
            situations.store(before, after, Deed.OF_THE_SYSTEM, now);
        });
    }

    @Override
    public Debt debt() {
        return wrapUps.debt(tenancy.current(), clock.instant());
    }

    @Override
    public List<WrapUp> ofInteractions(Collection<InteractionId> interactions) {
        return wrapUps.ofInteractions(tenancy.current(), interactions).get();
    }

    @Override
    public WrapUpView patch(Caller caller, WrapUpId id, long version, ObjectNode sent) {
        SensitiveFields.Typed read = sensitive.read(sent);
        refuse(ProblemType.INVALID, "The patch does not have the shape of a record.", Parts.faults(read.redacted()));
        var told = new LinkedHashMap<String, Object>();
        return change(caller, id, told, work -> {
            WrapUp wrapUp = work.wrapUp();
            requireOpenRecord(wrapUp);
            requireVersion(version, work);
            Instant now = work.now;
            ObjectNode patch = sealed(caller, work, read);
            RecordView shown = RecordView.of(work.stored, work.proposal());
            RecordView typed = shown.typed(patch, caller.actor(), now);
            if (typed.equals(shown)) {
                return work.situation;
            }
            RecordView touched = typed.touched();
            StoredRecord next = work.stored.next(touched.record(), touched.provenance());
            records.put(tenancy.current(), next, now);
            sensitive.forgetReplaced(id, work.stored.record(), next.record());
            keywords.typed(wrapUp, shown, typed, now);
            told.put("parts", Parts.named(shown.record(), patch));
            told.put("version", next.version());
            return AfterCallRules.written(
                    work.situation, wrapUp.id(), Parts.of(touched.record()).keySet(), now);
        });
    }

    @Override
    public WrapUpView complete(Caller caller, WrapUpId id, long version, Completion completion) {
        requireSomebody(caller);
        @Nullable NextState next = completion.next() == null ? null : redacted(completion.next());
        SensitiveFields.@Nullable Typed read = completion.record() == null ? null : sensitive.read(completion.record());
        if (read != null) {
            refuse(ProblemType.INVALID, "The record does not have the shape of one.", Parts.faults(read.redacted()));
        }
        var told = new LinkedHashMap<String, Object>();
        return change(caller, id, told, work -> {
            WrapUp wrapUp = work.wrapUp();
            StoredRecord stored = work.stored;
            Instant now = work.now;
            @Nullable ObjectNode sent = read == null ? null : sealed(caller, work, read);
            if (wrapUp.status() == WrapUpStatus.COMPLETED
                    && (sent == null || Parts.changes(stored.record(), sent).isEmpty())) {
                return work.situation;
            }
            requireVersion(version, work);
            // who says that there was nothing to record confirms nothing that was drafted
            DraftSource.@Nullable Proposal proposal = completion.noContact() == null ? work.proposal() : null;
            requireDraft(completion.draftId(), stored, proposal);
            RecordView shown = RecordView.of(stored, proposal);
            RecordView typed = sent == null ? shown : shown.typed(sent, caller.actor(), now);
            Catalog catalog = work.catalog();
            String callType = work.callType();
            if (wrapUp.state().runs() || wrapUp.state() instanceof WrapUpState.Deferred) {
                requireNoContact(wrapUp, completion.noContact());
                requireContinued(wrapUp, completion.noContact());
                refuse(
                        ProblemType.RECORD_INCOMPLETE,
                        null,
                        completion.noContact() == null
                                ? RecordCheck.faults(
                                        sensitive.opened(id, typed.record()), catalog, wrapUp.fixedPolicy(), callType)
                                : RecordCheck.faultsOfNoContact(typed.record(), catalog));
            }
            RecordView confirmed = typed.confirmed(completion.unconfirmed(), caller.actor(), now);
            Situation after = rules.completed(
                    work.situation,
                    id,
                    result(confirmed, proposal, catalog, callType, completion.noContact()),
                    caller.actor(),
                    next,
                    now);
            StoredRecord last = stored.next(confirmed.record(), confirmed.provenance());
            records.put(tenancy.current(), last, now);
            sensitive.forgetReplaced(id, stored.record(), last.record());
            if (sent != null) {
                told.put("parts", Parts.named(shown.record(), sent));
            }
            told.put(
                    "confirmed",
                    List.copyOf(Parts.of(confirmed.approved().record()).keySet()));
            told.put("unconfirmed", completion.unconfirmed());
            if (completion.noContact() != null) {
                told.put("noContact", completion.noContact());
            }
            told.put("version", last.version());
            if (proposal != null) {
                told.put("draftId", proposal.draftId());
            }
            return after;
        });
    }

    /** Short is what the policy takes for short; nobody but a person knows of the others. */
    private static void requireNoContact(WrapUp wrapUp, WrapUp.@Nullable NoContact noContact) {
        Duration talk = new Leg(wrapUp.span(), wrapUp.channel(), false, 0, 0, null)
                .talk(Objects.requireNonNull(wrapUp.openedAt(), "its leg has ended"));
        Duration most = wrapUp.fixedPolicy().shortContact();
        if (noContact == WrapUp.NoContact.SHORT && talk.compareTo(most) >= 0) {
            throw ProblemException.invalid(
                    "#/noContact",
                    "is SHORT, but the contact took %d s; policy '%s' calls less than %d s short"
                            .formatted(talk.toSeconds(), wrapUp.fixedPolicy().rule(), most.toSeconds()));
        }
    }

    /** Nobody waits for a record that never comes. */
    private void requireContinued(WrapUp wrapUp, WrapUp.@Nullable NoContact noContact) {
        if (noContact == WrapUp.NoContact.CONTINUED
                && wrapUps.continuing(tenancy.current(), List.of(wrapUp.interaction()))
                        .isEmpty()) {
            throw ProblemException.invalid("#/noContact", "is CONTINUED, but no contact continues this one");
        }
    }

    private static WrapUp.Result result(
            RecordView confirmed,
            DraftSource.@Nullable Proposal proposal,
            Catalog catalog,
            @Nullable String callType,
            WrapUp.@Nullable NoContact noContact) {
        int kept = 0;
        int edited = 0;
        if (proposal != null) {
            for (Map.Entry<String, JsonNode> drafted :
                    Parts.of(proposal.record()).entrySet()) {
                if (confirmed.status(drafted.getKey()).equals("drafted")) {
                    continue; // nobody looked at it
                }
                if (drafted.getValue().equals(Parts.get(confirmed.record(), drafted.getKey()))) {
                    kept++;
                } else {
                    edited++;
                }
            }
        }
        ObjectNode approved = confirmed.approved().record();
        JsonNode disposition = approved.path("disposition");
        return new WrapUp.Result(
                disposition.isString() ? disposition.asString() : null,
                noContact == null ? compliance(approved.path("checklist"), catalog, callType) : null,
                kept,
                edited,
                proposal == null ? null : proposal.writer(),
                noContact,
                null);
    }

    /** Share of the checklist's lines that are ticked; null where there is none. */
    private static @Nullable Double compliance(JsonNode ticks, Catalog catalog, @Nullable String callType) {
        Optional<Checklist> checklist =
                catalog.checklistFor(callType).filter(list -> !list.items().isEmpty());
        return checklist
                .map(list -> list.items().stream()
                                .filter(item -> ticks.path(item.code()).asBoolean(false))
                                .count()
                        / (double) list.items().size())
                .orElse(null);
    }

    @Override
    public WrapUpView reopen(Caller caller, WrapUpId id) {
        return change(caller, id, Map.of(), work -> {
            Situation after = rules.reopened(work.situation, id, work.now);
            if (ApprovedBy.isPolicy(work.wrapUp().confirmedBy())) {
                // what nobody confirmed is the draft's again
                RecordView touched = work.stored.view().touched();
                records.put(tenancy.current(), work.stored.next(touched.record(), touched.provenance()), work.now);
            }
            return after;
        });
    }

    @Override
    public WrapUpView extend(Caller caller, WrapUpId id, @Nullable String typed) {
        String reason = typed == null ? null : redacted(typed);
        return change(caller, id, told(reason), work -> WindowRules.extended(work.situation, id, reason, work.now));
    }

    @Override
    public WrapUpView defer(Caller caller, WrapUpId id, Deferral typed) {
        String reason = redacted(typed.reason());
        Map<String, Object> told = told(reason);
        told.put("owner", typed.owner().name());
        if (typed.dueAt() != null) {
            told.put("dueAt", typed.dueAt());
        }
        return change(caller, id, told, work -> {
            WrapUp wrapUp = work.wrapUp();
            var deferral = new AfterCallRules.Deferral(typed.owner(), typed.dueAt(), reason, typed.parts());
            Situation after = rules.deferred(work.situation, id, deferral, work.now);
            refuse(
                    ProblemType.RECORD_INCOMPLETE,
                    null,
                    RecordCheck.faultsOfDeferral(
                            RecordView.of(work.stored, work.proposal()).record(), wrapUp.fixedPolicy(), typed.parts()));
            if (!typed.parts().isEmpty()) {
                told.put("parts", typed.parts());
            }
            return after;
        });
    }

    @Override
    public WrapUpView choose(Caller caller, WrapUpId id, @Nullable String callType, boolean escalated) {
        var told = new LinkedHashMap<String, Object>();
        told.put("escalated", escalated);
        if (callType != null) {
            told.put("callType", callType);
        }
        return change(caller, id, told, work -> {
            if (callType != null && work.catalog().findCallType(callType).isEmpty()) {
                throw ProblemException.invalid(
                        "#/callType", "is '%s', which is not in the catalog".formatted(callType));
            }
            return rules.chosen(
                    work.situation,
                    id,
                    new WrapUp.Choice(callType, escalated),
                    work.details(),
                    policies(work),
                    work.now);
        });
    }

    /** The policies of the version that it opened under, surging if they did then, so that nothing else of it changes. */
    private PolicyChoice policies(Work work) {
        CatalogVersion now = work.before.catalog();
        WrapUpPolicy fixed = work.wrapUp().policy();
        CatalogVersion version = fixed == null || fixed.version() == now.number()
                ? now
                : catalogs.find((int) fixed.version()).orElse(now);
        String queue = work.details().queue();
        return new PolicyChoice(version, fixed != null && fixed.surge() && queue != null ? Set.of(queue) : Set.of());
    }

    @Override
    public void input(Caller caller, WrapUpId id) {
        tenancy.run(caller.tenant(), () -> {
            desk.lockAheadFound(WrapUpRepository.AGENTS, caller.tenant().value(), new String[] {id.value()});
            WrapUp known = writable(caller, id);
            Instant now = clock.instant();
            Situations.Loaded before = situations.loadWith(known, now);
            Situation after = WindowRules.input(before.of(known.agent()), id, now);
            situations.store(before, List.of(after), Deed.of(caller), now);
        });
    }

    @Override
    public void request(Caller caller, AgentId agent) {
        caller.requireSelfOr(agent, Role.SUPERVISOR, Role.ADMINISTRATOR, Role.INTEGRATION);
        tenancy.run(caller.tenant(), () -> {
            desk.lock(List.of(agent));
            Instant now = clock.instant();
            Situations.Loaded before = situations.load(List.of(agent), List.of(), now);
            Situation situation = before.of(agent);
            if (!situation.agent().presence().known()) {
                throw ProblemException.notFound("agent", agent.value());
            }
            Situation after = rules.requested(situation, now);
            situations.store(before, List.of(after), Deed.of(caller), now);
        });
    }

    @Override
    public WrapUpView override(Caller caller, WrapUpId id, Intervention intervention) {
        caller.requireThat(caller.role() != Role.AGENT);
        String reason = redacted(intervention.reason());
        if (intervention.action() == OverrideAction.RELEASE) {
            return release(caller, id, reason);
        }
        Map<String, Object> told = told(reason);
        told.put(Deed.OVERRIDE, intervention.action().name());
        if (intervention.seconds() != null) {
            told.put("seconds", intervention.seconds());
        }
        if (intervention.agent() != null) {
            told.put("agentId", intervention.agent());
        }
        return change(caller, id, told, work -> overridden(caller, work, intervention, reason));
    }

    private Situation overridden(Caller caller, Work work, Intervention intervention, String reason) {
        requireOverride(caller, work.wrapUp());
        WrapUpId id = work.id;
        return switch (intervention.action()) {
            case RELEASE -> throw new IllegalStateException("a leg is released under the lock of its contact");
            case EXTEND ->
                WindowRules.extendedByOverride(work.situation, id, length(intervention.seconds()), reason, work.now);
            case REASSIGN -> rules.reassigned(work.situation, id, colleague(intervention.agent()), reason, work.now);
            case END -> rules.ended(work.situation, id, reason, work.now);
            case DEFER ->
                rules.deferredByOverride(work.situation, id, AfterCallRules.Deferral.toTheAgent(reason), work.now);
        };
    }

    private AgentId colleague(@Nullable AgentId agent) {
        if (agent == null) {
            throw ProblemException.invalid("#/agentId", "is required to reassign: the agent who gets the record");
        }
        if (!desk.load(List.of(agent))
                .get()
                .getOrDefault(agent, Agent.unknown(agent))
                .presence()
                .known()) {
            throw ProblemException.invalid("#/agentId", "is '%s', who is not known here".formatted(agent));
        }
        return agent;
    }

    /** Who may override is the policy's to say, once it is fixed. */
    private static void requireOverride(Caller caller, WrapUp wrapUp) {
        WrapUpPolicy policy = wrapUp.policy() == null ? WrapUpPolicy.byDefault(0) : wrapUp.policy();
        caller.require(policy.overriddenBy().toArray(Role[]::new));
    }

    /** The end that nobody told of becomes a fact of our own, and all follows from the facts as ever. */
    private WrapUpView release(Caller caller, WrapUpId id, String reason) {
        return tenancy.in(caller.tenant(), () -> {
            InteractionId interaction = writable(caller, id).interaction();
            tenancy.lock(CONTACT_LOCK, List.of(interaction.value()));
            Map<String, Object> told = told(reason);
            told.put(Deed.OVERRIDE, OverrideAction.RELEASE.name());
            return change(caller, id, told, work -> {
                WrapUp wrapUp = work.wrapUp();
                Instant now = work.now;
                requireOverride(caller, wrapUp);
                if (wrapUp.status() != WrapUpStatus.PREPARING) {
                    throw new ProblemException(
                            ProblemType.CONFLICT,
                            "Wrap-up %s is %s; only a leg that is still on is released. To end a window, end or defer it."
                                    .formatted(id, wrapUp.status()));
                }
                var released = new LegFact(
                        LegFact.Kind.RELEASED, now, wrapUp.agent(), null, null, false, "afterword", Ids.at(now));
                List<LegSpan> legs = desk.legsAfter(Map.of(interaction, List.of(released)), List.of(interaction))
                        .getOrDefault(interaction, List.of());
                InteractionDetails details = work.details();
                CatalogVersion catalog = work.before.catalog();
                trail.record(caller, "leg.released", "wrap-up:" + id, Map.of("reason", reason));
                return rules.legReleased(
                        work.situation,
                        id,
                        legs.stream()
                                .filter(leg -> leg.agent().equals(wrapUp.agent()))
                                .map(leg -> new AfterCallRules.LegChange(leg, details))
                                .toList(),
                        new PolicyChoice(catalog, surges.surging(now).get()),
                        () -> new WrapUpId(Ids.at(now)),
                        reason,
                        now);
            });
        });
    }

    private static Duration length(@Nullable Integer seconds) {
        if (seconds == null || seconds < 1 || seconds > 3600) {
            throw ProblemException.invalid("#/seconds", "must be 1 to 3600 to extend");
        }
        return Duration.ofSeconds(seconds);
    }

    @Override
    public WrapUpView revise(Caller caller, WrapUpId id, ObjectNode sent, String typed) {
        requireSomebody(caller);
        String reason = redacted(typed);
        SensitiveFields.Typed read = sensitive.read(sent);
        refuse(ProblemType.INVALID, "The record does not have the shape of one.", Parts.faults(read.redacted()));
        Map<String, Object> told = told(reason);
        return change(caller, id, told, work -> {
            WrapUp wrapUp = work.wrapUp();
            Instant now = work.now;
            if (!(wrapUp.state() instanceof WrapUpState.Completed completed && completed.isFinal())) {
                throw new ProblemException(
                        ProblemType.CONFLICT,
                        "Wrap-up %s is %s; only a record that is completed, with its reopening time over, is revised."
                                .formatted(id, wrapUp.status()));
            }
            StoredRecord stored = work.stored;
            ObjectNode patch = sealed(caller, work, read);
            RecordView amended = stored.view().amended(patch, caller.actor(), now);
            Catalog catalog = work.catalog();
            String callType = work.callType();
            refuse(
                    ProblemType.RECORD_INCOMPLETE,
                    null,
                    RecordCheck.faults(
                            sensitive.opened(id, amended.record()), catalog, wrapUp.fixedPolicy(), callType));
            records.keep(tenancy.current(), stored, reason, caller.actor(), now);
            StoredRecord next = stored.nextRevision(amended.record(), amended.provenance());
            records.put(tenancy.current(), next, now);
            told.put("parts", Parts.named(stored.record(), patch));
            told.put("version", next.version());
            told.put("revision", next.revision());
            WrapUp.Result result = result(
                    amended,
                    null,
                    catalog,
                    callType,
                    wrapUp.result() == null ? null : wrapUp.result().noContact());
            return work.situation.with(
                    wrapUp.confirmed(amendedResult(wrapUp.result(), result), caller.actor()), "revised");
        });
    }

    /** A revision changes what the record says, not how it came about: ticks that nobody checked prove no more than before. */
    private static WrapUp.Result amendedResult(WrapUp.@Nullable Result first, WrapUp.Result amended) {
        return first == null
                ? amended
                : new WrapUp.Result(
                        amended.disposition(),
                        first.unattended() == null ? amended.compliance() : null,
                        first.keptParts(),
                        first.editedParts(),
                        first.draftSource(),
                        first.noContact(),
                        first.unattended());
    }

    @Override
    public void want(Caller caller, AgentId agent, NextState chosen, boolean afterWrapUp) {
        caller.requireSelfOr(agent, Role.SUPERVISOR, Role.ADMINISTRATOR, Role.INTEGRATION);
        NextState next = redacted(chosen);
        tenancy.run(caller.tenant(), () -> {
            desk.lock(List.of(agent));
            Instant now = clock.instant();
            Situations.Loaded before = situations.load(List.of(agent), List.of(), now);
            Situation situation = before.of(agent);
            if (!situation.agent().presence().known()
                    && !agent.equals(caller.agentId())
                    && caller.role() != Role.INTEGRATION) {
                throw ProblemException.notFound("agent", agent.value());
            }
            Situation after = rules.wants(situation, next, afterWrapUp, Ids.at(now), now);
            situations.store(before, List.of(after), Deed.of(caller), now);
            trail.record(
                    caller,
                    "agent.state-chosen",
                    "agent:" + agent,
                    Map.of("state", next.state().name(), "afterWrapUp", afterWrapUp));
        });
    }

    private static Map<String, Object> told(@Nullable String reason) {
        var told = new LinkedHashMap<String, Object>();
        if (reason != null) {
            told.put("reason", reason);
        }
        return told;
    }

    /** A wrap-up whose agent is locked, with what a change of it goes by. */
    private record Work(
            WrapUpId id,
            Situations.Loaded before,
            Situation situation,
            StoredRecord stored,
            DraftSource.@Nullable Proposal latest,
            Instant now) {
        WrapUp wrapUp() {
            return situation.get(id);
        }

        /** What is drafted for a record that is still open. */
        DraftSource.@Nullable Proposal proposal() {
            return latest == null || latest.isWithheld() || isClosed(wrapUp()) || wrapUp().isPart()
                    ? null
                    : latest.under(wrapUp().policy());
        }

        Catalog catalog() {
            return before.catalog().catalog();
        }

        InteractionDetails details() {
            InteractionId interaction = wrapUp().interaction();
            return before.details(List.of(interaction)).getOrDefault(interaction, InteractionDetails.UNKNOWN);
        }

        @Nullable
        String callType() {
            return PolicyChoice.shownCallType(
                    catalog(), details(), wrapUp().choice().callType());
        }
    }

    private static boolean isClosed(WrapUp wrapUp) {
        return wrapUp.status() == WrapUpStatus.COMPLETED || wrapUp.status() == WrapUpStatus.EXPIRED;
    }

    /**
     * Finds whose wrap-up it is, locks that agent, and only then reads what the change goes by.
     *
     * @param told what the trail says of it beside its kind; {@code change} may add to it
     */
    private WrapUpView change(Caller caller, WrapUpId id, Map<String, ?> told, Function<Work, Situation> change) {
        try {
            return changed(caller, id, told, change);
        } catch (ProblemException refusal) {
            if (refusal.type() == ProblemType.STALE) {
                // it answers with the record as it is now
                tenancy.run(caller.tenant(), () -> noteRead(caller, List.of(id)));
            }
            throw refusal;
        }
    }

    private WrapUpView changed(Caller caller, WrapUpId id, Map<String, ?> told, Function<Work, Situation> change) {
        return tenancy.in(caller.tenant(), () -> {
            desk.lockAheadFound(WrapUpRepository.AGENTS, caller.tenant().value(), new String[] {id.value()});
            WrapUp known = writable(caller, id);
            Instant now = clock.instant();
            Supplier<Map<WrapUpId, StoredRecord>> stored = records.load(tenancy.current(), List.of(id));
            Supplier<Map<InteractionId, DraftSource.Proposal>> drafted = drafts.find(List.of(known.interaction()));
            Situations.Loaded before = situations.loadWith(known, now);
            var work = new Work(
                    id,
                    before,
                    before.of(known.agent()),
                    stored.get().getOrDefault(id, StoredRecord.empty(id)),
                    drafted.get().get(known.interaction()),
                    now);
            Situation after = change.apply(work);
            situations.store(before, List.of(after), Deed.of(caller, id, told), now);
            return view(caller, after.get(id));
        });
    }

    private void noteRead(Caller reader, Collection<WrapUpId> shown) {
        trail.read(
                reader, "record.read", shown.stream().map(id -> "wrap-up:" + id).toList());
    }

    private ObjectNode sealed(Caller caller, Work work, SensitiveFields.Typed read) {
        return sensitive.sealed(read, work.stored.record(), work.catalog(), work.id, caller.actor(), work.now);
    }

    /** What people type passes the same rules as what is said: card numbers and security codes are never stored. */
    ObjectNode redacted(ObjectNode typed) {
        Storable.make(typed);
        return (ObjectNode) redactor.redact(typed);
    }

    private String redacted(String typed) {
        return redactor.redact(Storable.text(typed));
    }

    private NextState redacted(NextState typed) {
        return typed.reason() == null ? typed : new NextState(typed.state(), redacted(typed.reason()));
    }

    /** A wrap-up that the caller may read, in the running transaction. */
    WrapUp readable(Caller caller, WrapUpId id) {
        requireReader(caller);
        WrapUp wrapUp = wrapUps.find(tenancy.current(), id).orElseThrow(() -> notFound(id));
        if (caller.role() == Role.AGENT && !isOf(wrapUp, caller)) {
            throw notFound(id);
        }
        return wrapUp;
    }

    /** It is the caller's leg, or the caller was given its record. */
    private static boolean isOf(WrapUp wrapUp, Caller caller) {
        return wrapUp.agent().equals(caller.agentId())
                || wrapUp.assignee() != null && wrapUp.assignee().equals(caller.agentId());
    }

    /** Connectors read what they carry on; whoever plans needs no customer's data. */
    private static void requireReader(Caller caller) {
        caller.requireThat(caller.role() == Role.AGENT
                || caller.role() == Role.INTEGRATION
                || caller.role().readsRecords());
    }

    /** A wrap-up that the caller may change, in the running transaction. */
    WrapUp writable(Caller caller, WrapUpId id) {
        WrapUp wrapUp = readable(caller, id);
        if (!isOf(wrapUp, caller)) {
            caller.require(Role.SUPERVISOR, Role.REVIEWER, Role.ADMINISTRATOR, Role.INTEGRATION);
        }
        return wrapUp;
    }

    /** What is confirmed leaves the house, so somebody has to answer for it: a person, or an agent by a token of its own. */
    private static void requireSomebody(Caller caller) {
        if (caller.actor().startsWith("token:") && caller.agentId() == null) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN,
                    "Token '%s' stands for no person, and only a person confirms or revises a record. Sign in, or use the agent's own token."
                            .formatted(caller.name()));
        }
    }

    private static ProblemException notFound(WrapUpId id) {
        return ProblemException.notFound("wrap-up", id.value());
    }

    private static void requireOpenRecord(WrapUp wrapUp) {
        if (isClosed(wrapUp)) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "Wrap-up %s is %s; its record changes by reopening or by a revision only."
                            .formatted(wrapUp.id(), wrapUp.status()));
        }
    }

    private static void requireVersion(long seen, Work work) {
        if (seen != work.stored.version()) {
            throw stale(
                    "The record is at version %d, not %d.".formatted(work.stored.version(), seen),
                    work.stored,
                    work.proposal());
        }
    }

    /** What a person did not see is not confirmed. */
    private static void requireDraft(
            @Nullable String seen, StoredRecord stored, DraftSource.@Nullable Proposal proposal) {
        if (seen != null && proposal != null && !seen.equals(proposal.draftId())) {
            throw stale("The draft changed after it was read.", stored, proposal);
        }
    }

    private static ProblemException stale(String detail, StoredRecord stored, DraftSource.@Nullable Proposal proposal) {
        RecordView current = RecordView.of(stored, proposal);
        var now = new HashMap<String, Object>();
        now.put("record", current.record());
        now.put("provenance", current.provenance());
        now.put("version", stored.version());
        if (proposal != null) {
            now.put("draftId", proposal.draftId());
        }
        return new ProblemException(ProblemType.STALE, detail, List.of(), now);
    }

    static void refuse(ProblemType type, @Nullable String detail, List<Fault> faults) {
        if (!faults.isEmpty()) {
            String count = faults.size() == 1 ? "One part needs attention." : faults.size() + " parts need attention.";
            throw new ProblemException(type, detail == null ? count : detail, faults);
        }
    }

    WrapUpView view(Caller reader, WrapUp wrapUp) {
        return views(reader, List.of(wrapUp)).getFirst();
    }

    /** The one place where records become visible: whatever is shown of them has been noted here. */
    private List<WrapUpView> views(Caller reader, Collection<WrapUp> shown) {
        noteRead(reader, shown.stream().map(WrapUp::id).toList());
        TenantId tenant = tenancy.current();
        List<InteractionId> interactions =
                shown.stream().map(WrapUp::interaction).toList();
        Supplier<Map<InteractionId, InteractionDetails>> details = conversations.details(interactions);
        Supplier<Map<WrapUpId, StoredRecord>> stored =
                records.load(tenant, shown.stream().map(WrapUp::id).toList());
        Supplier<Map<InteractionId, DraftSource.Proposal>> proposals = drafts.find(interactions);
        Catalog catalog = catalogs.get();
        Instant now = clock.instant();
        var views = new ArrayList<WrapUpView>();
        for (WrapUp wrapUp : shown) {
            views.add(view(
                    wrapUp,
                    details.get().getOrDefault(wrapUp.interaction(), InteractionDetails.UNKNOWN),
                    stored.get().getOrDefault(wrapUp.id(), StoredRecord.empty(wrapUp.id())),
                    wrapUp.isPart() ? null : proposals.get().get(wrapUp.interaction()),
                    catalog,
                    now));
        }
        return views;
    }

    private static WrapUpView view(
            WrapUp wrapUp,
            InteractionDetails details,
            StoredRecord stored,
            DraftSource.@Nullable Proposal proposal,
            Catalog catalog,
            Instant now) {
        RecordView shown =
                RecordView.of(stored, proposal == null || isClosed(wrapUp) ? null : proposal.under(wrapUp.policy()));
        String callType =
                PolicyChoice.shownCallType(catalog, details, wrapUp.choice().callType());
        Duration acw = wrapUp.acwTime();
        WrapUpState state = wrapUp.state();
        WrapUpState.Deferred owed = state instanceof WrapUpState.Deferred d ? d : null;
        WrapUpState.Completed done = state instanceof WrapUpState.Completed c ? c : null;
        return new WrapUpView(
                wrapUp.id(),
                wrapUp.interaction(),
                wrapUp.leg().legId(),
                wrapUp.partOf(),
                wrapUp.agent(),
                wrapUp.channel(),
                details.direction(),
                details.queue(),
                details.campaign(),
                callType,
                wrapUp.choice().escalated()
                        ? Complexity.HIGH
                        : catalog.findCallType(callType)
                                .map(CallType::complexity)
                                .orElse(null),
                details.customer(),
                wrapUp.byHand() != null,
                wrapUp.byHand() == null || wrapUp.byHand().equals(wrapUp.interaction())
                        ? List.of()
                        : List.of(wrapUp.byHand()),
                wrapUp.contact().continues(),
                wrapUp.status(),
                wrapUp.policy() == null ? null : PolicyView.of(wrapUp.policy(), wrapUp.filled()),
                wrapUp.span().startedAt(),
                wrapUp.openedAt(),
                state.holds() ? wrapUp.deadline() : null,
                WindowClock.standsStill(wrapUp) && state instanceof WrapUpState.Open,
                wrapUp.credits().stream()
                        .map(credit -> new WrapUpView.Credit(
                                credit.kind(), credit.length().toMillis() / 1000.0, credit.at(), credit.reason()))
                        .toList(),
                wrapUp.policy() == null || !state.runs() || wrapUp.deadline() == null
                        ? 0
                        : Math.max(0, wrapUp.policy().extensions().count() - wrapUp.extensions()),
                state.releasedAt(),
                done == null ? null : done.confirmedAt(),
                ApprovedBy.of(wrapUp).orElse(null),
                done == null || done.isFinal() ? null : done.finalAt(),
                owed == null ? null : owed.dueAt(),
                owed == null ? null : owed.owner().code(),
                wrapUp.assignee(),
                owed != null ? owed.told() : state instanceof WrapUpState.Expired e ? e.reason() : null,
                acw == null ? null : acw.toMillis() / 1000.0,
                WindowClock.systemWait(wrapUp).toMillis() / 1000.0,
                wrapUp.result() == null ? null : wrapUp.result().noContact(),
                wrapUp.policy() == null ? List.of() : RecordCheck.required(shown.record(), wrapUp.policy()),
                owed == null ? List.of() : owed.parts(),
                shown.record(),
                shown.provenance(),
                proposal == null ? NO_DRAFT : proposal.draft(),
                proposal == null || proposal.isWithheld() ? null : proposal.draftId(),
                stored.version(),
                stored.revision(),
                now);
    }
}
