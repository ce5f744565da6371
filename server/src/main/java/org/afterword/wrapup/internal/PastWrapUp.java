package org.afterword.wrapup.internal;

import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.afterword.catalog.CatalogVersion;
import org.afterword.conversation.InteractionDetails;
import org.afterword.desk.AgentProfile;
import org.afterword.wrapup.WrapUp;
import org.jspecify.annotations.Nullable;

/**
 * A wrap-up of the past, with what is known of it today.
 *
 * @param wrapUp  of a leg that has ended
 * @param profile of its agent as it is now: nobody keeps what it was then
 * @param own     the version of the catalog that its policy was taken from
 */
record PastWrapUp(WrapUp wrapUp, InteractionDetails details, AgentProfile profile, CatalogVersion own) {

    Instant ended() {
        return Objects.requireNonNull(wrapUp.openedAt(), "its leg has ended");
    }

    boolean isReleased() {
        return wrapUp.state().releasedAt() != null;
    }

    Instant released() {
        return Objects.requireNonNull(wrapUp.state().releasedAt(), "it has let its agent go");
    }

    /** What was known when its policy was fixed; of wrap-ups from before that was kept, what is most likely. */
    WrapUp.Opening opening() {
        WrapUp.Opening kept = wrapUp.opening();
        return kept == null ? new WrapUp.Opening(ended(), wrapUp.fixedPolicy().surge(), wrapUp.choice()) : kept;
    }

    /** The queues that surged, as far as that concerns it. */
    Set<String> surging() {
        String queue = details.queue();
        return opening().surging() && queue != null ? Set.of(queue) : Set.of();
    }

    /** The call type that its policy was chosen by. */
    @Nullable
    String callType() {
        return new PolicyChoice(own, surging())
                .callType(details, opening().choice().callType());
    }
}
