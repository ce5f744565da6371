package org.afterword.desk;

import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Whether an agent is signed in, and what it wants once nothing holds it.
 *
 * @param known         there was a fact before that named the agent
 * @param unannounced   the agent first appeared by a connected leg; nobody had signed it in
 * @param signedInSince of the present or the last stay; null before the first
 * @param wanted        {@code AVAILABLE} or {@code NOT_READY}
 */
public record Presence(
        boolean known,
        boolean unannounced,
        boolean signedIn,
        @Nullable Instant signedInSince,
        AgentState wanted,
        @Nullable String reason,
        @Nullable Instant wantedSince,
        @Nullable Instant signedOutAt) {

    public static final Presence UNKNOWN =
            new Presence(false, false, false, null, AgentState.NOT_READY, null, null, null);

    public Presence {
        if (wanted != AgentState.AVAILABLE && wanted != AgentState.NOT_READY) {
            throw new IllegalArgumentException("an agent cannot want " + wanted);
        }
    }

    /** Applies facts in the order of their times, whatever order they came in. */
    public Presence after(Collection<PresenceFact> facts) {
        Presence presence = this;
        for (PresenceFact fact : PresenceFact.inOrder(facts)) {
            presence = presence.after(fact);
        }
        return presence;
    }

    private Presence after(PresenceFact fact) {
        return switch (fact.kind()) {
            case SIGNED_IN -> signedIn ? this : signIn(AgentState.NOT_READY, fact.at());
            // an agent that nobody announced was just given work by its switch, so it wants work
            case CONNECTED ->
                signedIn
                        ? this
                        : signIn(known ? AgentState.NOT_READY : AgentState.AVAILABLE, fact.at())
                                .unannounced(!known);
            case OFFERED, WAITED -> this;
            case READY -> want(AgentState.AVAILABLE, null, fact.at());
            case NOT_READY -> want(AgentState.NOT_READY, fact.reason(), fact.at());
            case SIGNED_OUT ->
                new Presence(true, unannounced, false, signedInSince, wanted, reason, wantedSince, fact.at());
        };
    }

    private Presence signIn(AgentState wanting, Instant at) {
        return new Presence(true, unannounced, true, at, wanting, null, at, signedOutAt);
    }

    private Presence want(AgentState wanting, @Nullable String because, Instant at) {
        return new Presence(true, unannounced, signedIn, signedInSince, wanting, because, at, signedOutAt);
    }

    private Presence unannounced(boolean nobodyAnnounced) {
        return new Presence(
                known,
                unannounced || nobodyAnnounced,
                signedIn,
                signedInSince,
                wanted,
                reason,
                wantedSince,
                signedOutAt);
    }
}
