package org.afterword.conversation;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of an interaction beside its words; each value may become known later, and the latest one holds. */
public record InteractionDetails(
        @Nullable Channel channel,
        @Nullable Direction direction,
        @Nullable String queue,
        @Nullable String campaign,
        @Nullable String client,
        @Nullable String callType,
        @Nullable Customer customer,
        Map<String, String> attributes) {

    public static final InteractionDetails UNKNOWN =
            new InteractionDetails(null, null, null, null, null, null, null, Map.of());

    /** The customer as the sender knows them; texts are redacted. */
    public record Customer(
            @Nullable String id,
            @Nullable String name,
            @Nullable String phone,
            @Nullable String email) {}

    public InteractionDetails {
        attributes = attributes == null ? Map.of() : Map.copyOf(attributes);
    }

    /** Voice where nobody said otherwise: the channel that takes all of an agent. */
    public Channel channelOrVoice() {
        return channel == null ? Channel.VOICE : channel;
    }
}
