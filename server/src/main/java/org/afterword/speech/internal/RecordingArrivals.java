package org.afterword.speech.internal;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.afterword.conversation.ContactEvent;
import org.afterword.conversation.ContactEvent.Recorded;
import org.afterword.conversation.LiveCore;
import org.afterword.platform.DueWork;
import org.afterword.platform.Ids;
import org.afterword.speech.Transcription.State;

/** Plans the transcription of each recording in the transaction that stores its event: what was taken is not forgotten. */
public final class RecordingArrivals implements LiveCore {
    static final String UNCONFIGURED = "no recognizer was configured when the recording came";
    static final String AT_AN_ADDRESS =
            "only recordings in the folder of recordings are transcribed, and this one is at an address";

    private final TranscriptionRepository repository;
    private final DueWork dueWork;
    private final boolean configured;

    /** @param configured whether there is a recognizer */
    public RecordingArrivals(TranscriptionRepository repository, DueWork dueWork, boolean configured) {
        this.repository = repository;
        this.dueWork = dueWork;
        this.configured = configured;
    }

    /** What is planned concerns nobody else. */
    @Override
    public void lock(List<ContactEvent> events) {}

    @Override
    public void apply(List<ContactEvent> events, Instant receivedAt) {
        Map<String, Instant> planned = new HashMap<>();
        for (ContactEvent event : events) {
            if (event instanceof Recorded recorded) {
                String id = Ids.at(receivedAt);
                if (recorded.file() == null) {
                    repository.add(id, recorded, State.SKIPPED, AT_AN_ADDRESS, receivedAt);
                } else if (configured) {
                    repository.add(id, recorded, State.WAITING, null, receivedAt);
                    planned.put(id, receivedAt);
                } else {
                    repository.add(id, recorded, State.UNCONFIGURED, UNCONFIGURED, receivedAt);
                }
            }
        }
        dueWork.schedule(TranscriptionRepository.DUE_WORK, planned);
    }
}
