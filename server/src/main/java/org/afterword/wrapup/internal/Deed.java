package org.afterword.wrapup.internal;

import java.util.Map;
import org.afterword.governance.Trail;
import org.afterword.identity.Caller;
import org.afterword.wrapup.WrapUpId;
import org.jspecify.annotations.Nullable;

/**
 * Whose doing a change of wrap-ups is, for the trail.
 *
 * @param actor   as the trail names them
 * @param about   the wrap-up that {@code details} tell of; what else follows from the deed has none. Null = of no single one
 * @param details beside the kind of change
 */
record Deed(String actor, @Nullable WrapUpId about, Map<String, ?> details) {
    /** Which override it is, among the details of one. */
    static final String OVERRIDE = "override";

    /** Of the program by itself: a deadline, a policy, what follows from events. */
    static final Deed OF_THE_SYSTEM = new Deed(Trail.SYSTEM, null, Map.of());

    static Deed of(Caller caller) {
        return new Deed(caller.actor(), null, Map.of());
    }

    static Deed of(Caller caller, WrapUpId about, Map<String, ?> details) {
        return new Deed(caller.actor(), about, details);
    }

    /** A supervisor did with it what the rules leave to the agent, or to its deadline. */
    boolean isOverrideOf(WrapUpId wrapUp) {
        return wrapUp.equals(about) && details.containsKey(OVERRIDE);
    }

    boolean isOfTheSystem() {
        return actor.equals(Trail.SYSTEM);
    }
}
