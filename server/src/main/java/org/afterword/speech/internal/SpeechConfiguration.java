package org.afterword.speech.internal;

import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import org.afterword.conversation.Conversations;
import org.afterword.conversation.EventIntake;
import org.afterword.conversation.LiveCore;
import org.afterword.conversation.Recordings;
import org.afterword.governance.Trail;
import org.afterword.platform.DueWork;
import org.afterword.platform.DueWorkHandler;
import org.afterword.platform.LowPriority;
import org.afterword.platform.OutgoingHttp;
import org.afterword.platform.ProcessorShare;
import org.afterword.platform.Tenancy;
import org.afterword.platform.Tenants;
import org.afterword.speech.Transcriber;
import org.afterword.speech.Transcriptions;
import org.afterword.speech.internal.voice.SileroDetector;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SpeechSettings.class)
class SpeechConfiguration {
    @Bean
    TranscriptionRepository transcriptionRepository(Tenancy tenancy, JdbcTemplate jdbc) {
        return new TranscriptionRepository(tenancy, jdbc);
    }

    @Bean
    Recognizer recognizer(SpeechSettings settings) {
        return new Recognizer(transcriber(settings));
    }

    /** Who recognizes speech, if anybody is configured to. */
    record Recognizer(Optional<Transcriber> transcriber) {}

    private static Optional<Transcriber> transcriber(SpeechSettings settings) {
        URI url = settings.endpoint().url();
        Path model = settings.vosk().model();
        Path library = settings.vosk().library();
        if (url != null) {
            return Optional.of(new OpenAiTranscriber(
                    OutgoingHttp.client(), settings.endpoint(), url, new SecureRandom(), Thread::sleep));
        }
        return model == null || library == null
                ? Optional.empty()
                : Optional.of(new VoskTranscriber("vosk " + model.getFileName(), new VoskLibrary(library, model)));
    }

    @Bean
    LiveCore recordingArrivals(TranscriptionRepository repository, DueWork dueWork, Recognizer recognizer) {
        return new RecordingArrivals(
                repository, dueWork, recognizer.transcriber().isPresent());
    }

    /** Listens for voices; recognizers that compute in this process do so on threads of their own. */
    @Bean
    LowPriority listening(SpeechSettings settings) {
        return new LowPriority("speech", ProcessorShare.LEAST, settings.workers());
    }

    @Bean
    DueWorkHandler transcriptionWork(
            TranscriptionRepository repository,
            Recordings recordings,
            Conversations conversations,
            EventIntake intake,
            Recognizer recognizer,
            Tenancy tenancy,
            DueWork dueWork,
            LowPriority listening,
            SpeechSettings settings,
            InstantSource clock) {
        return new TranscriptionWork(
                repository,
                recordings,
                conversations,
                recognizer.transcriber().map(transcriber -> new Hearing(transcriber, intake, settings, clock)),
                new SileroDetector(),
                tenancy,
                dueWork,
                listening,
                new Retries(new SecureRandom()),
                settings,
                clock);
    }

    @Bean
    LiveSegments liveSegments(Recognizer recognizer, EventIntake intake, SpeechSettings settings, InstantSource clock) {
        return new LiveSegments(recognizer.transcriber(), new SileroDetector(), intake, settings, clock);
    }

    @Bean
    Transcriptions transcriptions(
            TranscriptionRepository repository,
            Recognizer recognizer,
            Tenancy tenancy,
            DueWork dueWork,
            Trail trail,
            InstantSource clock) {
        return new Transcriptions(repository, recognizer.transcriber(), tenancy, dueWork, trail, clock);
    }

    @Bean
    TranscriptionFigures transcriptionFigures(TranscriptionRepository repository, Tenancy tenancy, Tenants tenants) {
        return new TranscriptionFigures(repository, tenancy, tenants);
    }
}
