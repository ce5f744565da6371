package org.afterword.wrapup.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.afterword.catalog.CallType;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.Catalogs;
import org.afterword.catalog.Checklist;
import org.afterword.catalog.Disposition;
import org.afterword.catalog.PolicyRule;
import org.afterword.catalog.Queue;
import org.afterword.catalog.internal.CatalogRepository;
import org.afterword.conversation.Conversations;
import org.afterword.conversation.EventIntake;
import org.afterword.conversation.EventIntake.Receipt;
import org.afterword.conversation.InteractionId;
import org.afterword.conversation.internal.BatchStore;
import org.afterword.conversation.internal.EventReader;
import org.afterword.conversation.internal.EventRepository;
import org.afterword.conversation.internal.InteractionRepository;
import org.afterword.conversation.internal.TurnRedaction;
import org.afterword.conversation.internal.WordsRepository;
import org.afterword.desk.Desk;
import org.afterword.desk.Floor;
import org.afterword.desk.Routing;
import org.afterword.desk.internal.AgentRepository;
import org.afterword.governance.Redactor;
import org.afterword.governance.Sealer;
import org.afterword.governance.Trail;
import org.afterword.governance.internal.TrailRepository;
import org.afterword.identity.AgentId;
import org.afterword.identity.Caller;
import org.afterword.identity.Role;
import org.afterword.platform.DueWork;
import org.afterword.platform.DueWorkHandler;
import org.afterword.platform.EventLog;
import org.afterword.platform.Json;
import org.afterword.platform.LowPriority;
import org.afterword.platform.PipelinedJdbc;
import org.afterword.platform.PostgresDatabase;
import org.afterword.platform.ProcessorShare;
import org.afterword.platform.Rush;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.afterword.platform.TestClock;
import org.afterword.wrapup.DraftSource;
import org.afterword.wrapup.DraftTrust;
import org.afterword.wrapup.WrapUpId;
import org.afterword.wrapup.WrapUpSettings;
import org.afterword.wrapup.WrapUpStatus;
import org.afterword.wrapup.WrapUpView;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Events in, desk and wrap-ups on a real database, with a clock that the test moves and drafts that the test sets. */
final class WrapUpFixture {
    static final TenantId TENANT = TenantId.DEFAULT;
    static final Caller ANN = new Caller(TENANT, "user:ann", "Ann", Role.AGENT, new AgentId("ann"));
    static final Caller BEN = new Caller(TENANT, "user:ben", "Ben", Role.AGENT, new AgentId("ben"));
    static final Caller SAM = new Caller(TENANT, "user:sam", "Sam", Role.SUPERVISOR, null);
    private static final LowPriority REPLAYING = new LowPriority("policy-replay", ProcessorShare.LEAST, 1);
    static final Caller ADA = new Caller(TENANT, "user:ada", "Ada", Role.ADMINISTRATOR, null);

    final TestClock clock;
    final PipelinedJdbc jdbc;
    final JdbcTemplate owner;
    final Tenancy tenancy;
    final DueWork dueWork;
    final EventLog eventLog;
    final Catalogs catalogs;
    final Desk desk;
    final Floor floor;
    final Routing routing;
    final WrapUpService wrapUps;
    final KeywordNotes keywords;
    final Reveal reveal;
    final Splits splits;
    final Rejoins rejoins;
    final ContactsByHand byHand;
    final Conversations conversations;
    final Uptime uptime;
    final Surges surges;
    private final Function<Duration, PolicyReplays> replays;
    final RestService rests;
    final EventIntake intake;
    final SetDrafts drafts = new SetDrafts();
    final SetTrust trust = new SetTrust();
    final UnattendedWork unattended;
    private final List<DueWorkHandler> handlers;
    private int events;

    WrapUpFixture(PostgresDatabase database) {
        this(database, database.dataSource(), TestClock.at("2026-03-02T09:00:00Z"));
    }

    /** One of several servers on a database, with connections of its own. */
    WrapUpFixture(PostgresDatabase database, DataSource connections, TestClock clock) {
        this.clock = clock;
        jdbc = new PipelinedJdbc(connections);
        owner = new JdbcTemplate(database.ownerDataSource());
        tenancy = new Tenancy(jdbc, new JdbcTransactionManager(connections));
        dueWork = new DueWork(tenancy, jdbc, clock);
        eventLog = new EventLog(tenancy, jdbc);
        var trail = new Trail(new TrailRepository(jdbc), tenancy, clock);
        catalogs = new Catalogs(new CatalogRepository(jdbc), tenancy, trail, clock);
        var interactions = new InteractionRepository(tenancy, jdbc);
        var words = new WordsRepository(tenancy, jdbc);
        conversations = new Conversations(interactions, words, trail);
        var agentRows = new AgentRepository(jdbc);
        desk = new Desk(tenancy, agentRows, eventLog);
        floor = new Floor(tenancy, agentRows, clock);
        routing = new Routing(tenancy, desk, agentRows, catalogs, eventLog, trail, clock);
        var rows = new WrapUpRepository(jdbc);
        var records = new RecordRepository(jdbc);
        var rules = new AfterCallRules(WrapUpSettings.DEFAULT);
        var situations =
                new Situations(tenancy, desk, conversations, rows, records, drafts, catalogs, dueWork, eventLog, trail);
        surges = new Surges(tenancy, new SurgeRepository(jdbc), dueWork, eventLog, trail, clock);
        var sensitive = new SensitiveFields(
                new Sealer(() -> new byte[Sealer.KEY_BYTES]), new SealedFieldRepository(jdbc), tenancy);
        keywords = new KeywordNotes(tenancy, jdbc, dueWork);
        wrapUps = new WrapUpService(
                tenancy,
                desk,
                situations,
                rows,
                records,
                conversations,
                catalogs,
                drafts,
                rules,
                surges,
                sensitive,
                keywords,
                trail,
                clock);
        reveal = new Reveal(tenancy, wrapUps, records, sensitive, trail);
        splits = new Splits(tenancy, desk, situations, records, wrapUps, clock);
        uptime =
                new Uptime(jdbc, tenancy, () -> List.of(TENANT), desk, situations, rows, WrapUpSettings.DEFAULT, clock);
        replays = longest -> new PolicyReplays(
                tenancy,
                rows,
                records,
                conversations,
                desk,
                catalogs,
                rules,
                REPLAYING,
                new Rush(clock),
                longest,
                clock);
        rests = new RestService(tenancy, desk, situations, surges, dueWork, trail, clock);
        unattended = new UnattendedWork(tenancy, desk, situations, rows, records, drafts, trust, rules, dueWork, clock);
        handlers = List.of(
                unattended,
                surges,
                rests,
                new ProtectedTime(tenancy, desk, routing, situations, rows, surges, catalogs, dueWork, clock),
                uptime.creditedFirst(new DueDeadlines(
                        Situations.DEADLINE,
                        Situations::deadline,
                        rules::deadlineReached,
                        (agents, due, now) -> situations.load(agents, List.of(), now),
                        tenancy,
                        desk,
                        situations,
                        rows,
                        dueWork,
                        clock)),
                new DueDeadlines(
                        Situations.FINAL,
                        (situation, wrapUp) -> Situations.finalAt(wrapUp),
                        rules::becameFinal,
                        (agents, due, now) -> situations.load(agents, List.of(), now),
                        tenancy,
                        desk,
                        situations,
                        rows,
                        dueWork,
                        clock),
                new DueDeadlines(
                        Situations.DEBT,
                        (situation, wrapUp) -> Situations.debtDueAt(wrapUp),
                        DebtRules::overdue,
                        situations::loadNamed,
                        tenancy,
                        desk,
                        situations,
                        rows,
                        dueWork,
                        clock));
        rejoins = new Rejoins(tenancy, desk, situations, rows, conversations, rules, trail, clock);
        var live = new LiveDesk(
                desk, situations, conversations, catalogs, rules, surges, eventLog, tenancy, trail, rejoins);
        var turns = new TurnRedaction(new Redactor(), words);
        var store = new BatchStore(
                tenancy, new EventRepository(tenancy, jdbc), interactions, words, List.of(live), dueWork);
        intake = new EventIntake(new EventReader(new Redactor()), turns, store, clock);
        byHand = new ContactsByHand(tenancy, intake, conversations, floor, catalogs, rows, wrapUps, clock);
    }

    void policy(PolicyRule... policies) {
        catalog(List.of(), List.of(), policies);
    }

    /** A queue of this name, with a threshold where one is given. */
    void queue(Queue queue, PolicyRule... policies) {
        catalog(List.of(queue), List.of(), List.of(), policies);
    }

    void catalog(List<CallType> callTypes, List<Checklist> checklists, PolicyRule... policies) {
        catalog(List.of(), callTypes, checklists, policies);
    }

    private void catalog(
            List<Queue> queues, List<CallType> callTypes, List<Checklist> checklists, PolicyRule... policies) {
        tenancy.run(
                TENANT,
                () -> catalogs.put(
                        new Catalog(
                                queues,
                                List.of(),
                                List.of(),
                                callTypes,
                                List.of(policies),
                                List.of(),
                                List.of(new Disposition("DONE", "Done", null, null, List.of())),
                                List.of(),
                                List.of(),
                                checklists,
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of()),
                        ADA));
    }

    /** An event that happens now. */
    JsonNode event(String type, String subject, String data) {
        return Json.object()
                .put("specversion", "1.0")
                .put("id", "e" + events++)
                .put("source", "/switch")
                .put("type", type)
                .put("subject", subject)
                .put("time", clock.instant().toString())
                .set("data", Json.read(data.replace('\'', '"')));
    }

    Receipt take(JsonNode... batch) {
        return intake.take(TENANT, new ArrayList<>(Arrays.asList(batch)));
    }

    /** A call of {@code agent} that begins now. */
    void connect(String call, String agent) {
        take(event("interaction.connected", call, "{'agentId':'%s'}".formatted(agent)));
    }

    void hangUp(String call) {
        take(event("interaction.ended", call, "{}"));
    }

    WrapUpView wrapUpOf(String call) {
        return wrapUps.list(SAM, null, new InteractionId(call), null, null, null, null, 10).items().stream()
                .filter(wrapUp -> wrapUp.partOf() == null)
                .findFirst()
                .orElseThrow();
    }

    /** What was split off it, the first one first. */
    List<WrapUpView> partsOf(String call) {
        return wrapUps.list(SAM, null, new InteractionId(call), null, null, null, null, 50).items().stream()
                .filter(wrapUp -> wrapUp.partOf() != null)
                .sorted(Comparator.comparing(WrapUpView::id))
                .toList();
    }

    WrapUpId idOf(String call) {
        return wrapUpOf(call).id();
    }

    void awaitWhoWaitsForALock() {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (System.nanoTime() < end) {
            Integer waiting = owner.queryForObject(
                    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted", Integer.class);
            if (waiting != null && waiting > 0) {
                return;
            }
        }
        throw new AssertionError("nobody waits for a lock");
    }

    WrapUpStatus statusOf(String call) {
        return wrapUpOf(call).status();
    }

    String stateOf(String agent) {
        return tenancy.in(
                TENANT,
                () -> floor.find(new AgentId(agent)).orElseThrow().state().name());
    }

    /** Replays that stop after {@code longest}. */
    PolicyReplays replays(Duration longest) {
        return replays.apply(longest);
    }

    /** Does what is due, as the workers would. Answers how many items there were. */
    int work() {
        int done = 0;
        for (DueWorkHandler handler : handlers) {
            List<DueWork.Item> items = claim(handler.kind());
            if (!items.isEmpty()) {
                handler.handle(TENANT, items);
            }
            done += items.size();
        }
        return done;
    }

    /** Takes what is due, as a worker would. */
    List<DueWork.Item> claim(String kind) {
        return handlers.stream()
                .filter(handler -> handler.kind().equals(kind))
                .flatMap(handler -> dueWork.claim(kind, clock.instant(), handler.lease(), handler.batchSize()).stream())
                .toList();
    }

    /** Hands items to their handler, whenever they are due. */
    void handle(String kind, List<DueWork.Item> items) {
        handlers.stream()
                .filter(handler -> handler.kind().equals(kind))
                .forEach(handler -> handler.handle(TENANT, items));
    }

    /** The types of what was announced about wrap-ups and agents, oldest first. */
    List<String> announced() {
        return owner.query("SELECT type FROM domain_event ORDER BY xid, number", (rs, n) -> rs.getString(1));
    }

    /** The data of the only event of a type. */
    JsonNode dataOf(String type) {
        return Json.read(owner.queryForObject("SELECT data FROM domain_event WHERE type = ?", String.class, type));
    }

    JsonNode figuresOf(String type) {
        return dataOf(type).path("figures");
    }

    /** Every row of a table, as text. */
    List<String> rowsOf(String table) {
        return owner.query("SELECT t::text FROM " + table + " AS t", (rs, n) -> rs.getString(1));
    }

    long count(String table) {
        Long count = owner.queryForObject("SELECT count(*) FROM " + table, Long.class);
        return count == null ? 0 : count;
    }

    static ObjectNode record(String json) {
        return (ObjectNode) Json.read(json.replace('\'', '"'));
    }

    /** Trust in drafts as the test says. */
    static final class SetTrust implements DraftTrust {
        Trust trust = Trust.NONE;
        final Set<InteractionId> audited = new HashSet<>();

        @Override
        public Trust of(InteractionId interaction) {
            return trust;
        }

        @Override
        public void audit(InteractionId interaction) {
            audited.add(interaction);
        }
    }

    /** Drafts as the test says. */
    static final class SetDrafts implements DraftSource {
        private final Map<InteractionId, Proposal> proposals = new HashMap<>();

        private int made;

        void propose(String call, Instant at, ObjectNode record) {
            propose(call, at, record, Json.object().put("status", "ready"));
        }

        void propose(String call, Instant at, ObjectNode record, JsonNode draft) {
            proposals.put(new InteractionId(call), new Proposal(call + "#" + ++made, at, "test", record, draft));
        }

        @Override
        public Supplier<Map<InteractionId, Proposal>> find(Collection<InteractionId> interactions) {
            var found = new HashMap<>(proposals);
            found.keySet().retainAll(interactions);
            return () -> found;
        }
    }
}
