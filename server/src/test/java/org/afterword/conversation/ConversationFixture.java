package org.afterword.conversation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.afterword.conversation.EventIntake.Receipt;
import org.afterword.conversation.internal.BatchStore;
import org.afterword.conversation.internal.EventReader;
import org.afterword.conversation.internal.EventRepository;
import org.afterword.conversation.internal.InteractionRepository;
import org.afterword.conversation.internal.TurnRedaction;
import org.afterword.conversation.internal.WordsRepository;
import org.afterword.governance.Redactor;
import org.afterword.governance.Trail;
import org.afterword.governance.internal.TrailRepository;
import org.afterword.identity.Caller;
import org.afterword.identity.Role;
import org.afterword.platform.DueWork;
import org.afterword.platform.PipelinedJdbc;
import org.afterword.platform.PostgresDatabase;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.afterword.platform.TestClock;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import tools.jackson.databind.JsonNode;

/** The module on a real database, without a web server and with a core that only takes notes. */
public final class ConversationFixture {
    public static final TenantId TENANT = TenantId.DEFAULT;
    public static final Caller ADMINISTRATOR = new Caller(TENANT, "user:ada", "Ada", Role.ADMINISTRATOR, null);

    public final TestClock clock = TestClock.at("2026-03-02T09:00:00Z");
    public final PipelinedJdbc jdbc;
    public final JdbcTemplate owner;
    public final Tenancy tenancy;
    public final DueWork dueWork;
    public final NotingCore core = new NotingCore();
    public final TurnRedaction turns;
    public final BatchStore store;
    public final EventIntake intake;
    public final RejectedEvents rejected;
    public final Conversations conversations;
    public final EventRepository events;

    public ConversationFixture(PostgresDatabase database) {
        jdbc = new PipelinedJdbc(database.dataSource());
        owner = new JdbcTemplate(database.ownerDataSource());
        tenancy = new Tenancy(jdbc, new JdbcTransactionManager(database.dataSource()));
        dueWork = new DueWork(tenancy, jdbc, clock);
        var interactions = new InteractionRepository(tenancy, jdbc);
        var words = new WordsRepository(tenancy, jdbc);
        events = new EventRepository(tenancy, jdbc);
        turns = new TurnRedaction(new Redactor(), words);
        store = new BatchStore(tenancy, events, interactions, words, List.of(core), dueWork);
        intake = new EventIntake(new EventReader(new Redactor()), turns, store, clock);
        var trail = new Trail(new TrailRepository(jdbc), tenancy, clock);
        rejected = new RejectedEvents(events, intake, tenancy, trail);
        conversations = new Conversations(interactions, words, trail);
    }

    public Receipt take(JsonNode... events) {
        return intake.take(TENANT, new ArrayList<>(Arrays.asList(events)));
    }

    public Optional<Transcript> transcript(String interaction) {
        var id = new InteractionId(interaction);
        return tenancy.in(
                TENANT,
                () -> Optional.ofNullable(
                        conversations.transcriptsForDrafting(List.of(id)).get(id)));
    }

    public List<String> texts(String interaction) {
        return transcript(interaction).orElseThrow().turns().stream()
                .map(Transcript.Turn::text)
                .toList();
    }

    public long count(String table) {
        Long count = owner.queryForObject("SELECT count(*) FROM " + table, Long.class);
        return count == null ? 0 : count;
    }

    /** Empties the module's tables within a test. */
    public void forgetAll() {
        List.of("event_key", "inbound_event", "rejected_event", "interaction", "turn", "desktop_action", "recording")
                .forEach(table -> owner.update("DELETE FROM " + table));
    }

    /** Notes what it is given, and fails where a test wants it to. */
    public static final class NotingCore implements LiveCore {
        public final List<ContactEvent> applied = new ArrayList<>();
        public Predicate<ContactEvent> failsAt = event -> false;

        @Override
        public void lock(List<ContactEvent> events) {}

        @Override
        public void apply(List<ContactEvent> events, Instant receivedAt) {
            events.stream().filter(failsAt).findFirst().ifPresent(event -> {
                throw new IllegalStateException(
                        "cannot apply " + event.envelope().id());
            });
            applied.addAll(events);
        }
    }
}
