package org.afterword.conversation.internal;

import java.time.Instant;
import org.afterword.conversation.ContactEvent;
import org.afterword.conversation.InteractionId;
import org.afterword.conversation.internal.Reading.Readable;
import org.jspecify.annotations.Nullable;

/**
 * An interaction as it is stored. What it holds depends on the set of events that told of it, not on their order.
 *
 * @param openedAt  when its first event came in; names the partition of its turns
 * @param startedAt effective time of the earliest event of its course
 * @param endedAt   effective time of the latest event that ended it
 */
public record InteractionRow(
        InteractionId id,
        Instant openedAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        KnownDetails known) {

    static InteractionRow opened(InteractionId id, Instant receivedAt) {
        return new InteractionRow(id, receivedAt, null, null, KnownDetails.NOTHING);
    }

    InteractionRow with(Readable reading) {
        return switch (reading.event()) {
            case ContactEvent.Started e -> begunAt(e.at()).told(known.with(e.details(), e.envelope(), reading.key()));
            case ContactEvent.Updated e -> told(known.with(e.details(), e.envelope(), reading.key()));
            case ContactEvent.Opened e -> begunAt(e.at()).told(known.with(e.details(), e.envelope(), reading.key()));
            case ContactEvent.Closed e -> begunAt(e.at()).over(e.at());
            case ContactEvent.Ended e -> begunAt(e.at()).over(e.at());
            case ContactEvent.Abandoned e -> begunAt(e.at()).over(e.at());
            case ContactEvent.Failed e -> begunAt(e.at()).over(e.at());
            case ContactEvent.OfLeg e -> begunAt(e.at());
            case ContactEvent.OfInteraction _, ContactEvent.OfAgent _, ContactEvent.QueueStatus _ -> this;
        };
    }

    private InteractionRow begunAt(Instant at) {
        return startedAt != null && !at.isBefore(startedAt)
                ? this
                : new InteractionRow(id, openedAt, at, endedAt, known);
    }

    private InteractionRow over(Instant at) {
        return endedAt != null && !at.isAfter(endedAt) ? this : new InteractionRow(id, openedAt, startedAt, at, known);
    }

    private InteractionRow told(KnownDetails more) {
        return new InteractionRow(id, openedAt, startedAt, endedAt, more);
    }
}
