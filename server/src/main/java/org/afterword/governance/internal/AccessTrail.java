package org.afterword.governance.internal;

import org.afterword.governance.Trail;
import org.afterword.identity.AccessEvent;
import org.afterword.identity.AccessListener;

/** Puts into the trail who was given, lost or used access. */
final class AccessTrail implements AccessListener {
    private final Trail trail;

    AccessTrail(Trail trail) {
        this.trail = trail;
    }

    @Override
    public void on(AccessEvent event) {
        trail.record(event.actor(), event.kind().code(), event.subject(), event.details());
    }
}
