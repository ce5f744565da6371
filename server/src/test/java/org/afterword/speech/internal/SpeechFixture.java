package org.afterword.speech.internal;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.afterword.conversation.Conversations;
import org.afterword.conversation.EventIntake;
import org.afterword.conversation.EventIntake.Receipt;
import org.afterword.conversation.InteractionId;
import org.afterword.conversation.LiveCore;
import org.afterword.conversation.Recordings;
import org.afterword.conversation.Speaker;
import org.afterword.conversation.Transcript;
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
import org.afterword.platform.LowPriority;
import org.afterword.platform.PipelinedJdbc;
import org.afterword.platform.PostgresDatabase;
import org.afterword.platform.ProcessorShare;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.afterword.platform.TestClock;
import org.afterword.speech.Transcriber;
import org.afterword.speech.Transcription;
import org.afterword.speech.Transcriptions;
import org.afterword.speech.internal.voice.VoiceDetector;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.support.JdbcTransactionManager;
import tools.jackson.databind.JsonNode;

/** The module on a real database with a folder of recordings in memory; who recognizes and who hears voices are the test's. */
final class SpeechFixture {
    static final TenantId TENANT = TenantId.DEFAULT;
    static final Caller ADMINISTRATOR = new Caller(TENANT, "user:ada", "Ada", Role.ADMINISTRATOR, null);
    static final SpeechSettings SETTINGS = new SpeechSettings(
            new SpeechSettings.Endpoint(null, null, "m", "json", Duration.ofSeconds(10)),
            new SpeechSettings.Vosk(null, null),
            null,
            List.of(Speaker.AGENT, Speaker.CUSTOMER),
            Speaker.CUSTOMER,
            Duration.ofHours(4),
            1);

    /** Far ahead, so that a server which another test started finds nothing due here. */
    final TestClock clock = TestClock.at("2126-03-02T09:00:00Z");

    final Map<String, byte[]> files = new HashMap<>();
    final Recordings recordings = new Recordings() {
        @Override
        public InputStream open(TenantId tenant, String file) throws NoSuchFileException {
            byte[] content = files.get(file);
            if (content == null) {
                throw new NoSuchFileException(file);
            }
            return new ByteArrayInputStream(content);
        }
    };
    final PipelinedJdbc jdbc;
    final Tenancy tenancy;
    final DueWork dueWork;
    final Trail trail;
    final Conversations conversations;
    final TranscriptionRepository repository;
    final EventIntake intake;
    final Transcriptions transcriptions;
    final TranscriptionWork work;

    /** @param transcriber null = none is configured */
    SpeechFixture(
            PostgresDatabase database,
            @Nullable Transcriber transcriber,
            VoiceDetector detector,
            SpeechSettings settings) {
        jdbc = new PipelinedJdbc(database.dataSource());
        tenancy = new Tenancy(jdbc, new JdbcTransactionManager(database.dataSource()));
        dueWork = new DueWork(tenancy, jdbc, clock);
        trail = new Trail(new TrailRepository(jdbc), tenancy, clock);
        var interactions = new InteractionRepository(tenancy, jdbc);
        var words = new WordsRepository(tenancy, jdbc);
        conversations = new Conversations(interactions, words, trail);
        repository = new TranscriptionRepository(tenancy, jdbc);
        LiveCore arrivals = new RecordingArrivals(repository, dueWork, transcriber != null);
        var store = new BatchStore(
                tenancy, new EventRepository(tenancy, jdbc), interactions, words, List.of(arrivals), dueWork);
        intake = new EventIntake(
                new EventReader(new Redactor()), new TurnRedaction(new Redactor(), words), store, clock);
        Optional<Transcriber> configured = Optional.ofNullable(transcriber);
        transcriptions = new Transcriptions(repository, configured, tenancy, dueWork, trail, clock);
        work = new TranscriptionWork(
                repository,
                recordings,
                conversations,
                configured.map(recognizes -> new Hearing(recognizes, intake, settings, clock)),
                detector,
                tenancy,
                dueWork,
                new LowPriority("speech-test", ProcessorShare.LESS, 1),
                new Retries(new Random(1)),
                settings,
                clock);
    }

    Receipt take(JsonNode... events) {
        return intake.take(TENANT, new ArrayList<>(Arrays.asList(events)));
    }

    /** Does what is due now; answers how often that was something. */
    int workAtWhatIsDue() {
        int shifts = 0;
        while (true) {
            List<DueWork.Item> claimed =
                    dueWork.claim(TranscriptionRepository.DUE_WORK, clock.instant(), work.lease(), 1);
            if (claimed.isEmpty()) {
                return shifts;
            }
            work.handle(TENANT, claimed);
            shifts++;
        }
    }

    Optional<Instant> nextDue() {
        return dueWork.nextDue(TranscriptionRepository.DUE_WORK);
    }

    List<Transcription> all() {
        return transcriptions.list(TENANT, new Transcription.Filter(null, null, null, 100));
    }

    Transcription only() {
        List<Transcription> all = all();
        if (all.size() != 1) {
            throw new AssertionError("there is not one transcription: " + all);
        }
        return all.getFirst();
    }

    Transcript transcript(String interaction) {
        var id = new InteractionId(interaction);
        return tenancy.in(
                TENANT,
                () -> Optional.ofNullable(conversations
                                .transcriptsForDrafting(List.of(id))
                                .get(id))
                        .orElseThrow());
    }

    /** What was said: {@code 0 AGENT hello}. */
    List<String> turns(String interaction) {
        return transcript(interaction).turns().stream()
                .map(turn -> "%d %s %s".formatted(turn.number(), turn.speaker(), turn.text()))
                .toList();
    }

    boolean wantsDraft(String interaction) {
        Integer planned = jdbc.queryForObject(
                "SELECT count(*) FROM due_work WHERE tenant_id = ? AND kind = ? AND id = ?",
                Integer.class,
                TENANT.value(),
                Conversations.DRAFT_WORK,
                interaction);
        return planned != null && planned == 1;
    }
}
