package org.afterword.speech;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.afterword.governance.Trail;
import org.afterword.identity.Caller;
import org.afterword.platform.DueWork;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemType;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.afterword.speech.Transcription.State;
import org.afterword.speech.internal.TranscriptionRepository;

/** What became of recordings, what is being worked at, and what failed. */
public final class Transcriptions {
    /** As many are tried again by one request. */
    public static final int MOST_AT_ONCE = 500;

    private final TranscriptionRepository repository;
    private final Optional<Transcriber> transcriber;
    private final Tenancy tenancy;
    private final DueWork dueWork;
    private final Trail trail;
    private final InstantSource clock;

    /** @param transcriber empty where none is configured */
    public Transcriptions(
            TranscriptionRepository repository,
            Optional<Transcriber> transcriber,
            Tenancy tenancy,
            DueWork dueWork,
            Trail trail,
            InstantSource clock) {
        this.repository = repository;
        this.transcriber = transcriber;
        this.tenancy = tenancy;
        this.dueWork = dueWork;
        this.trail = trail;
        this.clock = clock;
    }

    public List<Transcription> list(TenantId tenant, Transcription.Filter filter) {
        return tenancy.in(tenant, () -> {
            tenancy.planByArguments();
            return repository.list(filter);
        });
    }

    /** @throws ProblemException NOT_FOUND if there is none */
    public Transcription get(TenantId tenant, String id) {
        return tenancy.in(tenant, () -> repository.find(id))
                .orElseThrow(() -> ProblemException.notFound("transcription", id));
    }

    /**
     * Has one tried now, from where it stopped: one that failed, came when no recognizer was configured, or waits.
     *
     * @throws ProblemException NOT_FOUND if there is none; CONFLICT if it is done with, or no recognizer is configured
     */
    public Transcription retry(Caller caller, String id) {
        return tenancy.in(caller.tenant(), () -> {
            Transcription found = get(caller.tenant(), id);
            requireTranscriber();
            if (!again(caller, id)) {
                throw new ProblemException(
                        ProblemType.CONFLICT,
                        "Transcription '%s' is %s.".formatted(id, found.state().code()));
            }
            return get(caller.tenant(), id);
        });
    }

    /**
     * As {@link #retry}, the oldest {@link #MOST_AT_ONCE} of those in this state.
     *
     * @return how many are tried
     * @throws ProblemException CONFLICT if no recognizer is configured
     */
    public int retryAll(Caller caller, State state) {
        return tenancy.in(caller.tenant(), () -> {
            requireTranscriber();
            List<String> ids = repository.oldest(state, MOST_AT_ONCE);
            return (int) ids.stream().filter(id -> again(caller, id)).count();
        });
    }

    private boolean again(Caller caller, String id) {
        Instant now = clock.instant();
        boolean tried = repository.tryAgain(id);
        if (tried) {
            dueWork.schedule(TranscriptionRepository.DUE_WORK, id, now);
            trail.record(caller, "transcription.retried", "transcription:" + id, Map.of());
        }
        return tried;
    }

    private void requireTranscriber() {
        if (transcriber.isEmpty()) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "No recognizer is configured: an operator sets speech.endpoint.url or speech.vosk.model.");
        }
    }
}
