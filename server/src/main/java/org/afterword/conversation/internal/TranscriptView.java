package org.afterword.conversation.internal;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.afterword.conversation.InteractionDetails;
import org.afterword.conversation.InteractionId;
import org.afterword.conversation.Transcript;
import org.afterword.identity.AgentId;
import org.jspecify.annotations.Nullable;

/** A transcript as the API gives it: with the names and codes of the events that told it. */
record TranscriptView(
        InteractionId interactionId,
        @Nullable String channel,
        @Nullable String direction,
        @Nullable String queue,
        @Nullable String campaign,
        @Nullable String client,
        @Nullable String callType,
        InteractionDetails.@Nullable Customer customer,
        Map<String, String> attributes,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        List<TurnView> turns,
        List<ActionView> actions,
        List<RecordingView> recordings) {

    record TurnView(
            int turn,
            String speaker,
            String text,
            @Nullable AgentId agentId,
            Instant time,
            @Nullable Double startSeconds,
            @Nullable Double endSeconds,
            boolean isFinal,
            @Nullable String language) {
        static TurnView of(Transcript.Turn turn) {
            return new TurnView(
                    turn.number(),
                    code(turn.speaker()),
                    turn.text(),
                    turn.agent(),
                    turn.saidAt(),
                    turn.startSeconds(),
                    turn.endSeconds(),
                    turn.isFinal(),
                    turn.language());
        }
    }

    record ActionView(
            String id,
            String name,
            Map<String, Object> parameters,
            @Nullable Map<String, Object> result,
            @Nullable AgentId agentId,
            Instant time) {
        static ActionView of(Transcript.DesktopAction action) {
            return new ActionView(
                    action.id(), action.name(), action.parameters(), action.result(), action.agent(), action.doneAt());
        }
    }

    /**
     * @param number with which the audio is fetched
     * @param url    where the recording lies, if it is not a file of this installation
     */
    record RecordingView(int number, @Nullable String url, Map<Integer, String> channels, Instant time) {
        static RecordingView of(int number, Transcript.Recording recording) {
            Map<Integer, String> channels = new TreeMap<>();
            recording.channels().forEach((channel, speaker) -> channels.put(channel, code(speaker)));
            return new RecordingView(number, recording.url(), channels, recording.recordedAt());
        }
    }

    static TranscriptView of(Transcript transcript) {
        InteractionDetails details = transcript.details();
        List<Transcript.Recording> recordings = transcript.recordings();
        return new TranscriptView(
                transcript.interaction(),
                details.channel() == null ? null : code(details.channel()),
                details.direction() == null ? null : code(details.direction()),
                details.queue(),
                details.campaign(),
                details.client(),
                details.callType(),
                details.customer(),
                details.attributes(),
                transcript.startedAt(),
                transcript.endedAt(),
                transcript.turns().stream().map(TurnView::of).toList(),
                transcript.actions().stream().map(ActionView::of).toList(),
                IntStream.range(0, recordings.size())
                        .mapToObj(i -> RecordingView.of(i, recordings.get(i)))
                        .toList());
    }

    private static String code(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
